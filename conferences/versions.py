"""What stands in a version, as plain values: from the working copy when it is made, from its rows ever after.

The digest is over exactly these values, so that a printed copy can be compared with the record years later.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.db.models import Q

from conferences.models import (
    Agreement,
    Conference,
    FieldValue,
    Material,
    RecordedField,
    RecordedMaterial,
    Version,
)
from conferences.models.fields import Seen
from learninglog.models import Publication

# What may stand in a version of each kind; what only the staff see may stand in none.
IN_SHOWN = (Seen.SHOWN,)
IN_SEALED = (Seen.SHOWN, Seen.SEALED)


@dataclass(frozen=True)
class Parts:
    """`fields` and `materials` are rows without a version yet, in a fixed order."""

    fields: list[RecordedField] = field(default_factory=list)
    materials: list[RecordedMaterial] = field(default_factory=list)
    agreements: list[dict[str, Any]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        return {
            "fields": [
                [str(row.question), row.home_id, row.seen, row.value, row.written_by_id, _moment(row.written_at)]
                for row in self.fields
            ],
            "materials": [
                [str(row.question), row.home_id, row.seen, row.entry_id, row.shared_id, row.picture_id, row.position]
                for row in self.materials
            ],
            "agreements": self.agreements,
        }


def _moment(at: Any) -> str:
    return str(at.astimezone(UTC).isoformat())


def standing(rows: Iterable[FieldValue]) -> list[FieldValue]:
    """Of each field the value with the highest number."""
    newest: dict[tuple[Any, int | None], FieldValue] = {}
    for row in sorted(rows, key=lambda row: row.number):
        newest[row.question, row.home_id] = row
    return list(newest.values())


def of_working_copy(conference: Conference, kind: str) -> Parts:
    """What a version of this kind would hold now. Homes' own parts come in at sealing, once they are handed in."""
    sealed = kind == Version.Kind.SEALED
    handed_in = list(conference.sides.filter(handed_in_at__isnull=False).values_list("home_id", flat=True))
    told = Q(home__isnull=True, seen__in=IN_SEALED if sealed else IN_SHOWN)
    if sealed:
        told |= Q(home__in=handed_in, seen=Seen.HOME)
    values = standing(FieldValue.objects.filter(told, conference=conference))
    materials = list(Material.objects.filter(told, conference=conference))
    shared = dict(
        Publication.objects.filter(child=conference.child_id, entry__in=[row.entry_id for row in materials])
        .order_by("pk")
        .values_list("entry_id", "version_id")
    )
    return Parts(
        [
            RecordedField(
                question=row.question, home_id=row.home_id, seen=row.seen, value=row.value,
                written_by_id=row.written_by_id, written_at=row.written_at,
            )
            for row in sorted(values, key=lambda row: (str(row.question), row.home_id or 0))
        ],
        [
            RecordedMaterial(
                question=row.question, home_id=row.home_id, seen=row.seen, entry_id=row.entry_id,
                shared_id=shared.get(row.entry_id), picture_id=row.picture_id, position=row.position,
            )
            for row in sorted(materials, key=_place)
        ],
        [_agreed(row) for row in conference.agreements.order_by("position", "pk")] if sealed else [],
    )  # fmt: skip


def _place(row: Material | RecordedMaterial) -> tuple[str, int, int, int, int]:
    return str(row.question), row.home_id or 0, row.position, row.entry_id or 0, row.picture_id or 0


def _agreed(row: Agreement) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "question": str(row.question),
        "what": row.what,
        "who": row.who,
        "by_when": row.by_when.isoformat() if row.by_when else None,
    }


def of_version(version: Version) -> Parts:
    """What stands in a version, read from its rows."""
    fields = sorted(version.fields.order_by("pk"), key=lambda row: (str(row.question), row.home_id or 0))
    return Parts(fields, sorted(version.materials.order_by("pk"), key=_place), version.agreements)


def digest_of(version: Version, parts: Parts) -> str:
    """SHA-256 over everything in the version: whose, which, when, by whom, and every part."""
    whole = {
        "conference": str(version.conference.public_id),
        "number": version.number,
        "kind": version.kind,
        "at": _moment(version.at),
        "by": version.by_id,
        "text": version.text,
        **parts.plain(),
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def holds(version: Version) -> bool:
    """Whether the version is still what its digest was made of; one that was lawfully erased is not."""
    return digest_of(version, of_version(version)) == version.digest
