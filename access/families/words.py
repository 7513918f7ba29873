"""Whom the family wants in, as each legal guardian says it: seen by the head beside the closed envelopes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.models import FamilyWord, WishedAdult
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
def tell(*, guardianship: Guardianship, wishes: Iterable[Wish], by: Viewer, paper: str = "") -> FamilyWord:
    """Keep what a legal guardian says; on paper it is the head who writes it down, with how they were identified."""
    own = guardianship.person_id == by.person.pk and not paper
    if guardianship.kind != Guardianship.Kind.LEGAL or not rule.may(by, TELL if own else ACTIVATE, guardianship.child):
        raise PermissionDenied
    if not own and not paper:
        raise PermissionDenied
    word: FamilyWord = FamilyWord.objects.create(
        guardianship=guardianship, said_at=by.at, recorded_by=by.person, paper=paper
    )
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
        after={"adults": len(adults), "on_paper": bool(paper)},
        reason=paper,
    )
    return word


def of_child(child: Child) -> list[FamilyWord]:
    """The newest word of each legal guardian, with the adults it names."""
    rows = FamilyWord.objects.filter(guardianship__child=child).order_by("said_at", "pk")
    newest: dict[int, FamilyWord] = {}
    for word in rows.select_related("guardianship__person").prefetch_related("adults"):
        newest[word.guardianship_id] = word
    return list(newest.values())


def newest(guardianship: Guardianship) -> FamilyWord | None:
    """What this guardian said last."""
    rows = FamilyWord.objects.filter(guardianship=guardianship).order_by("-said_at", "-pk")
    word: FamilyWord | None = rows.prefetch_related("adults").first()
    return word
