from ground.clock import now
from visibility import readinglog


def seal_reading_log() -> str:
    """Chain what was read since the last time."""
    return f"{readinglog.seal(at=now())} lines sealed"
