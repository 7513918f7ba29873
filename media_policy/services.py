"""Taking pictures in, saying who is in them, erasing them."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from media_policy import files, intake, spool
from media_policy.intake import Piece, Prepared
from media_policy.models import Derivative, Picture, PictureErasure, PictureSubject
from media_policy.purposes import Purpose
from people.models import Child, Organisation, Unit
from visibility.viewer import Viewer

EXTENSION = "webp"
# A camera whose clock is ahead says nothing useful about when.
_CLOCKS_DIFFER = timedelta(days=1)


def take_in(
    *,
    upload: "UploadedFile[Any]",
    by: Viewer,
    unit: Unit,
    organisation: Organisation,
    client_key: uuid.UUID | None = None,
) -> Picture:
    """Keep an uploaded picture as its derivatives alone; raises Refused. The raw file is erased in any case.

    The same `client_key` from the same person gives the picture that is there already.
    """
    if unit.organisation_id != organisation.pk:
        raise ValueError("The unit belongs to another organisation.")
    with spool.taken_out(upload) as data:
        twin = known(by, client_key)
        if twin is not None:
            return twin
        prepared = intake.prepare(data, zone=ZoneInfo(organisation.time_zone))
    return keep(prepared, by=by, unit=unit, client_key=client_key)


def known(by: Viewer, client_key: uuid.UUID | None) -> Picture | None:
    """The picture that this person has sent under this key already."""
    if client_key is None:
        return None
    return Picture.objects.standing().filter(uploaded_by=by.person, client_key=client_key).first()


def keep(
    prepared: Prepared,
    *,
    by: Viewer,
    unit: Unit,
    client_key: uuid.UUID | None,
    made_from: Picture | None = None,
    covered: bool = False,
) -> Picture:
    """Write down a picture that `intake.prepare` or the painter has made, also in another process."""
    taken_at = prepared.taken_at if prepared.taken_at and prepared.taken_at < by.at + _CLOCKS_DIFFER else None
    # Files first: a row never names a file that is not there. What a crash leaves behind, the sweep removes.
    names = _write(prepared)
    try:
        with transaction.atomic():
            picture: Picture = Picture.objects.create(
                organisation_id=unit.organisation_id,
                unit=unit,
                uploaded_by=by.person,
                uploaded_at=by.at,
                client_key=client_key,
                width=prepared.width,
                height=prepared.height,
                taken_at=taken_at,
                made_from=made_from,
                covered=covered,
            )
            Derivative.objects.bulk_create(
                _derivative(picture, purpose, names[purpose], piece) for purpose, piece in prepared.pieces.items()
            )
    except IntegrityError:
        # Only here is it certain that no row names the files; after a lost connection it may have been committed.
        files.remove(names.values())
        twin = known(by, client_key)
        if twin is None:
            raise
        return twin  # the same upload, sent twice at once
    return picture


def _write(prepared: Prepared) -> dict[Purpose, str]:
    names: dict[Purpose, str] = {}
    try:
        for purpose, piece in prepared.pieces.items():
            names[purpose] = files.write(piece.data, extension=EXTENSION, content_type=intake.CONTENT_TYPE)
    except BaseException:
        files.remove(names.values())
        raise
    return names


def _derivative(picture: Picture, purpose: Purpose, name: str, piece: Piece) -> Derivative:
    return Derivative(
        picture=picture,
        purpose=purpose,
        etag=secrets.token_urlsafe(18),
        storage_name=name,
        content_type=intake.CONTENT_TYPE,
        byte_size=len(piece.data),
        width=piece.width,
        height=piece.height,
    )


def mark(*, picture: Picture, children: Iterable[Child] | None, nobody: bool, by: Viewer) -> Picture:
    """Say who can be recognised: these children, or nobody; neither takes back what was said before."""
    keys = {child.pk for child in children or ()}
    if keys and nobody:
        raise ValueError("Either children can be recognised, or nobody can.")
    with transaction.atomic():
        row: Picture = Picture.objects.standing().select_for_update().get(pk=picture.pk)
        row.subjects.exclude(child__in=keys).delete()
        there = set(row.subjects.values_list("child_id", flat=True))
        PictureSubject.objects.bulk_create(PictureSubject(picture=row, child_id=key) for key in sorted(keys - there))
        _mark_what_is_made_of(row, keys - there)
        row.marking = Picture.Marking.CHILDREN if keys else Picture.Marking.UNMARKED
        if nobody:
            row.marking = Picture.Marking.NOBODY
        row.marked_by, row.marked_at = by.person, by.at
        row.save(update_fields=["marking", "marked_by", "marked_at"])
    return row


def _mark_what_is_made_of(picture: Picture, added: set[int]) -> None:
    """Whoever turns out to be on a picture may be on what was made of it, until somebody looks and says otherwise."""
    made = Picture.objects.standing().filter(made_from=picture).exclude(marking=Picture.Marking.UNMARKED)
    for variant in made.order_by("pk") if added else ():
        there = set(variant.subjects.values_list("child_id", flat=True))
        fresh = [PictureSubject(picture=variant, child_id=key) for key in sorted(added - there)]
        PictureSubject.objects.bulk_create(fresh)
        Picture.objects.filter(pk=variant.pk).update(marking=Picture.Marking.CHILDREN)


def erase_picture(*, picture: Picture, by_reason: str, at: datetime) -> PictureErasure:
    """Empty the row, drop its marks and derivatives, and their files when that is committed; leaves a receipt.

    What stands in for it goes with it.
    """
    with transaction.atomic():
        row: Picture = Picture.objects.select_for_update().get(pk=picture.pk)
        if row.erased_at is not None:
            return row.erasure
        for made in Picture.objects.standing().filter(made_from=row).order_by("pk"):
            erase_picture(picture=made, by_reason=by_reason, at=at)
        names = list(row.derivatives.values_list("storage_name", flat=True))
        row.derivatives.all().delete()
        row.subjects.all().delete()
        row.uploaded_by = row.client_key = row.taken_at = row.marked_by = row.marked_at = None
        row.made_from, row.covered = None, False
        row.marking, row.width, row.height, row.erased_at = Picture.Marking.UNMARKED, 0, 0, at
        row.save()
        receipt = PictureErasure.objects.create(
            picture=row, erased_at=at, reason=PictureErasure.Reason(by_reason), files=len(names)
        )
        # May be lost in a crash: then the files have no row and the sweep finds them.
        transaction.on_commit(lambda: files.remove(names), robust=True)
    return receipt


def jpeg_copy(picture: Picture) -> Piece:
    """A JPEG of a picture for a PDF or a package, made from its master; nothing of it is kept here."""
    master = picture.derivatives.get(purpose=Purpose.MASTER)
    with files.storage().open(master.storage_name, "rb") as file:
        return intake.jpeg_of(file.read())
