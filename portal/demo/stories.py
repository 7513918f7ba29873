"""What happens at a preschool, told once each in `stories/*.toml`, and how a story becomes one entry's words.

In a text `{1}`, `{2}` … are the children it is told of, `{me}` the child a line is for, and `[a|b]` a choice.
"""

import random
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stories"
CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
SLOT = re.compile(r"\{(\d)\}")


@dataclass(frozen=True)
class Story:
    """`size` is "one", "few" or "group"; `only` names a kind of group; `months` are those it can happen in."""

    key: str
    title: str
    text: str
    months: tuple[int, ...]
    size: str = "few"
    only: str = ""
    goals: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    remarks: dict[str, str] = field(default_factory=dict)
    talks: tuple[tuple[str, ...], ...] = ()
    not_names: tuple[str, ...] = ()

    @property
    def told_of(self) -> int:
        """How many children the text names."""
        return max((int(number) for number in SLOT.findall(self.title + self.text)), default=0)


@dataclass(frozen=True)
class FromHome:
    """Words that a home writes; `scene` is the picture that comes with them, or none."""

    text: str
    months: tuple[int, ...]
    scene: str = ""


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


@cache
def stories() -> tuple[Story, ...]:
    """All stories, in the order of their files."""
    found: list[Story] = []
    for path in sorted(FOLDER.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("story", []):
            words = {name: _frozen(value) for name, value in row.items()}
            found.append(Story(**words | {"text": words["text"].strip()}))
    return tuple(found)


@cache
def from_home() -> tuple[FromHome, ...]:
    """What homes write."""
    rows = tomllib.loads((FOLDER / "home.toml").read_text(encoding="utf-8"))["home"]
    return tuple(FromHome(row["text"].strip(), _frozen(row["months"]), row.get("scene", "")) for row in rows)


@cache
def talk() -> tuple[tuple[str, ...], ...]:
    """Conversations that fit under any entry: the home, the staff, the home again."""
    rows = tomllib.loads((FOLDER / "home.toml").read_text(encoding="utf-8"))["talk"]
    return tuple(_frozen(row["says"]) for row in rows)


def told(text: str, chance: random.Random, names: list[str], me: str = "") -> str:
    """The text as the staff would type it: one of each choice, and the children with an @ before their names."""
    chosen = CHOICE.sub(lambda found: chance.choice(found[1].split("|")), text)
    named = SLOT.sub(lambda found: f"@{names[int(found[1]) - 1]}", chosen)
    return named.replace("{me}", f"@{me}")
