"""Shared versions as a family's rendition reads them: plain values, in four statements whatever their number."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from ground.prepared import Prepared
from learninglog.models import SharedVersion, VersionChild, VersionPicture
from learninglog.pictures import Openings, shown_to_families
from people.models import GroupOpening


class About(NamedTuple):
    """One child of an entry, before masking. Remarks are (goal id, text)."""

    child_id: int
    line: str
    asked: str
    quotes: list[str]
    remarks: list[tuple[int, str]]


class Shot(NamedTuple):
    """A picture of an entry with its words, before masking; width and height in pixels."""

    public_id: uuid.UUID
    alt: str
    caption: str
    width: int
    height: int


@dataclass(slots=True)
class Version:
    """A shared version with its children, their first names, and the pictures that one viewer gets, in order."""

    pk: int
    at: datetime
    happened_on: date
    language: str
    title: str
    text: str
    goals: list[int]
    children: list[About] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    pictures: list[Shot] = field(default_factory=list)


_VERSIONS = Prepared(
    lambda keys: (
        SharedVersion.objects.filter(pk__in=keys)
        .order_by("pk")
        .values_list("pk", "at", "happened_on", "language", "title", "text", "goals")
    ),
    keys=[int],
)
_CHILDREN = Prepared(
    lambda keys: (
        VersionChild.objects.filter(version__in=keys, child__isnull=False)
        .order_by("position", "pk")
        .values_list(
            "version_id", "child__given_name", "child__blocked_at", "child_id", "line", "asked", "quotes", "remarks"
        )
    ),
    keys=[int],
)
# Where no group is open it makes no difference when one looks.
FIRST = datetime.min.replace(tzinfo=UTC)


def _shots(keys: Any, shown: QuerySet[VersionPicture]) -> Any:
    rows = VersionPicture.objects.filter(pk__in=shown.filter(version__in=keys).values("pk"))
    columns = ("version_id", "picture__public_id", "alt", "caption", "picture__width", "picture__height")
    return rows.order_by("position", "pk").values_list(*columns)


_PICTURES = Prepared(
    lambda keys, own: _shots(keys, shown_to_families(own, [], FIRST)),
    keys=[int],
    own=[int],
)


def _open_groups(groups: Any, at: Any) -> Any:
    open_now = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    rows = GroupOpening.objects.filter(open_now, opened_at__lte=at, group__in=groups)
    return rows.order_by("pk").values_list("group_id", "opened_at")


_OPENINGS = Prepared(_open_groups, groups=[int], at=datetime)


def read_versions(
    keys: Iterable[int], own: Iterable[int], opened: Openings = (), at: datetime = FIRST
) -> dict[int, Version]:  # fmt: skip
    """These versions by key, with the pictures that a family with these children gets now.

    `opened` are the groups of theirs that are open, and since when.
    """
    wanted = sorted(set(keys))
    found = {row[0]: Version(*row) for row in _VERSIONS.rows(keys=wanted)}
    for version, name, blocked, child, line, asked, quotes, remarks in _CHILDREN.rows(keys=wanted):
        found[version].children.append(About(child, line, asked, quotes, [(goal, text) for goal, text in remarks]))
        if blocked is None:
            found[version].names[child] = name
    mine = sorted(own)
    openly = _shots(wanted, shown_to_families(mine, opened, at)) if opened and wanted else None
    for version, *shot in _PICTURES.rows(keys=wanted, own=mine) if openly is None else openly:
        found[version].pictures.append(Shot(*shot))
    return found


def openings(groups: Iterable[int], at: datetime) -> list[tuple[int, datetime]]:
    """Which of these groups are open to each other's names now, and since when, as (group id, moment)."""
    return [(group, opened) for group, opened in _OPENINGS.rows(groups=sorted(set(groups)), at=at)]
