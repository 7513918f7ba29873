"""Writing down what a guardian said on paper or in person, with the pages of the paper; and erasing it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from access.models import RecordedPage, Recording
from access.models.recordings import MOST_PAGES
from media_policy import several
from media_policy.models import Picture, PictureErasure
from media_policy.services import erase_picture, mark
from people.models import Child, Guardianship, Placement, Unit
from visibility import rule
from visibility.matrix import ACCESS
from visibility.viewer import Viewer


class NotPossible(Exception):
    """What was told cannot be so: `field` says which part of it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Told:
    """How it was told. `pages` are pictures that `take_pages` gave; the same `client_key` twice is one recording."""

    medium: str
    said_on: date
    identified: str
    identified_words: str = ""
    interpreter: str = ""
    note: str = ""
    pages: tuple[uuid.UUID, ...] = ()
    client_key: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass
class Pages:
    """What of the pages can go along, what was refused, and how many of those from before are gone."""

    pictures: list[uuid.UUID]
    refused: list[tuple[str, str]]
    gone: int


def take_pages(
    *, child: Child, uploads: Iterable[several.Upload], kept: Iterable[uuid.UUID], by: Viewer, form_key: uuid.UUID
) -> Pages:
    """Take photographs of a paper in; `kept` names those that an earlier, refused try left. Raises PermissionDenied."""
    if not rule.may(by, ACCESS, child):
        raise PermissionDenied
    before = list(kept)
    pictures = several.left_over(by, before)
    found = Pages([], [], gone=len(before) - len(pictures))
    uploads = list(uploads)
    if uploads:
        taken = several.take_in_several(uploads=uploads, by=by, unit=_unit(child, by), form_key=form_key)
        # A paper is not a picture of a child: whoever reads it is decided by the recording that holds it alone.
        pictures += [mark(picture=row, children=None, nobody=True, by=by) for row in taken.pictures]
        found.refused = [(name, refused.sentence) for name, refused in taken.refused]
    found.pictures = list(dict.fromkeys(row.public_id for row in pictures))
    return found


def _unit(child: Child, by: Viewer) -> Unit:
    """The preschool of today; for a child who has left or is still to come, the one of the latest placement."""
    places = Placement.objects.filter(child=child).select_related("unit__organisation").order_by("-starts_on", "-pk")
    place = places.running(by.day).filter(unit__kind=Unit.Kind.PRESCHOOL).first() or places.first()
    # Whoever was never placed is the owner's.
    units = Unit.objects.filter(organisation=child.organisation_id).select_related("organisation")
    unit: Unit = place.unit if place is not None else units.order_by("pk")[0]
    return unit


def known(by: Viewer, told: Told) -> QuerySet[Recording]:
    """What the same form has recorded already, if it was sent before."""
    return Recording.objects.filter(recorded_by=by.person, client_key=told.client_key)


@transaction.atomic
def record(*, guardianship: Guardianship, told: Told, by: Viewer) -> Recording:
    """Write down that this guardian said something; what it was, the caller keeps.

    Raises PermissionDenied, and NotPossible for a day to come, an unsaid identification or a page that is not there.
    """
    if guardianship.person_id == by.person.pk or not rule.may(by, ACCESS, guardianship.child):
        raise PermissionDenied
    if told.said_on > by.day:
        raise NotPossible("said_on")
    if told.identified not in Recording.Identified.values:
        raise NotPossible("identified")
    if told.identified == Recording.Identified.OTHER and not told.identified_words.strip():
        raise NotPossible("identified_words")
    pictures = several.left_over(by, told.pages)
    if len(pictures) != len(told.pages) or len(pictures) > MOST_PAGES:
        raise NotPossible("pages")
    row: Recording = Recording.objects.create(
        guardianship=guardianship, medium=Recording.Medium(told.medium), said_on=told.said_on,
        identified=told.identified, identified_words=told.identified_words, interpreter=told.interpreter,
        note=told.note, recorded_by=by.person, recorded_at=by.at, client_key=told.client_key,
    )  # fmt: skip
    in_order = sorted(pictures, key=lambda picture: told.pages.index(picture.public_id))
    RecordedPage.objects.bulk_create(
        RecordedPage(recording=row, picture=picture, position=place) for place, picture in enumerate(in_order)
    )
    return row


def erase_child(child: Child, at: datetime) -> None:
    """Erase what was recorded about a child, and the photographs of its papers."""
    rows = Recording.objects.filter(guardianship__child=child)
    for picture in Picture.objects.standing().filter(recorded_pages__recording__in=rows).order_by("pk"):
        erase_picture(picture=picture, by_reason=PictureErasure.Reason.CHILD, at=at)
    rows.delete()
