"""Which lines about a child somebody sees: a family the staff's, the school's and their own; the head the staff's."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from access.models import HeldLine, LineQuestion
from access.readings import words
from access.team import reach
from access.terms.gate import OpenPage
from ground.paging import page
from people.models import Child
from visibility.matrix import CHILD, LINES, OVERLOOK
from visibility.models import ReadingChild, RefusedChild, RefusedLook
from visibility.viewer import Hat, Viewer

AT_WORK = (Hat.STAFF, Hat.SCHOOL, Hat.OFFICE)
KEYS = ("-at", "-pk")


@dataclass(frozen=True)
class Line:
    """One line as it is read."""

    public_id: uuid.UUID
    at: datetime
    who: str
    own: bool
    as_what: str
    what: str
    held: HeldLine | None = None


@dataclass(frozen=True)
class Lines:
    child: Child
    items: list[Line]
    next_cursor: str | None


def child_of(viewer: Viewer, public_id: uuid.UUID, action: str) -> Child:
    """The child at this address for whom the viewer may do this, or 404."""
    rows = reach.rows(CHILD, viewer, action).select_related("organisation")
    child: Child | None = rows.filter(public_id=public_id).first()
    if child is None:
        raise Http404
    return child


def of_family(child: Child, viewer: Viewer) -> QuerySet[Any]:
    """For a guardian: the lines of everybody at work and their own; none held back, never another guardian’s.

    What is held back about one child of theirs does not show under a sibling that stands on the same line.
    """
    theirs = Q(child=child) | Q(child__guardianships__person=viewer.person)
    held = HeldLine.objects.filter(theirs, line=OuterRef("line"), until__gt=viewer.day)
    mine = Q(line__hat__in=AT_WORK) | Q(line__person=viewer.person)
    return ReadingChild.objects.filter(mine, child=child, at__lte=viewer.at).exclude(Exists(held))


def of_head(child: Child, viewer: Viewer) -> QuerySet[Any]:
    """The lines a head sees: of everybody at work, held back or not. When a family reads is not the head's to know."""
    return ReadingChild.objects.filter(child=child, line__hat__in=AT_WORK, at__lte=viewer.at)


def listed(child: Child, rows: QuerySet[Any], viewer: Viewer, cursor: str) -> Lines:
    """One page of lines, newest first."""
    found = page(rows.select_related("line__person"), keys=KEYS, size=30, cursor=cursor or None)
    held = {row.line_id: row for row in HeldLine.objects.filter(child=child, until__gt=viewer.day).order_by("pk")}
    zone = ZoneInfo(child.organisation.time_zone)
    return Lines(child, [_line(row, child, viewer, zone, held) for row in found.items], found.next_cursor)


@dataclass(frozen=True)
class Attempt:
    """One attempt that was refused, as the head reads it."""

    at: datetime
    who: str
    stable: uuid.UUID
    as_what: str
    what: str


@dataclass(frozen=True)
class Attempts:
    items: list[Attempt]
    next_cursor: str | None


def refused(child: Child, viewer: Viewer, cursor: str) -> Attempts:
    """One page of who asked for something about the child and was refused, newest first: for the child's head alone."""
    rows = RefusedChild.objects.filter(child=child, at__lte=viewer.at).select_related("look__person")
    found = page(rows, keys=KEYS, size=20, cursor=cursor or None)
    zone = ZoneInfo(child.organisation.time_zone)
    return Attempts([_attempt(row.look, zone) for row in found.items], found.next_cursor)


def _attempt(look: RefusedLook, zone: ZoneInfo) -> Attempt:
    who = look.person
    return Attempt(
        look.at.astimezone(zone), who.get_full_name(), who.public_id, words.as_what(look), words.refused(look)
    )  # fmt: skip


def _line(row: ReadingChild, child: Child, viewer: Viewer, zone: ZoneInfo, held: dict[int, HeldLine]) -> Line:
    line = row.line
    who = line.person.get_full_name() if line.person else ""
    own = line.person_id == viewer.person.pk
    what = words.what(line, for_family=viewer.hat == Hat.GUARDIAN and not own)
    return Line(
        line.public_id, line.at.astimezone(zone), words.unnamed(line, child, viewer) or who, own,
        words.as_what(line), what, held.get(line.pk),
    )  # fmt: skip


def one(rows: QuerySet[Any], public_id: uuid.UUID) -> ReadingChild:
    """The line at this address among these, or 404."""
    row: ReadingChild | None = rows.filter(line__public_id=public_id).select_related("line__person").first()
    if row is None:
        raise Http404
    return row


@dataclass(frozen=True)
class Explained:
    line: Line
    why: list[str]
    questions: list[LineQuestion]


def explained(child: Child, row: ReadingChild, viewer: Viewer) -> Explained:
    """A line with the ties that opened it, and what this viewer has asked about it."""
    shown = listed(child, ReadingChild.objects.filter(pk=row.pk), viewer, "").items[0]
    asked = LineQuestion.objects.filter(line=row.line, child=child)
    if viewer.hat == Hat.GUARDIAN:
        asked = asked.filter(asked_by=viewer.person)
    return Explained(
        shown, words.why(row.line, child), list(asked.select_related("asked_by").order_by("asked_at", "pk"))
    )


def always_open(viewer: Viewer) -> list[OpenPage]:
    """The reading logs of a guardian, for the page of the terms: they never wait."""
    children = reach.rows(CHILD, viewer, LINES).order_by("given_name", "pk")
    return [
        OpenPage(_("%(name)s’s reading log") % {"name": child.given_name},
                 reverse("readings:family", kwargs={"child": child.public_id}), "eye")
        for child in children
    ]  # fmt: skip


def waiting(viewer: Viewer) -> list[LineQuestion]:
    """Questions about lines that this head has not answered yet, oldest first."""
    mine = reach.rows(CHILD, viewer, OVERLOOK).values("pk")
    rows = LineQuestion.objects.filter(child__in=mine, answered_at__isnull=True)
    return list(rows.select_related("child", "line__person", "asked_by").order_by("asked_at", "pk"))
