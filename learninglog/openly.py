"""Which children may be seen on pictures by whom, over rows: what the staff are told before they share.

The same rule as `pictures.shown_to_family`, which decides what a family gets; tests hold the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from media_policy import answers
from media_policy.questions import Question
from people.models import GroupOpening


@dataclass(frozen=True)
class Openly:
    """Of some children, those who may be photographed, and those whom the group's other families may see; in a group
    with hidden members nobody."""

    photographed: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()
    is_open: bool = False

    def reaches(self, seen: Iterable[int | None], own: Iterable[int | None], *, covered: bool = False) -> bool:
        """Whether a family with these children gets a picture on which those can be recognised; a covered one tells
        that others are there, so it takes an open group in any case."""
        everybody = set(seen)
        others = everybody - set(own)
        return not (others or covered) or (self.is_open and others <= self.shown and everybody <= self.photographed)


def openly(group: int, children: Iterable[int | None], *, shared_at: datetime, at: datetime) -> Openly:
    """For what was shared in a group at one moment, and is looked at in another."""
    keys = {key for key in children if key is not None}
    still = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    running = GroupOpening.objects.filter(still, group=group, opened_at__lte=min(shared_at, at))
    if not running.exists():
        return Openly()
    photographed = frozenset(answers.allowed(Question.PHOTOGRAPH, keys, at))
    shown = frozenset(answers.allowed(Question.OTHER_FAMILIES, keys, at, group=group))
    return Openly(photographed, shown, is_open=True)


def not_photographed(children: Iterable[int], at: datetime) -> frozenset[int]:
    """Those of these children who may not be photographed now."""
    keys = set(children)
    return frozenset(keys - answers.allowed(Question.PHOTOGRAPH, keys, at)) if keys else frozenset()


def is_open(group: int, at: datetime) -> bool:
    """Whether the families of a group may know of each other now."""
    still = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    return GroupOpening.objects.filter(still, group=group, opened_at__lte=at).exists()
