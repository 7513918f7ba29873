"""Who has declined, for the monthly review: the head sees that a home is reached another way."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from access.models import ReviewLine
from access.reviews.odd import Look, Point
from access.terms.services import declined
from people.models import Guardianship, Placement


def who_declined(look: Look) -> Iterable[Point]:
    """Active guardians of the unit's children whose latest answer to the terms was a no."""
    placed = Placement.objects.running(look.day).filter(unit=look.unit, child=OuterRef("child"))
    active = Guardianship.objects.active(look.at).filter(Exists(placed), child__blocked_at__isnull=True)
    ties = list(active.order_by("pk").values_list("person_id", "child_id"))
    no = declined(person for person, _child in ties)
    for person, child in ties:
        if person in no:
            yield Point(ReviewLine.Kind.TERMS_DECLINED, person_id=person, child_id=child)
