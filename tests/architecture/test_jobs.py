"""What `manage.py tick` runs: every job takes its moment, and has nothing to stumble over in an empty installation."""

import inspect

import pytest

from ground import jobs
from tests.cast import NOW


@pytest.mark.parametrize("job", jobs.registered(), ids=lambda job: job.name)
def test_a_job_is_handed_the_moment(job):
    inspect.signature(job.func).bind(at=NOW)


@pytest.mark.parametrize("job", jobs.registered(), ids=lambda job: job.name)
def test_a_job_runs_twice_in_an_empty_installation(job, db):
    job.func(at=NOW)
    job.func(at=NOW)


def test_the_rooms_have_registered_their_jobs():
    assert {job.func.__module__.partition(".")[0] for job in jobs.registered()} >= {
        "visibility",
        "media_policy",
        "ground",
    }
