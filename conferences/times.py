"""Times for talks worked out from days and hours, as clocks go where the preschool is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST = 100


@dataclass(frozen=True)
class Series:
    """Talks of so many minutes with a pause between, from hour to hour, on these weekdays (Monday is 0) of some days.

    Both days are inside.
    """

    first_day: date
    last_day: date
    weekdays: Collection[int]
    begins: time
    ends: time
    minutes: int
    pause: int = 0


def of_series(series: Series, time_zone: str) -> list[tuple[datetime, datetime]]:
    """Beginning and end of each talk, in order; an hour that the clocks leap over has none."""
    zone = ZoneInfo(time_zone)
    found = []
    for number in range((series.last_day - series.first_day).days + 1):
        day = series.first_day + timedelta(days=number)
        if day.weekday() in series.weekdays:
            found += [(begin, end) for begin, end in _of_day(day, series, zone) if _exists(begin) and _exists(end)]
    return found


def _of_day(day: date, series: Series, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    length, step = timedelta(minutes=series.minutes), timedelta(minutes=series.minutes + series.pause)
    begin, last = datetime.combine(day, series.begins), datetime.combine(day, series.ends)
    found = []
    while begin + length <= last:
        found.append((begin.replace(tzinfo=zone), (begin + length).replace(tzinfo=zone)))
        begin += step
    return found


def _exists(moment: datetime) -> bool:
    there = moment.astimezone(ZoneInfo("UTC")).astimezone(moment.tzinfo)
    return there.replace(tzinfo=None) == moment.replace(tzinfo=None)
