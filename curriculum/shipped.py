"""Reads the frameworks that come with the product, and names the place of whatever is wrong in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from curriculum.languages import LANGUAGES

FOLDER = Path(__file__).resolve().parent / "data"

_FRAMEWORK = {
    "code",
    "family",
    "country",
    "language",
    "title",
    "valid_from",
    "valid_until",
    "source_url",
    "areas",
    "replaced_by",
    "related_to",
}


class ShippedError(Exception):
    """The faults of one file, each with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class ShippedGoal:
    code: str
    area: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShippedArea:
    code: str
    parent: str | None
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShippedFramework:
    code: str
    values: dict[str, Any]
    areas: list[ShippedArea] = field(default_factory=list)
    goals: list[ShippedGoal] = field(default_factory=list)
    # (kind, code of a goal here, code of a goal here or in another framework)
    links: list[tuple[str, str, str]] = field(default_factory=list)


def read(path: Path) -> ShippedFramework:
    """One framework from a file; raises ShippedError with every fault found."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_no_key_twice)
    except OSError as error:
        raise ShippedError([f"{path.name}: cannot be read ({error.strerror})."]) from error
    except UnicodeDecodeError as error:
        raise ShippedError([f"{path.name}: is not UTF-8 (byte {error.start})."]) from error
    except ValueError as error:
        raise ShippedError([f"{path.name}: is not proper JSON ({error})."]) from error
    reader = _Reader(path.name)
    framework = reader.framework(content)
    if reader.faults or framework is None:
        raise ShippedError(reader.faults)
    return framework


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a key stands twice among {', '.join(key for key, _value in pairs)}")
    return found


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[str] = []
        self.codes: set[str] = set()

    def framework(self, content: Any) -> ShippedFramework | None:
        if not self.keys(content, "", _FRAMEWORK, optional={"valid_until", "source_url", "replaced_by", "related_to"}):
            return None
        values = {
            "family": self.text(content, "family", ""),
            "country": self.text(content, "country", ""),
            "language": self.text(content, "language", ""),
            **self.in_each_language(content, "title", ""),
            "valid_from": self.day(content, "valid_from", ""),
            "valid_until": self.day(content, "valid_until", "") if content.get("valid_until") is not None else None,
            "source_url": content.get("source_url") or "",
        }
        framework = ShippedFramework(self.text(content, "code", ""), values)
        for area, place, order in self.rows(content, "areas", ""):
            self.area(framework, area, place, order * 100, parent=None)
        for kind in ("replaced_by", "related_to"):
            self.links(framework, content.get(kind, {}), kind)
        return framework

    def links(self, framework: ShippedFramework, content: Any, kind: str) -> None:
        if not isinstance(content, dict):
            self.fault(kind, "is not an object.")
            return
        mine = {goal.code for goal in framework.goals}
        for code, others in content.items():
            if code not in mine:
                self.fault(f"{kind}.{code}", "is no goal of this framework.")
            elif not isinstance(others, list) or not all(isinstance(other, str) for other in others):
                self.fault(f"{kind}.{code}", "is no list of codes.")
            else:
                framework.links.extend((kind, code, other) for other in others)

    def area(self, framework: ShippedFramework, content: Any, place: str, order: int, parent: str | None) -> None:
        allowed = {"code", "label", "goals"} | ({"areas"} if parent is None else set())
        if not self.keys(content, place, allowed, optional={"areas", "goals"}):
            return
        code = self.code(content, place)
        framework.areas.append(
            ShippedArea(code, parent, {"order": order, **self.in_each_language(content, "label", place)})
        )
        for part, where, position in self.rows(content, "areas", place):
            self.area(framework, part, where, order + position, parent=code)
        for goal, where, position in self.rows(content, "goals", place):
            self.goal(framework, goal, where, position, area=code)

    def goal(self, framework: ShippedFramework, content: Any, place: str, order: int, area: str) -> None:
        if not self.keys(content, place, {"code", "label", "text", "retired_on"}, optional={"retired_on"}):
            return
        retired = self.day(content, "retired_on", place) if content.get("retired_on") is not None else None
        values = {
            "order": order,
            **self.in_each_language(content, "label", place),
            **self.in_each_language(content, "text", place),
            "retired_on": retired,
        }
        framework.goals.append(ShippedGoal(self.code(content, place), area, values))

    def keys(self, content: Any, place: str, allowed: set[str], optional: set[str]) -> bool:
        if not isinstance(content, dict):
            self.fault(place, "is not an object.")
            return False
        missing = sorted(allowed - optional - content.keys())
        unknown = sorted(content.keys() - allowed)
        for key in missing:
            self.fault(place, f"lacks {key}.")
        for key in unknown:
            self.fault(place, f"has the unknown key {key}.")
        return not missing

    def rows(self, content: dict[str, Any], key: str, place: str) -> Iterator[tuple[Any, str, int]]:
        rows = content.get(key, [])
        if not isinstance(rows, list):
            self.fault(f"{place}{key}", "is not a list.")
            return
        for position, row in enumerate(rows, start=1):
            yield row, f"{place}{key}[{position}].", position

    def text(self, content: dict[str, Any], key: str, place: str) -> str:
        value = content.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fault(f"{place}{key}", "is empty or no text.")
            return ""
        return value

    def in_each_language(self, content: dict[str, Any], key: str, place: str) -> dict[str, str]:
        texts = content.get(key)
        if not self.keys(texts, f"{place}{key}.", set(LANGUAGES), optional=set()) or not isinstance(texts, dict):
            return {}
        return {f"{key}_{code}": self.text(texts, code, f"{place}{key}.") for code in LANGUAGES}

    def code(self, content: dict[str, Any], place: str) -> str:
        code = self.text(content, "code", place)
        if code and code in self.codes:
            self.fault(f"{place}code", f"{code} stands twice.")
        self.codes.add(code)
        return code

    def day(self, content: dict[str, Any], key: str, place: str) -> date | None:
        try:
            return date.fromisoformat(content[key])
        except (TypeError, ValueError):
            self.fault(f"{place}{key}", "is no date such as 2025-07-01.")
            return None

    def fault(self, place: str, what: str) -> None:
        self.faults.append(f"{self.name}: {place.rstrip('.') or 'the file'} {what}")
