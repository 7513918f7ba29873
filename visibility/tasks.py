from datetime import datetime

from people.models import Child
from visibility import readinglog


def seal_reading_log(at: datetime) -> str:
    """Chain what was read since the last time."""
    return f"{readinglog.seal(at=at)} lines sealed"


def erase_child(child: Child, at: datetime) -> None:
    """The reading log's part when a child is erased."""
    readinglog.erase_child(child=child, at=at, because="child erased")
