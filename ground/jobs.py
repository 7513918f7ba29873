"""What has to happen again and again. Rooms register their jobs in AppConfig.ready(); `manage.py tick` runs them.

A job is called with `at`, should be short (it enqueues tasks for what is long) and must bear to run twice: a job
whose process was killed is started again when its claim has run out.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Q

from ground.models import JobRun

logger = logging.getLogger("ground.jobs")

CLAIM = timedelta(minutes=10)
FIRST_RETRY = timedelta(minutes=1)
LOST_AFTER = timedelta(minutes=10)
MOST_REQUEUES = 5

Func = Callable[..., object]


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    func: Func


@dataclass(frozen=True)
class Outcome:
    """What became of one job that was run; `error` is the kind of the exception and its place, never its words."""

    name: str
    error: str = ""


class WorkerLost(Exception):
    """The mark on a task whose worker disappeared each time it was tried."""


_registry: dict[str, Job] = {}


def register(name: str, every: timedelta, func: Func) -> None:
    """Has `func(at=…)` run every so often; registering the same function again changes nothing."""
    known = _registry.get(name)
    if known is not None and known.func is not func:
        raise ValueError(f"Two jobs are called {name}.")
    if every <= timedelta(0):
        raise ValueError(f"{name}: a job needs a pause between its runs.")
    _registry[name] = Job(name, every, func)


def registered() -> list[Job]:
    """All jobs, by name."""
    return [job for _, job in sorted(_registry.items())]


def run_if_due(job: Job, at: datetime) -> Outcome | None:
    """Runs a job when its time has come and no other process has it; None when there was nothing to do."""
    JobRun.objects.get_or_create(name=job.name, defaults={"due_at": at})
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    mine = JobRun.objects.filter(free, name=job.name, due_at__lte=at).update(claimed_until=at + CLAIM, started_at=at)
    if not mine:
        return None
    try:
        job.func(at=at)
    except Exception as failure:  # One bad job must not stop the others.
        return _failed(job, at, failure)
    except BaseException:
        JobRun.objects.filter(name=job.name).update(claimed_until=None)
        raise
    JobRun.objects.filter(name=job.name).update(
        claimed_until=None, due_at=at + job.every, succeeded_at=at, failures=0, error=""
    )
    return Outcome(job.name)


def _failed(job: Job, at: datetime, failure: Exception) -> Outcome:
    # The words of an exception may quote a row; its kind and its place cannot.
    place = traceback.extract_tb(failure.__traceback__)[-1]
    error = f"{type(failure).__qualname__} at {Path(place.filename).name}:{place.lineno}"[:200]
    logger.error("job %s failed: %s", job.name, error)
    run = JobRun.objects.get(name=job.name)
    pause = min(job.every, FIRST_RETRY * 2 ** min(run.failures, 10))
    JobRun.objects.filter(pk=run.pk).update(
        claimed_until=None, due_at=at + pause, failures=min(run.failures + 1, 30_000), error=error
    )
    return Outcome(job.name, error)


def requeue_lost(at: datetime) -> int:
    """Puts tasks whose worker was killed back into the queue, each at most five times; returns how many."""
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    requeued = 0
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lte=at - LOST_AFTER)
    for task in lost.order_by("started_at", "pk"):
        # Asked again in the update: the worker may have finished while we looked.
        same = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
        # A worker signs a task at every try, so the first signature is no requeue.
        if len(task.worker_ids) <= MOST_REQUEUES:
            requeued += same.update(status=TaskResultStatus.READY, started_at=None)
            continue
        error = f"{WorkerLost.__module__}.{WorkerLost.__qualname__}"
        if same.update(status=TaskResultStatus.FAILED, finished_at=at, exception_class_path=error):
            logger.error(
                "task %s (%s) was given up: its worker was lost %d times", task.pk, task.task_path, 1 + MOST_REQUEUES
            )
    return requeued
