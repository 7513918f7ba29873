"""What the pages at `/school/` ask: fetched through the rule for this reader, and recorded by the same call.

Everything on them is the child's rendition; a transfer that is closed, withdrawn or not theirs is simply not there.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from conferences.models import RecordedField, RecordedMaterial
from ground import paging
from learninglog.models import Entry, HomeWords, Publication
from transfers import choice, content, parts, receiving, windows
from transfers.models import Handover
from transfers.rows import Rows, for_reader
from transfers.services import highlights
from visibility.doors import read
from visibility.prepared import PreparedRule
from visibility.viewer import Hat, Viewer

KEYS = ("-happened_on", "-entry_id")
SIZE = 20


@dataclass(frozen=True)
class Open:
    """One transfer in the list: whose, since which first day, what was chosen, and until when it can be read."""

    public_id: uuid.UUID
    child: str
    unit: str
    from_unit: str
    first_day: date
    closes_on: date
    log: bool
    conferences: bool


@dataclass(frozen=True)
class First:
    """The first page: what was agreed on last, and what the family picked with the preschool."""

    transfer: Open
    agreements: list[parts.Agreement]
    picked: list[parts.Entry]
    goals: dict[int, parts.Goal]


@dataclass(frozen=True)
class Log:
    """A page of the log, the newest first; words from home come with the first one."""

    transfer: Open
    entries: list[parts.Entry]
    words: list[parts.Words]
    goals: dict[int, parts.Goal]
    next_cursor: str | None


@dataclass(frozen=True)
class Talks:
    """The conferences, the newest first."""

    transfer: Open
    conferences: list[parts.Conference]


def open_for(viewer: Viewer) -> list[Open]:
    """The transfers that this reader has open now, by first day and name."""
    rows = list(_handovers(viewer).order_by("first_day", "pk"))
    if rows:
        read(viewer, "transfers", child_ids={row.child_id for row in rows})
    return sorted(_opened(rows, viewer), key=lambda one: (one.first_day, one.child.casefold()))


def first_page(viewer: Viewer, public_id: uuid.UUID) -> First | None:
    """The first page of one transfer, or None where this reader has no such transfer open."""
    handover = _one(viewer, public_id)
    if handover is None:
        return None
    rows = for_reader(handover.child, viewer)
    wanted = highlights.of_handover(handover)
    picked = replace(
        rows, entries=rows.entries.filter(public_id__in=wanted), words=HomeWords.objects.none(),
        materials=RecordedMaterial.objects.none(), records=RecordedField.objects.none(),
    )  # fmt: skip
    told = _told(handover, picked, viewer)
    shown = {entry.public_id: entry for entry in told.entries}
    read(viewer, "transfer", about=handover.public_id, child_ids=[handover.child_id])
    entries = [shown[key] for key in wanted if key in shown]
    return First(_open(handover, viewer), told.last_agreements, entries, told.goals)


def log(viewer: Viewer, public_id: uuid.UUID, *, cursor: str | None = None, size: int = SIZE) -> Log | None:
    """One page of the log of a transfer, or None where this reader has no such transfer open."""
    handover = _one(viewer, public_id)
    if handover is None:
        return None
    rows = for_reader(handover.child, viewer, talks=False)
    standing = Publication.objects.filter(child=handover.child, entry__in=rows.entries.values("pk"))
    page = paging.page(standing, keys=KEYS, size=size, cursor=cursor)
    here = replace(rows, entries=Entry.objects.filter(pk__in=[row.entry_id for row in page.items]))
    if cursor is not None:
        here = replace(here, words=HomeWords.objects.none())
    told = _told(handover, here, viewer)
    read(viewer, "transferred log", about=handover.public_id, child_ids=[handover.child_id])
    return Log(_open(handover, viewer), told.entries[::-1], told.words[::-1], told.goals, page.next_cursor)


def conferences(viewer: Viewer, public_id: uuid.UUID) -> Talks | None:
    """The conferences of a transfer, or None where this reader has no such transfer open."""
    handover = _one(viewer, public_id)
    if handover is None:
        return None
    rows = for_reader(handover.child, viewer, log=False)
    held = rows.materials.values("entry_id")
    told = _told(handover, replace(rows, entries=rows.entries.filter(pk__in=held)), viewer)
    read(viewer, "transferred conferences", about=handover.public_id, child_ids=[handover.child_id])
    return Talks(_open(handover, viewer), told.conferences[::-1])


_OPEN = PreparedRule("HANDOVER", lambda viewer: Handover.objects.visible_to(viewer).order_by("pk").values_list("pk"))


def _handovers(viewer: Viewer) -> QuerySet[Handover]:
    if viewer.hat != Hat.SCHOOL:
        return Handover.objects.none()
    rows = Handover.objects.filter(pk__in=[key for (key,) in _OPEN.rows(viewer)])
    return rows.select_related("child__organisation", "unit", "from_unit", "placement")


def _one(viewer: Viewer, public_id: uuid.UUID) -> Handover | None:
    found: Handover | None = _handovers(viewer).filter(public_id=public_id).first()
    return found


def _open(handover: Handover, viewer: Viewer) -> Open:
    return _opened([handover], viewer)[0]


def _opened(rows: list[Handover], viewer: Viewer) -> list[Open]:
    """A class comes at once: days and answers are asked for once for all of them."""
    owners = {row.child.organisation_id: row.child.organisation for row in rows}
    days = {key: windows.reading(owner) for key, owner in owners.items()}
    asked: dict[str, set[int]] = {}
    for row in rows:
        for question in receiving.questions(row):
            asked.setdefault(question, set()).add(row.child_id)
    yes = {question: choice.chosen(children, question, viewer.at) for question, children in asked.items()}
    return [_of_open(row, yes, days[row.child.organisation_id]) for row in rows]


def _of_open(handover: Handover, yes: dict[str, set[int]], days: windows.Reading) -> Open:
    child, unit = handover.child, handover.unit
    log, conferences = (child.pk in yes[question] for question in receiving.questions(handover))
    return Open(
        public_id=handover.public_id,
        child=f"{child.given_name} {child.family_name}".strip(),
        unit=unit.name if unit is not None else "",
        from_unit=handover.from_unit.name,
        first_day=handover.first_day,
        closes_on=days.closes_on(handover.first_day),
        log=log,
        conferences=conferences,
    )


def _told(handover: Handover, rows: Rows, viewer: Viewer) -> parts.Content:
    return content.gathered(
        handover.child, rows, at=viewer.at, first_day=handover.first_day, until=receiving.until(handover)
    )
