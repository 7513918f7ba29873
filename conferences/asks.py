"""The questions of a conference as its pages show them: what stands there, where it is sent, what to look at again."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from conferences.choices import QuestionType


@dataclass
class Agreed:
    """An agreement as a page shows it; `revision` goes with its form."""

    public_id: uuid.UUID
    what: str
    who: str
    by_when: date | None
    follow_ups: list[Any] = field(default_factory=list)
    form: Any = None


@dataclass
class Picked:
    """An entry or picture as this reader gets it; `removed` is a line and nothing else."""

    removed: bool
    title: str = ""
    language: str = ""
    happened_on: date | None = None
    pictures: list[Any] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    href: str = ""
    unpick_href: str = ""


@dataclass
class Ask:
    key: uuid.UUID
    type: str
    label: str
    help: str
    options: list[tuple[str, str]]
    filled_by: str
    seen: str
    value: Any
    number: int
    editable: bool
    by: str
    at: datetime | None
    save_href: str = ""
    pick_href: str = ""
    home_name: str = ""
    home: uuid.UUID | None = None
    materials: list[Picked] = field(default_factory=list)
    agreements: list[Agreed] = field(default_factory=list)
    from_homes: list["Ask"] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    # Other words than were sent, when the server put some in their place.
    words: str | None = None
    form: Any = None

    @property
    def anchor(self) -> str:
        return f"q-{self.key}"

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.value) if self.type == QuestionType.DATE and self.value else None

    @property
    def chosen(self) -> list[str]:
        """The labels of the options that were chosen, in the template's order."""
        values = self.value if isinstance(self.value, list) else [self.value]
        return [label for key, label in self.options if key in values]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it yet."""
        if self.type == QuestionType.STATEMENT:
            return False
        return not (self.value or self.materials or self.agreements or self.from_homes)
