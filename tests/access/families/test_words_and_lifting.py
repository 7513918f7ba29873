"""What the family says opens nothing; a lifted tie to an own child lasts until midnight and is written down."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from access.families import lifting, words
from access.families.words import Wish
from people.models import AccessEvent, Guardianship
from people.services import NotAllowed, lift_own_child
from tests.access.families.conftest import on_paper
from tests.cast import NOW
from tests.entries import write
from visibility import rule
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
MOA = Wish(name="Moa Berg", kind="carer", label="mormor")


@pytest.mark.parametrize("name", ["astrid", "anders"])
def test_each_legal_guardian_says_whom_the_family_wants_in_activated_or_not(cast, family, name):
    words.tell(guardianship=getattr(family, name), wishes=[MOA], by=cast.viewer(name))
    (word,) = words.of_child(cast.alma)
    assert [adult.name for adult in word.adults.all()] == ["Moa Berg"]
    assert not Guardianship.objects.active(NOW).filter(pk=family.moa.pk).exists()
    assert AccessEvent.objects.get(what="wished").by == getattr(cast, name)


def test_the_newest_word_counts_and_nobody_is_an_answer(cast, family):
    words.tell(guardianship=family.astrid, wishes=[MOA], by=cast.viewer("astrid"))
    words.tell(guardianship=family.astrid, wishes=[], by=cast.viewer("astrid", at=NOW + timedelta(days=1)))
    (word,) = words.of_child(cast.alma)
    assert list(word.adults.all()) == []


def test_on_paper_the_head_writes_it_down_and_says_how_it_was_said(cast, family):
    words.tell(guardianship=family.anders, wishes=[MOA], by=cast.viewer("eva"), told=on_paper(interpreter="Dari"))
    (word,) = words.of_child(cast.alma)
    said = word.recording
    assert (said.guardianship, said.recorded_by, said.interpreter) == (family.anders, cast.eva, "Dari")
    with pytest.raises(PermissionDenied):
        words.tell(guardianship=family.anders, wishes=[MOA], by=cast.viewer("eva"))


@pytest.mark.parametrize("name", ["birger", "kim", "moa", "cecilia", "stranger"])
def test_nobody_else_speaks_for_the_family(cast, family, name):
    for tie in (family.astrid, family.kim):
        with pytest.raises(PermissionDenied):
            words.tell(guardianship=tie, wishes=[MOA], by=cast.viewer(name))


def test_lifted_the_colleague_reads_about_their_own_child_until_midnight(cast):
    entry = write(cast, cast.elsa)
    assert not rule.may(cast.viewer("ines", Hat.STAFF), "READ", entry)
    lift = lifting.lift(person=cast.ines, child=cast.elsa, reason="nobody else is here", by=cast.viewer("eva"))
    assert rule.may(cast.viewer("ines", Hat.STAFF), "READ", entry)
    # Midnight in Stockholm is 23 in UTC in November.
    assert lift.ends_at == NOW.replace(hour=23, minute=0)
    assert rule.may(cast.viewer("ines", Hat.STAFF, at=lift.ends_at - timedelta(minutes=1)), "READ", entry)
    assert not rule.may(cast.viewer("ines", Hat.STAFF, at=lift.ends_at), "READ", entry)
    event = AccessEvent.objects.get(what="own_child_lifted")
    assert (event.by, event.person, event.child, event.reason) == (
        cast.eva, cast.ines, cast.elsa, "nobody else is here",
    )  # fmt: skip


def test_what_is_lifted_for_one_child_and_one_person_opens_no_other(cast):
    cast.make.guardian(cast.ines, cast.bo)
    cast.make.guardian(cast.karin, cast.elsa)
    lifting.lift(person=cast.ines, child=cast.elsa, reason="alone today", by=cast.viewer("eva"))
    assert rule.may(cast.viewer("ines", Hat.STAFF), "READ", cast.elsa)
    assert not rule.may(cast.viewer("ines", Hat.STAFF), "READ", cast.bo)
    assert not rule.may(cast.viewer("karin", Hat.STAFF), "READ", cast.elsa)


def test_a_lift_makes_nobody_head_of_their_own_child(cast):
    cast.make.guardian(cast.eva, cast.bo)
    lift_own_child(
        person=cast.eva, child=cast.bo, at=NOW, ends_at=NOW + timedelta(hours=2), by=cast.cecilia, reason="test"
    )
    for action in ("READ", "ACCESS", "ACTIVATE", "INACTIVATE", "LIFT"):
        assert not rule.may(cast.viewer("eva"), action, cast.bo), action


def test_nobody_lifts_their_own_tie(cast):
    with pytest.raises(NotAllowed):
        lift_own_child(
            person=cast.ines, child=cast.elsa, at=NOW, ends_at=NOW + timedelta(hours=2), by=cast.ines, reason="test"
        )


@pytest.mark.parametrize(
    ("name", "who", "reason", "strength"),
    [
        ("ines", "ines", "I want to", Strength.SUBSTANTIAL),
        ("cecilia", "ines", "she wants to", Strength.SUBSTANTIAL),
        ("eva", "cecilia", "not her child", Strength.SUBSTANTIAL),
        ("eva", "ines", " ", Strength.SUBSTANTIAL),
        ("eva", "ines", "on a tablet", Strength.LOW),
    ],
)
def test_only_the_head_lifts_with_a_reason_for_a_guardian_who_works_there(cast, name, who, reason, strength):
    with pytest.raises(PermissionDenied):
        lifting.lift(
            person=getattr(cast, who),
            child=cast.elsa,
            reason=reason,
            by=cast.viewer(name, Hat.STAFF, strength=strength),
        )
    assert not AccessEvent.objects.exists()
