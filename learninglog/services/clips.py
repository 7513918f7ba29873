"""Films and recordings of the working copy: put in, said who is in them and what is said in them, taken out."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from learninglog import clips, mentions
from learninglog.models import Entry, EntryClip, SharedVersion, VersionClip, VersionClipSubject
from learninglog.services.composing import Marked, bump
from learninglog.services.drafts import Hand, labels_for, writable
from media_policy.clips.captions import LONGEST
from media_policy.clips.services import mark_clip
from media_policy.clips.targets import Target
from media_policy.models import Clip, ClipSubject
from people.models import Child
from visibility import ties
from visibility.matrix import WRITE
from visibility.relations import GUARDIAN
from visibility.viewer import Viewer


class OfClip(NamedTuple):
    """One film or recording of the working copy, and the keys of the children who can be recognised in it."""

    clip_id: int
    marking: str
    state: str
    position: int
    caption: str
    words: str
    subjects: list[int]


@dataclass(frozen=True)
class ClipInput:
    """What the form says of one film or recording."""

    marked: Marked
    caption: str = ""
    words: str = ""


def target(viewer: Viewer, public_id: uuid.UUID) -> Target | None:
    """The entry that a film is sent for, when the viewer may write on it now."""
    rows = Entry.objects.visible_to(viewer, WRITE).kept().filter(public_id=public_id)
    entry = rows.select_related("unit").first()
    return Target(entry.unit, partial(_keep, entry, viewer)) if entry is not None else None


def _keep(entry: Entry, by: Viewer, clip: Clip) -> None:
    keep_clip(entry=entry, clip=clip, by=by)


@transaction.atomic
def keep_clip(*, entry: Entry, clip: Clip, by: Viewer) -> EntryClip:
    """Put a film or a recording last in the entry; once, however often it is asked. Raises PermissionDenied."""
    row = writable(entry=entry, by=by)
    last = row.entry_clips.aggregate(last=Max("position"))["last"]
    held, _made = EntryClip.objects.get_or_create(
        entry=row, clip=clip, defaults={"position": 0 if last is None else last + 1}
    )
    return held


@transaction.atomic
def save_clips(*, entry: Entry, by: Viewer, said: Mapping[uuid.UUID, ClipInput]) -> None:
    """Write who is in the entry's films, and their words. Raises PermissionDenied."""
    row = writable(entry=entry, by=by)
    shown = clips.shown_to_staff(by).filter(entry=row, clip__public_id__in=list(said))
    held = list(shown.select_related("clip").prefetch_related("clip__subjects").order_by("pk"))
    if not held:
        return
    labels = labels_for(entry=row, by=by)
    known, hand = {label.child_id for label in labels}, Hand(row, by, labels)
    for one in held:
        given = said[one.clip.public_id]
        one.caption = mentions.cut(hand.tokens(given.caption, one.caption).strip(), 300)
        one.words = mentions.cut(hand.tokens(given.words, one.words).strip(), LONGEST)
        one.save(update_fields=["caption", "words"])
        _mark(one.clip, given.marked, known, by)


def _mark(clip: Clip, said: Marked, known: set[int], by: Viewer) -> None:
    standing = frozenset(subject.child_id for subject in clip.subjects.all())
    if said.children - standing - known:
        raise PermissionDenied
    # That somebody who may not be filmed is in it is not unsaid; the film is taken out instead.
    lasting = clips.not_filmed(set(standing), by.at)
    children = said.children | lasting
    nobody = said.nobody and not children
    if children != standing or nobody != (clip.marking == Clip.Marking.NOBODY):
        mark_clip(clip=clip, children=Child.objects.filter(pk__in=children), nobody=nobody, by=by)


@transaction.atomic
def take_out_clip(*, entry: Entry, by: Viewer, clip: uuid.UUID) -> Entry:
    """Take a film or a recording out of the working copy. Raises PermissionDenied; twice is once."""
    row = writable(entry=entry, by=by)
    held = clips.shown_to_staff(by).filter(entry=row, clip__public_id=clip).first()
    if held is None:
        return row
    EntryClip.objects.filter(pk=held.pk).delete()
    return bump(entry=row, by=by)


@transaction.atomic
def add_words(*, entry: Entry, by: Viewer, clip: uuid.UUID, words: str) -> None:
    """Take the lines of a caption file in the place of those that stood there. Raises PermissionDenied."""
    row = writable(entry=entry, by=by)
    held = clips.shown_to_staff(by).filter(entry=row, clip__public_id=clip).first()
    if held is not None:
        held.words = mentions.cut(mentions.clean(words), LONGEST)
        held.save(update_fields=["words"])
        bump(entry=row, by=by)


def of_entry(entry: Entry) -> list[OfClip]:
    """The films and recordings of the working copy as sharing reads them; one that was refused is none."""
    rows = EntryClip.objects.filter(entry=entry, clip__erased_at__isnull=True).exclude(clip__state=Clip.State.REFUSED)
    columns = ("clip_id", "clip__marking", "clip__state", "position", "caption", "words")
    found = list(rows.order_by("position", "pk").values_list(*columns))
    subjects: dict[int, list[int]] = {}
    if found:
        marked = ClipSubject.objects.filter(clip__in=[row[0] for row in found]).order_by("pk")
        for clip, child in marked.values_list("clip_id", "child_id"):
            subjects.setdefault(clip, []).append(child)
    return [OfClip._make((*row, subjects.get(row[0], []))) for row in found]


def reached(
    held: list[OfClip], *, entry: Entry, children: set[int], said_no: set[int], by: Viewer
) -> dict[int, set[int]]:
    """By film or recording, the entry's children whose families get it, as `clips.shown_to_family` decides it."""
    if not held:
        return {}
    everybody = {key for row in held for key in row.subjects}
    openly_seen = clips.openly_now(everybody, entry.group_id, shared_at=by.at, at=by.at)
    own: dict[int, set[int]] = {}
    for tie in ties.of_children(everybody | children, [GUARDIAN], by.moment)[GUARDIAN]:
        if tie.child is not None:
            own.setdefault(tie.person, set()).add(tie.child)
    found: dict[int, set[int]] = {row.clip_id: set() for row in held}
    for row in held:
        unmarked = row.marking == Clip.Marking.UNMARKED
        for readers in own.values():
            if not unmarked and not said_no & set(row.subjects) and clips.reaches(row.subjects, readers, openly_seen):
                found[row.clip_id] |= readers & children
    return found


def seen(held: list[OfClip]) -> list[tuple[int, str, list[int]]]:
    """What is confirmed of them: which, and who is in them."""
    return [(row.clip_id, row.marking, sorted(row.subjects)) for row in held]


def seen_in(version: SharedVersion) -> list[tuple[int | None, str, list[int | None]]]:
    """The same of a version."""
    rows = version.clips.prefetch_related("subjects").order_by("position", "pk")
    return [(row.clip_id, row.marking, sorted(subject.child_id or 0 for subject in row.subjects.all())) for row in rows]


def write_version(version: SharedVersion, held: list[OfClip]) -> None:
    """Write down the films and recordings of a version as they were confirmed."""
    rows = VersionClip.objects.bulk_create(
        VersionClip(
            version=version,
            clip_id=row.clip_id,
            position=row.position,
            caption=row.caption,
            words=row.words,
            marking=row.marking,
        )
        for row in held
    )
    VersionClipSubject.objects.bulk_create(
        VersionClipSubject(version_clip=written, child_id=child)
        for written, row in zip(rows, held, strict=True)
        for child in row.subjects
    )
