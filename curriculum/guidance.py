"""Guidance as the screens show it: what a goal means, ideas, places. Its own before its heading's."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from curriculum import lines
from curriculum.models import Goal, Guidance


@dataclass(frozen=True)
class GuidanceWords:
    meaning: str
    ideas: list[str]
    environments: list[str]


@dataclass(frozen=True)
class GoalPage:
    """One goal as anybody may read of it: it is public text."""

    code: str
    label: str
    text: str
    area: str
    framework: str
    source_url: str
    in_use: bool
    guidance: GuidanceWords | None
    related: list[tuple[str, str]]


def of_goals(goal_ids: Iterable[int], language: str) -> dict[int, GuidanceWords]:
    """By goal, the published guidance of the goal, or else of its heading, or of the heading over that."""
    goals = list(Goal.objects.filter(pk__in=set(goal_ids)).select_related("area").order_by("pk"))
    above = {goal.pk: [goal.area_id, goal.area.parent_id] for goal in goals}
    areas = {key for keys in above.values() for key in keys if key}
    rows = Guidance.objects.filter(Q(goal__in=goals) | Q(area__in=areas), live=True).order_by("pk")
    rows = rows.select_related("goal__framework", "area__framework")
    by_goal = {row.goal_id: row for row in rows if row.goal_id}
    by_area = {row.area_id: row for row in rows if row.area_id}
    found = {}
    for goal in goals:
        row = by_goal.get(goal.pk) or next((by_area[key] for key in above[goal.pk] if key in by_area), None)
        if row is not None:
            found[goal.pk] = _in_words(row, language)
    return found


def page(public_id: uuid.UUID, language: str) -> GoalPage | None:
    """A goal with its guidance and the goals of other curricula it is related to; one that was never published is none.

    What was taken out of use still stands under entries and in plans, and is told as what it is.
    """
    told = Goal.objects.filter(Q(live=True) | Q(first_published_at__isnull=False), public_id=public_id)
    goal = told.select_related("area__framework", "framework").first()
    if goal is None:
        return None
    others = lines.related([goal.pk]).get(goal.pk, [])
    related = [(one.framework.title(language), one.label(language)) for one in others]
    return GoalPage(
        goal.code,
        goal.label(language),
        goal.text(language),
        goal.area.label(language),
        goal.framework.title(language),
        goal.framework.source_url,
        goal.live,
        of_goals([goal.pk], language).get(goal.pk),
        related,
    )


def _in_words(row: Guidance, language: str) -> GuidanceWords:
    def listed(stem: str) -> list[str]:
        return [line.strip() for line in row.words(stem, language).splitlines() if line.strip()]

    return GuidanceWords(row.words("meaning", language), listed("ideas"), listed("environments"))
