"""The window of a transfer, case by case; the other half of each case is what must stay outside."""

from datetime import UTC, date, datetime, timedelta

import pytest

from visibility.window import Sharing, Window, begins, counts, counts_conference, twelve_months_before, window

STOCKHOLM = "Europe/Stockholm"
START = date(2027, 8, 18)

CASES = {
    "the ordinary way: preschool until the summer, school in August": (
        START, date(2027, 7, 1), (date(2026, 8, 18), date(2027, 7, 1)),
    ),
    "still at the preschool the day before": (START, START, (date(2026, 8, 18), START)),
    "no last day is known yet": (START, None, (date(2026, 8, 18), START)),
    "left in December, starts in August": (START, date(2026, 12, 19), (date(2026, 8, 18), date(2026, 12, 19))),
    "the last preschool day lies after the first at school": (
        START, date(2027, 9, 1), (date(2026, 8, 18), START),
    ),
    "leisure centre from the first of August": (
        date(2027, 8, 1), date(2027, 8, 1), (date(2026, 8, 1), date(2027, 8, 1)),
    ),
    "a first day on 29 February": (date(2028, 2, 29), None, (date(2027, 3, 1), date(2028, 2, 29))),
    "a first day a year after 29 February": (date(2029, 2, 28), None, (date(2028, 2, 28), date(2029, 2, 28))),
    "a move between preschools in May": (date(2027, 5, 3), date(2027, 5, 3), (date(2026, 5, 3), date(2027, 5, 3))),
}  # fmt: skip


@pytest.mark.parametrize(("first_day", "until", "meant"), CASES.values(), ids=CASES.keys())
def test_the_window_of_each_case(first_day, until, meant):
    found = window(first_day, until)
    assert (found.starts, found.until) == meant
    assert found.starts in found
    assert found.until - timedelta(days=1) in found
    assert found.starts - timedelta(days=1) not in found
    assert found.until not in found


def test_without_a_first_day_there_is_no_window():
    assert window(None, date(2027, 7, 1)) is None


def test_who_left_more_than_a_year_before_has_nothing_to_send():
    found = window(START, date(2026, 8, 18))
    assert found.is_empty
    assert date(2026, 8, 17) not in found
    assert date(2026, 8, 18) not in found


def test_it_never_reaches_further_back_than_twelve_months():
    for offset in range(1500):
        first_day = date(2026, 1, 1) + timedelta(days=offset)
        back = twelve_months_before(first_day)
        assert timedelta(days=365) <= first_day - back <= timedelta(days=366)
        assert (back.month, back.day) in {(first_day.month, first_day.day), (3, 1)}


def test_a_postponed_start_before_opening_moves_the_window():
    assert window(date(2028, 1, 10), None) == Window(date(2027, 1, 10), date(2028, 1, 10), date(2028, 1, 10))


@pytest.mark.parametrize("moved", [date(2027, 10, 1), date(2027, 6, 1)])
def test_a_start_that_moves_after_opening_only_takes_away(moved):
    opened = window(START, None)
    now = window(moved, None, been=[opened])
    assert now.starts == max(opened.starts, twelve_months_before(moved))
    assert now.until == min(START, moved)
    assert now.first_day == min(START, moved)
    days = [date(2026, 1, 1) + timedelta(days=offset) for offset in range(900)]
    assert {day for day in days if day in now} <= {day for day in days if day in opened}
    back_again = window(START, None, been=[opened, now])
    assert back_again == now


def shared(happened_on=date(2027, 3, 1), first=None, current=None, is_shared=True):
    first = first or datetime(2027, 3, 2, 12, tzinfo=UTC)
    return Sharing(happened_on, first, current or first, is_shared)


def test_an_entry_counts_as_it_was_shared_before_the_first_day():
    found = window(START, None)
    midnight = begins(START, STOCKHOLM)
    before = midnight - timedelta(microseconds=1)
    assert counts(shared(), found, STOCKHOLM)
    assert counts(shared(first=before), found, STOCKHOLM)
    assert not counts(shared(first=midnight), found, STOCKHOLM), "shared on the first day"
    assert not counts(shared(current=midnight), found, STOCKHOLM), "edited and shared again on the first day"
    assert not counts(shared(is_shared=False), found, STOCKHOLM), "withdrawn"
    assert not counts(Sharing(date(2027, 3, 1), None, None, True), found, STOCKHOLM), "never shared"


def test_it_counts_by_the_day_it_happened_however_late_it_was_written():
    found = window(START, date(2027, 7, 1))
    late = datetime(2027, 8, 17, 20, tzinfo=UTC)
    assert counts(shared(found.starts, late), found, STOCKHOLM)
    assert not counts(shared(found.starts - timedelta(days=1), late), found, STOCKHOLM)
    assert not counts(shared(found.until, late), found, STOCKHOLM)


def test_the_first_day_begins_at_midnight_where_the_organisation_is():
    first_day = date(2027, 3, 28)  # the night on which the clocks go forward
    assert begins(first_day, STOCKHOLM) == datetime(2027, 3, 27, 23, tzinfo=UTC)
    assert begins(date(2027, 3, 29), STOCKHOLM) == datetime(2027, 3, 28, 22, tzinfo=UTC)
    found = window(first_day, None)
    evening = datetime(2027, 3, 27, 22, 59, tzinfo=UTC)
    assert counts(shared(date(2027, 3, 27), evening), found, STOCKHOLM)
    assert not counts(shared(date(2027, 3, 27), evening + timedelta(minutes=1)), found, STOCKHOLM)


def test_a_conference_counts_by_its_talk_and_when_it_was_sealed():
    found = window(START, None)
    sealed = datetime(2027, 4, 1, tzinfo=UTC)
    assert counts_conference(found.starts, sealed, found, STOCKHOLM)
    assert not counts_conference(found.starts - timedelta(days=1), sealed, found, STOCKHOLM)
    assert not counts_conference(found.starts, None, found, STOCKHOLM)
    assert not counts_conference(found.starts, begins(START, STOCKHOLM), found, STOCKHOLM)
