"""What the office sees beside the form: the words as families and teachers will, in each language."""

from typing import Any

from django.conf import settings

from curriculum.models import Area, Framework, Goal, Guidance
from curriculum.models.base import OfficeText


def preview_of(row: OfficeText) -> dict[str, Any]:
    """The title and goals of a framework, an area or a goal, once per language; a goal that is no row yet as typed."""
    if isinstance(row, Guidance):
        return _guidance(row)
    framework = row if isinstance(row, Framework) else getattr(row, "framework", None)
    if isinstance(row, Goal) and framework is None:
        framework = getattr(getattr(row, "area", None), "framework", None)
    return {
        "framework": framework,
        "languages": [
            {"code": code, "name": name, "title": _title(row, code), "areas": _areas(row, code)}
            for code, name in settings.LANGUAGES
        ],
    }


def _guidance(row: Guidance) -> dict[str, Any]:
    subject = row.goal or row.area
    languages = []
    for code, name in settings.LANGUAGES:
        goals = [{"code": "", "label": row.words("meaning", code), "text": row.words("ideas", code)}]
        areas = [{"label": "", "goals": [*goals, {"code": "", "label": "", "text": row.words("environments", code)}]}]
        title = subject.label(code) if subject else ""
        languages.append({"code": code, "name": name, "title": title, "areas": areas})
    return {"framework": subject.framework if subject else None, "languages": languages}


def _title(row: OfficeText, language: str) -> str:
    if isinstance(row, Framework):
        return row.title(language)
    area = row if isinstance(row, Area) else getattr(row, "area", None)
    return area.label(language) if area else ""


def _areas(row: OfficeText, language: str) -> list[dict[str, Any]]:
    if isinstance(row, Goal):
        return [{"label": "", "goals": [_goal(row, language)]}]
    if row.pk is None:
        return []
    goals = Goal.objects.for_list().filter(live=True)
    if isinstance(row, Area):
        found = list(goals.filter(area=row.pk))
        return [{"label": "", "goals": [_goal(goal, language) for goal in found]}] if found else []
    by_area: dict[str, list[dict[str, str]]] = {}
    for goal in goals.filter(framework=row.pk):
        by_area.setdefault(goal.area.label(language), []).append(_goal(goal, language))
    return [{"label": label, "goals": found} for label, found in by_area.items()]


def _goal(goal: Goal, language: str) -> dict[str, str]:
    return {"code": goal.code, "label": goal.label(language), "text": goal.text(language)}
