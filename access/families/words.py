"""Whom the family wants in, as each legal guardian says it: seen by the head beside the closed envelopes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch

from access.models import FamilyWord, Recording, WishedAdult
from access.recordings import services as recordings
from access.recordings.services import Told
from people import services
from people.models import AccessEvent, Child, Guardianship
from visibility import rule
from visibility.matrix import ACTIVATE, TELL
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Wish:
    name: str
    kind: str
    label: str = ""
    reads_conferences: bool = False


@transaction.atomic
def tell(
    *, guardianship: Guardianship, wishes: Iterable[Wish], by: Viewer, told: Told | None = None
) -> FamilyWord:  # fmt: skip
    """Keep what a legal guardian says; said on paper or in person it is the head who writes it down, and how.

    Raises PermissionDenied, and NotPossible of a recording.
    """
    action = TELL if told is None else ACTIVATE
    if guardianship.kind != Guardianship.Kind.LEGAL or not rule.may(by, action, guardianship.child):
        raise PermissionDenied
    if told is None and guardianship.person_id != by.person.pk:
        raise PermissionDenied
    already = FamilyWord.objects.filter(recording__in=recordings.known(by, told)).first() if told else None
    if already is not None:
        return already
    recording = recordings.record(guardianship=guardianship, told=told, by=by) if told else None
    word: FamilyWord = FamilyWord.objects.create(guardianship=guardianship, said_at=by.at, recording=recording)
    adults = [
        WishedAdult(word=word, name=w.name, kind=w.kind, label=w.label, reads_conferences=w.reads_conferences)
        for w in wishes
    ]
    WishedAdult.objects.bulk_create(adults)
    services.note(
        what=AccessEvent.What.WISHED,
        child=guardianship.child,
        at=by.at,
        by=by.person,
        person=guardianship.person,
        after={"adults": len(adults), "medium": recording.medium if recording else ""},
    )
    return word


def of_child(child: Child) -> list[FamilyWord]:
    """The newest word of each legal guardian, with the adults it names."""
    rows = FamilyWord.objects.filter(guardianship__child=child).order_by("said_at", "pk")
    newest: dict[int, FamilyWord] = {}
    recorded = Prefetch("recording", Recording.objects.for_list())
    for word in rows.select_related("guardianship__person").prefetch_related("adults", recorded):
        newest[word.guardianship_id] = word
    return list(newest.values())


def newest(guardianship: Guardianship) -> FamilyWord | None:
    """What this guardian said last."""
    rows = FamilyWord.objects.filter(guardianship=guardianship).order_by("-said_at", "-pk")
    word: FamilyWord | None = rows.prefetch_related("adults").first()
    return word
