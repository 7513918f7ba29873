"""The preschool's part in the first page: the same ten places as the family's, and nothing of who said what."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from access.recordings.services import NotPossible
from people.models import Answer
from tests.cast import NOW, TODAY
from tests.transfers.receiving.conftest import AUTUMN
from transfers import receiving, rows
from transfers.services import handovers, highlights, leaving_out
from visibility.models import ReadingLine

FIRST_DAY = TODAY + timedelta(days=30)


@pytest.fixture
def coming(move):
    """Bo goes to a school elsewhere in a month; his father has said yes to the log."""
    move.leaf, move.snow = move.entry(move.cast.bo), move.entry(move.cast.bo, on=AUTUMN + timedelta(days=9))
    move.says("school_log", tie=move.cast.birger_bo, at=NOW - timedelta(days=1))
    move.handover = handovers.name_school(
        child=move.cast.bo, school="Ekskolan", first_day=FIRST_DAY, by=move.cast.viewer("eva")
    )
    return move


def page(coming, name="cecilia"):
    return coming.get(name, "transfers:first_page", child=coming.cast.bo.public_id)


def send(coming, *entries, name="cecilia", seen=()):
    data = {"entry": [one.public_id for one in entries], "seen": [one.public_id for one in seen]}
    return coming.post(name, "transfers:pick", data, handover=coming.handover.public_id)


def picked(coming):
    return highlights.of_handover(coming.handover)


@pytest.mark.parametrize("name", ["cecilia", "eva"])
def test_the_pedagogue_and_the_head_pick_and_a_second_tap_changes_nothing(coming, name):
    assert [send(coming, coming.leaf, name=name).status_code for _again in range(2)] == [302, 302]
    assert picked(coming) == [coming.leaf.public_id]
    shown = page(coming, name).content.decode()
    assert shown.count(' checked=""') == 1
    snow, leaf = (shown.index(f'name="entry" value="{one.public_id}"') for one in (coming.snow, coming.leaf))
    assert snow < leaf
    assert receiving.highlights(coming.handover) == [coming.leaf.public_id]


def test_it_stands_on_the_page_of_the_child_and_in_the_reading_log(coming):
    tab = f"/staff/transfers/children/{coming.cast.bo.public_id}/first-page/"
    assert tab in coming.get("cecilia", "staff:child", child=coming.cast.bo.public_id).content.decode()
    assert tab not in coming.get("cecilia", "staff:child", child=coming.cast.alma.public_id).content.decode()
    page(coming)
    assert ReadingLine.objects.filter(what="first page", person=coming.cast.cecilia).exists()


@pytest.mark.parametrize("name", ["david", "karin", "siri", "frans", "gun", "birger", "stranger"])
def test_for_nobody_else_is_there_such_a_page(coming, name):
    assert page(coming, name).status_code in (302, 404)
    assert send(coming, coming.leaf, name=name).status_code in (302, 404)
    assert picked(coming) == []


def test_where_the_log_does_not_go_there_is_no_page_whoever_said_what(coming):
    Answer.objects.create(
        child=coming.cast.bo, guardianship=coming.cast.birger_bo, question="school_log", value="no", given_at=NOW,
        given_by=coming.cast.birger,
    )  # fmt: skip
    assert page(coming).status_code == 404
    assert send(coming, coming.leaf).status_code == 404
    assert "first-page" not in coming.get("cecilia", "staff:child", child=coming.cast.bo.public_id).content.decode()


def test_what_the_family_left_out_is_not_told_and_does_not_go_for_having_been_picked(coming):
    leaving_out.leave_out(child=coming.cast.bo, thing=coming.leaf, by=coming.cast.viewer("birger"))
    assert str(coming.leaf.public_id) in page(coming).content.decode()
    assert send(coming, coming.leaf, coming.snow).status_code == 302
    going = rows.in_window(coming.handover).entries
    assert [row.public_id for row in going] == [coming.snow.public_id]


def test_ten_at_most_and_what_was_ticked_is_not_lost(coming):
    many = [coming.entry(coming.cast.bo, on=AUTUMN - timedelta(days=day)) for day in range(1, 11)]
    response = send(coming, coming.leaf, *many)
    assert response.status_code == 422
    assert response.content.decode().count(' checked=""') == 11
    assert picked(coming) == []


def test_what_lies_outside_the_days_is_no_choice(coming):
    early = coming.entry(coming.cast.bo, on=FIRST_DAY - timedelta(days=400))
    assert str(early.public_id) not in page(coming).content.decode()
    assert send(coming, early).status_code == 422


def test_what_the_family_picked_of_another_preschool_stays(coming):
    there = coming.entry(coming.cast.bo)
    type(there).objects.filter(pk=there.pk).update(unit=coming.cast.other_unit)
    by = coming.cast.viewer("birger")
    highlights.pick(handover=coming.handover, entries=[there.public_id, coming.leaf.public_id], by=by)
    assert "The family has picked 1 more." in page(coming).content.decode()
    send(coming, coming.snow, seen=[coming.leaf, there])
    assert picked(coming) == [there.public_id, coming.snow.public_id]


def test_what_is_picked_at_home_meanwhile_is_not_lost(coming):
    by = coming.cast.viewer("birger")
    assert f'name="seen" value="{coming.leaf.public_id}"' not in page(coming).content.decode()
    highlights.pick(handover=coming.handover, entries=[coming.leaf.public_id], by=by)
    send(coming, coming.snow)
    assert picked(coming) == [coming.leaf.public_id, coming.snow.public_id]
    assert f'name="seen" value="{coming.leaf.public_id}"' in page(coming).content.decode()
    send(coming, coming.snow, seen=[coming.leaf, coming.snow])
    assert picked(coming) == [coming.snow.public_id]


def test_the_services_hold_it_too(coming):
    for name in ("karin", "david", "astrid"):
        with pytest.raises(PermissionDenied):
            highlights.pick(handover=coming.handover, entries=[], by=coming.cast.viewer(name))
    with pytest.raises(NotPossible, match="entries"):
        highlights.pick(handover=coming.handover, entries=[coming.entry().public_id], by=coming.cast.viewer("cecilia"))


def test_at_home_ticks_that_were_too_many_are_not_lost_either(coming):
    many = [coming.entry(coming.cast.bo, on=AUTUMN - timedelta(days=day)) for day in range(1, 12)]
    where = {"child": coming.cast.bo.public_id, "handover": coming.handover.public_id}
    response = coming.post("birger", "family_transfers:pick", {"entry": [one.public_id for one in many]}, **where)
    assert response.status_code == 422
    assert response.content.decode().count(' checked=""') == 11
