"""Takes a package in as drafts: nothing that anybody sees changes until the framework is published."""

import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from curriculum.case import meaning, reading
from curriculum.case.diffing import ADDED, SAME, Change, Diff, diff
from curriculum.case.faults import CaseError, Fault
from curriculum.case.meaning import Meant, Told
from curriculum.models import Area, Framework, Goal
from curriculum.models.package import Package

# The package says all that is needed.
NOTHING = Told()


def bring(*, raw: bytes, name: str, told: Told, by: Any, at: datetime) -> Package:
    """Keep a package that can be read, to be looked at; raises CaseError and keeps nothing of one that cannot."""
    compare(raw, told)
    kept = {"country": told.country, "valid_from": told.valid_from.isoformat() if told.valid_from else ""}
    content = raw.decode("utf-8-sig")
    return Package.objects.create(name=name[:200], content=content, told=kept, brought_by=by, brought_at=at)


def brought(public_id: uuid.UUID) -> Package | None:
    """The package at this address."""
    return Package.objects.filter(public_id=public_id).first()


def compare(raw: bytes, told: Told = NOTHING) -> Diff:
    """What a package would change. Raises CaseError."""
    return diff(meaning.of(reading.read(raw), told))


@transaction.atomic
def apply(*, package: Package, by: Any, at: datetime) -> Framework:
    """Write the package as drafts, all of it or nothing; a second time changes nothing. Raises CaseError."""
    framework = take_in(raw=package.content.encode(), told=Told.of(package.told), by=by)
    package.applied_at = at
    package.save(update_fields=["applied_at"])
    return framework


@transaction.atomic
def take_in(*, raw: bytes, told: Told = NOTHING, by: Any = None) -> Framework:
    """As `apply`, for a file that nobody keeps."""
    meant = meaning.of(reading.read(raw), told)
    return _Writer(meant, diff(meant), by).write()


class _Writer:
    def __init__(self, meant: Meant, found: Diff, by: Any) -> None:
        self.meant, self.diff, self.by = meant, found, by
        self.areas: dict[str, Area] = {}

    def write(self) -> Framework:
        first, *rest = self.diff.changes
        framework: Framework = self.put(first, Framework(), {})
        if any(change.state != SAME or change.unseen for change in rest) and first.state == SAME and not first.unseen:
            # Something below has changed, so the framework needs a draft that can be reviewed for all of it.
            framework.save_revision(user=self.by)
        for change in rest:
            if change.model is Area:
                above = {"framework_id": framework.pk, "parent": self.areas.get(change.row.under or "")}
                self.areas[change.row.code] = self.put(change, Area(), above)
        for change in rest:
            if change.model is Goal:
                area = self.areas[change.row.under or ""]
                self.put(change, Goal(), {"area": area, "framework_id": framework.pk})
        return framework

    def put(self, change: Change, empty: Any, above: dict[str, Any]) -> Any:
        row = change.found if change.found is not None else empty
        if change.state == SAME and not change.unseen:
            return row
        for name, value in {"code": change.row.code, **change.row.values, **above, "case": change.row.case}.items():
            setattr(row, name, value)
        row.with_framework = not isinstance(row, Framework)
        try:
            if change.state == ADDED:
                row.public_id, row.live = uuid.UUID(str(change.row.identifier)), False
                row.full_clean()
                row.save()
            row.save_revision(user=self.by)
        except ValidationError as error:
            said = "; ".join(error.messages)
            raise CaseError([Fault(f"“{change.row.code}”: {said}", change.row.place)]) from error
        type(row).objects.filter(pk=row.pk).update(with_framework=row.with_framework)
        return row
