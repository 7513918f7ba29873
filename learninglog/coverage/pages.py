"""What the pages of coverage show, put together from figures, rows and guidance."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext

from curriculum import guidance
from curriculum.spoken import GoalWords, in_words
from ground.names import sort_names
from learninglog import groups
from learninglog.coverage import figures, periods, picture, quiet, rows, seldom
from learninglog.coverage.figures import Found
from learninglog.coverage.picture import Drawing
from learninglog.models import Entry
from people.models import Child, Group, Unit
from visibility.viewer import Viewer

USUAL = 12


@dataclass(frozen=True)
class Length:
    """One choice of how far back the page looks."""

    label: str
    href: str
    current: bool
    count: int = 0


@dataclass(frozen=True)
class Seldom:
    """A goal with something to begin from: an idea of its guidance, or what the goal says."""

    goal: GoalWords
    idea: str


@dataclass
class CoveragePage:
    drawing: Drawing
    lengths: list[Length]
    seldom: list[Seldom] = field(default_factory=list)
    quiet: list[tuple[Child, str]] = field(default_factory=list)
    several: bool = False

    @property
    def child_ids(self) -> list[int]:
        return [child.pk for child, _name in self.quiet]


def months_asked(request: HttpRequest) -> int:
    """How many months the address asks for; what makes no sense asks for the usual year."""
    asked = request.GET.get("months", "")
    return int(asked) if asked in {str(months) for months in periods.LENGTHS} else USUAL


def of_group(group: Group, viewer: Viewer, months: int) -> CoveragePage:
    """A group's coverage; which goals were seldom and who is quiet is for those who work there."""
    found = figures.of_group(viewer, group)
    page = _page(found, group.unit, viewer, months, "staff:covered", "group", group.public_id)
    if groups.works_in(group, viewer):
        counts = figures.by_month(figures.within(found, periods.term(viewer.day)))
        page.seldom = _seldom(group.unit, viewer, counts)
        page.quiet = _quiet(group, viewer)
    return page


def of_unit(unit: Unit, viewer: Viewer, months: int) -> CoveragePage:
    return _page(figures.of_unit(viewer, unit), unit, viewer, months, "staff:unit_covered", "unit", unit.public_id)


def initial(month: date) -> str:
    """The letter that a month has over its column."""
    return format_date(month, "LLLLL", locale=get_language() or "en")


def _page(
    found: Found, unit: Unit, viewer: Viewer, months: int, name: str, key: str, public_id: uuid.UUID
) -> CoveragePage:
    period = periods.lately(viewer.day, months)
    counts = figures.by_month(figures.within(found, period))

    def href(goal: GoalWords, month: date) -> str:
        return f"{reverse(name, kwargs={key: public_id, 'goal': goal.public_id})}?month={month:%Y-%m}"

    shown = {*rows.in_force(unit, viewer), *counts}
    areas = rows.areas(shown, get_language() or "en")
    drawing = picture.draw(areas, period.months, counts, href)
    lengths = [
        Length(ngettext("%(num)s month", "%(num)s months", each) % {"num": each}, f"?months={each}", each == months)
        for each in periods.LENGTHS
    ]
    return CoveragePage(drawing, lengths, several=len({area.framework for area in areas}) > 1)


def _seldom(unit: Unit, viewer: Viewer, counts: figures.Counts) -> list[Seldom]:
    language = get_language() or "en"
    keys = seldom.among(rows.in_force(unit, viewer), counts)
    words, told = in_words(keys, language), guidance.of_goals(keys, language)
    before: Counter[uuid.UUID] = Counter()
    found = []
    for goal in (words[key] for key in keys if key in words):
        ideas = told[goal.pk].ideas if goal.pk in told else []
        # Goals under one heading may share its guidance: each gets another of its ideas.
        found.append(Seldom(goal, ideas[before[goal.area_id] % len(ideas)] if ideas else goal.text))
        before[goal.area_id] += 1
    return found


def _quiet(group: Group, viewer: Viewer) -> list[tuple[Child, str]]:
    today = groups.children_today(group, viewer)
    names = groups.called(today)
    found = quiet.among(Child.objects.filter(pk__in=[child.pk for child in today]), group.unit_id, viewer)
    return sort_names([(child, names[child.pk]) for child in found], lambda pair: pair[1], get_language() or "en")


def opened(found: Found, goal: int, month: date | None) -> list[Entry]:
    """The entries behind a cell, or behind a whole strip where no month is named, newest first."""
    shown = figures.showing(figures.within(found, periods.month(month)) if month else found, goal).newest_first()
    return list(shown.select_related("group", "created_by", "current")[:200])
