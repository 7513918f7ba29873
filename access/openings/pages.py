"""What the owner reads about groups: which are open, since when, and what was decided before. No child is named."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import Http404
from django.utils.translation import get_language

from access.team import reach
from ground.names import sort_names
from media_policy.questions import Question, Way, way
from people.models import AccessEvent, Group, GroupOpening, Unit
from visibility.matrix import APPOINT
from visibility.viewer import Viewer


@dataclass
class Line:
    """One group, and the opening that runs."""

    group: Group
    opening: GroupOpening | None = None


@dataclass
class AtUnit:
    unit: Unit
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """One group with all that its opening would mean."""

    line: Line
    way: Way
    events: list[AccessEvent]


def listing(viewer: Viewer) -> list[AtUnit]:
    """The groups of every unit that the viewer oversees, by name."""
    units = reach.units(viewer, APPOINT)
    if not units:
        raise Http404
    rows = Group.objects.filter(_still_there(viewer), unit__in=units)
    opened = _running(viewer)
    found = []
    for unit in units:
        named = sort_names(
            [row for row in rows if row.unit_id == unit.pk], lambda row: row.name, get_language() or "en"
        )
        found.append(AtUnit(unit, [Line(row, opened.get(row.pk)) for row in named]))
    return found


def one(viewer: Viewer, group: uuid.UUID) -> Page:
    """The page of a group that the viewer oversees, or 404."""
    units = reach.units(viewer, APPOINT)
    rows = Group.objects.filter(_still_there(viewer), unit__in=units).select_related("unit__organisation")
    row = rows.filter(public_id=group).first()
    if row is None:
        raise Http404
    told = (AccessEvent.What.GROUP_OPENED, AccessEvent.What.GROUP_CLOSED)
    events = AccessEvent.objects.filter(what__in=told, group=row).select_related("by").order_by("-at", "-pk")
    decided = way(Question.OTHER_FAMILIES, row.unit.organisation)
    return Page(Line(row, _running(viewer).get(row.pk)), decided, list(events[:20]))


def _still_there(viewer: Viewer) -> Q:
    return Q(closed_on__isnull=True) | Q(closed_on__gt=viewer.day)


def _running(viewer: Viewer) -> dict[int, GroupOpening]:
    rows = GroupOpening.objects.filter(opened_at__lte=viewer.at).exclude(closed_at__lte=viewer.at)
    return {row.group_id: row for row in rows}
