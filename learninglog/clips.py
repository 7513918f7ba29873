"""Which films and recordings an entry shows to whom: the same queries pick them for a page and for the bytes.

A film cannot be covered, and names are spoken in it. So it goes to the family of the one child in it, to every family
of the entry when nobody can be recognised, and beyond that only in open groups where the guardians of everybody in it
have said yes, in words: silence is not enough, whatever ground the organisation has.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from learninglog.models import (
    Entry,
    EntryChild,
    EntryClip,
    Publication,
    VersionChild,
    VersionClip,
    VersionClipSubject,
)
from media_policy import answers
from media_policy.models import Clip, ClipSubject
from media_policy.questions import Question
from people.models import GroupOpening
from visibility import rule, ties
from visibility.relations import GUARDIAN
from visibility.viewer import Hat, Viewer

Openings = Sequence[tuple[int, datetime]]


def shown_to_family(viewer: Viewer) -> QuerySet[VersionClip]:
    """Those of standing publications of the viewer's children that this family gets, by the answers of now.

    Both the marks that were confirmed and those of now must allow it, as with pictures.
    """
    own = ties.children(viewer, GUARDIAN)
    return shown_to_families(own, viewer.at)


def shown_to_families(own: list[int], at: datetime, *, openly: bool = True) -> QuerySet[VersionClip]:
    """The same for the children whose log a family reads; without `openly` as if no group were open."""
    standing = Publication.objects.filter(version=OuterRef("version_id"), child__in=own)
    held = VersionClip.objects.filter(Exists(standing), clip__erased_at__isnull=True)
    subjects = ClipSubject.objects.filter(clip=OuterRef("clip_id"))
    confirmed = VersionClipSubject.objects.filter(version_clip=OuterRef("pk"))

    def none_but(children: list[int]) -> Q:
        return ~Q(Exists(subjects.exclude(child__in=children))) & ~Q(Exists(confirmed.exclude(child__in=children)))

    shown = none_but(own)
    for group, since in _open_for(held, at) if openly else []:
        # Read first and put in as keys: the whole rule in one statement is deeper than SQLite can parse.
        in_it = held.filter(version__entry__group=group, version__at__gte=since)
        here = Q(version__entry__group=group, version__at__gte=since)
        shown |= here & none_but(seen_openly(_in_them(in_it), at))
    said_no = VersionChild.objects.filter(version=OuterRef("version_id"), asked=EntryChild.Asked.NO)
    return (
        held.exclude(clip__marking=Clip.Marking.UNMARKED)
        .exclude(marking=Clip.Marking.UNMARKED)
        .filter(shown)
        .exclude(Exists(said_no.filter(child__clip_subjects__clip=OuterRef("clip_id"))))
        .exclude(Exists(said_no.filter(child__version_clips__version_clip=OuterRef("pk"))))
    )


def _open_for(held: QuerySet[VersionClip], at: datetime) -> list[tuple[int, datetime]]:
    """Groups that are open now and have one of these in them, and since when."""
    still = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    rows = GroupOpening.objects.filter(still, opened_at__lte=at, group__in=held.values("version__entry__group"))
    return list(rows.order_by("pk").values_list("group_id", "opened_at"))


def _in_them(held: QuerySet[VersionClip]) -> set[int]:
    """Keys of the children in these, by what was confirmed and by what is said now."""
    marked = ClipSubject.objects.filter(clip__in=held.values("clip"))
    confirmed = VersionClipSubject.objects.filter(version_clip__in=held.values("pk"), child__isnull=False)
    found = set(marked.values_list("child_id", flat=True))
    return found | set(confirmed.values_list("child_id", flat=True))


def seen_openly(keys: set[int], at: datetime) -> list[int]:
    """Those of these children whom the other families of an open group may see and hear in a film, by every yes."""
    if not keys:
        return []
    return sorted(answers.agreed(Question.FILM, keys, at) & answers.agreed(Question.OTHER_FAMILIES, keys, at))


def openly_now(keys: set[int], group: int, *, shared_at: datetime, at: datetime) -> set[int] | None:
    """The same for what was shared in a group at one moment and is looked at in another; None in a hidden group."""
    still = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    if not keys or not GroupOpening.objects.filter(still, group=group, opened_at__lte=min(shared_at, at)).exists():
        return None
    return set(seen_openly(keys, at))


def reaches(seen: Iterable[int | None], own: Iterable[int | None], openly_seen: set[int] | None) -> bool:
    """Whether a family with these children gets one in which those can be recognised."""
    everybody = set(seen)
    return everybody <= set(own) or (openly_seen is not None and everybody <= openly_seen)


def not_filmed(keys: set[int], at: datetime) -> set[int]:
    """Those of these children who may not be filmed or recorded now."""
    return keys - answers.allowed(Question.FILM, keys, at) if keys else set()


def shown_to_staff(viewer: Viewer) -> QuerySet[EntryClip]:
    """Those of entries the viewer may read, save those of a child they are not tied to now.

    In one that nobody has marked any child of the entry may be; it takes a tie to all of them.
    """
    entries = Entry.objects.visible_to(viewer).values("pk")
    live = EntryChild.objects.filter(left_out=False)
    unknown_child = live.filter(entry=OuterRef("entry_id")).exclude(rule.knows_here(viewer, "ENTRY"))
    marked = ClipSubject.objects.filter(clip=OuterRef("clip_id"))
    unknown_subject = marked.exclude(rule.knows(viewer, "ENTRY", "child"))
    for begun in rule.finishing(viewer, "ENTRY"):
        here = live.filter(entry=OuterRef(OuterRef("entry_id")), child=OuterRef("child_id")).filter(begun)
        unknown_subject = unknown_subject.exclude(Exists(here))
    return (
        EntryClip.objects.filter(entry__in=entries, clip__erased_at__isnull=True)
        .exclude(Exists(unknown_subject))
        .exclude(Q(clip__marking=Clip.Marking.UNMARKED) & Q(Exists(unknown_child)))
    )


class Take(NamedTuple):
    """A film or a recording of an entry with its words, before masking; width and height in pixels."""

    public_id: uuid.UUID
    kind: str
    state: str
    duration_ms: int
    width: int
    height: int
    caption: str
    words: str


_COLUMNS = (
    "clip__public_id", "clip__kind", "clip__state", "clip__duration_ms", "clip__width", "clip__height", "caption",
    "words",
)  # fmt: skip


def in_versions(
    keys: Iterable[int], own: Iterable[int], at: datetime, *, openly: bool = True
) -> dict[int, list[Take]]:  # fmt: skip
    """What a family with these children gets of these versions, in order; one statement where there is nothing."""
    wanted = sorted(set(keys))
    if not VersionClip.objects.filter(version__in=wanted).exists():
        return {}
    rows = shown_to_families(sorted(own), at, openly=openly).filter(version__in=wanted, clip__state=Clip.State.READY)
    return _by_first(rows.order_by("position", "pk").values_list("version_id", *_COLUMNS))


def in_entries(keys: Iterable[int], viewer: Viewer) -> dict[int, list[Take]]:
    """What the staff are shown of these entries, in order; also what is being made ready."""
    wanted = list(keys)
    if not EntryClip.objects.filter(entry__in=wanted).exists():
        return {}
    rows = shown_to_staff(viewer).filter(entry__in=wanted).exclude(clip__state=Clip.State.REFUSED)
    return _by_first(rows.order_by("position", "pk").values_list("entry_id", *_COLUMNS))


def _by_first(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Take]]:
    found: dict[int, list[Take]] = {}
    for key, *columns in rows:
        found.setdefault(key, []).append(Take(*columns))
    return found


def held_by_entries(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the films and recordings that entries show to this viewer; a receiver's come through the transfer."""
    if viewer.hat == Hat.SCHOOL:
        return VersionClip.objects.none().values("clip_id")
    if viewer.hat == Hat.GUARDIAN:
        return shown_to_family(viewer).values("clip_id")
    return shown_to_staff(viewer).values("clip_id")


def about_entries(clip_pk: int) -> set[int]:
    """Children of the entries that have one: whom the reading log names when nobody is marked in it."""
    rows = EntryChild.objects.filter(entry__entry_clips__clip=clip_pk, left_out=False)
    return set(rows.values_list("child_id", flat=True))
