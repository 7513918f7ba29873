"""Entries and pictures chosen from the log for a question; what each reader sees of them is decided when they read."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from conferences.choices import QuestionType
from conferences.homes import running_home, writing_home
from conferences.models import Conference, Material
from conferences.services.locking import asked, locked
from learninglog.models import Entry, EntryPicture, Publication, VersionPicture
from media_policy.models import Picture
from people.models import Home
from visibility.matrix import CONTRIBUTE, WRITE
from visibility.viewer import Hat, Viewer


@transaction.atomic
def pick(
    *, conference: Conference, question: uuid.UUID, entry: Entry, by: Viewer, picture: Picture | None = None,
    home: Home | None = None,
) -> Material:  # fmt: skip
    """Put an entry that the child's family reads, or one picture of it, beside a question; twice is once.

    Raises PermissionDenied.
    """
    at_home = by.hat == Hat.GUARDIAN
    row = locked(conference=conference, by=by, action=CONTRIBUTE if at_home else WRITE)
    mine = writing_home(by, row) if at_home else None
    if home is not None and home != mine:
        raise PermissionDenied
    question_asked = asked(row, question)
    allowed = question_asked.for_homes_to_fill if at_home else question_asked.for_staff_to_fill
    if not allowed or question_asked.type != QuestionType.FROM_LOG:
        raise PermissionDenied
    _may_be_picked(row, entry, picture, by)
    held = row.materials.filter(question=question, home=mine)
    found: Material | None = held.filter(entry=entry, picture=picture).first()
    if found is not None:
        return found
    last = held.order_by("-position").values_list("position", flat=True).first()
    return Material.objects.create(
        conference=row, question=question, home=mine, entry=entry, picture=picture,
        seen=question_asked.seen(at_home=at_home), position=0 if last is None else last + 1,
        picked_by=by.person, picked_at=by.at,
    )  # fmt: skip


def _may_be_picked(conference: Conference, entry: Entry, picture: Picture | None, by: Viewer) -> None:
    """Only what stands shared for this child: a draft would be a hole at home."""
    readable = Entry.objects.visible_to(by).filter(pk=entry.pk).exists()
    if not readable or not Publication.objects.filter(entry=entry, child=conference.child_id).exists():
        raise PermissionDenied
    if picture is None:
        return
    in_entry = EntryPicture.objects.filter(entry=entry, picture=picture).exists()
    in_version = VersionPicture.objects.filter(version__entry=entry, picture=picture).exists()
    if not (in_entry or in_version) or not Picture.objects.visible_to(by).filter(pk=picture.pk).exists():
        raise PermissionDenied


@transaction.atomic
def unpick(*, material: Material, by: Viewer) -> None:
    """Take something out again: the staff what they picked, a home what it picked itself. Raises PermissionDenied."""
    at_home = by.hat == Hat.GUARDIAN
    row = locked(conference=material.conference, by=by, action=CONTRIBUTE if at_home else WRITE)
    home = running_home(by, row) if at_home else None
    if material.home_id != (home.pk if home else None) or (at_home and home is None):
        raise PermissionDenied
    Material.objects.filter(pk=material.pk).delete()
