"""When a child has left, no preschool sends anything any more: the records keeper does, on somebody's word."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from access.recordings.services import NotPossible
from learninglog.models import Entry
from people.models import Duty, DutyLeave, Guardianship, Placement
from tests.cast import NOW, TODAY
from transfers.models import Handover
from transfers.services import handovers
from visibility import relations, rule
from visibility.matrix import ACCESS, DISCLOSE, HAND_OVER
from visibility.viewer import Hat, Moment, Strength

LATER = TODAY + timedelta(days=30)
ASKED = "Birger Carlsson, i brev den 3 november"


@pytest.fixture
def kept(move):
    """Bo left yesterday; Rut keeps the records."""
    move.cast.rut = move.cast.make.person("rut", "Rut", "Extra")
    move.cast.rut_duty = move.cast.make.duty(move.cast.rut, Duty.Role.RECORDS_KEEPER, None)
    move.cast.HATS = move.cast.HATS | {"rut": Hat.STAFF}
    move.entry(move.cast.bo)
    Placement.objects.filter(child=move.cast.bo).update(ends_on=TODAY)
    return move


def rut(kept, **changes):
    return kept.cast.viewer("rut", Hat.STAFF, **{"strength": Strength.SUBSTANTIAL, **changes})


def test_only_once_the_child_has_left_every_preschool(kept):
    rows = relations.KEEPER.people_of
    cast = kept.cast
    children = [cast.bo.pk, cast.alma.pk, cast.milo.pk]
    today = Moment.of(NOW, cast.organisation)
    assert [(tie["tie_person"], tie["tie_child"]) for tie in rows(children, today).values()] == [
        (cast.rut.pk, cast.bo.pk)
    ]
    assert not rows(children, Moment.of(NOW - timedelta(days=1), cast.organisation)).exists()
    cast.make.place(cast.bo, cast.klovern, starts=TODAY)
    assert not rows(children, today).exists()


def test_a_child_that_is_still_to_come_has_not_left(kept):
    Placement.objects.filter(child=kept.cast.bo).update(starts_on=LATER, ends_on=None)
    assert not rule.may(rut(kept), HAND_OVER, kept.cast.bo)


def test_not_on_leave_not_of_an_own_child_and_not_by_a_simple_sign_in(kept):
    cast = kept.cast
    assert rule.may(rut(kept), HAND_OVER, cast.bo)
    assert not rule.may(rut(kept, strength=Strength.LOW), HAND_OVER, cast.bo)
    tie = cast.make.guardian(cast.rut, cast.bo, Guardianship.Kind.PARENT)
    assert not rule.may(rut(kept), HAND_OVER, cast.bo)
    tie.home_memberships.all().delete()
    tie.delete()
    DutyLeave.objects.create(duty=cast.rut_duty, starts_on=TODAY)
    assert not rule.may(rut(kept), HAND_OVER, cast.bo)


def test_sends_and_writes_answers_down_and_reads_nothing_of_the_log(kept):
    viewer, bo = rut(kept), kept.cast.bo
    assert rule.may(viewer, ACCESS, bo)
    assert not rule.may(viewer, DISCLOSE, bo)
    assert not Entry.objects.visible_to(viewer).exists()


def test_it_takes_somebody_who_asked(kept):
    said = {"child": kept.cast.bo, "school": "Ekskolan", "first_day": LATER, "by": rut(kept)}
    with pytest.raises(NotPossible, match="requested_by"):
        handovers.name_school(**said, requested_by=" ")
    assert handovers.name_school(**said, requested_by=ASKED).requested_by == ASKED
    with pytest.raises(PermissionDenied):
        handovers.name_school(**said | {"by": kept.cast.viewer("eva")})


def test_two_keepers_at_once_name_one_school(kept):
    kept.cast.ove = kept.cast.make.person("ove", "Ove", "Extra")
    kept.cast.make.duty(kept.cast.ove, Duty.Role.RECORDS_KEEPER, None)
    other = kept.cast.viewer("ove", Hat.STAFF, strength=Strength.SUBSTANTIAL)
    said = {"child": kept.cast.bo, "first_day": LATER, "requested_by": ASKED}
    first = handovers.name_school(**said, school="Ekskolan", by=rut(kept))
    assert handovers.name_school(**said, school=" ekskolan ", by=other) == first


def test_on_the_page_the_word_is_asked_for_kept_and_told_at_work_alone(kept):
    bo = kept.cast.bo
    where = {"child": bo.public_id}
    assert bo.given_name in kept.get("rut", "transfers:listing").content.decode()
    assert 'name="requested_by"' in kept.get("rut", "transfers:child", **where).content.decode()
    told = {"form": "school", "school": "Ekskolan", "first_day": LATER.isoformat()}
    assert kept.post("rut", "transfers:child", told, **where).status_code == 422
    assert not Handover.objects.filter(child=bo).exists()
    assert kept.post("rut", "transfers:child", told | {"requested_by": ASKED}, **where).status_code == 302
    made = Handover.objects.get(child=bo)
    assert ASKED in kept.get("rut", "transfers:transfer", handover=made.public_id).content.decode()
    page = kept.get("birger", "family_transfers:transfer", handover=made.public_id, **where).content.decode()
    assert "Ekskolan" in page
    assert ASKED not in page


def test_a_head_is_not_asked_for_it(kept):
    page = kept.get("eva", "transfers:child", child=kept.cast.alma.public_id).content.decode()
    assert 'name="requested_by"' not in page
