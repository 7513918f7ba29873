from datetime import datetime

from ground.clock import now
from people.models import Child
from visibility import readinglog


def seal_reading_log() -> str:
    """Chain what was read since the last time."""
    return f"{readinglog.seal(at=now())} lines sealed"


def erase_child(child: Child, at: datetime) -> None:
    """The reading log's part when a child is erased."""
    readinglog.erase_child(child=child, at=at, because="child erased")
