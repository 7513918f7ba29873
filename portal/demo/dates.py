"""The demo's calendar: everything is told relative to the moment it is built."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS_TOLD = 18


@dataclass(frozen=True)
class Dates:
    """`now` is read once, by the command; all other days of the demo follow from it."""

    now: datetime
    zone: str = "Europe/Stockholm"

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def opened(self) -> date:
        """The first day that is told of."""
        return self.ago(548)

    @property
    def long_ago(self) -> date:
        """Before everything: staff and older children were here already."""
        return self.ago(900)

    @property
    def summer(self) -> tuple[date, date]:
        """The last summer, or the one that has begun, in which the groups were merged; half-open."""
        year = self.today.year if self.today >= date(self.today.year, 7, 11) else self.today.year - 1
        return date(year, 7, 1), date(year, 8, 5)

    @property
    def term(self) -> date:
        """The last start of an autumn term that lies a fortnight back."""
        year = self.today.year if self.today >= date(self.today.year, 8, 29) else self.today.year - 1
        return date(year, 8, 15)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A time of day where the preschools are, never later than the moment the demo is built."""
        return min(self.clock(day, hour, minute), self.now)

    def clock(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A time of day where the preschools are, also in the future."""
        return datetime.combine(day, time(hour, minute), ZoneInfo(self.zone))
