"""What a package says in this product's own terms: the values of a framework, its areas and its goals."""

import re
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import slugify

from curriculum.case.reading import Item, Package
from curriculum.languages import LANGUAGES, supported

OURS = "learningLog"
LONGEST_LABEL, LONGEST_TITLE = 60, 120
_COUNTRIES = {"sv": "SE", "nb": "NO", "no": "NO", "nn": "NO"}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says who brings a package, for what the package itself does not."""

    country: str = ""
    valid_from: date | None = None

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Told":
        return cls(told.get("country", ""), _day(told.get("valid_from")))


@dataclass(slots=True)
class Row:
    """One row as the package wants it; `place` is where the package says so."""

    code: str
    identifier: uuid.UUID
    values: dict[str, Any]
    case: dict[str, Any]
    place: str
    under: str | None = None


@dataclass(slots=True)
class Meant:
    framework: Row
    areas: list[Row] = field(default_factory=list)
    goals: list[Row] = field(default_factory=list)


def of(package: Package, told: Told) -> Meant:
    """The rows that a package stands for. Goals right under the document get a heading named after it."""
    meant = Meant(_framework(package, told))
    language = package.document.get("language")
    loose = [item for item in package.top if not item.is_area]
    if loose:
        meant.areas.append(_own_heading(meant.framework, len(package.items)))
    for item in sorted(package.items, key=lambda item: (item.order, item.number)):
        if not item.is_area:
            under = item.parent.code if item.parent else meant.areas[0].code
            meant.goals.append(_goal(item, under, language))
    for position, item in enumerate(sorted(package.top, key=_order), start=1):
        if item.is_area:
            _areas(meant, item, position * 100, language)
    return meant


def _order(item: Item) -> tuple[int, int]:
    return item.order, item.number


def _areas(meant: Meant, item: Item, order: int, language: Any) -> None:
    under = item.parent.code if item.parent else None
    meant.areas.append(Row(item.code, item.identifier, _area(item, order, language), item.raw, item.place, under))
    for position, part in enumerate(sorted((one for one in item.below if one.is_area), key=_order), start=1):
        _areas(meant, part, order + position, language)


def _framework(package: Package, told: Told) -> Row:
    document = package.document
    ours = _ours(document)
    language = supported(document.get("language"))
    code = ours.get("code") or slugify(document["title"]).upper()[:40] or str(package.identifier)[:8]
    starts = _day(ours.get("validFrom")) or told.valid_from or _day(document.get("statusStartDate"))
    values = {
        "family": ours.get("family") or code,
        "country": ours.get("country") or told.country or _COUNTRIES.get(str(document.get("language"))[:2], "SE"),
        "language": language,
        **_said(ours, "title", language, document["title"][:LONGEST_TITLE]),
        "valid_from": starts or _day(document.get("lastChangeDateTime")),
        "valid_until": _day(ours.get("validUntil")) or _day(document.get("statusEndDate")),
        "source_url": _https(document.get("officialSourceURL")),
    }
    case = {
        "document": document,
        "associations": package.associations,
        "definitions": package.definitions,
        "more": package.more,
    }
    return Row(code, package.identifier, values, case, "/CFDocument")


def _own_heading(framework: Row, order: int) -> Row:
    titles = {f"label_{code}": framework.values[f"title_{code}"][:LONGEST_LABEL] for code in LANGUAGES}
    key = uuid.uuid5(framework.identifier, "heading")
    return Row(f"{framework.code[:36]}:*", key, {"order": order * 100, **titles}, {"ours": True}, "/CFDocument")


def _area(item: Item, order: int, language: Any) -> dict[str, Any]:
    spoken = supported(item.raw.get("language") or language)
    return {"order": order, **_said(_ours(item.raw), "label", spoken, _label(item.raw))}


def _goal(item: Item, under: str, language: Any) -> Row:
    spoken, ours = supported(item.raw.get("language") or language), _ours(item.raw)
    # Of a goal that has a short label already, the whole statement is no newer one.
    short = _label(item.raw) if item.raw.get("abbreviatedStatement") or "label" not in ours else ""
    values = {
        "order": item.order,
        **_said(ours, "label", spoken, short),
        **_said(ours, "text", spoken, item.raw["fullStatement"]),
        "retired_on": _day(ours.get("retiredOn")) or _day(item.raw.get("statusEndDate")),
    }
    return Row(item.code, item.identifier, values, item.raw, item.place, under)


def _ours(raw: dict[str, Any]) -> dict[str, Any]:
    extensions = raw.get("extensions")
    ours = extensions.get(OURS) if isinstance(extensions, dict) else None
    return ours if isinstance(ours, dict) else {}


def _said(ours: dict[str, Any], stem: str, language: str, plain: str) -> dict[str, str]:
    """Our own translations where the package carries them; else the one text, in its language.

    Another system that edits the standard's text passes ours on as it came, so what ours does not know is newer.
    """
    texts = ours.get(stem)
    told = texts if isinstance(texts, dict) else {language: plain}
    if plain and _plainly(plain) not in _known(ours):
        told = {**told, language: plain}
    return {f"{stem}_{code}": str(told.get(code) or "") for code in LANGUAGES}


def _known(ours: dict[str, Any]) -> set[str]:
    spoken = [texts for texts in (ours.get(stem) for stem in ("title", "label", "text")) if isinstance(texts, dict)]
    return {_plainly(text) for texts in spoken for text in texts.values() if isinstance(text, str)}


def _plainly(text: str) -> str:
    return " ".join(text.split())


def _label(raw: dict[str, Any]) -> str:
    """What fits on a chip: the abbreviated statement, else the beginning of the whole one, cut between words."""
    short = raw.get("abbreviatedStatement")
    whole = " ".join((short if isinstance(short, str) and short.strip() else raw["fullStatement"]).split())
    if len(whole) <= LONGEST_LABEL:
        return whole
    return re.sub(r"\W+\w*$", "", whole[:LONGEST_LABEL]) + "…"


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _https(value: Any) -> str:
    return value if isinstance(value, str) and value.startswith("https://") and len(value) <= 500 else ""
