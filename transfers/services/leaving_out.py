"""A legal guardian leaves one thing out of every transfer of the child, or puts back what they left out themselves."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from conferences.models import Conference
from learninglog.models import Entry, HomeWords
from media_policy.models import Picture
from people.models import Child, Guardianship
from transfers.models import LeftOut, WordsAlong
from visibility import rule
from visibility.matrix import GO_ALONG, LEAVE_OUT, PUT_BACK
from visibility.viewer import Viewer

Thing = Entry | Picture | Conference


@dataclass(frozen=True)
class Out:
    """Keys of what is left out of one child's transfers, and of what this guardian left out."""

    entries: frozenset[uuid.UUID]
    pictures: frozenset[uuid.UUID]
    conferences: frozenset[uuid.UUID]
    mine: frozenset[uuid.UUID]


@transaction.atomic
def leave_out(*, child: Child, thing: Thing, by: Viewer) -> LeftOut:
    """It goes to no receiver from this moment; asked twice it is left out once. Raises PermissionDenied."""
    tie = _legal(child, by, LEAVE_OUT)
    if not _reads(by, thing) or not _is_about(thing, child):
        raise PermissionDenied
    known = LeftOut.objects.filter(guardianship=tie, put_back_at__isnull=True, **{_column(thing): thing}).first()
    if known is not None:
        return known
    made: LeftOut = LeftOut.objects.create(child=child, guardianship=tie, at=by.at, **{_column(thing): thing})
    return made


@transaction.atomic
def put_back(*, child: Child, thing: Thing, by: Viewer) -> bool:
    """This guardian no longer leaves it out; whether it goes along now, or somebody else keeps it out."""
    tie = _legal(child, by, PUT_BACK)
    rows = LeftOut.objects.filter(child=child, put_back_at__isnull=True, **{_column(thing): thing})
    rows.filter(guardianship=tie).update(put_back_at=by.at)
    return not rows.exists()


@transaction.atomic
def let_go_along(*, words: HomeWords, on: bool, by: Viewer) -> None:
    """The writer ticks words from home, so that they go along with the child, or takes the tick back."""
    row = HomeWords.objects.select_for_update(of=("self",)).get(pk=words.pk)
    if not rule.may(by, GO_ALONG, row):
        raise PermissionDenied
    standing = WordsAlong.objects.filter(words=row, taken_back_at__isnull=True)
    if on and not standing.exists():
        WordsAlong.objects.create(words=row, at=by.at, by=by.person)
    if not on:
        standing.update(taken_back_at=by.at)


def of_child(child: Child, by: Viewer) -> Out:
    """What is left out now; that another guardian did it is not told, only that it is out."""
    rows = LeftOut.objects.filter(child=child, put_back_at__isnull=True).order_by("pk")
    out: list[Any] = list(
        rows.values_list(
            "entry__public_id", "picture__public_id", "conference__public_id", "guardianship__person_id"
        )
    )  # fmt: skip
    entries, pictures, talks = (frozenset(row[i] for row in out if row[i]) for i in range(3))
    mine = frozenset(key for *keys, person in out for key in keys if key and person == by.person.pk)
    return Out(entries, pictures, talks, mine)


def as_of(child: Child, at: datetime) -> list[LeftOut]:
    """Every leaving out and putting back about a child until a moment, for the page of a transfer."""
    rows = LeftOut.objects.filter(child=child, at__lte=at).select_related("guardianship__person", "entry", "conference")
    return list(rows.order_by("at", "pk"))


def _legal(child: Child, by: Viewer, action: str) -> Guardianship:
    """The tie of an active legal guardian, locked: two taps at once are one after the other."""
    if not rule.may(by, action, child):
        raise PermissionDenied
    ties = Guardianship.objects.active(by.at).legal().filter(child=child, person=by.person)
    tie: Guardianship | None = ties.select_for_update(of=("self",)).order_by("pk").first()
    if tie is None:
        raise PermissionDenied
    return tie


def _column(thing: Thing) -> str:
    return {Entry: "entry", Picture: "picture", Conference: "conference"}[type(thing)]


def _reads(by: Viewer, thing: Thing) -> bool:
    return bool(type(thing)._default_manager.visible_to(by).filter(pk=thing.pk).exists())


def _is_about(thing: Thing, child: Child) -> bool:
    """Twins share entries and pictures; a conference is about one child."""
    if isinstance(thing, Conference):
        return thing.child_id == child.pk
    if isinstance(thing, Entry):
        return thing.publications.filter(child=child).exists()
    shared = thing.version_pictures.filter(version__publications__child=child)
    return shared.exists() or thing.words_pictures.filter(words__child=child).exists()
