"""The goals that can be chosen today, as the composer shows them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from curriculum.models import Area, Goal
from people.models import Unit


@dataclass(frozen=True, slots=True)
class GoalChoice:
    id: int
    code: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """A heading with its goals, or with parts that have them; one without any goal is not there."""

    id: int
    code: str
    label: str
    framework: str
    goals: tuple[GoalChoice, ...]
    parts: tuple["AreaChoice", ...]


def areas_with_goals(country: str, day: date, language: str, unit: Unit | None = None) -> list[AreaChoice]:
    """The tree of areas and goals in force in a country and a unit on a day, in two queries however long it is."""
    areas = list(Area.objects.current(country, day, unit).for_list())
    goals: dict[int, list[GoalChoice]] = defaultdict(list)
    for goal in Goal.objects.current(country, day, unit).for_list():
        goals[goal.area_id].append(GoalChoice(goal.pk, goal.code, goal.label(language), goal.text(language)))
    parts: dict[int, list[Area]] = defaultdict(list)
    for area in areas:
        if area.parent_id is not None:
            parts[area.parent_id].append(area)

    def branch(area: Area) -> AreaChoice | None:
        own = tuple(goals[area.pk])
        below = tuple(filter(None, (branch(part) for part in parts[area.pk])))
        if not own and not below:
            return None
        return AreaChoice(area.pk, area.code, area.label(language), area.framework.title(language), own, below)

    return list(filter(None, (branch(area) for area in areas if area.parent_id is None)))
