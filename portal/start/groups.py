"""The groups that somebody of the staff has to do with today."""

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import get_language

from ground.names import sort_names
from learninglog.models import Thread, TrayItem
from people.models import Group, Unit
from visibility import ties
from visibility.relations import ASSIGNED, HEADS, OVERSEES, PASSED, WORKS_AT
from visibility.viewer import Viewer

GROUP_KEY = "group"
ABOUT_WORK = (ASSIGNED, PASSED, HEADS, WORKS_AT, OVERSEES)


@dataclass(frozen=True)
class StaffGroup:
    """One group; `works_here` is false for a head, who reads it and writes nothing there."""

    pk: int
    public_id: uuid.UUID
    name: str
    unit_id: int
    unit_name: str
    works_here: bool


@dataclass(frozen=True)
class Waits:
    tray: int = 0
    replies: int = 0


def mine(viewer: Viewer) -> list[StaffGroup]:
    """Groups the viewer works in now, and those of units the viewer heads, by name."""
    # The menu asks for these three too; read together they are one statement.
    ties.of_viewer(viewer, [relation for relation in ABOUT_WORK if relation.hat == viewer.hat])
    working, units = ties.groups(viewer, ASSIGNED, PASSED), ties.units(viewer, HEADS)
    rows = Group.objects.filter(closed_on__isnull=True) | Group.objects.filter(closed_on__gt=viewer.day)
    rows = rows.filter(pk__in=working) | rows.filter(unit__in=units, unit__kind=Unit.Kind.PRESCHOOL)
    found = [
        StaffGroup(row.pk, row.public_id, row.name, row.unit_id, row.unit.name, row.pk in working)
        for row in rows.select_related("unit")
    ]
    return sort_names(found, lambda group: group.name, get_language() or "en")


def chosen(request: HttpRequest, viewer: Viewer) -> StaffGroup | None:
    """The group of this page: named by the address, else the one chosen last, else the first."""
    found: list[StaffGroup] = mine(viewer)
    match = request.resolver_match
    wanted = [
        str(match.kwargs.get("group", "")) if match else "",
        request.GET.get(GROUP_KEY, ""),
        request.session.get(GROUP_KEY, ""),
    ]
    for key in wanted:
        for group in found:
            if str(group.public_id) == key:
                _remember(request, key)
                return group
    return found[0] if found else None


def _remember(request: HttpRequest, key: str) -> None:
    if request.session.get(GROUP_KEY) != key:
        request.session[GROUP_KEY] = key


def what_waits(group: StaffGroup, viewer: Viewer) -> Waits:
    """How many things lie in the group's tray since yesterday, and how many homes wait for a reply."""
    tray = TrayItem.objects.visible_to(viewer).unused().filter(group=group.pk, created_at__gte=yesterday(viewer))
    replies = Thread.objects.visible_to(viewer).waiting().filter(entry__group=group.pk)
    return Waits(tray.count(), replies.count())


def yesterday(viewer: Viewer) -> datetime:
    """The moment yesterday began where the viewer's organisation is."""
    organisation = viewer.person.organisation
    zone = ZoneInfo(organisation.time_zone if organisation else "UTC")
    return datetime.combine(viewer.day - timedelta(days=1), time.min, zone)
