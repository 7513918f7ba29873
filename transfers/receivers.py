"""Who wears the hat of a receiving unit without working at a school: a next preschool, for as long as it may read."""

from datetime import datetime

from people.models import Person, Unit
from transfers.models import Handover
from visibility.viewer import Hat, Strength, Viewer


def receives_at_preschool(person: Person, at: datetime) -> bool:
    """Whether a transfer to a preschool where this person works is open for them now."""
    under_way = Handover.objects.filter(ended_at__isnull=True, unit__kind=Unit.Kind.PRESCHOOL)
    if not under_way.filter(unit__duties__person=person).exists():
        return False
    viewer = Viewer(person=person, hat=Hat.SCHOOL, strength=Strength.LOW, at=at)
    return Handover.objects.visible_to(viewer).filter(unit__kind=Unit.Kind.PRESCHOOL).exists()
