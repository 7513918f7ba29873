"""Cropping and covering pictures of the working copy: in the place of the whole one, or beside it for some families."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learninglog import pictures
from learninglog.models import Entry, EntryPicture, TrayPicture
from learninglog.openly import is_open, not_photographed
from learninglog.services.composing import Marked, bump
from learninglog.services.drafts import labels_for, writable
from media_policy.covering import services as covering
from media_policy.covering.paint import covers
from media_policy.covering.regions import Plan
from media_policy.models import Picture, PictureErasure
from media_policy.services import erase_picture, mark
from people.models import Child
from visibility.viewer import Viewer

# More than this many on top of one picture nobody has an overview of.
MOST_STAND_INS = 12


class Use(StrEnum):
    """INSTEAD: the whole one goes. BESIDE: it stays, and who may not see it is shown this one."""

    INSTEAD = "instead"
    BESIDE = "beside"


class Wrong(StrEnum):
    NOT_SAID = "not_said"
    HIDDEN = "hidden"
    GOES_FIRST = "goes_first"
    MANY = "many"


class NotCovered(Exception):
    """What was asked for cannot be done so; the screen has the sentences."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


@dataclass(frozen=True)
class Covered:
    """What became of it. `erased`: the whole one is gone from everywhere; else a shared version still has it."""

    entry: Entry
    picture: Picture
    erased: bool = False


def cover(
    *, entry: Entry, by: Viewer, picture: uuid.UUID, plan: Plan, marked: Marked, use: Use, client_key: uuid.UUID
) -> Covered:
    """Make a cropped or covered picture of one in the entry. Raises PermissionDenied, NotCovered, Unfit.

    The same key again gives what is there already, also when the whole one has gone meanwhile.
    """
    done = _done(entry, by, client_key)
    if done is not None:
        return Covered(entry, done, erased=use is Use.INSTEAD)
    held = _held(entry, by, picture)
    if held is None:
        raise PermissionDenied
    marked = Marked(marked.children, marked.nobody and not marked.children)
    _check(held, by, plan, marked, use)
    # Painted before anything is locked: it takes a good part of a second.
    made = covering.make(of=held.picture, plan=plan, by=by, client_key=client_key, stands_in=use is Use.BESIDE)
    try:
        return put(entry=entry, by=by, whole=picture, made=made, marked=marked, use=use)
    except BaseException:
        _let_go(made, by)
        raise


def _done(entry: Entry, by: Viewer, client_key: uuid.UUID) -> Picture | None:
    rows = pictures.shown_to_staff(by).filter(entry=entry, picture__client_key=client_key)
    held = rows.filter(picture__uploaded_by=by.person).select_related("picture").first()
    return held.picture if held is not None else None


def _held(entry: Entry, by: Viewer, picture: uuid.UUID) -> EntryPicture | None:
    rows = pictures.whole_to_staff(by).filter(entry=entry, picture__public_id=picture)
    return rows.select_related("picture__unit", "entry").first()


def _check(held: EntryPicture, by: Viewer, plan: Plan, marked: Marked, use: Use) -> None:
    if not marked.children and not marked.nobody:
        raise NotCovered(Wrong.NOT_SAID)
    if marked.children - {label.child_id for label in labels_for(entry=held.entry, by=by)}:
        raise PermissionDenied
    size = (held.picture.width, held.picture.height)
    if covers(plan, size) and not is_open(held.entry.group_id, by.at):
        raise NotCovered(Wrong.HIDDEN)
    if use is Use.BESIDE:
        if forbidden_on(held.picture, by):
            raise NotCovered(Wrong.GOES_FIRST)
        if held.stand_ins.count() >= MOST_STAND_INS:
            raise NotCovered(Wrong.MANY)


def forbidden_on(picture: Picture, by: Viewer) -> frozenset[int]:
    """Children on a picture who may not be photographed now: for them the whole one has to go."""
    return not_photographed(picture.subjects.values_list("child_id", flat=True), by.at)


@transaction.atomic
def put(*, entry: Entry, by: Viewer, whole: uuid.UUID, made: Picture, marked: Marked, use: Use) -> Covered:
    """Put a picture that was made of one in the entry where it belongs. Raises PermissionDenied; twice is once."""
    row = writable(entry=entry, by=by)
    if EntryPicture.objects.filter(entry=row, picture=made).exists():
        return Covered(row, made, erased=use is Use.INSTEAD)
    held = _held(row, by, whole)
    if held is None:
        raise PermissionDenied
    mark(picture=made, children=Child.objects.filter(pk__in=marked.children), nobody=marked.nobody, by=by)
    erased = False
    if use is Use.BESIDE:
        EntryPicture.objects.create(entry=row, picture=made, position=held.position, stands_for=held)
    else:
        erased = _instead(held, made, by)
    return Covered(bump(entry=row, by=by), made, erased)


def _instead(held: EntryPicture, made: Picture, by: Viewer) -> bool:
    """The new one at the old one's place. The old one goes at once, unless only a wish stands against it and families
    still read it in a version: then it goes when that has been shared again."""
    old, forbidden = held.picture, forbidden_on(held.picture, by)
    stood_in = [row.picture for row in held.stand_ins.select_related("picture").order_by("pk")]
    held.stand_ins.all().delete()
    # Words for those who cannot see it told of the old one.
    held.picture, held.alt = made, ""
    held.save(update_fields=["picture", "alt"])
    if forbidden:
        EntryPicture.objects.filter(picture=old).delete()
        TrayPicture.objects.filter(picture=old).delete()
    for picture in [*stood_in, old]:
        if forbidden or Picture.objects.unheld().filter(pk=picture.pk).exists():
            erase_picture(picture=picture, by_reason=PictureErasure.Reason.COVERED, at=by.at)
    old.refresh_from_db(fields=["erased_at"])
    return old.erased_at is not None


def _let_go(made: Picture, by: Viewer) -> None:
    """A picture that did not get to its place."""
    if Picture.objects.unheld().filter(pk=made.pk).exists():
        erase_picture(picture=made, by_reason=PictureErasure.Reason.REMOVED, at=by.at)


@transaction.atomic
def let_go_beside(*, entry: Entry, by: Viewer, picture: uuid.UUID) -> Entry:
    """Take away one that stands in for a whole one; the families it was for get nothing in its place.

    What is shared keeps it until it is shared again. Raises PermissionDenied; twice is once.
    """
    row = writable(entry=entry, by=by)
    rows = pictures.shown_to_staff(by).filter(entry=row, picture__public_id=picture, stands_for__isnull=False)
    held = rows.select_related("picture").first()
    if held is None:
        return row
    gone = held.picture
    held.delete()
    if Picture.objects.unheld().filter(pk=gone.pk).exists():
        erase_picture(picture=gone, by_reason=PictureErasure.Reason.REMOVED, at=by.at)
    return bump(entry=row, by=by)
