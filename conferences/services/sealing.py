"""Sealing: the record is closed for good; what comes later is added beside it, with its date."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from conferences import versions
from conferences.models import Conference, Offer, Version
from conferences.services.locking import locked
from conferences.services.showing import write_version
from conferences.versions import Parts
from visibility.matrix import ADD, READ, SEAL
from visibility.viewer import Hat, Viewer


@transaction.atomic
def seal(*, conference: Conference, by: Viewer) -> Version:
    """Seal everything meant for the homes, what they handed in, and what was agreed; once.

    A second tap, or a colleague in the same second, gets the version that stands. Raises PermissionDenied.
    """
    row = _unless_sealed(conference, by)
    if row is None:
        standing: Version = Version.objects.visible_to(by).get(conference=conference, kind=Version.Kind.SEALED)
        return standing
    parts = versions.of_working_copy(row, Version.Kind.SEALED)
    version = write_version(row, Version.Kind.SEALED, parts, by)
    row.current, row.sealed_at, row.sealed_by = version, by.at, by.person
    row.shown_at = row.shown_at or by.at
    row.save(update_fields=["current", "sealed_at", "sealed_by", "shown_at"])
    # Times that are offered still go back; a booked one tells when the talk was.
    Offer.objects.filter(conference=row, ended_at__isnull=True, booked_at__isnull=True).update(ended_at=by.at)
    return version


def _unless_sealed(conference: Conference, by: Viewer) -> Conference | None:
    """The row locked for sealing, or None where somebody who may seal finds it sealed already."""
    try:
        return locked(conference=conference, by=by, action=SEAL)
    except PermissionDenied:
        row = locked(conference=conference, by=by, action=READ)
        # Whoever may add to a sealed record is who might have sealed it.
        if by.hat != Hat.STAFF or row.sealed_at is None:
            raise
        locked(conference=row, by=by, action=ADD)
        return None


@transaction.atomic
def add(*, conference: Conference, text: str, by: Viewer, client_key: uuid.UUID | None = None) -> Version:
    """Add words to a sealed record, under their own date; the same key again is the same addition.

    Raises PermissionDenied.
    """
    row = locked(conference=conference, by=by, action=ADD)
    if row.sealed_at is None:
        raise PermissionDenied
    found: Version | None = Version.objects.filter(public_id=client_key).first() if client_key else None
    if found is not None:
        if found.conference_id != row.pk or found.kind != Version.Kind.ADDENDUM:
            raise PermissionDenied
        return found
    return write_version(row, Version.Kind.ADDENDUM, Parts(), by, text=text, key=client_key)
