"""How many shared entries show a goal, by month: figures of what stands shared and the viewer may read."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef

from curriculum import lines
from learninglog.coverage import standing
from learninglog.coverage.periods import Period
from learninglog.models import Entry, EntryGoal, Publication
from learninglog.querysets import EntryQuerySet
from people.models import Child, Group, Unit
from visibility.viewer import Viewer

Counts = dict[int, dict[date, int]]
ALWAYS = Period(date.min, date.max)


@dataclass(frozen=True)
class Found:
    """Shared entries of a group or a unit that the viewer may read, within a period."""

    viewer: Viewer
    place: str
    key: int
    period: Period = ALWAYS


def of_group(viewer: Viewer, group: Group) -> Found:
    """Shared entries that the group wrote and the viewer may read."""
    return Found(viewer, "group", group.pk)


def of_unit(viewer: Viewer, unit: Unit) -> Found:
    """Shared entries made in the unit that the viewer may read."""
    return Found(viewer, "unit", unit.pk)


def within(found: Found, period: Period) -> Found:
    """Happened in the period, as it was shared."""
    return replace(found, period=period)


def showing(found: Found, goal: int) -> EntryQuerySet:
    """Those that show the goal, or an older one that it replaced: the evidence of a figure."""
    shown = Publication.objects.filter(
        **{standing.PLACES[found.place]: found.key},
        entry=OuterRef("pk"),
        happened_on__gte=found.period.start,
        happened_on__lt=found.period.end,
        goals__has_any_id=lines.of(goal),
    )
    rows: EntryQuerySet = Entry.objects.visible_to(found.viewer).kept().shared().filter(Exists(shown))
    return rows


def by_month(found: Found) -> Counts:
    """By goal and first of month, the number of entries; what was replaced counts for the newest, an entry once."""
    asked = standing.queries(lines.newest()).months[found.place]
    counts: Counts = {}
    for goal, month, number in asked.rows(found.viewer, key=found.key, start=found.period.start, end=found.period.end):
        counts.setdefault(goal, {})[_day(month)] = number
    return counts


@dataclass(frozen=True)
class Seen:
    first: date
    last: date


def seen(viewer: Viewer, child: Child) -> dict[int, Seen]:
    """By goal, the day that this child's entries showed it first and the day they showed it last."""
    return {
        goal: Seen(_day(first), _day(last))
        for goal, first, last in standing.queries(lines.newest()).seen(viewer, child.pk)
    }


def entries_by_goal(rows: EntryQuerySet) -> dict[int, list[int]]:
    """By goal, the keys of the entries that show it as they are written now, shared or not; the newest first."""
    keys = EntryGoal.objects.filter(entry__in=rows.order_by().values("pk")).order_by("-entry__happened_on", "-entry_id")
    ends = lines.newest()
    found: dict[int, dict[int, None]] = {}
    for entry, goal in keys.values_list("entry_id", "goal_id"):
        for line in ends.get(goal, [goal]):
            found.setdefault(line, {})[entry] = None
    return {goal: list(entries) for goal, entries in found.items()}


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
