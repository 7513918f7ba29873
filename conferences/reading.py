"""A conference as one reader gets it: the staff read the working copy, a home reads versions and its own part.

Pages and paper are both made of this. Every row in it came through the rule for this reader.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from conferences import versions
from conferences.choices import FilledBy, QuestionType
from conferences.homes import running_home
from conferences.languages import Said, pick
from conferences.models import (
    Agreement,
    Conference,
    FieldValue,
    FollowUp,
    Material,
    RecordedField,
    RecordedMaterial,
    Talk,
    Version,
)
from conferences.models.fields import Seen
from conferences.picked import PICKED_WITH, Picked, pictured
from conferences.questions import Question, Texts, sections_of
from learninglog.models import Entry
from people.models import Home
from visibility import rule
from visibility.matrix import CONTRIBUTE, WRITE
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Standing:
    """What stands in a field for this reader, wherever it was read from."""

    value: Any
    number: int = 0
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Part:
    """What one home filled in, as the staff read it once it was handed in."""

    home: Home
    value: Any
    by: str
    at: datetime | None
    materials: list[Picked] = field(default_factory=list)


@dataclass(frozen=True)
class Followed:
    """How it went with an agreement; `entry` is the address of one that this reader may open."""

    public_id: uuid.UUID
    state: str
    label: str
    text: str
    at: datetime
    by: str
    entry: uuid.UUID | None = None


@dataclass(frozen=True)
class Agreed:
    public_id: uuid.UUID
    question: uuid.UUID
    what: str
    who: str
    who_label: str
    by_when: date | None
    revision: int
    follow_ups: list[Followed] = field(default_factory=list)


@dataclass(frozen=True)
class Field:
    """A question and what stands there. `number` goes along when it is saved; `label` says in which language it is."""

    key: uuid.UUID
    type: str
    filled_by: str
    seen: str
    label: Said
    help: Said
    options: list[tuple[str, Said]]
    value: Any
    number: int = 0
    editable: bool = False
    by: str = ""
    at: datetime | None = None
    home: Home | None = None
    materials: list[Picked] = field(default_factory=list)
    agreements: list[Agreed] = field(default_factory=list)
    from_homes: list[Part] = field(default_factory=list)
    # For a home, beside its own part: what the staff noted of the same, as it was shown.
    told: Standing | None = None
    # And what stood here in homes this reader was in before; it is read on, and taken over by hand alone.
    earlier: list[Standing] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    key: str
    title: Said
    intro: Said
    fields: list[Field]


@dataclass(frozen=True)
class Page:
    """`carried_over` is what was agreed on last time; `version` is what homes read, as far as there is one."""

    conference: Conference
    sections: list[Section]
    talks: list[Talk]
    addenda: list[Version]
    version: Version | None
    carried_over: list[Agreed]

    @property
    def agreements(self) -> list[Agreed]:
        return [one for section in self.sections for asked in section.fields for one in asked.agreements]


def for_staff(conference: Conference, viewer: Viewer, *, language: str | None = None) -> Page:
    """Everything that is written, with each home's part once it was handed in; nothing of what homes still write."""
    rows = FieldValue.objects.visible_to(viewer).filter(conference=conference).select_related("written_by", "home")
    ours: dict[uuid.UUID, FieldValue] = {}
    theirs: dict[tuple[uuid.UUID, int], FieldValue] = {}
    for row in versions.standing(rows):
        if row.home_id is None:
            ours[row.question] = row
        else:
            theirs[row.question, row.home_id] = row
    picks = Material.objects.visible_to(viewer).filter(conference=conference)
    shown = pictured(picks.select_related(*PICKED_WITH), conference, viewer)
    agreed = _agreements(conference, viewer)
    writes = conference.is_open and rule.may(viewer, WRITE, conference)
    language = language or get_language()

    def one(question: Question) -> Field:
        mine = [pick for pick in shown if pick.question == question.key]
        return _field(
            question, conference, language, seen=_seen(question), standing=_of(ours.get(question.key)),
            editable=writes and question.for_staff_to_fill and question.type != QuestionType.STATEMENT, home=None,
            materials=[pick for pick in mine if pick.home is None],
            agreements=[row for row in agreed if row.question == question.key],
            from_homes=_parts(question, theirs, mine),
        )  # fmt: skip

    return _page(conference, viewer, language, one, lambda question: True)


def for_home(conference: Conference, viewer: Viewer, *, language: str | None = None) -> Page:
    """The newest version as it was shown or sealed, and the reader's own home's part as it stands now.

    Before it is shown there is nothing in it. Another home's part is not in it, and neither is a question that only
    the staff answer and read.
    """
    language = language or get_language()
    recorded = RecordedField.objects.visible_to(viewer).filter(version=conference.current_id, home__isnull=True)
    told = {row.question: row for row in recorded.select_related("written_by")}
    home = running_home(viewer, conference)
    own = _own(conference, viewer, home)
    records = RecordedMaterial.objects.visible_to(viewer).filter(version=conference.current_id, home__isnull=True)
    shown = pictured([*records.select_related(*PICKED_WITH), *own.picks], conference, viewer)
    agreed = _agreements(conference, viewer)
    fills_in = rule.may(viewer, CONTRIBUTE, conference)

    def one(question: Question) -> Field:
        ours = question.for_homes_to_fill
        told_here = _of(told.get(question.key))
        return _field(
            question, conference, language, seen=Seen.HOME if ours else _seen(question),
            standing=_of(own.values.get(question.key)) if ours else told_here, editable=ours and fills_in,
            home=home if ours else None,
            materials=[pick for pick in shown if pick.question == question.key],
            agreements=[row for row in agreed if row.question == question.key],
            told=told_here if ours else None,
            earlier=[then for row in own.earlier.get(question.key, []) if (then := _of(row)) is not None],
        )  # fmt: skip

    sealed = conference.sealed_at is not None
    shown_yet = conference.current_id is not None
    return _page(conference, viewer, language, one, lambda question: shown_yet and _told_to_homes(question, sealed))


def carried_over(conference: Conference, viewer: Viewer) -> list[Agreed]:
    """What was agreed on in the child's last sealed conference at the same preschool, and how it goes."""
    earlier = (
        Conference.objects.visible_to(viewer)
        .sealed()
        .filter(child=conference.child_id, unit=conference.unit_id, issued_at__lt=conference.issued_at)
    )
    last = earlier.order_by("-sealed_at", "-pk").first()
    return _agreements(last, viewer) if last else []


def _told_to_homes(question: Question, sealed: bool) -> bool:
    """A question of the staff's own is not told at all; one that is answered together is, and stands empty at first."""
    if question.for_homes_to_fill or question.filled_by == FilledBy.TOGETHER:
        return True
    seen = question.seen(at_home=False)
    return seen == Seen.SHOWN or (seen == Seen.SEALED and sealed)


def _seen(question: Question) -> str:
    return Seen.HOME if question.filled_by == FilledBy.HOME else question.seen(at_home=False)


def _of(row: FieldValue | RecordedField | None) -> Standing | None:
    if row is None:
        return None
    by = row.written_by.given_name if row.written_by else ""
    return Standing(row.value, row.number if isinstance(row, FieldValue) else 0, by, row.written_at)


@dataclass(frozen=True)
class _Own:
    values: dict[uuid.UUID, FieldValue]
    earlier: dict[uuid.UUID, list[FieldValue]]
    picks: list[Material]


def _own(conference: Conference, viewer: Viewer, home: Home | None) -> _Own:
    """What the reader's home has filled in and picked, and what homes they were in before had."""
    rows = FieldValue.objects.visible_to(viewer).filter(conference=conference, home__isnull=False)
    found = _Own({}, {}, [])
    for row in versions.standing(rows.select_related("written_by")):
        if home is not None and row.home_id == home.pk:
            found.values[row.question] = row
        else:
            found.earlier.setdefault(row.question, []).append(row)
    if home is not None:
        picks = Material.objects.visible_to(viewer).filter(conference=conference, home=home)
        found.picks.extend(picks.select_related(*PICKED_WITH))
    return found


def _parts(question: Question, theirs: dict[tuple[uuid.UUID, int], FieldValue], picks: list[Picked]) -> list[Part]:
    """One part for each home that has something here."""
    homes = {row.home for (key, _home), row in theirs.items() if key == question.key and row.home is not None}
    homes |= {pick.home for pick in picks if pick.home is not None}
    found = []
    for home in sorted(homes, key=lambda home: home.pk):
        standing = _of(theirs.get((question.key, home.pk))) or Standing(None)
        materials = [pick for pick in picks if pick.home == home]
        found.append(Part(home, standing.value, standing.by, standing.at, materials))
    return found


def _field(
    question: Question, conference: Conference, language: str | None, *, standing: Standing | None, **more: Any
) -> Field:
    here = standing or Standing(None)
    return Field(
        key=question.key, type=question.type, filled_by=question.filled_by,
        label=_said(question.label, language, conference), help=_said(question.help, language, conference),
        options=[(key, _said(label, language, conference)) for key, label in question.options],
        value=here.value, number=here.number, by=here.by, at=here.at, **more,
    )  # fmt: skip


def _said(texts: Texts, language: str | None, conference: Conference) -> Said:
    return pick(texts, language, conference.frozen.language)


def _page(
    conference: Conference, viewer: Viewer, language: str | None, one: Callable[[Question], Field],
    told: Callable[[Question], bool],
) -> Page:  # fmt: skip
    sections = []
    for section in sections_of(conference.frozen):
        fields = [one(question) for question in section.questions if told(question)]
        if fields:
            title, intro = (_said(texts, language, conference) for texts in (section.title, section.intro))
            sections.append(Section(section.key, title, intro, fields))
    read = Version.objects.visible_to(viewer).filter(conference=conference).select_related("by").order_by("number")
    rows = list(read)
    return Page(
        conference=conference,
        sections=sections,
        talks=list(Talk.objects.visible_to(viewer).filter(conference=conference).order_by("held_on", "pk")),
        addenda=[row for row in rows if row.kind == Version.Kind.ADDENDUM],
        version=next((row for row in rows if row.pk == conference.current_id), None),
        carried_over=carried_over(conference, viewer),
    )


def _agreements(conference: Conference, viewer: Viewer) -> list[Agreed]:
    rows = list(Agreement.objects.visible_to(viewer).filter(conference=conference).order_by("position", "pk"))
    steps = FollowUp.objects.filter(agreement__in=rows).select_related("written_by").order_by("written_at", "pk")
    by_agreement: dict[int, list[FollowUp]] = {}
    for step in steps:
        by_agreement.setdefault(step.agreement_id, []).append(step)
    entries = Entry.objects.visible_to(viewer).filter(follow_ups__in=steps)
    opened = dict(entries.order_by("pk").values_list("pk", "public_id"))
    return [
        Agreed(
            row.public_id, row.question, row.what, row.who, str(Agreement.Who(row.who).label), row.by_when,
            row.revision,
            [
                Followed(
                    step.public_id, step.state, str(FollowUp.State(step.state).label), step.text, step.written_at,
                    step.written_by.given_name, opened.get(step.entry_id),
                )
                for step in by_agreement.get(row.pk, [])
            ],
        )
        for row in rows
    ]  # fmt: skip
