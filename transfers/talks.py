"""The conferences that go along: what was shown or sealed, question by question, and nothing of the staff’s own."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from conferences import versions
from conferences.choices import QuestionType
from conferences.languages import pick
from conferences.models import (
    Agreement,
    Conference,
    FieldValue,
    FollowUp,
    RecordedField,
    RecordedMaterial,
    Talk,
    Version,
)
from conferences.questions import Question, sections_of
from learninglog import mentions
from people.models import Child
from transfers import parts
from transfers.rows import Rows

Shown = Mapping[uuid.UUID, parts.Entry]


def told(
    child: Child, rows: Rows, shown: Shown, until: datetime | None, unnamed: Mapping[int, str]
) -> list[parts.Conference]:  # fmt: skip
    """The conferences by day, the first one first; `shown` are the entries that go along, `unnamed` units to keep."""
    found = list(rows.conferences.select_related("frozen", "unit", "current").order_by("issued_at", "pk"))
    current = [row.current_id for row in found]
    teller = _Teller(
        child,
        shown,
        unnamed,
        fields=_by(rows.records.filter(version__in=current).select_related("written_by"), "version_id"),
        values=_by(versions.standing(rows.values.select_related("written_by")), "conference_id"),
        materials=_by(rows.materials.filter(version__in=current).select_related("entry", "picture"), "version_id"),
        agreements=_agreements(rows, until),
        days=_days(found),
        addenda=_addenda(found, until),
    )
    return sorted((teller.one(row) for row in found), key=lambda one: (one.day or date.max, str(one.public_id)))


def _by(rows: Iterable[Any], column: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.pk):
        found[getattr(row, column)].append(row)
    return found


def _days(conferences: list[Conference]) -> dict[int, date]:
    """The day of each talk. Of talks with one home at a time only the last day is told, and to nobody with whom."""
    rows = Talk.objects.filter(conference__in=conferences).order_by("held_on", "pk")
    days = dict(rows.values_list("conference_id", "held_on"))
    return days | dict(rows.filter(home__isnull=True).values_list("conference_id", "held_on"))


def _addenda(conferences: list[Conference], until: datetime | None) -> dict[int, list[parts.Addendum]]:
    rows = Version.objects.filter(conference__in=conferences, kind=Version.Kind.ADDENDUM, erased_at__isnull=True)
    found: dict[int, list[parts.Addendum]] = defaultdict(list)
    for row in rows.select_related("by").order_by("number", "pk"):
        if until is None or row.at < until:
            found[row.conference_id].append(parts.Addendum(row.text, row.by.given_name, row.at))
    return found


def _agreements(rows: Rows, until: datetime | None) -> dict[int, list[parts.Agreement]]:
    agreed = list(rows.agreements.order_by("position", "pk"))
    steps: dict[int, list[parts.Step]] = defaultdict(list)
    for step in FollowUp.objects.filter(agreement__in=agreed).select_related("written_by").order_by("written_at", "pk"):
        if until is None or step.written_at < until:
            label = str(FollowUp.State(step.state).label)
            by = step.written_by.given_name
            steps[step.agreement_id].append(parts.Step(step.state, label, step.text, step.written_at, by))
    found: dict[int, list[parts.Agreement]] = defaultdict(list)
    for row in agreed:
        who = str(Agreement.Who(row.who).label)
        one = parts.Agreement(row.public_id, row.what, row.who, who, row.by_when, steps.get(row.pk, []))
        found[row.conference_id].append(one)
    return found


class _Teller:
    """Puts one conference after the other into words, in the active language."""

    def __init__(self, child: Child, shown: Shown, unnamed: Mapping[int, str], **found: Any) -> None:
        self.names = {child.pk: child.given_name}
        self.shown = shown
        self.unnamed = unnamed
        self.fields: dict[int, list[RecordedField]] = found["fields"]
        self.values: dict[int, list[FieldValue]] = found["values"]
        self.materials: dict[int, list[RecordedMaterial]] = found["materials"]
        self.agreements: dict[int, list[parts.Agreement]] = found["agreements"]
        self.days: dict[int, date] = found["days"]
        self.addenda: dict[int, list[parts.Addendum]] = found["addenda"]
        self.language = get_language() or "en"

    def one(self, row: Conference) -> parts.Conference:
        origin = row.frozen.language
        sections = [
            parts.Section(
                pick(section.title, self.language, origin),
                [one for question in section.questions for one in self._asked(row, question, origin)],
            )
            for section in sections_of(row.frozen)
        ]
        return parts.Conference(
            public_id=row.public_id,
            heading=pick(row.frozen.content["name"], self.language, origin),
            unit=self.unnamed.get(row.unit_id, row.unit.name),
            held_on=self.days.get(row.pk),
            sealed_at=row.sealed_at,
            digest=row.current.digest if row.current is not None and row.sealed_at else "",
            sections=[section for section in sections if section.asked],
            agreements=self.agreements.get(row.pk, []),
            addenda=self.addenda.get(row.pk, []),
        )

    def _asked(self, row: Conference, question: Question, origin: str) -> list[parts.Asked]:
        """What stands under a question: first for everybody, then what this one home wrote."""
        key = row.current_id or 0
        recorded = [one for one in self.fields.get(key, []) if one.question == question.key]
        rows: list[RecordedField | FieldValue] = [*recorded]
        if not any(one.home_id for one in recorded):
            rows += [one for one in self.values.get(row.pk, []) if one.question == question.key]
        picked = [one for one in self.materials.get(key, []) if one.question == question.key]
        found = []
        for own in (False, True):
            here = [one for one in rows if bool(one.home_id) == own]
            materials = self._materials(one for one in picked if bool(one.home_id) == own)
            for place, one in enumerate(here or ([None] if materials else [])):
                asked = self._answer(question, origin, one, own, [] if place else materials)
                if asked.text.strip() or asked.chosen or asked.day or asked.materials:
                    found.append(asked)
        return found

    def _answer(
        self, question: Question, origin: str, row: RecordedField | FieldValue | None, own: bool,
        materials: list[parts.Material],
    ) -> parts.Asked:  # fmt: skip
        value = row.value if row is not None else None
        text, chosen, day = "", [], None
        if question.type in (QuestionType.CHOICE, QuestionType.CHOICES):
            keys = value if isinstance(value, list) else [value]
            chosen = [pick(label, self.language, origin) for key, label in question.options if key in keys]
        elif question.type == QuestionType.DATE and value:
            day = date.fromisoformat(value)
        elif isinstance(value, str):
            text = mentions.masked(value, self.names, self.language)
        by = row.written_by.given_name if row is not None and row.written_by else ""
        label = pick(question.label, self.language, origin)
        at = row.written_at if row is not None else None
        return parts.Asked(label, text, chosen, day, by, at, own, materials)

    def _materials(self, rows: Iterable[RecordedMaterial]) -> list[parts.Material]:
        """Those whose entry, and picture, goes along by itself; of the others nothing is told."""
        found = []
        for row in sorted(rows, key=lambda row: (row.position, row.pk)):
            entry = self.shown.get(row.entry.public_id) if row.entry else None
            if entry is None:
                continue
            picture = row.picture.public_id if row.picture else None
            if picture is not None and picture not in {one.public_id for one in entry.pictures}:
                continue
            found.append(parts.Material(entry.public_id, entry.title, entry.happened_on, picture))
        return found
