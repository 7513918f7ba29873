"""The one place that reads the clock. Views, commands and tasks call it; everything below them is handed the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The calendar day that people in a zone (an IANA name such as Europe/Oslo) call this moment."""
    if at.tzinfo is None:
        raise ValueError("A moment without a time zone belongs to no day.")
    return at.astimezone(ZoneInfo(zone)).date()
