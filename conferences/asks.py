"""The questions of a conference as its pages show them: what stands there, where it is sent, what to look at again.

Everything in them comes from reading.py for this reader; here it gets its addresses and its words.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from conferences import reading, sides
from conferences.choices import FilledBy, QuestionType
from conferences.forms import AgreementForm
from conferences.languages import Said
from conferences.models import Conference
from conferences.models.fields import Seen
from conferences.picked import Picked
from conferences.reading import Agreed
from learninglog import sensitive
from people.models import Home
from visibility.viewer import Hat, Viewer

WRITTEN = (QuestionType.TEXT, QuestionType.CHILD_WORDS)


@dataclass(frozen=True)
class Material:
    """Something picked, as this reader gets it, with where it leads and how it is taken out."""

    picked: Picked
    href: str = ""
    unpick_href: str = ""


@dataclass(frozen=True)
class Follow:
    """How it went with an agreement, and the way to the entry that shows it."""

    state: str
    label: str
    text: str
    at: datetime
    entry_href: str


@dataclass
class Agreement:
    row: Agreed
    follow_ups: list[Follow]
    form: Any = None

    @property
    def public_id(self) -> uuid.UUID:
        return self.row.public_id

    @property
    def what(self) -> str:
        return self.row.what

    @property
    def who(self) -> str:
        return self.row.who_label

    @property
    def by_when(self) -> date | None:
        return self.row.by_when


@dataclass
class Ask:
    """`told` is what the staff noted where a home has a field of its own; `words` what took the place of others."""

    key: uuid.UUID
    type: str
    filled_by: str
    seen: str
    label: Said
    help: Said
    options: list[tuple[str, Said]]
    value: Any
    number: int
    editable: bool
    by: str
    at: datetime | None
    save_href: str = ""
    pick_href: str = ""
    home: Home | None = None
    home_name: str = ""
    told: "Ask | None" = None
    # What stood here in homes that this reader was in before.
    earlier: list["Ask"] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    from_homes: list["Ask"] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    words: str | None = None
    form: Any = None

    @property
    def anchor(self) -> str:
        return f"q-{self.key}"

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.value) if self.type == QuestionType.DATE and self.value else None

    @property
    def chosen(self) -> list[Said]:
        """The labels of the options that were chosen, in the template's order."""
        values = self.value if isinstance(self.value, list) else [self.value]
        return [label for key, label in self.options if key in values]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it yet."""
        if self.type == QuestionType.STATEMENT:
            return False
        return not (self.value or self.materials or self.agreements or self.from_homes or self.told or self.earlier)


@dataclass(frozen=True)
class Section:
    key: str
    title: Said
    intro: Said
    asks: list[Ask]

    @property
    def waits_for_home(self) -> bool:
        """Whether all of it is the homes' to fill in, and none has handed it in yet."""
        return all(ask.filled_by == FilledBy.HOME and not ask.from_homes for ask in self.asks)


def of_staff(page: reading.Page, viewer: Viewer) -> list[Section]:
    """For the staff's pages."""
    key = page.conference.public_id

    def href(name: str, **more: Any) -> str:
        return reverse(f"talks:{name}", kwargs={"conference": key, **more})

    def entry(public_id: uuid.UUID) -> str:
        return reverse("staff:entry", kwargs={"entry": public_id})

    return _sections(page, viewer, href, entry)


def of_home(page: reading.Page, viewer: Viewer) -> list[Section]:
    """For the pages of a home."""
    key, child = page.conference.public_id, page.conference.child.public_id

    def href(name: str, **more: Any) -> str:
        return reverse(f"family_talks:{name}", kwargs={"child": child, "conference": key, **more})

    def entry(public_id: uuid.UUID) -> str:
        return reverse("family:entry", kwargs={"child": child, "entry": public_id})

    return _sections(page, viewer, href, entry)


def _sections(
    page: reading.Page, viewer: Viewer, href: Callable[..., str], entry: Callable[[uuid.UUID], str]
) -> list[Section]:
    listed = sensitive.words()

    def one(row: reading.Field) -> Ask:
        ask = Ask(
            row.key, row.type, row.filled_by, row.seen, row.label, row.help, row.options, row.value, row.number,
            row.editable, row.by, row.at, home=row.home,
        )  # fmt: skip
        if row.editable:
            kind = "pick" if row.type == QuestionType.FROM_LOG else "save"
            ask.save_href, ask.pick_href = href("save", question=row.key), href("pick", question=row.key)
            if kind == "save" and row.type in WRITTEN:
                ask.found = [finding.word for finding in sensitive.findings([row.value or ""], listed)]
        own = (row.home.pk if row.home else None) if viewer.hat == Hat.GUARDIAN else None
        ask.materials = [_material(pick, row, own, href, entry) for pick in row.materials]
        ask.agreements = [_agreement(agreed, entry) for agreed in row.agreements]
        ask.from_homes = [_part(ask, part, viewer, entry) for part in row.from_homes]
        if row.told is not None:
            ask.told = _standing(ask, row.told)
        ask.earlier = [_standing(ask, then) for then in row.earlier]
        return ask

    return [
        Section(section.key, section.title, section.intro, [one(row) for row in section.fields])
        for section in page.sections
    ]


def _standing(ask: Ask, then: reading.Standing) -> Ask:
    return replace(ask, value=then.value, by=then.by, at=then.at, editable=False, materials=[], told=None, earlier=[])


def _material(
    pick: Picked, row: reading.Field, own: int | None, href: Callable[..., str], entry: Callable[[uuid.UUID], str]
) -> Material:
    # A home takes out what it picked itself; in a version nothing has an address to be taken out by.
    mine = row.editable and pick.public_id is not None and (pick.home.pk if pick.home else None) == own
    return Material(
        pick, entry(pick.entry) if pick.entry else "", href("unpick", material=pick.public_id) if mine else ""
    )


def _agreement(agreed: Agreed, entry: Callable[[uuid.UUID], str]) -> Agreement:
    steps = [
        Follow(step.state, step.label, step.text, step.at, entry(step.entry) if step.entry else "")
        for step in agreed.follow_ups
    ]
    return Agreement(agreed, steps)


def _part(ask: Ask, part: reading.Part, viewer: Viewer, entry: Callable[[uuid.UUID], str]) -> Ask:
    materials = [Material(pick, entry(pick.entry) if pick.entry else "") for pick in part.materials]
    return replace(
        ask, value=part.value, number=0, editable=False, by=part.by, at=part.at, home=part.home,
        home_name=sides.name_of(part.home), materials=materials, agreements=[], from_homes=[],
        seen=Seen.HOME, told=None,
    )  # fmt: skip


def carried_over(page: reading.Page, viewer: Viewer) -> list[Agreement]:
    """What was agreed on last time, as a list of the page."""
    of = "staff:entry" if viewer.hat == Hat.STAFF else ""
    return [_agreement(one, lambda key: reverse(of, kwargs={"entry": key}) if of else "") for one in page.carried_over]


def _kept(sections: Iterable[Section], keep: Callable[[Ask], bool]) -> list[Section]:
    """The sections without the questions that are not kept, and without those that are nothing but words then."""
    found = [replace(section, asks=[ask for ask in section.asks if keep(ask)]) for section in sections]
    return [one for one in found if any(ask.type != QuestionType.STATEMENT for ask in one.asks)]


def beforehand(sections: Iterable[Section]) -> list[Section]:
    """What is filled in before the talk, by either side."""
    return _kept(sections, lambda ask: ask.filled_by != FilledBy.TOGETHER)


def at_the_talk(sections: Iterable[Section]) -> list[Section]:
    """What is written together; agreements have a list of their own."""
    return _kept(sections, lambda ask: ask.filled_by == FilledBy.TOGETHER and ask.type != QuestionType.AGREEMENT)


def recorded(sections: Iterable[Section]) -> list[Section]:
    """What a home may read of it, and what homes handed in: nothing that is only the staff's."""
    kept = _kept(sections, lambda ask: ask.seen != Seen.STAFF and ask.type != QuestionType.AGREEMENT)
    return _kept(kept, lambda ask: not ask.is_empty)


def for_reading(sections: Iterable[Section]) -> list[Section]:
    """A home's page: what is empty and not theirs to fill in is left out; agreements have a list of their own."""
    return _kept(
        sections,
        lambda ask: ask.type != QuestionType.AGREEMENT and (ask.editable or not ask.is_empty),
    )


def each(sections: Iterable[Section]) -> Iterable[Ask]:
    return (ask for section in sections for ask in section.asks)


def agreed(sections: Iterable[Section]) -> list[Agreement]:
    """Everything that was agreed on."""
    return [one for ask in each(sections) for one in ask.agreements]


def agreement_asks(sections: Iterable[Section], sent: tuple[uuid.UUID, AgreementForm] | None) -> list[Ask]:
    """The questions that are answered by agreements, each with its form; `sent` is one that was not right."""
    found = [ask for ask in each(sections) if ask.type == QuestionType.AGREEMENT]
    for ask in found:
        mine = sent is not None and sent[0] == ask.key
        ask.form = sent[1] if sent and mine else AgreementForm(auto_id=f"id_%s_{ask.key}")
    return found


def empty(sections: Iterable[Section], conference: Conference) -> list[tuple[Said, str]]:
    """What a home would read and nobody has filled in yet: the label, and the way there."""
    page = reverse("talks:prepare", kwargs={"conference": conference.public_id})
    return [
        (ask.label, f"{page}#{ask.anchor}")
        for ask in each(sections)
        if ask.seen == Seen.SHOWN and ask.filled_by == FilledBy.STAFF and ask.editable and ask.is_empty
    ]
