"""Goals that a group's entries have seldom shown this term: ideas for the team's planning, nobody's shortcoming."""

from collections.abc import Iterable

from learninglog.coverage.figures import Counts

SELDOM, FEW = 1, 6


def among(goal_ids: Iterable[int], counts: Counts) -> list[int]:
    """At most a handful of the goals with one entry or none, those with none first."""
    totals = {key: sum(counts.get(key, {}).values()) for key in goal_ids}
    return sorted((key for key, total in totals.items() if total <= SELDOM), key=lambda key: (totals[key], key))[:FEW]
