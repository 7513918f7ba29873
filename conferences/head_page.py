"""A preschool's conferences for its head: who has gone without for a year, who leaves soon, how groups are doing."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from conferences import overview
from conferences.models import Conference
from ground.names import sort_names
from learninglog import groups
from people.models import Child, Group, Placement, Unit
from visibility import kinds, rule
from visibility.matrix import READ
from visibility.viewer import Viewer

WITHOUT_FOR = timedelta(days=365)
LEAVES_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    child_id: int
    key: uuid.UUID
    name: str
    words: str
    href: str
    day: date | None = None


@dataclass(frozen=True)
class GroupLine:
    public_id: uuid.UUID
    name: str
    words: str


@dataclass(frozen=True)
class HeadPage:
    without: list[Line]
    leaving: list[Line]
    groups: list[GroupLine]
    child_ids: list[int]


def of(unit: Unit, viewer: Viewer) -> HeadPage:
    """Everything on the page, of children that the head reads of."""
    visible = rule.visible(kinds.by_name("CHILD"), viewer, READ)
    placed = Placement.objects.running(viewer.day).filter(child=OuterRef("pk"), unit=unit)
    here = Child.objects.unblocked().filter(visible & Q(Exists(placed)))
    without, leaving = _without(unit, here, viewer), _leaving(unit, here, viewer)
    lines = [_group(group, viewer) for group in _groups(unit, viewer)]
    return HeadPage(without, leaving, lines, [line.child_id for line in (*without, *leaving)])


def _named(child: Child) -> str:
    return f"{child.given_name} {child.family_name}".strip()


def _without(unit: Unit, here: object, viewer: Viewer) -> list[Line]:
    """Placed here for a year, and no conference sealed here in that time."""
    since = viewer.at - WITHOUT_FOR
    long = Placement.objects.filter(child=OuterRef("pk"), unit=unit, starts_on__lte=since.date())
    recent = Conference.objects.filter(child=OuterRef("pk"), unit=unit, sealed_at__gt=since)
    rows = here.filter(Exists(long.running(viewer.day))).exclude(Exists(recent))  # type: ignore[attr-defined]
    children = sort_names(rows, _named, get_language() or "en")
    found = overview.of_children(children, unit.pk, viewer).lines
    by_child = {line.child_id: line for line in found}
    lines = []
    for child in children:
        line = by_child[child.pk]
        words = str(line.step.label) if line.under_way and line.step else _("None under way")
        lines.append(Line(child.pk, child.public_id, _named(child), words, _href(line, child)))
    return lines


def _href(line: overview.Line, child: Child) -> str:
    if line.under_way and line.conference is not None:
        return reverse("talks:conference", kwargs={"conference": line.conference.public_id})
    return reverse("talks:child", kwargs={"child": child.public_id})


def _leaving(unit: Unit, here: object, viewer: Viewer) -> list[Line]:
    """Their last day here comes within thirty days, and what was begun is not sealed."""
    ends = Placement.objects.running(viewer.day).filter(unit=unit, ends_on__lte=viewer.day + LEAVES_WITHIN)
    # Somebody who goes on here the next day does not leave.
    goes_on = Placement.objects.filter(child=OuterRef("child"), unit=unit, starts_on=OuterRef("ends_on"))
    last = dict(ends.exclude(Exists(goes_on)).order_by("ends_on").values_list("child_id", "ends_on"))
    rows = Conference.objects.visible_to(viewer).open().filter(unit=unit, child__in=last)
    rows = rows.filter(child__in=here.values("pk"))  # type: ignore[attr-defined]
    held = list(rows.select_related("child").order_by("pk"))
    lines = overview.of_children([row.child for row in held], unit.pk, viewer).lines
    steps = {line.child_id: line.step for line in lines}
    found = []
    for row in held:
        step = steps[row.child_id]
        href = reverse("talks:conference", kwargs={"conference": row.public_id})
        day = last[row.child_id] - timedelta(days=1)
        words = str(step.label) if step else ""
        found.append(Line(row.child_id, row.child.public_id, _named(row.child), words, href, day))
    return sorted(found, key=lambda line: (line.day or date.max, line.name))


def _groups(unit: Unit, viewer: Viewer) -> list[Group]:
    rows = groups.reading(viewer).filter(unit=unit).exclude(closed_on__lte=viewer.day)
    return sort_names(rows, lambda group: group.name, get_language() or "en")


def _group(group: Group, viewer: Viewer) -> GroupLine:
    found = overview.of_group(group, viewer)
    words = [_("%(ready)s of %(all)s are with the home") % {"ready": found.shown, "all": len(found.under_way)}]
    if not found.under_way:
        words = [_("None under way")]
    if found.late:
        words.append(ngettext("%(num)s is late", "%(num)s are late", found.late) % {"num": found.late})
    return GroupLine(group.public_id, group.name, " · ".join(words))
