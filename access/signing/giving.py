"""To whom somebody may give a code: whom they could open an envelope of, or whose duty they keep."""

import uuid

from people.models import Child, Duty, Guardianship, Unit
from visibility import kinds, rule
from visibility.matrix import ACTIVATE, CHANGE, CHILD, DUTY
from visibility.viewer import Hat, Viewer


def guardianship(viewer: Viewer, child: uuid.UUID, tie: uuid.UUID) -> Guardianship | None:
    """A running tie to a child for whom this viewer opens the envelopes."""
    children = Child.objects.filter(rule.visible(kinds.by_name(CHILD), viewer, ACTIVATE), public_id=child)
    running = Guardianship.objects.running(viewer.at).filter(child__in=children, public_id=tie)
    found: Guardianship | None = running.select_related("person__organisation", "child__organisation").first()
    return found


def duty(viewer: Viewer, key: uuid.UUID) -> Duty | None:
    """A running duty that this viewer keeps; nobody gives a code to themselves."""
    rows = Duty.objects.running(viewer.day).filter(rule.visible(kinds.by_name(DUTY), viewer, CHANGE), public_id=key)
    found: Duty | None = rows.exclude(person=viewer.person).select_related("person__organisation", "unit").first()
    return found


def hat_of(row: Duty) -> Hat:
    """As what the duty lets one in."""
    return Hat.SCHOOL if row.unit is not None and row.unit.kind == Unit.Kind.SCHOOL else Hat.STAFF
