"""Who begins school in the autumn is asked about in spring, also while nobody knows where."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from people.models import Child, Placement
from tests.cast import LONG_AGO
from transfers import choosing, panels, spring
from transfers.services import handovers

YEAR = 2027


def noon(month, day):
    return datetime(YEAR, month, day, 11, tzinfo=UTC)


FIRST, FORTNIGHT_LATER = noon(3, 1), noon(3, 15)


@pytest.fixture
def six(move):
    """Bo turns six next year; his father has said nothing, and no school is known."""
    Child.objects.filter(pk=move.cast.bo.pk).update(born_on=date(YEAR - 6, 9, 9))
    return move


def is_asked(six, at, name="birger"):
    return panels.to_be_told(getattr(six.cast, name), at - timedelta(days=1), at)


def waits(six, at):
    return choosing.waits(six.cast.birger_bo, six.cast.viewer("birger", at=at))


def test_from_the_first_of_march_until_july_once_a_fortnight(six):
    asked = [day for day in range(365) if is_asked(six, noon(1, 1) + timedelta(days=day))]
    days = [date(YEAR, 1, 1) + timedelta(days=day) for day in asked]
    assert days[0] == date(YEAR, 3, 1)
    assert days[-1] == date(YEAR, 7, 19)
    assert {(later - earlier).days for earlier, later in pairwise(days)} == {14}


@pytest.mark.parametrize(
    ("at", "stands"), [(noon(2, 28), False), (noon(3, 1), True), (noon(7, 31), True), (noon(8, 1), False)]
)
def test_the_page_says_so_as_long_as_it_is_spring(six, at, stands):
    assert waits(six, at) is stands
    lines = panels.waiting(six.cast.viewer("birger", at=at), [Child.objects.get(pk=six.cast.bo.pk)])
    assert bool(lines) is stands


def test_who_has_answered_is_not_asked_and_the_other_one_is(six):
    for question in ("school_log", "school_conferences"):
        six.says(question, "no", tie=six.cast.birger_bo)
    assert not is_asked(six, FIRST)
    assert not waits(six, FIRST)
    other = six.cast.make.person("ylva", "Ylva", "Extra")
    six.cast.make.guardian(other, six.cast.bo)
    six.cast.ylva = other
    assert is_asked(six, FIRST, "ylva")


@pytest.mark.parametrize("born", [None, date(YEAR - 5, 1, 1), date(YEAR - 7, 12, 31)])
def test_nobody_is_asked_about_a_child_of_another_age_or_of_no_known_one(six, born):
    Child.objects.filter(pk=six.cast.bo.pk).update(born_on=born)
    assert not is_asked(six, FIRST)
    assert not waits(six, FIRST)


@pytest.mark.parametrize("born", [date(YEAR - 6, 1, 1), date(YEAR - 6, 12, 31)])
def test_the_whole_year_counts(six, born):
    Child.objects.filter(pk=six.cast.bo.pk).update(born_on=born)
    assert is_asked(six, FIRST)


def test_a_place_at_a_school_or_a_named_one_asks_by_itself(six):
    place = Placement.objects.create(child=six.cast.bo, unit=six.cast.school, starts_on=date(YEAR, 8, 18))
    assert not spring.is_beginner(six.cast.bo, FIRST.date())
    place.delete()
    assert spring.is_beginner(six.cast.bo, FIRST.date())
    by = six.cast.viewer("eva", at=FIRST)
    handovers.name_school(child=six.cast.bo, school="Ekskolan", first_day=date(YEAR, 8, 18), by=by)
    assert not spring.is_beginner(six.cast.bo, FIRST.date())


def test_not_for_a_child_who_has_left_and_not_to_an_inactive_guardian(six):
    six.cast.birger.guardianships.update(inactivated_at=FIRST)
    assert not is_asked(six, FIRST)
    Placement.objects.filter(child=six.cast.bo).update(starts_on=LONG_AGO, ends_on=FIRST.date())
    assert not spring.is_beginner(six.cast.bo, FIRST.date())


def test_the_head_sees_who_is_missing_and_nobody_in_winter(six):
    six.stop_clock(FIRST)
    listed = six.get("eva", "transfers:listing").content.decode()
    assert "Six this year, and no school is known" in listed
    assert "waits for Birger Carlsson" in listed
    for question in ("school_log", "school_conferences"):
        six.says(question, tie=six.cast.birger_bo)
    assert "Everybody has answered" in six.get("eva", "transfers:listing").content.decode()
    six.stop_clock(noon(2, 1))
    assert "Six this year" not in six.get("eva", "transfers:listing").content.decode()


def test_whoever_is_asked_because_of_a_move_is_asked_no_more_often(six):
    start = date(YEAR, 4, 20)
    Placement.objects.create(child=six.cast.bo, unit=six.cast.other_unit, starts_on=start)
    six.follow(FIRST - timedelta(days=9), six.cast.bo)
    days = [FIRST + timedelta(days=day) for day in range(28)]
    assert [(start - at.date()).days % 14 for at in days if is_asked(six, at)] == [0, 0]
