"""Freezing what was published, asking, answering."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Max, Q, QuerySet, Subquery

from access.models import FrozenWording, TermsAnswer, Wording, WordingKind
from ground.prepared import Prepared
from people.models import AccessEvent, Person


class State(StrEnum):
    NO_TERMS = "no_terms"
    ASKS = "asks"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@transaction.atomic
def freeze(*, wording: Wording, at: datetime) -> FrozenWording:
    """Keep what was published; the same words again are the same copy."""
    text = "\n".join([wording.kind, wording.language, str(wording.edition), wording.title, wording.body])
    frozen, _new = FrozenWording.objects.get_or_create(
        kind=wording.kind,
        language=wording.language,
        edition=wording.edition,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        defaults={"title": wording.title, "body": wording.body, "frozen_at": at},
    )
    return frozen


def edition(kind: str = WordingKind.TERMS) -> int | None:
    """The number of the newest edition; None where nothing was published."""
    found: int | None = FrozenWording.objects.filter(kind=kind).aggregate(newest=Max("edition"))["newest"]
    return found


def current(kind: str, *languages: str) -> FrozenWording | None:
    """The newest edition, in the first of these languages it has, else in any; the newest copy of those words."""
    newest = edition(kind)
    if newest is None:
        return None
    copies = FrozenWording.objects.filter(kind=kind, edition=newest).order_by("-frozen_at", "-pk")
    by_language: dict[str, FrozenWording] = {}
    for copy in copies:
        by_language.setdefault(copy.language, copy)
    named = [language for language in languages if language in by_language]
    return by_language[named[0]] if named else next(iter(by_language.values()), None)


def other_languages(wording: FrozenWording) -> list[str]:
    """The languages in which the same edition can be read too."""
    same = FrozenWording.objects.filter(kind=wording.kind, edition=wording.edition)
    return sorted(set(same.values_list("language", flat=True)) - {wording.language})


def _newest(person: int) -> "QuerySet[Any, Any]":
    last = TermsAnswer.objects.filter(person=person).order_by("-at", "-pk")
    asked = FrozenWording.objects.filter(kind=WordingKind.TERMS).annotate(
        to=Subquery(last.values("wording__edition")[:1]), said=Subquery(last.values("value")[:1])
    )
    return asked.order_by("-edition", "pk").values_list("edition", "to", "said")[:1]


# Asked at every page and every picture of a guardian's.
_NEWEST = Prepared(_newest, person=int)


def state(person: Person) -> State:
    """Where a person stands with the newest edition."""
    newest = _NEWEST.rows(person=person.pk)
    if not newest:
        return State.NO_TERMS
    [(number, to, said)] = newest
    if to is None or to < number:
        return State.ASKS
    return State.ACCEPTED if said == TermsAnswer.Value.ACCEPTED else State.DECLINED


def declined(people: Iterable[int]) -> set[int]:
    """Those of these people whose latest answer was a no, to whichever edition."""
    answers = TermsAnswer.objects.filter(person__in=list(people)).order_by("at", "pk")
    last = dict(answers.values_list("person_id", "value"))
    return {person for person, value in last.items() if value == TermsAnswer.Value.DECLINED}


@transaction.atomic
def answer(*, person: Person, wording: FrozenWording, accepted: bool, at: datetime) -> TermsAnswer:
    """Write down what somebody answered; it is no consent, and can be answered otherwise at any time."""
    before = state(person)
    value = TermsAnswer.Value.ACCEPTED if accepted else TermsAnswer.Value.DECLINED
    given: TermsAnswer = TermsAnswer.objects.create(person=person, wording=wording, value=value, at=at)
    if person.organisation is not None:
        AccessEvent.objects.create(
            what=AccessEvent.What.TERMS, organisation=person.organisation, at=at, by=person, person=person,
            before={"state": before.value}, after={"state": value, "edition": wording.edition},
        )  # fmt: skip
    return given


@transaction.atomic
def allow_editing(*, group: Group) -> None:
    """Let a group of the office draft and publish the wordings; nobody needs to delete them."""
    codenames = [f"{verb}_wording" for verb in ("add", "change", "view", "publish")]
    rights = Q(content_type__app_label="access", codename__in=codenames)
    group.permissions.add(*Permission.objects.filter(rights).order_by("pk"))
