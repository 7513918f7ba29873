"""A group's conferences at a glance: each child, where its conference is, what is late, who holds it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from conferences.models import Conference, Offer, Talk
from conferences.steps import Step, late, step_of
from learninglog import groups
from people.models import Child, Group, ResponsibleTeacher
from visibility import kinds, rule
from visibility.matrix import ISSUE, WRITE
from visibility.viewer import Viewer

MOST_HELD = 20


@dataclass(frozen=True)
class Line:
    """One child; `conference` is the one under way or the newest there was, or none."""

    child_id: int
    public_id: uuid.UUID
    name: str
    conference: Conference | None
    step: Step | None
    late: str
    holder: str
    stand_in: str
    talk_at: datetime | None = None
    held_on: date | None = None

    @property
    def under_way(self) -> bool:
        return self.conference is not None and self.conference.is_open

    @property
    def sealed(self) -> bool:
        return self.conference is not None and self.conference.sealed_at is not None


@dataclass(frozen=True)
class Overview:
    lines: list[Line]
    next_talk: datetime | None

    @property
    def child_ids(self) -> list[int]:
        return [line.child_id for line in self.lines]

    @property
    def under_way(self) -> list[Line]:
        """Those under way: what is late first, then by how far they have come."""
        rows = [line for line in self.lines if line.under_way]
        return sorted(rows, key=lambda line: (not line.late, line.step or 0))

    @property
    def resting(self) -> list[Line]:
        """Children without one under way."""
        return [line for line in self.lines if not line.under_way]

    @property
    def late(self) -> int:
        return sum(bool(line.late) for line in self.lines)

    @property
    def shown(self) -> int:
        """How many of those under way the homes can read."""
        return sum(line.step is not None and line.step >= Step.SHOWN for line in self.lines if line.under_way)


def of_group(group: Group, viewer: Viewer) -> Overview:
    """Today's children of the group that the viewer reads of; conferences that the rule lets them read."""
    return of_children(groups.children_today(group, viewer), group.unit_id, viewer)


def of_children(children: list[Child], unit: int, viewer: Viewer) -> Overview:
    """The same for any children of one preschool, in a fixed number of queries."""
    names = groups.called(children)
    rows = Conference.objects.visible_to(viewer).filter(child__in=children, unit=unit)
    newest: dict[int, Conference] = {}
    for row in rows.select_related("stand_in", "child").order_by("issued_at", "pk"):
        # The one under way comes before a newer one that was closed.
        if row.is_open or row.child_id not in newest or not newest[row.child_id].is_open:
            newest[row.child_id] = row
    held = held_on(newest.values(), viewer)
    booked = booked_at(newest.values(), viewer)
    holders = responsible(children, unit, viewer.day)
    lines = [_line(child, names[child.pk], newest.get(child.pk), held, booked, holders, viewer) for child in children]
    ahead = [line.talk_at for line in lines if line.talk_at is not None and line.talk_at > viewer.at]
    return Overview(lines, min(ahead, default=None))


def _line(
    child: Child, name: str, row: Conference | None, held: dict[int, date], booked: dict[int, datetime],
    holders: dict[int, str], viewer: Viewer,
) -> Line:  # fmt: skip
    holder = holders.get(child.pk, "")
    if row is None:
        return Line(child.pk, child.public_id, name, None, None, "", holder, "")
    talk = held.get(row.pk)
    here = step_of(row, talk is not None)
    stand_in = row.stand_in.given_name if row.stand_in and row.is_open else ""
    words = late(row, here, talk, viewer.day)
    at = booked.get(row.pk) if talk is None and row.is_open else None
    return Line(child.pk, child.public_id, name, row, here, words, holder, stand_in, at, talk)


@dataclass(frozen=True)
class Held:
    """A conference that somebody holds or finishes about a child of another group."""

    child_id: int
    name: str
    key: uuid.UUID
    step: Step
    due_on: date
    conference: uuid.UUID


def held_elsewhere(viewer: Viewer, besides: Iterable[int] = ()) -> list[Held]:
    """What the viewer holds, stands in for or has begun, and may still write, about other children than these."""
    holding = ResponsibleTeacher.objects.running(viewer.day).filter(duty__person=viewer.person)
    theirs = Q(stand_in=viewer.person) | Q(issued_by=viewer.person) | Q(child__in=holding.values("child"))
    rows = Conference.objects.visible_to(viewer, WRITE).open().filter(theirs).exclude(child__in=list(besides))
    found = list(rows.select_related("child").order_by("due_on", "pk")[:MOST_HELD])
    held = held_on(found, viewer)
    return [
        Held(
            row.child_id,
            row.child.given_name,
            row.child.public_id,
            step_of(row, held.get(row.pk) is not None),
            row.due_on,
            row.public_id,
        )
        for row in found
    ]


def held_on(conferences: Iterable[Conference], viewer: Viewer) -> dict[int, date]:
    """By conference: the day of its last talk that this viewer may know of."""
    rows = Talk.objects.visible_to(viewer).filter(conference__in=[row.pk for row in conferences])
    return dict(rows.order_by("held_on", "pk").values_list("conference_id", "held_on"))


def booked_at(conferences: Iterable[Conference], viewer: Viewer) -> dict[int, datetime]:
    """By conference: the first booked time that this viewer may know of."""
    rows = Offer.objects.visible_to(viewer).filter(
        conference__in=[row.pk for row in conferences], booked_at__isnull=False, ended_at__isnull=True
    )
    # The earliest is read last, and stays.
    return dict(rows.order_by("-time__starts_at", "pk").values_list("conference_id", "time__starts_at"))


def responsible(children: Iterable[Child], unit: int, day: date) -> dict[int, str]:
    """By child: the first name of the teacher who holds its conferences at this preschool."""
    rows = ResponsibleTeacher.objects.running(day).filter(child__in=children, duty__unit=unit)
    rows = rows.filter(Q(duty__ends_on__isnull=True) | Q(duty__ends_on__gt=day)).order_by("pk")
    return dict(rows.values_list("child_id", "duty__person__given_name"))


def begins_for(group: Group, viewer: Viewer) -> list[Child]:
    """The group's children today about whom this viewer may begin a conference."""
    allowed = Child.objects.filter(rule.visible(kinds.by_name("CHILD"), viewer, ISSUE))
    keys = set(allowed.exclude(pk__in=rule.ever_own(viewer.person.pk)).values_list("pk", flat=True))
    return [child for child in groups.children_today(group, viewer) if child.pk in keys]
