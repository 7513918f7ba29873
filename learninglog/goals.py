"""What the goals under an entry mean, for those who read it."""

import uuid

from curriculum import lines
from curriculum.models import Area, Goal
from curriculum.spoken import GoalWords, in_words
from learninglog.models import Publication
from people.models import Child


def of_child(child: Child, language: str) -> dict[str, list[GoalWords]]:
    """The goals that stand under this child's shared entries, by area: what its log can be filtered by."""
    rows = Publication.objects.filter(child=child).order_by("pk").values_list("goals", flat=True)
    by_area: dict[str, list[GoalWords]] = {}
    for goal in in_words({key for keys in rows for key in keys}, language).values():
        by_area.setdefault(goal.area, []).append(goal)
    return by_area


def chosen(*, goal: uuid.UUID | None, area: uuid.UUID | None) -> list[int] | None:
    """Keys of the goal, or of the goals of the area and its parts, that an address names; None if it names neither."""
    if goal is None and area is None:
        return None
    rows = Goal.objects.filter(public_id=goal) if goal else Goal.objects.none()
    if area:
        rows = Goal.objects.filter(area__public_id=area) | Goal.objects.filter(area__parent__public_id=area)
    # Entries keep the edition they were written under; what it was replaced by finds them all the same.
    return lines.of(*rows.order_by("pk").values_list("pk", flat=True))


def one(public_id: uuid.UUID) -> Goal | None:
    """The goal at this address; it is public text."""
    return Goal.objects.filter(public_id=public_id).first()


def named(*, goal: uuid.UUID | None, area: uuid.UUID | None, language: str) -> str:
    """The label of the goal or area that an address names, or nothing."""
    found = (one(goal) if goal else None) or (Area.objects.filter(public_id=area).first() if area else None)
    return found.label(language) if found else ""
