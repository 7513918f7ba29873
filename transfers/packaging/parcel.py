"""Everything that is written into one package, and under which names its pictures and films lie there."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from transfers.parts import Content, Entry, Words


@dataclass(frozen=True)
class Yes:
    """A yes that let something go: on which day it was said, and to which words, by their digest. No name."""

    day: date
    wording: str


@dataclass(frozen=True)
class Choice:
    """What was asked, in words and as they were read, and every yes; the receipt of the choice."""

    question: str
    label: str
    words: str
    said: list[Yes]


@dataclass(frozen=True)
class Parcel:
    """`made_for` is who receives it, and empty in a guardian's own copy; `language` is that of the words around.

    `starts` and `until` are the days of the window.
    """

    public_id: uuid.UUID
    content: Content
    made_at: datetime
    time_zone: str
    language: str
    made_for: str = ""
    # Handed out after a decision of the head, and not because somebody said yes.
    decided: bool = False
    starts: date | None = None
    until: date | None = None
    choices: list[Choice] = field(default_factory=list)

    @property
    def is_own_copy(self) -> bool:
        return not self.made_for

    @property
    def name(self) -> str:
        """The folder and the file: the day and nothing about anybody."""
        return f"learning-log-{self.day.isoformat()}-{self.public_id.hex[:8]}"

    @property
    def day(self) -> date:
        return self.day_of(self.made_at)

    def day_of(self, at: datetime) -> date:
        """The day of a moment where the organisation is."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()

    @cached_property
    def files(self) -> dict[uuid.UUID, str]:
        """The path below data/ of every picture, film and recording: its day, and a number on that day."""
        found: dict[uuid.UUID, str] = {}
        met: Counter[str] = Counter()
        holders: list[Entry | Words] = [*self.content.entries, *self.content.words]
        for one in sorted(holders, key=lambda one: one.happened_on):
            day = one.happened_on.isoformat()
            named = [(picture.public_id, "jpg") for picture in one.pictures]
            named += [(clip.public_id, "mp4" if clip.is_film else "m4a") for clip in getattr(one, "clips", ())]
            for key, extension in named:
                if key not in found:
                    met[day] += 1
                    found[key] = f"media/{day}-{met[day]}.{extension}"
        return found
