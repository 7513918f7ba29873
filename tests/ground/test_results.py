"""What a task leaves behind: for a while, and never the words of its failure."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from ground import jobs, results

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 17, 2, tzinfo=UTC)
DAY = timedelta(days=1)
SECRET = "Alma Andersson 201501012384"
SOURCE = "in the source"


@task()
def stumble(pk: int) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as first:
        first.add_note(SECRET)
        # A message that looks like a frame is a message all the same.
        words = f'{SECRET}\n  File "{SECRET}", line 1, in {SECRET}'
        raise IntegrityError(words) from first  # in the source


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """The worker of a test shares the test's transaction, so it may not hang up."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


def work():
    """A worker that does what waits and goes."""
    db_worker.Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="w", excluded_queue_names=[],
    ).run()  # fmt: skip


def failed(errand):
    errand.enqueue(pk=7)
    work()
    row = DBTaskResult.objects.get()
    assert row.status == TaskResultStatus.FAILED
    return row


def everything(row):
    return str({field.attname: getattr(row, field.attname) for field in DBTaskResult._meta.concrete_fields})


def test_a_failure_is_stored_as_its_kinds_and_places():
    row = failed(stumble)
    assert row.exception_class_path == "django.db.utils.IntegrityError"
    lines = row.traceback.splitlines()
    assert [line for line in lines if not line.startswith("  File ")] == [
        "django.db.utils.IntegrityError",
        "builtins.ValueError",
    ]
    assert sum(line.endswith(", in stumble") and "test_results.py" in line for line in lines) == 2
    assert "Alma" not in everything(row)
    assert SOURCE not in row.traceback


def test_the_worker_logs_no_more_than_that(caplog):
    with caplog.at_level(logging.DEBUG):
        row = failed(stumble)
    assert "Alma" not in caplog.text
    assert str(row.pk) in caplog.text
    assert "builtins.ValueError" in caplog.text
    assert SOURCE not in caplog.text


def test_a_task_that_cannot_be_found_is_logged_without_words(caplog):
    stumble.enqueue(pk=7)
    DBTaskResult.objects.update(task_path="tests.ground.nowhere.stumble")
    work()
    (record,) = [record for record in caplog.records if record.name == "django_tasks_db" and record.exc_text]
    assert record.exc_info is None
    assert record.exc_text.startswith("builtins.ModuleNotFoundError\n  File ")


def test_a_text_of_another_origin_is_not_stored():
    row = failed(stumble)
    row.traceback = SECRET
    row.save()
    assert DBTaskResult.objects.get().traceback == ""
    try:
        raise KeyError(SECRET)
    except KeyError:
        row.traceback = SECRET
        row.save()
    assert DBTaskResult.objects.get().traceback == ""


def test_what_led_to_an_exception_is_told_unless_it_was_left_out():
    def raised(error):
        try:
            raise error
        except Exception as caught:
            return caught

    first, second = raised(KeyError(SECRET)), raised(LookupError(SECRET))
    second.__context__ = first
    first.__context__ = second  # as an exception that is raised again can
    assert [line for line in results.places(second).splitlines() if line[0] != " "] == [
        "builtins.LookupError",
        "builtins.KeyError",
    ]
    second.__suppress_context__ = True
    assert "KeyError" not in results.places(second)
    assert results.places(None) == ""


def row(status, finished):
    return DBTaskResult.objects.create(
        status=status,
        finished_at=finished,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="ground.results.prune",
        backend_name="default",
        run_after=AT,
        exception_class_path="",
        traceback="",
    )


def test_results_are_pruned_by_a_nightly_job():
    (job,) = [job for job in jobs.registered() if job.func is results.prune]
    assert job.every == DAY


@pytest.mark.parametrize(("status", "days"), [(TaskResultStatus.SUCCESSFUL, 1), (TaskResultStatus.FAILED, 30)])
def test_a_result_is_kept_for_so_many_days(status, days):
    row(status, AT - days * DAY)
    kept = row(status, AT - days * DAY + timedelta(seconds=1))
    assert results.prune(AT) == 1
    assert DBTaskResult.objects.get() == kept


def test_the_days_are_settings(settings):
    settings.TASK_RESULTS_DAYS, settings.FAILED_TASK_RESULTS_DAYS = 3, 2
    row(TaskResultStatus.FAILED, AT - 2 * DAY)
    kept = row(TaskResultStatus.SUCCESSFUL, AT - 2 * DAY)
    assert results.prune(AT) == 1
    assert DBTaskResult.objects.get() == kept


@pytest.mark.parametrize("status", [TaskResultStatus.READY, TaskResultStatus.RUNNING])
def test_a_task_that_is_not_over_is_never_pruned(status):
    row(status, None)
    row(status, AT - 90 * DAY)
    assert results.prune(AT) == 0
