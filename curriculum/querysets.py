"""Adjectives for the public text. Text is seen by everybody, so there is no viewer here."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from curriculum.languages import LANGUAGES, fold, supported

# A sentence pasted into the search box needs no longer a condition than this.
MOST_WORDS = 8


def _here(unit: Any, path: str) -> Q:
    """What holds in the whole country, and what the unit or its organisation has beside it."""
    everywhere = Q(**{f"{path}organisation__isnull": True, f"{path}unit__isnull": True})
    if unit is None:
        return everywhere
    of_owner = Q(**{f"{path}organisation": unit.organisation_id})
    return everywhere | of_owner | Q(**{f"{path}unit": unit.pk})


def _in_force(country: str, day: date, unit: Any, path: str = "") -> Q:
    return _here(unit, path) & Q(
        Q(**{f"{path}valid_until__isnull": True}) | Q(**{f"{path}valid_until__gt": day}),
        **{f"{path}live": True, f"{path}country": country, f"{path}valid_from__lte": day},
    )


def _has_words(text: str, language: str | None, paths: tuple[str, ...]) -> Q:
    columns = [f"search_{code}" for code in ((supported(language),) if language else LANGUAGES)]
    wanted = Q()
    for word in fold(text).split()[:MOST_WORDS]:
        # One or two letters are the start of a word being typed; longer ones also stand inside compounds.
        term = word if len(word) > 2 else f" {word}"
        found = Q()
        for path in paths:
            for column in columns:
                found |= Q(**{f"{path}{column}__contains": term})
        wanted &= found
    return wanted


class FrameworkQuerySet(models.QuerySet[Any]):
    def current(self, country: str, day: date, unit: Any = None) -> Self:
        """Published editions that are in force in a country on a day; with a unit, its own and its owner's too."""
        return self.filter(_in_force(country, day, unit))

    def for_list(self) -> Self:
        """By country and family, the newest edition first."""
        return self.order_by("country", "family", "-valid_from", "code")


class AreaQuerySet(models.QuerySet[Any]):
    def current(self, country: str, day: date, unit: Any = None) -> Self:
        """Published areas of the editions in force in a country on a day."""
        heading = Q(parent__isnull=True) | Q(parent__live=True)
        return self.filter(_in_force(country, day, unit, "framework__"), heading, live=True)

    def matching(self, text: str, language: str | None = None) -> Self:
        """Areas whose code or label has every word of the text, in one language or in any; accents do not count."""
        return self.filter(_has_words(text, language, ("",)))

    def for_list(self) -> Self:
        """With the framework and the heading, in the order of the framework."""
        return self.select_related("framework", "parent").order_by(
            "framework__country", "framework__family", "-framework__valid_from", "framework_id", "order", "code"
        )


class GoalQuerySet(models.QuerySet[Any]):
    def current(self, country: str, day: date, unit: Any = None) -> Self:
        """Published goals that can be chosen in a country on a day."""
        heading = Q(area__parent__isnull=True) | Q(area__parent__live=True)
        kept = Q(retired_on__isnull=True) | Q(retired_on__gt=day)
        return self.filter(_in_force(country, day, unit, "framework__"), heading, kept, live=True, area__live=True)

    def matching(self, text: str, language: str | None = None) -> Self:
        """Goals that have every word of the text in their own words or their area's, in one language or in any.

        Upper case and accents do not count (å and ä are a, ö and ø are o, æ is ae); an empty text leaves all of them.
        """
        return self.filter(_has_words(text, language, ("", "area__")))

    def for_list(self) -> Self:
        """With framework and area, in the order of the framework."""
        return self.select_related("framework", "area__framework").order_by(
            "framework__country",
            "framework__family",
            "-framework__valid_from",
            "framework_id",
            "area__order",
            "area_id",
            "order",
            "code",
        )


class GoalLinkQuerySet(models.QuerySet[Any]):
    def in_use(self) -> Self:
        """Links that hold now: not switched off, between goals that were published."""
        return self.filter(in_use=True, origin__live=True, destination__live=True)

    def for_list(self) -> Self:
        """With both goals, by the codes they stand between."""
        return self.select_related("origin__framework", "destination__framework").order_by(
            "origin__framework__code", "origin__code", "kind", "destination__code"
        )
