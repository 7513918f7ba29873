"""Which pictures an entry shows to whom: the same queries pick them for a page and for the bytes themselves."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from learninglog.models import (
    Entry,
    EntryChild,
    EntryPicture,
    HomeWords,
    Publication,
    TrayItem,
    TrayPicture,
    VersionChild,
    VersionPicture,
    VersionSubject,
)
from media_policy.models import Picture, PictureSubject
from visibility import rule, ties
from visibility.relations import GUARDIAN
from visibility.viewer import Hat, Viewer


def shown_to_family(viewer: Viewer) -> QuerySet[VersionPicture]:
    """Pictures of standing publications of the viewer's children on which nobody else can be recognised.

    A picture nobody has marked stays with the staff, and so does one of a child who said no. Both the marks that were
    confirmed and those of now must allow it: a stricter mark works at once, a looser one when it is shared again.
    """
    return shown_to_families(ties.children(viewer, GUARDIAN))


def shown_to_families(own: list[int]) -> QuerySet[VersionPicture]:
    """The same for the children whose log a family reads."""
    standing = Publication.objects.filter(version=OuterRef("version_id"), child__in=own)
    return _family_pictures(Q(Exists(standing)), own)


def _family_pictures(standing: Q, own: Any) -> QuerySet[VersionPicture]:
    subjects = PictureSubject.objects.filter(picture=OuterRef("picture_id"))
    confirmed = VersionSubject.objects.filter(version_picture=OuterRef("pk"))
    said_no = VersionChild.objects.filter(version=OuterRef("version_id"), asked=EntryChild.Asked.NO)
    return (
        VersionPicture.objects.filter(standing, picture__erased_at__isnull=True)
        .exclude(picture__marking=Picture.Marking.UNMARKED)
        .exclude(marking=Picture.Marking.UNMARKED)
        .exclude(Exists(subjects.exclude(child__in=own)))
        .exclude(Exists(confirmed.exclude(child__in=own)))
        .exclude(Exists(said_no.filter(child__picture_subjects__picture=OuterRef("picture_id"))))
        .exclude(Exists(said_no.filter(child__version_subjects__version_picture=OuterRef("pk"))))
    )


def shown_to_staff(viewer: Viewer) -> QuerySet[EntryPicture]:
    """Pictures of entries the viewer may read, save those of a child they are not tied to now.

    On an unmarked picture any child of the entry may be; it takes a tie to all of them.
    """
    entries = Entry.objects.visible_to(viewer).values("pk")
    live = EntryChild.objects.filter(left_out=False)
    unknown_child = live.filter(entry=OuterRef("entry_id")).exclude(rule.knows_here(viewer, "ENTRY"))
    unknown_subject = _unknown_subjects(viewer)
    for begun in rule.finishing(viewer, "ENTRY"):
        here = live.filter(entry=OuterRef(OuterRef("entry_id")), child=OuterRef("child_id")).filter(begun)
        unknown_subject = unknown_subject.exclude(Exists(here))
    return (
        EntryPicture.objects.filter(entry__in=entries, picture__erased_at__isnull=True)
        .exclude(Exists(unknown_subject))
        .exclude(Q(picture__marking=Picture.Marking.UNMARKED) & Q(Exists(unknown_child)))
    )


def _unknown_subjects(viewer: Viewer) -> QuerySet[PictureSubject]:
    """Children to be recognised on the picture of the row around this, whom the viewer is not tied to now."""
    marked = PictureSubject.objects.filter(picture=OuterRef("picture_id"))
    return marked.exclude(rule.knows(viewer, "ENTRY", "child"))


def held_by_entries(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the pictures that entries show to this viewer."""
    if viewer.hat == Hat.GUARDIAN:
        return shown_to_family(viewer).values("picture_id")
    return shown_to_staff(viewer).values("picture_id")


def about_entries(picture_pk: int) -> set[int]:
    """Children of the entries that have a picture: whom the reading log names when nobody is marked on it."""
    rows = EntryChild.objects.filter(entry__entry_pictures__picture=picture_pk, left_out=False)
    return set(rows.values_list("child_id", flat=True))


def held_by_words(viewer: Viewer) -> QuerySet[Any]:
    return (
        HomeWords.objects.visible_to(viewer).filter(words_pictures__isnull=False).values("words_pictures__picture_id")
    )


def held_by_tray(viewer: Viewer) -> QuerySet[Any]:
    """Unused pictures of the trays the viewer reads, save those of a child they are not tied to now."""
    items = TrayItem.objects.visible_to(viewer).unused().values("pk")
    shown = TrayPicture.objects.filter(item__in=items).exclude(Exists(_unknown_subjects(viewer)))
    return shown.values("picture_id")
