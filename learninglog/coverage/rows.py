"""The goals that coverage has a row for: those in force, and older ones that entries of the period still show."""

from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.models import Goal
from curriculum.spoken import GoalWords, in_words
from people.models import Unit
from visibility.viewer import Viewer


@dataclass(frozen=True)
class AreaRows:
    """Goals under one heading; the framework is named where there are several."""

    label: str
    framework: str
    goals: list[GoalWords]


def in_force(unit: Unit, viewer: Viewer) -> list[int]:
    """Keys of the goals that can be chosen in the unit today."""
    current = Goal.objects.current(unit.organisation.country, viewer.day, unit)
    return list(current.order_by("pk").values_list("pk", flat=True))


def areas(goal_ids: Iterable[int], language: str) -> list[AreaRows]:
    """These goals in the order of their frameworks, under their headings."""
    found: dict[tuple[str, str], list[GoalWords]] = {}
    for goal in in_words(set(goal_ids), language).values():
        found.setdefault((goal.framework, goal.area), []).append(goal)
    return [AreaRows(area, framework, goals) for (framework, area), goals in found.items()]
