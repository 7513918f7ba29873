"""A CASE package as this product understands it: a document, headings, their parts, goals, and what joins them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from curriculum.case.faults import MOST, CaseError, Fault
from curriculum.case.placing import line_of, pointer
from curriculum.case.text import decoded, parsed

KNOWN = ("CFDocument", "CFItems", "CFAssociations", "CFDefinitions")
_DOCUMENT = ("identifier", "title")
_ITEM = ("identifier", "fullStatement")
_ASSOCIATION = ("identifier", "associationType", "originNodeURI", "destinationNodeURI")
CHILD = "isChildOf"
LONGEST_CODE = 40


@dataclass(slots=True)
class Item:
    """One CFItem in its place; `code` is the one people say, or the beginning of its identifier."""

    raw: dict[str, Any]
    number: int
    identifier: uuid.UUID
    code: str
    order: int = 0
    parent: "Item | None" = None
    below: list["Item"] = field(default_factory=list)

    @property
    def place(self) -> str:
        return pointer("CFItems", self.number)

    @property
    def is_area(self) -> bool:
        return bool(self.below) or self.raw.get("CFItemType") == "Area"


@dataclass(slots=True)
class Package:
    document: dict[str, Any]
    identifier: uuid.UUID
    items: list[Item]
    associations: list[dict[str, Any]]
    definitions: Any
    # Keys of the file that the standard does not know.
    more: dict[str, Any]

    @property
    def top(self) -> list[Item]:
        return [item for item in self.items if item.parent is None]


def read(raw: bytes) -> Package:
    """The package in a file; raises CaseError with every fault found and its place."""
    text = decoded(raw)
    return _Reader(text).package(parsed(text))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []

    def fault(self, said: str, *path: str | int) -> None:
        if len(self.faults) < MOST:
            self.faults.append(Fault(said, pointer(*path), line_of(self.text, *path)))

    def package(self, content: Any) -> Package:
        if not isinstance(content, dict) or not isinstance(content.get("CFDocument"), dict):
            self.faults.append(Fault(_("This is not a CASE package: it has no CFDocument.")))
            raise CaseError(self.faults)
        document = content["CFDocument"]
        self.required(document, _DOCUMENT, "CFDocument")
        key = self.identifier(document, "CFDocument")
        items = self.items(content)
        associations = [row for _number, row in self.rows(content, "CFAssociations", _ASSOCIATION)]
        if not self.faults:
            self.hang(items, content.get("CFAssociations") or [], key)
        if not self.faults:
            self.depth(items)
        if self.faults or key is None:
            raise CaseError(self.faults)
        more = {name: value for name, value in content.items() if name not in KNOWN}
        return Package(document, key, list(items.values()), associations, content.get("CFDefinitions"), more)

    def rows(
        self, content: dict[str, Any], key: str, required: tuple[str, ...]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        rows = content.get(key) or []
        if not isinstance(rows, list):
            self.fault(_("This is not a list."), key)
            return
        for number, row in enumerate(rows):
            if isinstance(row, dict):
                self.required(row, required, key, number)
                yield number, row
            else:
                self.fault(_("This is not an object."), key, number)

    def required(self, row: dict[str, Any], names: tuple[str, ...], *path: str | int) -> None:
        for name in names:
            value = row.get(name)
            node = name.endswith("NodeURI") and isinstance(value, dict) and isinstance(value.get("identifier"), str)
            if not node and (not isinstance(value, str) or not value.strip()):
                self.fault(_("“%(name)s” is missing or empty.") % {"name": name}, *path, name)

    def identifier(self, row: dict[str, Any], *path: str | int) -> uuid.UUID | None:
        value = row.get("identifier")
        try:
            return uuid.UUID(value) if isinstance(value, str) else None
        except ValueError:
            self.fault(_("“%(value)s” is not a UUID.") % {"value": str(value)[:60]}, *path, "identifier")
            return None

    def items(self, content: dict[str, Any]) -> dict[uuid.UUID, Item]:
        found: dict[uuid.UUID, Item] = {}
        codes: dict[str, int] = {}
        for number, row in self.rows(content, "CFItems", _ITEM):
            key = self.identifier(row, "CFItems", number)
            if key is None:
                continue
            if key in found:
                first = found[key].place
                self.fault(_("This identifier stands at %(first)s too.") % {"first": first}, "CFItems", number)
                continue
            code = self.code(row, key, number)
            if code in codes:
                first = pointer("CFItems", codes[code])
                said = _("The code “%(code)s” stands at %(first)s too.") % {"code": code, "first": first}
                self.fault(said, "CFItems", number, "humanCodingScheme")
            codes.setdefault(code, number)
            found[key] = Item(row, number, key, code, order=number + 1)
        return found

    def code(self, row: dict[str, Any], key: uuid.UUID, number: int) -> str:
        code = row.get("humanCodingScheme")
        if not isinstance(code, str) or not code.strip():
            return str(key)[:8]
        if len(code.strip()) > LONGEST_CODE:
            said = _("The code is longer than %(most)s characters.") % {"most": LONGEST_CODE}
            self.fault(said, "CFItems", number, "humanCodingScheme")
        return code.strip()

    def hang(self, items: dict[uuid.UUID, Item], rows: list[Any], document: uuid.UUID | None) -> None:
        """Put every item under its parent, in the order that the associations say."""
        for number, row in enumerate(rows):
            if row["associationType"] != CHILD:
                continue
            child = items.get(node(row["originNodeURI"]))  # type: ignore[arg-type]
            above = node(row["destinationNodeURI"])
            if child is None:
                self.fault(_("There is no such item in the package."), "CFAssociations", number, "originNodeURI")
                continue
            if above != document and above not in items:
                self.fault(_("There is no such item in the package."), "CFAssociations", number, "destinationNodeURI")
                continue
            parent = items.get(above)  # type: ignore[arg-type]
            if child.parent is not None and child.parent is not parent:
                said = _("“%(code)s” stands under two headings.") % {"code": child.code}
                self.fault(said, "CFAssociations", number)
                continue
            child.parent = parent
            if isinstance(row.get("sequenceNumber"), int):
                child.order = row["sequenceNumber"]
            if self.comes_round(child):
                self.fault(_("“%(code)s” stands under itself.") % {"code": child.code}, "CFAssociations", number)
                child.parent = None
        for item in items.values():
            if item.parent is not None:
                item.parent.below.append(item)

    def comes_round(self, item: Item) -> bool:
        above = item.parent
        while above is not None:
            if above is item:
                return True
            above = above.parent
        return False

    def depth(self, items: dict[uuid.UUID, Item]) -> None:
        """A heading, its parts, their goals: the composer and coverage show no more steps than that."""
        for item in items.values():
            if item.is_area and item.parent is not None and item.parent.parent is not None:
                said = _("“%(code)s” has goals below it, but stands deeper than a part of a heading.")
                self.fault(said % {"code": item.code}, "CFItems", item.number)


def node(value: Any) -> uuid.UUID | None:
    """The identifier of what an association points to, or None where it points to no UUID."""
    found = value.get("identifier") if isinstance(value, dict) else value
    try:
        return uuid.UUID(str(found).rsplit("/", 1)[-1])
    except ValueError:
        return None
