"""Showing: what the staff prepared becomes a version, and homes read versions only."""

import uuid

from django.db import transaction

from conferences import versions
from conferences.homes import homes_now
from conferences.models import Conference, RecordedField, RecordedMaterial, Side, Version
from conferences.services.locking import locked
from conferences.versions import Parts
from visibility.matrix import SHOW
from visibility.viewer import Viewer


@transaction.atomic
def show(*, conference: Conference, by: Viewer) -> Version:
    """Show the homes what is meant for them; without a change in between it is the version that stands.

    Raises PermissionDenied.
    """
    row = locked(conference=conference, by=by, action=SHOW)
    parts = versions.of_working_copy(row, Version.Kind.SHOWN)
    if row.current is not None and versions.of_version(row.current).plain() == parts.plain():
        return row.current
    version = write_version(row, Version.Kind.SHOWN, parts, by)
    row.current, row.shown_at = version, row.shown_at or by.at
    row.save(update_fields=["current", "shown_at"])
    known = set(row.sides.values_list("home_id", flat=True))
    Side.objects.bulk_create(
        Side(conference=row, home=one.home) for one in homes_now(row.child_id, by.at) if one.home.pk not in known
    )
    return version


def write_version(
    conference: Conference, kind: str, parts: Parts, by: Viewer, *, text: str = "", key: uuid.UUID | None = None
) -> Version:
    """Add a version with its parts; the conference is locked by whoever asks for it."""
    last = conference.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version(
        conference=conference, number=last + 1, kind=kind, at=by.at, by=by.person, text=text,
        agreements=parts.agreements,
    )  # fmt: skip
    if key is not None:
        version.public_id = key
    version.digest = versions.digest_of(version, parts)
    version.save(force_insert=True)
    for field in parts.fields:
        field.version = version
    for material in parts.materials:
        material.version = version
    RecordedField.objects.bulk_create(parts.fields)
    RecordedMaterial.objects.bulk_create(parts.materials)
    return version
