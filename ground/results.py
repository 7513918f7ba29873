"""What is kept of a task that is over: for a while, and of a failure its kinds and places, never its words.

The message of an exception may quote a row: a name, a number, a sentence about a child. So neither the table of results
nor the log of the worker gets it; the classes of the exceptions and the files and lines they went through are enough to
look for the fault.
"""

import logging
import sys
import traceback
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q


def kind(error: BaseException) -> str:
    """The class of an exception, by its full name."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def places(error: BaseException | None) -> str:
    """The exception and those behind it: of each its class, and the frames down to where it was raised."""
    said: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        said.append(kind(error))
        # Frames without their line of source: what is printed is what a file's name and a number can say.
        frames = traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False)
        said += [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(said)


def leave_out_words(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Receiver of pre_save: the traceback of a result is written anew from the exception itself, or dropped."""
    if instance.traceback:
        # The worker stores a failure while it handles it; a text of any other origin is nobody's to trust.
        error = sys.exc_info()[1]
        ours = error is not None and kind(error) == instance.exception_class_path
        instance.traceback = places(error) if ours else ""


class WithoutWords(logging.Filter):
    """For loggers of what handles rows: an exception is printed as its places."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            record.exc_text, record.exc_info = places(record.exc_info[1]), None
        return True


def prune(at: datetime) -> int:
    """Deletes results of tasks that succeeded or failed so many days ago (settings); returns how many."""
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    kept = {
        TaskResultStatus.SUCCESSFUL: settings.TASK_RESULTS_DAYS,
        TaskResultStatus.FAILED: settings.FAILED_TASK_RESULTS_DAYS,
    }
    over = Q()
    for status, days in kept.items():
        over |= Q(status=status, finished_at__lte=at - timedelta(days=days))
    deleted, _ = DBTaskResult.objects.filter(over).delete()
    return deleted
