"""A child's log by the goals that its entries show: landmarks to start from, and never a list of what is missing."""

from dataclasses import dataclass
from datetime import date

from curriculum.spoken import GoalWords
from learninglog.coverage import figures, rows
from people.models import Child
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Landmark:
    goal: GoalWords
    last: date


@dataclass(frozen=True)
class LandmarkArea:
    label: str
    landmarks: list[Landmark]


def of_child(child: Child, viewer: Viewer, language: str) -> list[LandmarkArea]:
    """The goals under what the viewer may read of this child's shared entries; in the frameworks' order, uncounted."""
    found = figures.seen(viewer, child)
    return [
        LandmarkArea(area.label, [Landmark(goal, found[goal.pk].last) for goal in area.goals])
        for area in rows.areas(found, language)
    ]
