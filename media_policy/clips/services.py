"""Receiving films and recordings in pieces, making them ready, saying who is in them, erasing them."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F

from media_policy import files, spool
from media_policy.clips import raw, targets, workshop
from media_policy.clips.models import Clip, ClipErasure, ClipFile, ClipSubject, ClipUpload
from media_policy.clips.purposes import ClipPurpose
from media_policy.clips.refusal import ClipReason, ClipRefused
from media_policy.clips.targets import Target
from people.models import Child
from visibility.viewer import Viewer

PIECE = 1024 * 1024
MOST_AT_ONCE = 5
MOST_TRIES = 3
LONGEST_STAY = timedelta(hours=24)


class OutOfStep(Exception):
    """The piece does not follow what has arrived; `received` says where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__("The piece does not follow.")
        self.received = received


def begin(*, target: str, about: uuid.UUID, by: Viewer, size: int, client_key: uuid.UUID) -> ClipUpload | Clip:
    """Begin to receive a file of so many bytes, or go on: the same key gives what is there of it, or what came of it.

    Raises PermissionDenied, ClipRefused.
    """
    place = _place(target, by, about)
    known = _made(by, client_key)
    if known is not None:
        return known
    if size < 1:
        raise ClipRefused(ClipReason.EMPTY)
    if size > settings.CLIP_MAX_BYTES:
        raise ClipRefused(ClipReason.TOO_HEAVY)
    with transaction.atomic():
        upload: ClipUpload
        upload, new = ClipUpload.objects.get_or_create(
            uploaded_by=by.person,
            client_key=client_key,
            defaults={
                "organisation_id": place.unit.organisation_id,
                "unit": place.unit,
                "target": target,
                "about": about,
                "raw_name": raw.new_name(),
                "size": size,
                "touched_at": by.at,
            },
        )
        if (upload.size, upload.target, upload.about) != (size, target, about):
            raise PermissionDenied
        if new:
            _let_go_of_oldest(by)
    if raw.holds(upload.raw_name) < upload.received:
        # The spool was emptied meanwhile: what was said to have arrived has not.
        ClipUpload.objects.filter(pk=upload.pk).update(received=0)
        upload.received = 0
    # Whole already: a crash came between the last piece and what follows it.
    return upload if upload.received < upload.size else _finish(upload, by, place)


def _place(target: str, by: Viewer, about: uuid.UUID) -> Target:
    found = targets.find(target, by, about)
    if found is None:
        raise PermissionDenied
    return found


def _made(by: Viewer, client_key: uuid.UUID) -> Clip | None:
    return Clip.objects.standing().filter(uploaded_by=by.person, client_key=client_key).first()


def _let_go_of_oldest(by: Viewer) -> None:
    """Nobody films on six devices at once; what somebody began and left makes room."""
    rows = ClipUpload.objects.filter(uploaded_by=by.person).order_by("-touched_at", "-pk")
    for upload in rows[MOST_AT_ONCE:]:
        drop(upload=upload)


def receive(*, upload: ClipUpload, by: Viewer, offset: int, data: bytes) -> ClipUpload | Clip:
    """Take one piece; gives the upload, or the clip when it was the last. Raises OutOfStep, PermissionDenied."""
    place = _place(upload.target, by, upload.about)
    if offset != upload.received or not 0 < len(data) <= min(PIECE, upload.size - offset):
        raise OutOfStep(upload.received)
    raw.write_at(upload.raw_name, offset, data)
    received = offset + len(data)
    # Bytes first: what a row says has arrived is on the disk. The same piece sent twice at once counts once.
    mine = ClipUpload.objects.filter(pk=upload.pk, received=offset).update(received=received, touched_at=by.at)
    if not mine:
        upload.refresh_from_db(fields=["received"])
        raise OutOfStep(upload.received)
    upload.received = received
    return upload if received < upload.size else _finish(upload, by, place)


def _finish(upload: ClipUpload, by: Viewer, place: Target) -> Clip:
    try:
        with transaction.atomic():
            clip = _clip(place, by, upload.client_key, upload.raw_name)
            upload.delete()
    except IntegrityError:
        twin = _made(by, upload.client_key)
        if twin is None:
            raise
        return twin  # asked twice at once
    return clip


def drop(*, upload: ClipUpload) -> None:
    """Let go of what has arrived."""
    raw.remove(upload.raw_name)
    upload.delete()


def take_in_whole(
    *, upload: "UploadedFile[Any]", target: str, about: uuid.UUID, by: Viewer, client_key: uuid.UUID
) -> Clip:
    """Take a file that came with a form, without a script. Raises PermissionDenied, ClipRefused."""
    try:
        place = _place(target, by, about)
        known = _made(by, client_key)
        if known is not None:
            return known
        if not upload.size:
            raise ClipRefused(ClipReason.EMPTY)
        if upload.size > settings.CLIP_MAX_BYTES:
            raise ClipRefused(ClipReason.TOO_HEAVY)
        return _whole(upload, place, by, client_key)
    finally:
        spool.let_go(upload)


def _whole(upload: "UploadedFile[Any]", place: Target, by: Viewer, client_key: uuid.UUID) -> Clip:
    name, offset = raw.new_name(), 0
    try:
        for piece in upload.chunks(PIECE):
            raw.write_at(name, offset, piece)
            offset += len(piece)
        with transaction.atomic():
            return _clip(place, by, client_key, name)
    except IntegrityError:
        raw.remove(name)
        twin = _made(by, client_key)
        if twin is None:
            raise
        return twin  # the same form, sent twice at once
    except BaseException:
        raw.remove(name)
        raise


def _clip(place: Target, by: Viewer, client_key: uuid.UUID, raw_name: str) -> Clip:
    from media_policy.clips.tasks import make_clip

    clip: Clip = Clip.objects.create(
        organisation_id=place.unit.organisation_id,
        unit=place.unit,
        uploaded_by=by.person,
        uploaded_at=by.at,
        client_key=client_key,
        raw_name=raw_name,
    )
    place.keep(clip)
    make_clip.enqueue(clip_id=clip.pk)
    return clip


def make(*, clip_id: int) -> None:
    """Make a clip ready, or note why not; the raw file is erased either way. Bears to run twice, and at once."""
    begun = Clip.objects.waiting().filter(pk=clip_id).update(tries=F("tries") + 1, progress=0)
    if not begun:
        return
    clip: Clip = Clip.objects.get(pk=clip_id)
    source = raw.path_of(clip.raw_name)
    if clip.tries > MOST_TRIES or not source.is_file():
        # Whatever made the worker die each time would do it again.
        refuse(clip=clip, reason=ClipReason.LOST)
        return

    def progress(done: int) -> None:
        Clip.objects.waiting().filter(pk=clip_id).update(progress=done)

    with raw.workplace(clip.raw_name) as folder:
        try:
            made = workshop.make(source, folder, progress)
        except ClipRefused as refused:
            refuse(clip=clip, reason=refused.clip_reason)
            return
        _keep(clip, made)


def _keep(clip: Clip, made: workshop.Made) -> None:
    names: dict[ClipPurpose, str] = {}
    try:
        for purpose, piece in made.pieces.items():
            names[purpose] = files.put(piece.path, extension=piece.extension, content_type=piece.content_type)
    except BaseException:
        files.remove(names.values())
        raise
    play = made.pieces[ClipPurpose.PLAY]
    with transaction.atomic():
        # Another worker may have been faster, or somebody erased it meanwhile: then these files are nobody's.
        mine = (
            Clip.objects.waiting()
            .filter(pk=clip.pk)
            .update(
                state=Clip.State.READY,
                kind=made.kind,
                duration_ms=round(made.seconds * 1000),
                width=play.width,
                height=play.height,
                progress=100,
                raw_name="",
            )
        )
        if mine:
            ClipFile.objects.bulk_create(
                ClipFile(
                    clip=clip,
                    purpose=purpose,
                    etag=secrets.token_urlsafe(18),
                    storage_name=names[purpose],
                    content_type=piece.content_type,
                    byte_size=piece.path.stat().st_size,
                )
                for purpose, piece in made.pieces.items()
            )
    if mine:
        raw.remove(clip.raw_name)
    else:
        files.remove(names.values())


def refuse(*, clip: Clip, reason: ClipReason) -> None:
    """Note why a clip was not taken in; its raw file is gone."""
    Clip.objects.waiting().filter(pk=clip.pk).update(state=Clip.State.REFUSED, refusal=reason.value, raw_name="")
    raw.remove(clip.raw_name)


def mark_clip(*, clip: Clip, children: Iterable[Child], nobody: bool, by: Viewer) -> Clip:
    """Say who can be recognised: these children, or nobody; neither takes back what was said before."""
    keys = {child.pk for child in children}
    if keys and nobody:
        raise ValueError("Either children can be recognised, or nobody can.")
    with transaction.atomic():
        row: Clip = Clip.objects.standing().select_for_update().get(pk=clip.pk)
        row.subjects.exclude(child__in=keys).delete()
        there = set(row.subjects.values_list("child_id", flat=True))
        ClipSubject.objects.bulk_create(ClipSubject(clip=row, child_id=key) for key in sorted(keys - there))
        row.marking = Clip.Marking.CHILDREN if keys else Clip.Marking.UNMARKED
        if nobody:
            row.marking = Clip.Marking.NOBODY
        row.marked_by, row.marked_at = by.person, by.at
        row.save(update_fields=["marking", "marked_by", "marked_at"])
    return row


def erase_clip(*, clip: Clip, by_reason: str, at: datetime) -> ClipErasure:
    """Empty the row, drop its marks and files, the raw one too; leaves a receipt."""
    with transaction.atomic():
        row: Clip = Clip.objects.select_for_update().get(pk=clip.pk)
        if row.erased_at is not None:
            return row.erasure
        raw_name, names = row.raw_name, list(row.files.values_list("storage_name", flat=True))
        row.files.all().delete()
        row.subjects.all().delete()
        row.uploaded_by = row.client_key = row.marked_by = row.marked_at = None
        row.raw_name, row.marking = "", Clip.Marking.UNMARKED
        row.duration_ms = row.width = row.height = row.progress = 0
        row.erased_at = at
        row.save()
        receipt = ClipErasure.objects.create(
            clip=row, erased_at=at, reason=ClipErasure.Reason(by_reason), files=len(names)
        )
        # May be lost in a crash: then the files have no row and the sweep finds them.
        transaction.on_commit(partial(files.remove, names), robust=True)
        transaction.on_commit(partial(raw.remove, raw_name), robust=True)
    return receipt


def sweep(*, at: datetime) -> int:
    """Let go of uploads and raw files a day old, and of what nothing holds; returns how many were erased."""
    for upload in ClipUpload.objects.filter(touched_at__lt=at - LONGEST_STAY).order_by("pk"):
        drop(upload=upload)
    for clip in Clip.objects.waiting().uploaded_before(at - LONGEST_STAY).order_by("pk"):
        refuse(clip=clip, reason=ClipReason.LOST)
    erased = 0
    for clip in Clip.objects.unheld().uploaded_before(at - LONGEST_STAY).order_by("pk").iterator():
        erase_clip(clip=clip, by_reason=ClipErasure.Reason.UNUSED, at=at)
        erased += 1
    return erased
