"""Goals in the reader's words, kept in the process: they stand under every entry, and seldom change."""

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.signals import post_delete, post_save

from curriculum.models import Area, Framework, Goal

# What another process publishes is seen here after this many seconds at most.
LASTS = 60.0


@dataclass(frozen=True)
class GoalWords:
    """One goal in the reader's language: a short label, what it means, and what it stands under."""

    pk: int
    public_id: uuid.UUID
    label: str
    text: str
    area: str
    area_id: uuid.UUID
    framework: str


_kept: dict[str, tuple[float, dict[int, GoalWords]]] = {}


def in_words(keys: Iterable[int], language: str) -> dict[int, GoalWords]:
    """These goals by key, retired ones too, in the order of their framework; unknown keys are left out."""
    wanted = set(keys)
    if not wanted:
        return {}
    known = _known(language)
    if not wanted <= known.keys():
        forget()
        known = _known(language)
    return {key: known[key] for key in (known if len(wanted) > 1 else wanted) if key in wanted and key in known}


def _known(language: str) -> dict[int, GoalWords]:
    read_at, found = _kept.get(language, (-LASTS, {}))
    if time.monotonic() - read_at >= LASTS:
        found = {goal.pk: _in_words(goal, language) for goal in Goal.objects.for_list()}
        _kept[language] = (time.monotonic(), found)
    return found


def _in_words(goal: Goal, language: str) -> GoalWords:
    area = goal.area
    return GoalWords(
        goal.pk,
        goal.public_id,
        goal.label(language),
        goal.text(language),
        area.label(language),
        area.public_id,
        area.framework.title(language),
    )


def forget(**_signal: Any) -> None:
    """Read the goals anew when they are asked for next."""
    _kept.clear()


def keep_fresh() -> None:
    """Forget what was kept whenever this process changes a framework, an area or a goal."""
    for model in (Framework, Area, Goal):
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=model, dispatch_uid=f"curriculum.spoken.{model.__name__}")
