"""Dated frameworks of public text: what entries are tagged to. Nothing here knows of a child."""

from curriculum.models.area import Area
from curriculum.models.framework import Framework
from curriculum.models.goal import Goal
from curriculum.models.guidance import Guidance
from curriculum.models.link import GoalLink
from curriculum.models.package import Package

__all__ = ["Area", "Framework", "Goal", "GoalLink", "Guidance", "Package"]
