from datetime import UTC, date, datetime, timedelta

import pytest

from ground.clock import local_day, now


def test_now_is_aware_and_in_utc():
    assert now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        (datetime(2025, 7, 1, 21, 59, 59, tzinfo=UTC), "Europe/Stockholm", date(2025, 7, 1)),
        (datetime(2025, 7, 1, 22, 0, tzinfo=UTC), "Europe/Stockholm", date(2025, 7, 2)),
        (datetime(2025, 1, 1, 22, 59, tzinfo=UTC), "Europe/Oslo", date(2025, 1, 1)),
        (datetime(2025, 1, 1, 23, 0, tzinfo=UTC), "Europe/Oslo", date(2025, 1, 2)),
    ],
)
def test_a_day_begins_when_the_people_of_the_place_say_so(at, zone, day):
    assert local_day(at, zone) == day


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2025, 1, 1), "Europe/Oslo")  # noqa: DTZ001
