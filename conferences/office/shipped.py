"""Reads the templates that come with the product, and names the place of whatever is wrong in them."""

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conferences.choices import FilledBy, QuestionType
from conferences.models.fields import Seen
from conferences.models.templates import ConferenceTemplate
from conferences.office.checking import Checker, sentences
from curriculum.languages import LANGUAGES

FOLDER = Path(__file__).resolve().parent.parent / "data"
# A question that comes with the product has the same key everywhere.
_NAMESPACE = uuid.UUID("3d4f6a52-8a0e-5a36-9d6b-0b7f5e0a9c21")
_KEYS = {
    "template": ({"code", "country", "language", "name", "sections"}, set[str]()),
    "section": ({"key", "title", "questions"}, {"intro"}),
    "question": ({"key", "type", "filled_by", "seen", "label"}, {"help", "options"}),
    "option": ({"key", "label"}, set[str]()),
}


class ShippedError(Exception):
    """The faults of the files, each with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class ShippedTemplate:
    code: str
    values: dict[str, Any]


def read(path: Path) -> ShippedTemplate:
    """One template from a file; raises ShippedError with every fault found."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ShippedError([f"{path.name}: cannot be read ({error.strerror})."]) from error
    except ValueError as error:
        raise ShippedError([f"{path.name}: is not proper JSON in UTF-8 ({error})."]) from error
    reader = _Reader(path.name)
    values = reader.template(content)
    if not reader.faults:
        typed = ConferenceTemplate(**values)
        fault = Checker(typed.language, draft=False).body(typed.body)
        reader.faults += [f"{path.name}: {said}" for said in (sentences(fault) if fault else [])]
    if reader.faults:
        raise ShippedError(reader.faults)
    return ShippedTemplate(values["code"], values)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.code = ""
        self.faults: list[str] = []

    def template(self, content: Any) -> dict[str, Any]:
        if not self.keys("template", content, ""):
            return {}
        self.code = str(content["code"])
        names = self.texts(content["name"], "name")
        return {
            "code": self.code,
            "country": self.one_of(content["country"], ConferenceTemplate.Country.values, "country"),
            "language": str(content["language"]),
            **{f"name_{code}": names.get(code, "") for code in LANGUAGES},
            "names": [
                {"type": "name", "value": {"language": code, "text": text}, "id": self.id(f"name {code}")}
                for code, text in names.items()
                if code not in LANGUAGES
            ],
            "body": [
                {"type": "section", "value": value, "id": self.id(place)}
                for value, place in self.rows("section", content["sections"], "")
            ],
        }

    def rows(self, kind: str, rows: Any, place: str) -> list[tuple[dict[str, Any], str]]:
        """The values of some rows, each with the place that its key gives it; a key that stands twice is a fault."""
        found: dict[str, dict[str, Any]] = {}
        if not isinstance(rows, list):
            self.faults.append(f"{self.name}: {place or 'the file'} has no list of {kind}s.")
            return []
        for row in rows:
            if not self.keys(kind, row, place):
                continue
            where = f"{place}/{row['key']}"
            if where in found:
                self.faults.append(f"{self.name}: {where} stands twice.")
            found[where] = getattr(self, kind)(row, where)
        return [(value, where) for where, value in found.items()]

    def section(self, row: dict[str, Any], place: str) -> dict[str, Any]:
        return {
            "title": self.wordings(row["title"], f"{place} title"),
            "intro": self.wordings(row.get("intro", {}), f"{place} intro"),
            "questions": self.items("question", row["questions"], place),
        }

    def question(self, row: dict[str, Any], place: str) -> dict[str, Any]:
        return {
            "type": self.one_of(row["type"], QuestionType.values, f"{place} type"),
            "filled_by": self.one_of(row["filled_by"], FilledBy.values, f"{place} filled_by"),
            "seen": self.one_of(row["seen"], Seen.values, f"{place} seen"),
            "label": self.wordings(row["label"], f"{place} label"),
            "help": self.wordings(row.get("help", {}), f"{place} help"),
            "options": self.items("option", row.get("options", []), place),
        }

    def option(self, row: dict[str, Any], place: str) -> dict[str, Any]:
        return {"label": self.wordings(row["label"], f"{place} label")}

    def items(self, kind: str, rows: Any, place: str) -> list[dict[str, Any]]:
        return [{"type": "item", "value": value, "id": self.id(where)} for value, where in self.rows(kind, rows, place)]

    def wordings(self, texts: Any, place: str) -> list[dict[str, Any]]:
        return [
            {"type": "item", "value": {"language": code, "text": text}, "id": self.id(f"{place} {code}")}
            for code, text in self.texts(texts, place).items()
        ]

    def texts(self, texts: Any, place: str) -> dict[str, str]:
        if isinstance(texts, dict) and all(isinstance(text, str) and text.strip() for text in texts.values()):
            return texts
        self.faults.append(f"{self.name}: {place} is no object of texts by language.")
        return {}

    def one_of(self, value: Any, allowed: list[str], place: str) -> str:
        if value not in allowed:
            self.faults.append(f"{self.name}: {place} is none of {', '.join(allowed)}.")
        return str(value)

    def keys(self, kind: str, row: Any, place: str) -> bool:
        needed, optional = _KEYS[kind]
        if not isinstance(row, dict):
            self.faults.append(f"{self.name}: {place or 'the file'} is no {kind}.")
            return False
        wrong = sorted(needed - row.keys()) + sorted(row.keys() - needed - optional)
        where = place or "the file"
        self.faults += [f"{self.name}: {where}: {key} is missing or unknown in a {kind}." for key in wrong]
        return not needed - row.keys()

    def id(self, place: str) -> str:
        return str(uuid.uuid5(_NAMESPACE, f"{self.code} {place}"))
