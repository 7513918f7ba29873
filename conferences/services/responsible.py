"""Who holds a child's conferences, and which pedagogues may."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from people.models import Child, Duty, Guardianship, Placement, ResponsibleTeacher, Unit
from people.staffing import hold_conferences
from visibility import kinds, rule
from visibility.matrix import HOLD
from visibility.viewer import Viewer


def may_hold(child: Child, unit: Unit | int | None, by: Viewer) -> QuerySet[Duty]:
    """Duties of the pedagogues at work at a preschool who may hold this child's conferences: no one of its family."""
    family = Guardianship.objects.filter(child=child, person=OuterRef("person"))
    at_work = Duty.objects.unsuspended(by.day).filter(
        unit=unit, unit__kind=Unit.Kind.PRESCHOOL, role=Duty.Role.PEDAGOGUE, person__is_active=True
    )
    rows: QuerySet[Duty] = at_work.exclude(Exists(family)).select_related("person").order_by("pk")
    return rows


@transaction.atomic
def set_responsible(*, child: Child, duty: Duty | None, by: Viewer) -> ResponsibleTeacher | None:
    """Let a pedagogue of the child's preschool hold its conferences from today on, or nobody.

    It opens them to that person, so it is an event of access. Raises PermissionDenied.
    """
    mine = Child.objects.filter(rule.visible(kinds.by_name("CHILD"), by, HOLD), pk=child.pk)
    mine = mine.exclude(pk__in=rule.ever_own(by.person.pk))
    row: Child | None = mine.select_for_update(of=("self",)).first()
    if row is None:
        raise PermissionDenied
    if duty is not None:
        here = Placement.objects.running(by.day).filter(child=row, unit=duty.unit_id)
        if not here.exists() or not may_hold(row, duty.unit_id, by).filter(pk=duty.pk).exists():
            raise PermissionDenied
    return hold_conferences(child=row, duty=duty, day=by.day, at=by.at, by=by.person)


def holder(child: Child, unit: Unit | int, by: Viewer) -> ResponsibleTeacher | None:
    """The child's responsible teacher at this preschool today."""
    rows = ResponsibleTeacher.objects.running(by.day).filter(child=child, duty__unit=unit)
    row: ResponsibleTeacher | None = rows.select_related("duty__person").order_by("pk").first()
    return row
