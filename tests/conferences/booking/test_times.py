"""Series of times as clocks go where the preschool is, and the file for a calendar, which names nobody."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from conferences import calendar
from conferences.services import booking
from conferences.times import Series, of_series
from tests.cast import NOW
from tests.conferences import talks

STOCKHOLM = "Europe/Stockholm"


def series(**more):
    told = {
        "first_day": date(2026, 11, 23), "last_day": date(2026, 11, 29), "weekdays": [0, 2], "begins": time(13, 0),
        "ends": time(15, 0), "minutes": 40, "pause": 10, **more,
    }  # fmt: skip
    return of_series(Series(**told), STOCKHOLM)


def test_talks_fit_between_the_hours_on_the_chosen_days():
    found = series()
    assert [begin.strftime("%a %H:%M") for begin, _end in found] == ["Mon 13:00", "Mon 13:50", "Wed 13:00", "Wed 13:50"]
    assert all(end - begin == timedelta(minutes=40) for begin, end in found)


def test_one_time_is_a_series_of_one():
    assert len(series(last_day=date(2026, 11, 23), ends=time(13, 40))) == 1
    assert series(last_day=date(2026, 11, 23), ends=time(13, 39)) == []


def test_noon_is_noon_on_both_sides_of_the_night_when_clocks_change():
    found = series(first_day=date(2027, 3, 27), last_day=date(2027, 3, 28), weekdays=range(7), ends=time(13, 40))
    assert [begin.astimezone(UTC).hour for begin, _end in found] == [12, 11]


def test_an_hour_that_is_leapt_over_holds_no_talk():
    found = series(
        first_day=date(2027, 3, 28), last_day=date(2027, 3, 28), weekdays=[6], begins=time(1, 30), ends=time(4, 0),
        minutes=30, pause=0,
    )  # fmt: skip
    assert [begin.strftime("%H:%M") for begin, _end in found] == ["03:00", "03:30"]


@pytest.mark.django_db
def test_the_appointment_says_when_and_where_and_nobody_s_name(world):
    row = talks.shown(world, world.alma)
    cecilia = world.viewer("cecilia")
    starts = NOW + timedelta(days=3)
    times = [
        (starts, starts + timedelta(minutes=40)),
        (starts + timedelta(days=1), starts + timedelta(days=1, hours=1)),
    ]
    booking.keep_times(unit=world.unit, staff=world.cecilia, times=times, place="The blue room", link="", by=cecilia)
    kept = list(booking.free(world.unit, NOW))
    first, second = booking.offer(conference=row, tie=world.astrid_alma, times=kept, by=cecilia)
    astrid = world.viewer("astrid")
    booked = booking.book(offer=first, interpreter="so", instead_of=None, by=astrid)
    octets = calendar.appointment(booked, at=NOW)
    (event,) = Calendar.from_ical(octets).walk("VEVENT")
    assert event.decoded("dtstart").astimezone(ZoneInfo("UTC")) == starts
    assert event["location"] == "The blue room"
    told = octets.decode()
    for name in ("Alma", "Berg", "Astrid", "Cecilia", "Skogsgläntan", "Lindby"):
        assert name not in told
    later = world.viewer("astrid", at=NOW + timedelta(hours=2))
    moved = booking.book(offer=second, interpreter="", instead_of=first.public_id, by=later)
    (again,) = Calendar.from_ical(calendar.appointment(moved, at=later.at)).walk("VEVENT")
    assert again["uid"] == event["uid"]
    assert again["sequence"] > event["sequence"]
    assert again.decoded("dtstart") != event.decoded("dtstart")


def test_there_is_a_summer_and_a_winter_in_these_tests():
    assert (
        datetime(2027, 3, 27, 12, tzinfo=ZoneInfo(STOCKHOLM)).utcoffset()
        != datetime(2027, 3, 28, 12, tzinfo=ZoneInfo(STOCKHOLM)).utcoffset()
    )
