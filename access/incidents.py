"""Whom an incident concerns: whose child was on what was opened, who opened it, and the notice as a draft.

It answers what an operator has to know within hours: no rule stands in between, and nothing is sent.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import Child, Guardianship, Person
from visibility.models import ReadingChild

LANGUAGES = ("sv", "nb", "en")


@dataclass
class Concerned:
    """Children, the guardians to be told about each, and who opened something, when first and last."""

    children: list[Child] = field(default_factory=list)
    guardians: dict[int, list[Guardianship]] = field(default_factory=dict)
    readers: list[tuple[Person, str, datetime, datetime]] = field(default_factory=list)

    @property
    def anybody(self) -> bool:
        return bool(self.children or self.readers)


def by_entry(entry: Any, *, child_ids: set[int], since: datetime | None, at: datetime) -> Concerned:
    """An entry was seen by somebody it was not for: the children it has ever been about, and everyone who opened it."""
    lines = ReadingChild.objects.filter(line__about=entry.public_id)
    opened = lines.filter(at__gte=since) if since else lines
    keys = child_ids | set(lines.filter(child__isnull=False).values_list("child_id", flat=True))
    return _concerned(keys, opened, at)


def by_person(person: Person, *, since: datetime | None, at: datetime) -> Concerned:
    """Somebody was in who should not have been: the children about whom that person opened something."""
    opened = ReadingChild.objects.filter(line__person=person)
    opened = opened.filter(at__gte=since) if since else opened
    return _concerned(set(opened.filter(child__isnull=False).values_list("child_id", flat=True)), opened, at)


def _concerned(child_ids: set[int], opened: Any, at: datetime) -> Concerned:
    children = list(Child.objects.filter(pk__in=child_ids).order_by("given_name", "family_name", "pk"))
    ties = Guardianship.objects.running(at).filter(child__in=children).select_related("person")
    guardians: dict[int, list[Guardianship]] = {}
    for tie in ties.order_by("person__given_name", "person__family_name", "pk"):
        guardians.setdefault(tie.child_id, []).append(tie)
    return Concerned(children, guardians, _readers(opened))


def _readers(opened: Any) -> list[tuple[Person, str, datetime, datetime]]:
    spans: dict[tuple[int, str], tuple[datetime, datetime]] = {}
    rows = opened.filter(line__person__isnull=False).order_by("at", "pk")
    for person, hat, moment in rows.values_list("line__person_id", "line__hat", "at"):
        first, _last = spans.get((person, hat), (moment, moment))
        spans[person, hat] = (first, moment)
    people = Person.objects.in_bulk({person for person, _hat in spans})
    return [(people[person], hat, first, last) for (person, hat), (first, last) in spans.items()]


def notices(at: datetime) -> dict[str, str]:
    """The notice to a guardian as a draft in each language; what only a person can know stands in brackets."""
    return {language: _notice(language, at) for language in LANGUAGES}


def _notice(language: str, at: datetime) -> str:
    with translation.override(language):
        lines = [
            _("To the guardians of [the child’s name]"),
            _("On [day] we found that [what happened, in plain words]. It concerned [what could be seen] about "
              "your child."),
            _("It went on from [first day] to [last day]. We closed it on [day]."),
            _("What it can mean for your child and you: [likely consequences]."),
            _("What we have done, and what you can do: [measures]."),
            _("We have told the authority that supervises data protection: [yes, on which day; or no, and why not]."),
            _("You are welcome to ask: [name, phone, mail], or the data protection officer: [name, phone, mail]."),
            _("Drafted %(day)s. Read it through before it goes out: it has been filled in by no one.")
            % {"day": date_format(at, "j. F Y" if language == "nb" else "j F Y")},
        ]  # fmt: skip
        return "\n\n".join(lines)
