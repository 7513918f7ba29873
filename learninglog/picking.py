"""The goals that a teacher can choose from: what the entry has and the group used lately first, then area by area."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curriculum.choices import AreaChoice, GoalChoice, areas_with_goals
from curriculum.services import goal_labels
from learninglog.models import Entry, EntryGoal, PlanGoal
from people.models import Unit
from visibility.viewer import Viewer

RECENT_ENTRIES, RECENT_GOALS = 40, 6


@dataclass(frozen=True)
class GoalPick:
    id: int
    label: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class GoalArea:
    label: str
    goals: list[GoalPick]


def goal_keys(entry: Entry, viewer: Viewer) -> set[int]:
    """Goals that can be chosen on the day of the entry, and those it has."""
    held = EntryGoal.objects.filter(entry=entry).values_list("goal_id", flat=True)
    return {goal.id for _area, goals in _areas(entry, viewer) for goal in goals} | set(held)


def _areas(entry: Entry, viewer: Viewer) -> list[tuple[str, list[GoalChoice]]]:
    """Areas with their goals, headings and parts one after the other."""
    flat: list[tuple[str, list[GoalChoice]]] = []

    def walk(area: AreaChoice) -> None:
        if area.goals:
            flat.append((area.label, list(area.goals)))
        for part in area.parts:
            walk(part)

    unit, day = entry.unit, max(entry.happened_on, viewer.day)
    for area in areas_with_goals(unit.organisation.country, day, get_language() or "en", unit):
        walk(area)
    return flat


def goals_of_unit(unit: Unit, viewer: Viewer, chosen: list[int], held: list[int]) -> list[GoalArea]:
    """All goals of a unit today by area, those chosen marked: for a plan. What it holds from before stays with it."""
    found: list[GoalArea] = []
    areas = areas_with_goals(unit.organisation.country, viewer.day, get_language() or "en", unit)
    for area in areas:
        for part in (area, *area.parts):
            goals = [GoalPick(goal.id, goal.label, goal.text, goal.id in chosen) for goal in part.goals]
            if goals:
                found.append(GoalArea(part.label, goals))
    known = {goal.id for area in found for goal in area.goals}
    retired = goal_labels([key for key in held if key not in known], get_language() or "en")
    if retired:
        goals = [GoalPick(key, label, "", key in chosen) for key, label in retired.items()]
        found.insert(0, GoalArea(_("Goals from before"), goals))
    return found


def pick(entry: Entry, viewer: Viewer, chosen: list[int]) -> tuple[list[GoalPick], list[GoalArea]]:
    """Chosen goals and those the group used lately stand first; every goal stands once."""
    areas = _areas(entry, viewer)
    by_key = {goal.id: goal for _label, goals in areas for goal in goals}
    # A retired goal that the entry has stays on it.
    retired = goal_labels([key for key in chosen if key not in by_key], get_language() or "en")
    lately = dict.fromkeys([*_planned(entry), *_recent(entry)])
    recent = [key for key in lately if key in by_key and key not in chosen]
    known = {key: (goal.label, goal.text) for key, goal in by_key.items()}
    known |= {key: (label, "") for key, label in retired.items()}
    first = [GoalPick(key, *known[key], key in chosen) for key in [*chosen, *recent] if key in known]
    taken = {pick.id for pick in first}
    rest = [
        GoalArea(label, [GoalPick(g.id, g.label, g.text, False) for g in goals if g.id not in taken])
        for label, goals in areas
    ]
    return first, [area for area in rest if area.goals]


def _planned(entry: Entry) -> list[int]:
    """Goals of the plans that the entry is in."""
    rows = PlanGoal.objects.filter(plan__plan_entries__entry=entry).order_by("pk")
    return list(rows.values_list("goal_id", flat=True))


def _recent(entry: Entry) -> list[int]:
    lately = Entry.objects.kept().of_group(entry.group).exclude(pk=entry.pk).newest_first()
    keys = list(lately.values_list("pk", flat=True)[:RECENT_ENTRIES])
    used = (
        EntryGoal.objects.filter(entry__in=keys).order_by("-entry__happened_on", "pk").values_list("goal_id", flat=True)
    )
    return [goal for goal, _times in Counter(used).most_common(RECENT_GOALS)]
