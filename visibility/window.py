"""What a transfer may hold: twelve months before the first day at the receiving unit, and never a day more.

Days are calendar days where the organisation is; a window holds `starts` and not `until`. It never rolls: only a
changed first day or a changed last preschool day moves it, and once the receiver may read, it can only become smaller.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

MARCH_FIRST = (3, 1)


@dataclass(frozen=True)
class Window:
    """The days [starts, until) of a transfer to a unit whose first day is `first_day`."""

    starts: date
    until: date
    first_day: date

    def __contains__(self, day: date) -> bool:
        return self.starts <= day < self.until

    @property
    def is_empty(self) -> bool:
        return self.until <= self.starts

    def within(self, other: "Window") -> "Window":
        """The days of both; whatever had to happen before a first day must have happened before either."""
        return Window(
            max(self.starts, other.starts), min(self.until, other.until), min(self.first_day, other.first_day)
        )


@dataclass(frozen=True)
class Sharing:
    """When something happened and was shared; `is_shared` is whether a family can read it now."""

    happened_on: date
    first_shared_at: datetime | None
    current_shared_at: datetime | None
    is_shared: bool


def twelve_months_before(day: date) -> date:
    """The same calendar day a year earlier; of 29 February that is 1 March, the shorter of the two ways."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, *MARCH_FIRST)


def window(first_day: date | None, preschool_until: date | None, *, been: Iterable[Window] = ()) -> Window | None:
    """The window of a transfer, or None while nobody knows the first day.

    `preschool_until` is the first day without any preschool of the organisation, None while the child goes to one;
    `been` are the windows that the receiver has had open, which this one cannot reach beyond.
    """
    if first_day is None:
        return None
    until = first_day if preschool_until is None else min(first_day, preschool_until)
    found = Window(twelve_months_before(first_day), until, first_day)
    for earlier in been:
        found = found.within(earlier)
    return found


def begins(day: date, time_zone: str) -> datetime:
    """The moment at which a day begins where the organisation is, whatever its clocks do that night."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(time_zone))


def counts(what: Sharing, within: Window, time_zone: str) -> bool:
    """Whether an entry goes along: it happened inside the window, and stands as it was shared before the first day."""
    if not what.is_shared or what.first_shared_at is None or what.current_shared_at is None:
        return False
    first = begins(within.first_day, time_zone)
    return what.happened_on in within and what.first_shared_at < first and what.current_shared_at < first


def counts_conference(held_on: date, sealed_at: datetime | None, within: Window, time_zone: str) -> bool:
    """Whether a conference goes along: its talk was inside the window, and it was sealed before the first day."""
    if sealed_at is None:
        return False
    return held_on in within and sealed_at < begins(within.first_day, time_zone)
