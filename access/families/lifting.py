"""Lifting the narrow tie of a colleague to their own child, for the rest of a day, with a reason."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction

from people import services
from people.models import Child, OwnChildLift, Person
from visibility import rule, ties
from visibility.matrix import LIFT
from visibility.relations import OWN_CHILD
from visibility.viewer import Viewer


def who_can(child: Child, viewer: Viewer) -> list[Person]:
    """Those who work in the child's group today and are, or were, its guardian, and are not lifted already."""
    found = {tie.person for tie in ties.of_children([child.pk], [OWN_CHILD], viewer.moment)[OWN_CHILD]}
    lifted = OwnChildLift.objects.running(viewer.at).filter(child=child).values("person")
    return list(Person.objects.filter(pk__in=found).exclude(pk__in=lifted).order_by("given_name", "pk"))


@transaction.atomic
def lift(*, person: Person, child: Child, reason: str, by: Viewer) -> OwnChildLift:
    """Until midnight the colleague is tied to their own child as the others of the group are."""
    if not reason.strip() or not rule.may(by, LIFT, child) or person not in who_can(child, by):
        raise PermissionDenied
    return services.lift_own_child(
        person=person, child=child, at=by.at, ends_at=midnight_after(by), by=by.person, reason=reason.strip()
    )


def midnight_after(viewer: Viewer) -> datetime:
    """When the viewer's day ends where the organisation is."""
    organisation = viewer.person.organisation
    zone = ZoneInfo(organisation.time_zone if organisation else "UTC")
    return datetime.combine(viewer.day + timedelta(days=1), time.min, zone)
