"""The questions about pictures, film and sound, and how each is decided in an organisation."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Organisation, QuestionSetting

Basis = QuestionSetting.Basis


class Question(models.TextChoices):
    PHOTOGRAPH = "photograph", _("May be photographed")
    FILM = "film", _("May be filmed or recorded")
    OTHER_FAMILIES = "other_families", _("May be shown to the other families of an open group")
    PRINT = "print", _("May appear in print")
    PROFILE = "profile", _("May have a profile picture")


# Sweden: documenting is the head's public task, and one may object. What goes further is asked for everywhere.
PUBLIC_TASK = {Organisation.Country.SWEDEN: frozenset({Question.PHOTOGRAPH, Question.FILM})}


@dataclass(frozen=True)
class Way:
    """How a question is decided: the newest setting, or what is usual in the country."""

    basis: str
    silence_is_yes: bool = False
    yearly: bool = False
    answering_days: int = 14

    @property
    def objection(self) -> bool:
        return self.basis == Basis.OBJECTION


def usual(question: str, country: str) -> Way:
    """How a question is decided where nobody has set anything."""
    task = PUBLIC_TASK.get(Organisation.Country(country), frozenset())
    return Way(Basis.OBJECTION if question in task else Basis.CONSENT)


def way(question: str, organisation: Organisation) -> Way:
    """How this organisation decides this question now."""
    return ways(question, [organisation])[organisation.pk]


def ways(question: str, organisations: Iterable[Organisation]) -> dict[int, Way]:
    """The same for several, by their keys."""
    found = {row.pk: usual(question, row.country) for row in organisations}
    rows = QuestionSetting.objects.filter(question=question, organisation__in=list(found)).order_by("at", "pk")
    for row in rows:
        found[row.organisation_id] = Way(row.basis, row.silence_is_yes, row.yearly, row.answering_days)
    return found
