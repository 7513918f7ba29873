"""Who keeps the staff of a unit: not on a weak sign-in, not while on leave."""

from typing import Any

import pytest

from people.models import DutyLeave
from tests.cast import TODAY
from tests.visibility import rows
from visibility import kinds, matrix, rule
from visibility.viewer import Strength

pytestmark = pytest.mark.django_db
EVERY_ACTION = sorted({action for _, action in matrix.MATRIX})


@pytest.fixture
def world(cast: Any) -> Any:
    cast.rows = rows.build(cast)
    return cast


WORK = ("UNIT", "DUTY", "PASS", "DEVICE", "REVIEW")
# What a shared tablet reaches of them, whoever holds it: giving a pass at seven in the morning, ending one.
ON_A_TABLET = {("UNIT", "READ"), ("UNIT", "GIVE_PASS"), ("PASS", "READ"), ("PASS", "END")}
ON_A_TABLET |= {("DEVICE", "READ"), ("DEVICE", "REVOKE"), ("UNIT", "KEEP")}


def test_a_weak_sign_in_reaches_passes_and_nothing_else_of_who_works_where(world):
    for name in ("cecilia", "eva", "olga"):
        weak, sure = world.viewer(name, strength=Strength.LOW), world.viewer(name)
        for kind in map(kinds.by_name, WORK):
            for action in EVERY_ACTION:
                seen = kind.model._default_manager.filter(rule.visible(kind, weak, action))
                also = kind.model._default_manager.filter(rule.visible(kind, sure, action))
                meant = set(also) if (kind.name, action) in ON_A_TABLET else set()
                assert set(seen) == meant, (name, kind.name, action)


def test_a_duty_at_rest_keeps_no_staff(world):
    for duty in (world.eva.duties.get(), world.olga.duties.get(), world.cecilia_duty):
        DutyLeave.objects.create(duty=duty, starts_on=TODAY)
    for name in ("cecilia", "eva", "olga"):
        for kind in map(kinds.by_name, WORK):
            for action in EVERY_ACTION:
                seen = kind.model._default_manager.filter(rule.visible(kind, world.viewer(name), action))
                assert not seen.exists(), (name, kind.name, action)
