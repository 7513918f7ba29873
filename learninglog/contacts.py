"""Whom a family can turn to: the staff around their child today, and where to ring. No other family stands here."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.families import unnamed
from ground.names import sort_names
from ground.prepared import Prepared
from people.models import Child, Duty, Group, GroupAssignment, GroupMembership, NamedChild, Pass, Placement, Unit
from people.models.work import DutyLeave
from people.querysets import running_on
from visibility.viewer import Hat, Viewer


@dataclass(frozen=True)
class Contact:
    name: str
    role: str | Promise


@dataclass(frozen=True)
class Phone:
    where: str
    number: str

    @property
    def href(self) -> str:
        return f"tel:{re.sub(r'[^0-9+]', '', self.number)}"


class Here(NamedTuple):
    """A group in which a child is today, and its unit."""

    pk: int
    name: str
    phone: str
    unit_id: int
    unit: str
    unit_phone: str


@dataclass
class Place:
    """A group of the child with its staff and phones."""

    group: str
    unit: str
    phones: list[Phone]
    people: list[Contact] = field(default_factory=list)
    others: list[Contact] = field(default_factory=list)


def places_of(child: Child, viewer: Viewer, language: str) -> list[Place]:
    """The child's preschool groups today with those who work there, head and special educator behind; five queries.

    Everybody who works in the group is listed, also who has a child of their own there: the list is the same for all.
    """
    groups = groups_of(child, viewer)
    keys, units = [group.pk for group in groups], [group.unit_id for group in groups]
    workers = GroupAssignment.objects.running(viewer.day).filter(group__in=keys)
    workers = workers.filter(running_on(viewer.day, "duty__")).exclude(_on_leave("duty_id", viewer))
    staff = {key: list[Contact]() for key in keys}
    for row in workers.select_related("duty__person").order_by("pk"):
        staff[row.group_id].append(_contact(row.duty))
    for visit in Pass.objects.running(viewer.at).filter(group__in=keys).select_related("person").order_by("pk"):
        staff[visit.group_id].append(Contact(visit.person.get_full_name(), _("Substitute today")))
    beside = _beside(child, units, viewer)
    return [
        Place(
            group.name,
            group.unit,
            _phones([group]),
            _sorted(staff[group.pk], language),
            _sorted(beside[group.unit_id], language),
        )
        for group in groups
    ]


def phones(child: Child, viewer: Viewer) -> list[Phone]:
    """Whom to ring about today: the child's groups and units, each number once."""
    return _phones(groups_of(child, viewer))


def _phones(groups: list[Here]) -> list[Phone]:
    found: dict[str, Phone] = {}
    for group in groups:
        for where, number in ((group.name, group.phone), (group.unit, group.unit_phone)):
            if number:
                found.setdefault(number, Phone(where, number))
    return list(found.values())


def _groups_today(child: Any, day: Any) -> Any:
    member = GroupMembership.objects.running(day).filter(child=child, group=OuterRef("pk"))
    placed = Placement.objects.running(day).filter(child=child, unit=OuterRef("unit"))
    rows = Group.objects.filter(Exists(member), Exists(placed), unit__kind=Unit.Kind.PRESCHOOL)
    return rows.order_by("unit__name", "name", "pk").values_list(
        "pk", "name", "phone", "unit_id", "unit__name", "unit__phone"
    )


_GROUPS_TODAY = Prepared(_groups_today, child=int, day=date)


def groups_of(child: Child, viewer: Viewer) -> list[Here]:
    """The child's preschool groups today, with their units, as far as this viewer may know of them."""
    found = [Here(*row) for row in _GROUPS_TODAY.rows(child=child.pk, day=viewer.day)]
    kept = unnamed.units(viewer.person, child.pk) if found and viewer.hat == Hat.GUARDIAN else set()
    return [group for group in found if group.unit_id not in kept]


def _beside(child: Child, units: list[int], viewer: Viewer) -> dict[int, list[Contact]]:
    """Head of the unit, and the special educator who works with this child."""
    named = NamedChild.objects.running(viewer.day).filter(child=child, duty=OuterRef("pk"))
    duties = (
        Duty.objects.running(viewer.day)
        .filter(unit__in=units)
        .filter(Q(role=Duty.Role.HEAD) | Q(Exists(named)))
        .exclude(_on_leave("pk", viewer))
        .select_related("person")
    )
    found: dict[int, list[Contact]] = {unit: [] for unit in units}
    for duty in duties.order_by("pk"):
        found[duty.unit_id].append(_contact(duty))
    return found


def _on_leave(duty: str, viewer: Viewer) -> Exists:
    return Exists(DutyLeave.objects.running(viewer.day).filter(duty=OuterRef(duty)))


def _contact(duty: Duty) -> Contact:
    return Contact(duty.person.get_full_name(), duty.get_role_display())


def _sorted(people: list[Contact], language: str) -> list[Contact]:
    return sort_names(dict.fromkeys(people), lambda contact: contact.name, language)
