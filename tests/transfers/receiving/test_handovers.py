"""Transfers come and go by themselves, and the head names the others."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from access.recordings.services import NotPossible
from people.models import Placement
from people.services import erase_child
from tests.cast import LONG_AGO, NOW, TODAY
from tests.transfers.receiving.conftest import FIRST_DAY
from transfers import receiving, windows
from transfers.models import Handover, Highlight, LeftOut, MovedStart, OpenWindow
from transfers.services import handovers, highlights, leaving_out
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


def placed(child, unit, starts, ends=None):
    return Placement.objects.create(child=child, unit=unit, starts_on=starts, ends_on=ends)


def test_a_place_elsewhere_makes_one_transfer_however_often_one_looks(move):
    assert handovers.follow(NOW) == 1
    handovers.follow(NOW)
    one = Handover.objects.get()
    assert (one.child, one.unit, one.from_unit) == (move.cast.alma, move.cast.school, move.cast.unit)
    assert (one.first_day, one.placement, one.created_by, one.opened_at) == (FIRST_DAY, move.place, None, None)


def test_a_place_since_long_ago_and_a_first_place_make_none(move):
    placed(move.cast.bo, move.cast.other_unit, TODAY - timedelta(days=90))
    placed(move.cast.noor, move.cast.unit, LONG_AGO - ONE, TODAY)
    lone = move.cast.make.child("Lone", "Nyman")
    placed(lone, move.cast.school, TODAY)
    assert {one.child for child in (move.cast.bo, move.cast.noor, lone) for one in move.follow(child=child)} == set()


def test_the_day_before_the_days_are_over_it_is_still_made(move):
    placed(move.cast.bo, move.cast.other_unit, TODAY - timedelta(days=89))
    assert len(move.follow(child=move.cast.bo)) == 1


def test_places_that_follow_each_other_are_one_stay(move):
    """The leisure centre from the first of August, the class two weeks later: the first day is the first of August."""
    place = move.place
    place.ends_on = TODAY + ONE
    place.save()
    placed(move.cast.alma, move.cast.school, TODAY + ONE)
    (one,) = move.follow()
    assert (one.first_day, one.placement) == (FIRST_DAY, place)
    (later,) = move.follow(NOW + 3 * ONE)
    assert later == one
    assert windows.is_placed(later, TODAY + 3 * ONE)


def test_what_is_over_is_not_made_again(open_log):
    after = NOW + timedelta(days=80)
    assert open_log.follow(after) == []
    assert Handover.objects.get().ended_because == Handover.Ended.OVER
    assert open_log.follow(after) == []
    assert open_log.follow(NOW) == []


def test_a_blocked_child_gets_no_transfer(move):
    type(move.cast.alma).objects.filter(pk=move.cast.alma.pk).update(blocked_at=NOW)
    assert move.follow() == []


def test_the_database_holds_one_transfer_to_a_unit(move):
    (one,) = move.follow()
    again = {"child": one.child, "unit": one.unit, "from_unit": one.from_unit, "kind": one.kind, "created_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(first_day=TODAY, **again)


def test_windows_are_only_ever_added(open_log):
    row = OpenWindow.objects.get()
    row.until = row.until - ONE
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        row.save()


def test_the_head_names_a_school_elsewhere_and_the_first_day_there(move):
    cast = move.cast
    named = {"child": cast.bo, "first_day": TODAY + timedelta(days=60)}
    for name in ("cecilia", "birger", "gun", "stranger"):
        with pytest.raises(PermissionDenied):
            handovers.name_school(school="Ekskolan", by=cast.viewer(name), **named)
    with pytest.raises(PermissionDenied):
        handovers.name_school(school="Ekskolan", by=cast.viewer("eva", strength=Strength.LOW), **named)
    eva = cast.viewer("eva")
    one = handovers.name_school(school="  Ekskolan  i  Åby ", by=eva, **named)
    assert (one.receiver_name, one.from_unit, one.created_by) == ("Ekskolan i Åby", cast.unit, cast.eva)
    named["first_day"] += ONE
    again = handovers.name_school(school="ekskolan i Åby", by=eva, **named)
    assert (again, again.first_day) == (one, TODAY + timedelta(days=61))
    for wrong in ({"school": " "}, {"first_day": TODAY + timedelta(days=800)}, {"first_day": LONG_AGO}):
        with pytest.raises(NotPossible):
            handovers.name_school(**{"school": "Ekskolan", "by": eva, **named, **wrong})


def test_the_first_day_of_a_package_only_makes_it_smaller_once_it_has_been_made(move):
    cast, eva = move.cast, move.cast.viewer("eva")
    one = handovers.name_school(child=cast.bo, school="Ekskolan", first_day=TODAY + 30 * ONE, by=eva)
    before = windows.effective(one)
    handovers.move_first_day(handover=one, first_day=TODAY + 20 * ONE, by=eva)
    one.refresh_from_db()
    assert windows.effective(one).starts == before.starts - 10 * ONE
    handovers.opened(one, NOW)
    handovers.move_first_day(handover=one, first_day=TODAY + 30 * ONE, by=eva)
    one.refresh_from_db()
    assert (windows.effective(one).starts, windows.effective(one).until) == (before.starts, TODAY + 20 * ONE)
    handovers.cancel(handover=one, by=eva)
    anew = handovers.name_school(child=cast.bo, school="Ekskolan", first_day=TODAY + 40 * ONE, by=eva)
    assert anew != one
    found = windows.effective(anew)
    assert (found.starts, found.until) == (before.starts + 10 * ONE, TODAY + 20 * ONE)


def test_a_first_day_that_moves_is_written_down_by_whoever_moved_it(move):
    cast, eva = move.cast, move.cast.viewer("eva")
    (inside,) = move.follow()
    cast.alma.placements.filter(unit=cast.school).update(starts_on=FIRST_DAY + ONE)
    for _again in range(2):
        move.follow()
    elsewhere = handovers.name_school(child=cast.bo, school="Ekskolan", first_day=TODAY + 30 * ONE, by=eva)
    for days in (20, 20, 25):
        handovers.move_first_day(handover=elsewhere, first_day=TODAY + days * ONE, by=eva)
    rows = MovedStart.objects.order_by("pk").values_list("handover", "was", "first_day", "by")
    assert list(rows) == [
        (inside.pk, FIRST_DAY, FIRST_DAY + ONE, None),
        (elsewhere.pk, TODAY + 30 * ONE, TODAY + 20 * ONE, cast.eva.pk),
        (elsewhere.pk, TODAY + 20 * ONE, TODAY + 25 * ONE, cast.eva.pk),
    ]
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        MovedStart.objects.update(first_day=TODAY)


def test_only_packages_are_cancelled_and_only_by_the_head(move):
    (school,) = move.follow()
    with pytest.raises(PermissionDenied):
        handovers.cancel(handover=school, by=move.cast.viewer("eva"))
    one = handovers.name_school(
        child=move.cast.bo, school="Ekskolan", first_day=TODAY + 30 * ONE, by=move.cast.viewer("eva")
    )
    with pytest.raises(PermissionDenied):
        handovers.cancel(handover=one, by=move.cast.viewer("cecilia"))


def test_nothing_goes_of_a_child_that_was_at_no_preschool_but_the_receiver_s(open_log):
    entry = open_log.entry()
    assert open_log.seen() == {entry}
    Placement.objects.filter(child=open_log.cast.alma, unit__kind="preschool").delete()
    (handover,) = Handover.objects.all()
    assert windows.effective(handover) is None
    assert not receiving.may_receive(handover, NOW)
    assert open_log.seen() == set()


def test_an_erased_child_leaves_that_there_was_a_transfer_and_no_word_of_it(open_log):
    cast, entry = open_log.cast, open_log.entry()
    (handover,) = Handover.objects.all()
    highlights.pick(handover=handover, entries=[entry.public_id], by=cast.viewer("astrid"))
    leaving_out.leave_out(child=cast.alma, thing=entry, by=cast.viewer("astrid", Hat.GUARDIAN))
    named = handovers.name_school(child=cast.alma, school="Ekskolan", first_day=TODAY, by=cast.viewer("eva"))
    erase_child(child=cast.alma, at=NOW, by=None, because="test")
    assert not LeftOut.objects.exists()
    assert not Highlight.objects.exists()
    for row in (handover, named):
        row.refresh_from_db()
        assert (row.receiver_name, row.placement, row.created_by, row.erased_at) == ("", None, None, NOW)
        assert row.ended_because == Handover.Ended.ERASED


def test_one_child_that_cannot_be_followed_stops_no_other(move, monkeypatch):
    cast, real = move.cast, handovers._stays
    placed(cast.bo, cast.school, TODAY)

    def stays(child, day):
        if child == cast.alma:
            raise RuntimeError("broken")
        return real(child, day)

    monkeypatch.setattr(handovers, "_stays", stays)
    with pytest.raises(ExceptionGroup):
        handovers.follow(NOW)
    assert [one.child for one in Handover.objects.all()] == [cast.bo]
