"""What somebody whose access has ended is told: that it has, and whom to contact. No child, no reason, no one else."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from access.families import unnamed
from people.models import Guardianship, Unit
from visibility.viewer import Moment, Viewer

TOLD_FOR = timedelta(days=60)


def of(viewer: Viewer) -> list[Unit] | None:
    """The preschools to contact, as it was when the access ended; None where nothing has ended.

    Where the child is by now is not told: it may have moved for a reason.
    """
    at = viewer.at
    again = Guardianship.objects.active(at).filter(person=viewer.person, child=OuterRef("child"))
    rows = Guardianship.objects.filter(person=viewer.person, child__blocked_at__isnull=True, activated_at__lte=at)
    closed = rows.filter(Q(inactivated_at__lte=at) | Q(ends_at__lte=at, ends_at__gt=at - TOLD_FOR))
    ties = list(closed.exclude(Exists(again)).order_by("pk"))
    if not ties:
        return None
    units: dict[int, Unit] = {}
    for tie in ties:
        units |= {unit.pk: unit for unit in _then(tie, _closed_at(tie, at), viewer)}
    return list(units.values())


def _closed_at(tie: Guardianship, at: datetime) -> datetime:
    return min(moment for moment in (tie.inactivated_at, tie.ends_at) if moment is not None and moment <= at)


def _then(tie: Guardianship, moment: datetime, viewer: Viewer) -> list[Unit]:
    day = Moment.of(moment, viewer.person.organisation).day
    placed = tie.child.placements.running(day).values("unit")
    units = Unit.objects.filter(pk__in=placed, kind=Unit.Kind.PRESCHOOL)
    return list(units.exclude(pk__in=unnamed.units(tie.person, tie.child_id)).order_by("name"))
