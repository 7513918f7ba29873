"""Words from home: what a guardian writes into the own child's log."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ground.text import casefolded
from learninglog import mentions
from learninglog.models import HomeWords, HomeWordsPicture
from learninglog.services.homes import running_home, writing_home
from learninglog.services.threads import Empty
from media_policy import several
from media_policy.models import Picture
from media_policy.refusal import Refused
from media_policy.services import mark
from media_policy.several import Upload
from people.models import AccessEvent, Child, Home, Placement, Unit
from visibility import rule
from visibility.matrix import CONTRIBUTE, WITHDRAW
from visibility.viewer import Viewer

MOST_PICTURES = 12


class NoPreschool(Exception):
    """The child is in no preschool today, so nobody there would read it."""


class PictureRefused(Exception):
    """One picture cannot be taken in. `kept` are those that can: they need not be sent again."""

    def __init__(self, name: str, refused: Refused, kept: list[uuid.UUID]) -> None:
        super().__init__(refused.reason)
        self.name, self.sentence, self.kept = name, refused.sentence, kept


def preschool_of(child: Child, by: Viewer) -> Unit | None:
    """The preschool whose staff read what the home writes today; where two run, the one begun last."""
    running = Placement.objects.running(by.day).filter(child=child, unit__kind=Unit.Kind.PRESCHOOL)
    place = running.select_related("unit__organisation").order_by("-starts_on", "-pk").first()
    return place.unit if place else None


def write_words(
    *, child: Child, by: Viewer, text: str, happened_on: date, readers: str, client_key: uuid.UUID,
    pictures: Sequence[Upload] = (), kept: Iterable[uuid.UUID] = (),
) -> HomeWords:  # fmt: skip
    """Write into the child's log, for the staff and the own home, or for the staff alone; the same key twice is once.

    Pictures are marked with the child. `kept` names pictures of this person that an earlier, refused try left.
    Raises PermissionDenied, Empty, NoPreschool, PictureRefused.
    """
    if not rule.may(by, CONTRIBUTE, child):
        raise PermissionDenied
    known: HomeWords | None = HomeWords.objects.filter(written_by=by.person, client_key=client_key).first()
    if known is not None:
        return known
    words = mentions.clean(text).strip()
    waiting = several.left_over(by, kept)
    if not words and not pictures and not waiting:
        raise Empty
    unit = preschool_of(child, by)
    if unit is None:
        raise NoPreschool
    # Pictures first and outside the transaction: decoding takes seconds, and a row locked so long keeps others waiting.
    taken = dict.fromkeys(waiting + _taken_in(pictures, by, unit, client_key, waiting))
    return _write(child, by, unit, words, happened_on, readers, client_key, list(taken)[:MOST_PICTURES])


def _taken_in(
    uploads: Sequence[Upload], by: Viewer, unit: Unit, client_key: uuid.UUID, waiting: list[Picture]
) -> list[Picture]:
    taken = several.take_in_several(uploads=uploads, by=by, unit=unit, form_key=client_key)
    if taken.refused:
        raise PictureRefused(*taken.refused[0], [picture.public_id for picture in [*waiting, *taken.pictures]])
    return taken.pictures


@transaction.atomic
def _write(
    child: Child, by: Viewer, unit: Unit, text: str, happened_on: date, readers: str, client_key: uuid.UUID,
    pictures: list[Picture],
) -> HomeWords:  # fmt: skip
    home = writing_home(by, child)
    for_home = readers == HomeWords.Readers.HOME
    words, new = HomeWords.objects.get_or_create(
        written_by=by.person,
        client_key=client_key,
        defaults={
            "child": child,
            "home": home,
            "unit": unit,
            "written_at": by.at,
            "happened_on": min(happened_on, by.day),
            "text": text,
            "search": casefolded(text),
            "readers": readers,
            "for_other_homes": for_home and home.shows_words_to_other_homes,
        },
    )
    if new:
        for position, picture in enumerate(pictures):
            mark(picture=picture, children=[child], nobody=False, by=by)
            HomeWordsPicture.objects.create(words=words, picture=picture, position=position)
    return words


@transaction.atomic
def withdraw_words(*, words: HomeWords, by: Viewer) -> HomeWords:
    """Nobody reads them any more, nor their pictures. Only who wrote them may; raises PermissionDenied.

    The row stays until the organisation's retention plan lets it go: what a preschool received is a record.
    """
    row: HomeWords | None = (
        HomeWords.objects.visible_to(by, WITHDRAW).filter(pk=words.pk).select_for_update(of=("self",)).first()
    )
    if row is None:
        raise PermissionDenied
    row.withdrawn_at = by.at
    row.save(update_fields=["withdrawn_at"])
    return row


@transaction.atomic
def show_to_other_homes(*, home: Home, on: bool, by: Viewer) -> Home:
    """Let other homes of the child read what this one writes from now on, or stop it for everything at once.

    Anyone of the home may; raises PermissionDenied for others. The change is an access event.
    """
    row = Home.objects.select_for_update(of=("self",)).select_related("child").get(pk=home.pk)
    if running_home(by, row.child) != row:
        raise PermissionDenied
    if row.shows_words_to_other_homes != on:
        AccessEvent.objects.create(
            what=AccessEvent.What.SETTING,
            at=by.at,
            by=by.person,
            organisation_id=row.child.organisation_id,
            child=row.child,
            before={"shows_words_to_other_homes": not on, "home": row.pk},
            after={"shows_words_to_other_homes": on, "home": row.pk},
        )
        row.shows_words_to_other_homes = on
        row.save(update_fields=["shows_words_to_other_homes"])
    return row
