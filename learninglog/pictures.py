"""Which pictures an entry shows to whom: the same queries pick them for a page and for the bytes themselves."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ground.prepared import Prepared
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
from media_policy import answers
from media_policy.models import Picture, PictureSubject
from media_policy.questions import Question
from people.models import Child, GroupOpening
from visibility import rule, ties
from visibility.relations import GUARDIAN
from visibility.viewer import Hat, Viewer


def shown_to_family(viewer: Viewer) -> QuerySet[VersionPicture]:
    """Pictures of standing publications of the viewer's children that this family gets, by the answers of now.

    Nobody else can be recognised on them; or the group was open when it was shared and still is, and the answers of
    everybody on them allow it. Where the whole one is kept from this family, what stands in for it is asked the same;
    a covered one tells that others are there, and goes out only where the group is open. A picture nobody has marked
    stays with the staff, and so does one of a child who said no. Both the marks that were confirmed and those of now
    must allow it: a stricter mark works at once, a looser one when it is shared again.
    """
    own = ties.children(viewer, GUARDIAN)
    return shown_to_families(own, _OPENINGS.rows(own=own, at=viewer.at), viewer.at)


Openings = Sequence[tuple[int, datetime]]


def _open_for(own: Any, at: Any) -> Any:
    """Groups that are open now and have something standing for these children, and since when."""
    still = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    standing = Publication.objects.filter(child__in=own, entry__group=OuterRef("group_id"))
    rows = GroupOpening.objects.filter(still, Exists(standing), opened_at__lte=at)
    return rows.order_by("pk").values_list("group_id", "opened_at")


# Where no group is open, the moment decides nothing beyond whose children they are.
NO_MOMENT = datetime.max.replace(tzinfo=UTC)
_OPENINGS = Prepared(_open_for, own=[int], at=datetime)


def shown_to_families(own: list[int], opened: Openings, at: datetime) -> QuerySet[VersionPicture]:
    """The same for the children whose log a family reads; `opened` are the groups that are open, and since when."""
    subjects = PictureSubject.objects.filter(picture=OuterRef("picture_id"))
    confirmed = VersionSubject.objects.filter(version_picture=OuterRef("pk"))

    def none_but(children: list[int]) -> Q:
        return ~Q(Exists(subjects.exclude(child__in=children))) & ~Q(Exists(confirmed.exclude(child__in=children)))

    shown = none_but(own) & Q(picture__covered=False)
    for group, since in opened:
        # Read first and put in as keys: the whole rule in one statement is deeper than SQLite can parse.
        in_it = Q(version__entry__group=group, version__at__gte=since)
        shown |= in_it & none_but(_seen_openly(group, since, own, at))
    standing = Publication.objects.filter(version=OuterRef("version_id"), child__in=own)
    said_no = VersionChild.objects.filter(version=OuterRef("version_id"), asked=EntryChild.Asked.NO)
    rows = (
        VersionPicture.objects.filter(Exists(standing), picture__erased_at__isnull=True)
        .exclude(picture__marking=Picture.Marking.UNMARKED)
        .exclude(marking=Picture.Marking.UNMARKED)
        .filter(shown)
        .exclude(Exists(said_no.filter(child__picture_subjects__picture=OuterRef("picture_id"))))
        .exclude(Exists(said_no.filter(child__version_subjects__version_picture=OuterRef("pk"))))
    )
    beside = Q(stands_for=OuterRef("stands_for_id"), pk__lt=OuterRef("pk"))
    better = rows.filter(Q(pk=OuterRef("stands_for_id")) | beside)
    return rows.filter(Q(stands_for__isnull=True) | ~Q(Exists(better)))


def _seen_openly(group: int, since: datetime, own: list[int], at: datetime) -> list[int]:
    """Children whose answers let a family with these children see them on pictures shared in an open group."""
    standing = Publication.objects.filter(child__in=own, entry__group=group, version__at__gte=since).values("version")
    held = VersionPicture.objects.filter(version__in=standing)
    marked = PictureSubject.objects.filter(picture__in=held.values("picture"))
    confirmed = VersionSubject.objects.filter(version_picture__in=held.values("pk"), child__isnull=False)
    keys = set(marked.values_list("child_id", flat=True)) | set(confirmed.values_list("child_id", flat=True))
    shown = answers.allowing(Question.OTHER_FAMILIES, at, child="", group=group)
    mine_or_shown = Child.objects.filter(Q(pk__in=own) | shown, pk__in=keys)
    photographed = Child.objects.filter(answers.allowing(Question.PHOTOGRAPH, at, child=""), pk__in=keys)
    allowed = set(mine_or_shown.values_list("pk", flat=True)) & set(photographed.values_list("pk", flat=True))
    return sorted(allowed)


def whole_to_staff(viewer: Viewer) -> QuerySet[EntryPicture]:
    """Of these, the ones that a page shows as the entry's pictures: what stands in for one is not another."""
    return shown_to_staff(viewer).filter(stands_for__isnull=True)


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
    """Keys of the pictures that entries show to this viewer; a receiver gets what was shared, through the transfer."""
    if viewer.hat == Hat.SCHOOL:
        return VersionPicture.objects.none().values("picture_id")
    if viewer.hat == Hat.GUARDIAN:
        return shown_to_family(viewer).values("picture_id")
    return shown_to_staff(viewer).values("picture_id")


_OWN = Prepared(
    lambda own, picture: shown_to_families(own, (), NO_MOMENT).filter(picture=picture).values_list("pk")[:1],
    own=[int],
    picture=int,
)


def own_by_entries(viewer: Viewer, picture_pk: int) -> bool:
    """Whether an entry shows a family one picture by its own children alone, where no group of theirs is open.

    The same queries as `shown_to_family`, put together once a process; a no says nothing.
    """
    own = ties.children(viewer, GUARDIAN) if viewer.hat == Hat.GUARDIAN else []
    return not _OPENINGS.rows(own=own, at=viewer.at) and bool(_OWN.rows(own=own, picture=picture_pk))


def about_entries(picture_pk: int) -> set[int]:
    """Children of the entries that have a picture: whom the reading log names when nobody is marked on it."""
    rows = EntryChild.objects.filter(entry__entry_pictures__picture=picture_pk, left_out=False)
    return set(rows.values_list("child_id", flat=True))


def held_by_words(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the pictures that words from home show to this viewer; a receiver's come through the transfer."""
    words = HomeWords.objects.visible_to(viewer) if viewer.hat != Hat.SCHOOL else HomeWords.objects.none()
    return words.filter(words_pictures__isnull=False).values("words_pictures__picture_id")


def held_by_tray(viewer: Viewer) -> QuerySet[Any]:
    """Unused pictures of the trays the viewer reads, save those of a child they are not tied to now."""
    items = TrayItem.objects.visible_to(viewer).unused().values("pk")
    shown = TrayPicture.objects.filter(item__in=items).exclude(Exists(_unknown_subjects(viewer)))
    return shown.values("picture_id")
