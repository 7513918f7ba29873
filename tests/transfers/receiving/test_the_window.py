"""A day too much never goes: the edges of the window, one by one, as Gun meets them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import DateField, F, Value

from conferences.models import Conference
from learninglog import services
from learninglog.services.drafts import ChildInput, EntryInput
from people.models import Placement
from tests.cast import NOW, TODAY
from tests.conferences.talks import shown
from tests.transfers.receiving.conftest import A_YEAR_BEFORE, AUTUMN, FIRST_DAY, noon
from transfers import inside, receiving, windows
from transfers.models import Handover, OpenWindow, TransferSetting
from visibility.window import twelve_months_before

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 6, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "goes"),
    [(A_YEAR_BEFORE - ONE, False), (A_YEAR_BEFORE, True), (FIRST_DAY - ONE, True), (FIRST_DAY, False)],
)
def test_what_happened_within_twelve_months_before_the_first_day_goes(open_log, day, goes):
    entry = open_log.entry(on=day, at=noon(AUTUMN))
    assert open_log.seen() == ({entry} if goes else set())
    (handover,) = Handover.objects.all()
    assert set(receiving.going(handover, None, NOW).entries) == ({entry} if goes else set())


@pytest.mark.parametrize(("at", "goes"), [(MIDNIGHT - timedelta(microseconds=1), True), (MIDNIGHT, False)])
def test_what_was_shared_before_the_first_day_began_goes(open_log, at, goes):
    entry = open_log.entry(on=AUTUMN, at=at)
    assert open_log.seen() == ({entry} if goes else set())


@pytest.mark.parametrize("what", ["first_shared_at", "shared_at"])
def test_both_the_first_sharing_and_the_one_that_stands_have_to_be_before(open_log, what):
    entry = open_log.entry()
    (handover,) = Handover.objects.all()
    entry.publications.update(**{what: MIDNIGHT - timedelta(microseconds=1)})
    assert open_log.seen() == set(receiving.going(handover, None, NOW).entries) == {entry}
    entry.publications.update(**{what: MIDNIGHT})
    assert open_log.seen() == set(receiving.going(handover, None, NOW).entries) == set()


def test_sharing_again_on_the_first_day_takes_it_out(open_log):
    entry = open_log.entry()
    assert open_log.seen() == {entry}
    by = open_log.cast.viewer("cecilia", at=MIDNIGHT)
    data = EntryInput(title="New", text="Words", children={open_log.cast.alma.pk: ChildInput()}, happened_on=AUTUMN)
    entry, _ = services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)
    assert open_log.seen() == {entry}
    services.share_entry(entry=entry, by=by)
    assert open_log.seen() == set()


def test_the_last_preschool_day_ends_it_earlier(open_log):
    kept, gone = open_log.entry(on=AUTUMN), open_log.entry(on=AUTUMN + ONE)
    assert open_log.seen() == {kept, gone}
    Placement.objects.filter(child=open_log.cast.alma, unit=open_log.cast.unit).update(ends_on=AUTUMN + ONE)
    assert open_log.seen() == {kept}
    (handover,) = open_log.follow()
    Placement.objects.filter(child=open_log.cast.alma, unit=open_log.cast.unit).update(ends_on=None)
    open_log.follow()
    assert open_log.seen() == {kept}, "what was narrowed never becomes larger again"
    assert [row.until for row in handover.windows.order_by("pk")] == [FIRST_DAY, AUTUMN + ONE]


def test_before_opening_the_window_follows_a_start_that_moves(move):
    early, late = move.entry(on=A_YEAR_BEFORE), move.entry(on=FIRST_DAY + ONE)
    (handover,) = move.follow()
    assert handover.opened_at is None
    move.says("school_log")
    place = move.place
    place.starts_on = TODAY
    place.save()
    (handover,) = move.follow()
    assert (handover.first_day, handover.opened_at) == (TODAY, NOW)
    assert move.seen() == {late}
    assert early not in move.seen()


@pytest.mark.parametrize("moved", [FIRST_DAY + timedelta(days=5), FIRST_DAY - timedelta(days=5)])
def test_after_opening_it_is_what_every_window_has_held(open_log, moved):
    days = [A_YEAR_BEFORE - 5 * ONE, A_YEAR_BEFORE, A_YEAR_BEFORE + 5 * ONE, FIRST_DAY - 6 * ONE, FIRST_DAY - ONE]
    days += [FIRST_DAY, FIRST_DAY + 4 * ONE]
    entries = {day: open_log.entry(on=day) for day in days}
    assert open_log.seen() == {entries[day] for day in days[1:5]}
    place = open_log.place
    place.starts_on = moved
    place.save()
    assert open_log.seen() == set(), "nothing is read until the move has been followed"
    open_log.follow()
    first, last = max(A_YEAR_BEFORE, twelve_months_before(moved)), min(FIRST_DAY, moved)
    assert open_log.seen() == {entry for day, entry in entries.items() if first <= day < last}
    place.starts_on = FIRST_DAY
    place.save()
    open_log.follow()
    assert open_log.seen() == {entry for day, entry in entries.items() if first <= day < last}


def test_a_place_that_is_gone_closes_it_at_once_and_reopens_no_more_than_it_was(open_log):
    entry = open_log.entry()
    starts = open_log.place.starts_on
    open_log.place.delete()
    assert open_log.seen() == set()
    assert open_log.follow() == []
    assert Handover.objects.get().ended_because == Handover.Ended.GONE
    Placement.objects.create(child=open_log.cast.alma, unit=open_log.cast.school, starts_on=starts + 5 * ONE)
    (again,) = open_log.follow()
    assert again.windows.count() == 2
    assert open_log.seen() == {entry}
    assert windows.effective(again).starts == A_YEAR_BEFORE + 5 * ONE
    assert windows.effective(again).until == FIRST_DAY


def test_a_place_that_has_ended_closes_it_at_once_also_while_the_class_has_not_noticed(open_log):
    open_log.entry()
    place = open_log.place
    handover = Handover.objects.get()
    assert windows.is_open(handover, NOW)
    place.ends_on = TODAY
    place.save()
    assert open_log.seen() == set()
    assert not windows.is_open(handover, NOW)


@pytest.mark.parametrize(("before", "after", "reads"), [(30, 90, True), (30, 10, False), (30, 11, True)])
def test_the_receiver_reads_for_as_long_as_the_organisation_has_set(open_log, before, after, reads):
    entry = open_log.entry()
    days = {"days_before": before, "days_after": after}
    TransferSetting.objects.create(organisation=open_log.cast.organisation, at=NOW, **days)
    assert open_log.seen() == ({entry} if reads else set())
    open_log.follow()
    assert (Handover.objects.get().ended_because == "over") is not reads


def test_fewer_days_before_the_first_one_close_what_was_open(move):
    move.says("school_log")
    place = move.place
    place.starts_on = TODAY + timedelta(days=20)
    place.save()
    move.follow()
    entry = move.entry()
    assert move.seen() == {entry}
    TransferSetting.objects.create(organisation=move.cast.organisation, days_before=5, days_after=90, at=NOW)
    assert move.seen() == set()


def test_a_transfer_opens_so_many_days_before_the_first_one(move):
    move.says("school_log")
    place = move.place
    place.starts_on = TODAY + timedelta(days=30)
    place.save()
    entry = move.entry()
    move.follow(NOW - ONE)
    assert Handover.objects.get().opened_at is None
    assert move.seen(at=NOW - ONE) == set()
    assert move.seen() == set(), "a window that nobody has written down is not open"
    move.follow()
    assert move.seen() == {entry}
    assert move.seen(at=NOW - ONE) == set()


@pytest.mark.parametrize(
    ("held", "sealed", "goes"),
    [
        (AUTUMN, noon(AUTUMN), True),
        (A_YEAR_BEFORE - ONE, noon(AUTUMN), False),
        (FIRST_DAY, MIDNIGHT - ONE, False),
        (AUTUMN, MIDNIGHT, False),
        (AUTUMN, MIDNIGHT - timedelta(microseconds=1), True),
        (None, noon(AUTUMN), False),
    ],
)
def test_a_conference_goes_by_the_day_of_its_talk_and_when_it_was_sealed(move, held, sealed, goes):
    move.says("school_conferences")
    row = shown(move.cast, move.cast.alma, at=noon(AUTUMN))
    if held is not None:
        row.talks.create(held_on=held, written_by=move.cast.cecilia, written_at=sealed)
    Conference.objects.filter(pk=row.pk).update(sealed_at=sealed, sealed_by=move.cast.cecilia)
    (handover,) = move.follow()
    assert move.seen(model=Conference) == ({row} if goes else set())
    assert set(receiving.going(handover, None, NOW).conferences) == ({row} if goes else set())


def test_every_talk_of_a_conference_must_be_inside(move):
    move.says("school_conferences")
    row = shown(move.cast, move.cast.alma, at=noon(AUTUMN))
    Conference.objects.filter(pk=row.pk).update(sealed_at=noon(AUTUMN), sealed_by=move.cast.cecilia)
    wrote = {"written_by": move.cast.cecilia, "written_at": NOW}
    row.talks.create(held_on=AUTUMN, home=move.cast.astrid_alma.home_memberships.get().home, **wrote)
    move.follow()
    assert move.seen(model=Conference) == {row}
    row.talks.create(held_on=FIRST_DAY, home=move.cast.anders_alma.home_memberships.get().home, **wrote)
    assert move.seen(model=Conference) == set()


def test_days_are_counted_alike_by_the_database(cast):
    for day in (date(2024, 2, 29), date(2025, 3, 1), date(2026, 3, 29)):
        handover = Handover.objects.create(
            child=cast.bo, from_unit=cast.unit, kind="package", receiver_name=f"School {day}", first_day=day,
            created_at=NOW,
        )  # fmt: skip
        OpenWindow.objects.create(handover=handover, starts=day - ONE, until=day, first_day=day, at=NOW)
    rows = Handover.objects.annotate(
        left=inside.DaysUntil(F("first_day"), Value(date(2024, 2, 28), output_field=DateField())),
        local=inside.LocalDay(Value(MIDNIGHT), F("child__organisation__time_zone")),
    ).order_by("first_day")
    assert [row.left for row in rows] == [1, 367, 760]
    assert {row.local for row in rows} == {FIRST_DAY}
