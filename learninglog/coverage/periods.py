"""Months and terms, as half-open stretches of days."""

from dataclasses import dataclass
from datetime import date, timedelta

LENGTHS = (6, 12, 18)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    start: date
    end: date

    @property
    def months(self) -> list[date]:
        """The first day of each month that it touches."""
        found, month = [], self.start.replace(day=1)
        while month < self.end:
            found.append(month)
            month = following(month)
        return found


def following(day: date) -> date:
    """The first day of the next month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def lately(day: date, months: int) -> Period:
    """That many whole months, the last of them the one that runs."""
    first = day.year * 12 + day.month - months
    return Period(date(first // 12, first % 12 + 1, 1), following(day))


def month(day: date) -> Period:
    return Period(day.replace(day=1), following(day))


def term(day: date) -> Period:
    """The spring of January to July, or the autumn from August on."""
    if day.month < 8:
        return Period(date(day.year, 1, 1), date(day.year, 8, 1))
    return Period(date(day.year, 8, 1), date(day.year + 1, 1, 1))


def month_of(text: str) -> date | None:
    """The month an address names, as 2026-11; the calendar's last month has no end that could be counted to."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if found.year < date.max.year else None
