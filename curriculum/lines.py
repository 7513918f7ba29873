"""Goals of all editions brought together: what was replaced counts for what replaced it."""

import time
from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save

from curriculum.models import Goal, GoalLink

# What another process publishes is seen here after this many seconds at most, as the words of goals are.
LASTS = 60.0
_kept: list[tuple[float, dict[int, list[int]]]] = []


def newest() -> dict[int, list[int]]:
    """For each goal that was replaced, the goals at the end of its line; one that comes round ends where it began.

    Kept in the process for a minute: figures are counted along it all day, and it changes with an edition.
    """
    if not _kept or time.monotonic() - _kept[0][0] >= LASTS:
        _kept[:] = [(time.monotonic(), read())]
    return _kept[0][1]


def forget(**_signal: Any) -> None:
    """Read anew what was replaced when it is asked for next."""
    _kept.clear()


def keep_fresh() -> None:
    """Forget what was kept whenever this process changes a link, or publishes or withdraws a goal."""
    for model in (Goal, GoalLink):
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=model, dispatch_uid=f"curriculum.lines.{model.__name__}")


def read() -> dict[int, list[int]]:
    """What `newest` keeps, as it stands in the database now."""
    rows = GoalLink.objects.in_use().filter(kind=GoalLink.Kind.REPLACED_BY)
    onward: dict[int, list[int]] = {}
    for origin, destination in rows.order_by("pk").values_list("origin_id", "destination_id"):
        onward.setdefault(origin, []).append(destination)
    return {key: _ends(key, onward) for key in onward}


def _ends(start: int, onward: dict[int, list[int]]) -> list[int]:
    found: dict[int, None] = {}
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        if key in onward:
            waiting += onward[key]
        else:
            found[key] = None
    return sorted(found) or [start]


def of(*goals: int) -> list[int]:
    """These goals and every older one whose line ends in one of them."""
    wanted = set(goals)
    return sorted(wanted | {old for old, ends in newest().items() if wanted & set(ends)})


def related(goal_ids: Iterable[int]) -> dict[int, list[Goal]]:
    """By goal, the goals of other curricula that it is related to, whichever side the link was written from."""
    keys = set(goal_ids)
    found: dict[int, list[Goal]] = {}
    for link in GoalLink.objects.in_use().filter(kind=GoalLink.Kind.RELATED_TO).for_list():
        if link.origin_id in keys:
            found.setdefault(link.origin_id, []).append(link.destination)
        if link.destination_id in keys:
            found.setdefault(link.destination_id, []).append(link.origin)
    return found
