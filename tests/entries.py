"""Shortcuts for tests about entries: write, share, give a picture. They go through the services, as the screens do."""

import uuid
from datetime import date, datetime
from typing import Any

from learninglog import services
from learninglog.models import Entry, EntryClip, SharedVersion
from learninglog.services.clips import keep_clip
from learninglog.services.drafts import ChildInput, EntryInput
from media_policy.models import Clip, ClipFile, ClipSubject, Derivative, Picture, PictureSubject
from people.models import Child
from tests.cast import NOW, TODAY, Cast


def write(
    cast: Cast, *children: Child, by: str = "cecilia", title: str = "Whose leaf is this?",
    text: str = "We sorted leaves.", at: datetime = NOW, happened_on: date = TODAY,
    lines: dict[Child, str] | None = None,
    quotes: dict[Child, list[str]] | None = None, group: Any = None, **more: Any,
) -> Entry:  # fmt: skip
    """A draft about these children, saved once."""
    viewer = cast.viewer(by, at=at)
    entry = services.start_entry(group=group or cast.granen, by=viewer, happened_on=happened_on)
    data = EntryInput(
        title=title,
        text=text,
        happened_on=happened_on,
        children={
            child.pk: ChildInput(line=(lines or {}).get(child, ""), quotes=(quotes or {}).get(child, []))
            for child in children
        },
        **more,
    )
    entry, taken = services.save_entry(entry=entry, by=viewer, revision=entry.revision, data=data)
    assert taken
    return entry


def share(cast: Cast, entry: Entry, by: str = "cecilia", at: datetime = NOW) -> SharedVersion:
    entry.refresh_from_db()
    return services.share_entry(entry=entry, by=cast.viewer(by, at=at))


def shared(cast: Cast, *children: Child, **more: Any) -> Entry:
    """An entry about these children, shared by the one who wrote it."""
    entry = write(cast, *children, **more)
    share(cast, entry, by=more.get("by", "cecilia"), at=more.get("at", NOW))
    entry.refresh_from_db()
    return entry


def picture(cast: Cast, *subjects: Child, nobody: bool = False, by: str = "cecilia", at: datetime = NOW) -> Picture:
    """A picture row with its derivatives' rows (no files), marked with these children."""
    marking = Picture.Marking.CHILDREN if subjects else Picture.Marking.NOBODY if nobody else Picture.Marking.UNMARKED
    row = Picture.objects.create(
        organisation=cast.organisation, unit=cast.unit, uploaded_by=getattr(cast, by), uploaded_at=at,
        client_key=uuid.uuid4(), width=1600, height=1200, marking=marking,
    )  # fmt: skip
    PictureSubject.objects.bulk_create(PictureSubject(picture=row, child=child) for child in subjects)
    Derivative.objects.bulk_create(
        Derivative(
            picture=row, purpose=purpose, etag=uuid.uuid4().hex, storage_name=uuid.uuid4().hex,
            content_type="image/webp", byte_size=10, width=80, height=60,
        )
        for purpose in ("master", "full", "card", "thumb")
    )  # fmt: skip
    return row


def film(
    cast: Cast, *subjects: Child, nobody: bool = False, by: str = "cecilia", at: datetime = NOW, kind: str = "film"
) -> Clip:
    """A film that has been made ready, with its files' rows (no files), marked with these children."""
    marking = Clip.Marking.CHILDREN if subjects else Clip.Marking.NOBODY if nobody else Clip.Marking.UNMARKED
    row = Clip.objects.create(
        organisation=cast.organisation, unit=cast.unit, uploaded_by=getattr(cast, by), uploaded_at=at,
        client_key=uuid.uuid4(), kind=kind, state="ready", progress=100, duration_ms=10_000, width=1280, height=720,
        marking=marking,
    )  # fmt: skip
    ClipSubject.objects.bulk_create(ClipSubject(clip=row, child=child) for child in subjects)
    ClipFile.objects.bulk_create(
        ClipFile(
            clip=row, purpose=purpose, etag=uuid.uuid4().hex, storage_name=uuid.uuid4().hex, content_type=kind,
            byte_size=10,
        )
        for purpose, kind in (("play", "video/mp4"), ("poster", "image/webp"))
    )  # fmt: skip
    return row


def put_film(cast: Cast, entry: Entry, *clips: Clip, by: str = "cecilia", words: str = "") -> Entry:
    for row in clips:
        held = keep_clip(entry=entry, clip=row, by=cast.viewer(by))
        EntryClip.objects.filter(pk=held.pk).update(words=words)
    entry.refresh_from_db()
    return entry


def put_in(cast: Cast, entry: Entry, *pictures: Picture, by: str = "cecilia", at: datetime = NOW) -> Entry:
    for row in pictures:
        services.add_picture(entry=entry, picture=row, by=cast.viewer(by, at=at))
    entry.refresh_from_db()
    return entry
