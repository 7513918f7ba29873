"""What goes along with one child, as plain values: no row, no name of anybody else's child, no address of ours."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from conferences.languages import Said


@dataclass(frozen=True)
class Picture:
    """A photograph with its words; width and height in pixels, of the size that goes along."""

    public_id: uuid.UUID
    alt: str
    caption: str


@dataclass(frozen=True)
class Clip:
    """A film or a recording; `words` is what is said in it, as somebody typed it."""

    public_id: uuid.UUID
    is_film: bool
    seconds: int
    caption: str
    words: str


@dataclass(frozen=True)
class Goal:
    """A goal in the reader's words; `item` is the same as a CASE item."""

    key: int
    label: str
    text: str
    area: str
    framework: str
    item: dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One entry of the log. `text` is Markdown; `remarks` are (goal, what was seen of it)."""

    public_id: uuid.UUID
    title: str
    text: str
    language: str
    happened_on: date
    shared_at: datetime
    author: str
    unit: str
    line: str = ""
    quotes: list[str] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    goals: list[int] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    clips: list[Clip] = field(default_factory=list)


@dataclass(frozen=True)
class Words:
    """Words from home, as the one wrote them who lets them go along."""

    public_id: uuid.UUID
    text: str
    happened_on: date
    by: str
    pictures: list[Picture] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """How it went with an agreement, on a day."""

    state: str
    label: str
    text: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Agreement:
    public_id: uuid.UUID
    what: str
    who: str
    who_label: str
    by_when: date | None
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Material:
    """An entry of the log that was picked for a conference, or one picture of it; it goes along by itself."""

    entry: uuid.UUID
    title: str
    happened_on: date
    picture: uuid.UUID | None = None


@dataclass(frozen=True)
class Asked:
    """One question of a conference and what stands there; `own` is what this one home wrote for itself."""

    label: Said
    text: str = ""
    chosen: list[Said] = field(default_factory=list)
    day: date | None = None
    by: str = ""
    at: datetime | None = None
    own: bool = False
    materials: list[Material] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    title: Said
    asked: list[Asked]


@dataclass(frozen=True)
class Addendum:
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Conference:
    """A development conversation, as far as it was shown; `digest` is the mark of a sealed record."""

    public_id: uuid.UUID
    heading: Said
    unit: str
    held_on: date | None
    sealed_at: datetime | None
    digest: str
    sections: list[Section]
    agreements: list[Agreement]
    addenda: list[Addendum]

    @property
    def day(self) -> date | None:
        """The day it stands under."""
        return self.held_on or (self.sealed_at.date() if self.sealed_at else None)


@dataclass(frozen=True)
class Content:
    """Everything that goes along. `highlights` are entries of it, in the order the family picked them in.

    `first_day` is that at the receiving unit, and None in a guardian's own copy.
    """

    child: str
    given_name: str
    organisation: str
    first_day: date | None
    entries: list[Entry]
    words: list[Words]
    conferences: list[Conference]
    goals: dict[int, Goal]
    highlights: list[uuid.UUID] = field(default_factory=list)
    with_log: bool = True
    with_conferences: bool = True

    @property
    def pictures(self) -> Iterator[Picture]:
        """Every picture once, in the order it is met."""
        seen: set[uuid.UUID] = set()
        holders: list[Entry | Words] = [*self.entries, *self.words]
        for one in holders:
            for picture in one.pictures:
                if picture.public_id not in seen:
                    seen.add(picture.public_id)
                    yield picture

    @property
    def clips(self) -> Iterator[Clip]:
        """Every film and recording once."""
        seen: set[uuid.UUID] = set()
        for entry in self.entries:
            for clip in entry.clips:
                if clip.public_id not in seen:
                    seen.add(clip.public_id)
                    yield clip

    @property
    def counts(self) -> dict[str, int]:
        """How much there is, for the receipt: figures and no names."""
        return {
            "entries": len(self.entries),
            "words": len(self.words),
            "conferences": len(self.conferences),
            "pictures": len(list(self.pictures)),
            "clips": len(list(self.clips)),
        }

    @property
    def last_agreements(self) -> list[Agreement]:
        """What was agreed on in the newest conference."""
        return next((one.agreements for one in reversed(self.conferences) if one.agreements), [])

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.words or self.conferences)
