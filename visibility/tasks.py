from datetime import datetime

from people.models import Child
from visibility import readinglog, refusals


def seal_reading_log(at: datetime) -> str:
    """Chain what was read since the last time."""
    return f"{readinglog.seal(at=at)} lines sealed"


def find_refused(at: datetime) -> str:
    """Find out whom refused addresses were about, and forget what is old or concerned nobody."""
    return f"{refusals.find(at=at)} refused looks looked at, {refusals.forget(at=at)} forgotten"


def erase_child(child: Child, at: datetime) -> None:
    """The reading log's part when a child is erased."""
    readinglog.erase_child(child=child, at=at, because="child erased")
