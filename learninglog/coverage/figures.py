"""How many shared entries show a goal, by month: one statement over rows that the rule has let through."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from curriculum import lines
from learninglog.coverage.periods import Period
from learninglog.models import Entry, EntryGoal
from learninglog.querysets import EntryQuerySet
from people.models import Child, Group, Unit
from visibility.viewer import Viewer

Counts = dict[int, dict[date, int]]


def of_group(viewer: Viewer, group: Group) -> EntryQuerySet:
    """Shared entries that the group wrote and the viewer may read."""
    rows: EntryQuerySet = Entry.objects.visible_to(viewer).kept().shared().of_group(group)
    return rows


def of_unit(viewer: Viewer, unit: Unit) -> EntryQuerySet:
    """Shared entries made in the unit that the viewer may read."""
    rows: EntryQuerySet = Entry.objects.visible_to(viewer).kept().shared().filter(unit=unit)
    return rows


def of_child(viewer: Viewer, child: Child) -> EntryQuerySet:
    """Entries shared with this child's family that the viewer may read."""
    rows: EntryQuerySet = Entry.objects.visible_to(viewer).kept().shared().filter(publications__child=child)
    return rows


def within(rows: EntryQuerySet, period: Period) -> EntryQuerySet:
    """Happened in the period, as it was shared."""
    return rows.filter(current__happened_on__gte=period.start, current__happened_on__lt=period.end)


def showing(rows: EntryQuerySet, goal: int) -> EntryQuerySet:
    """Those that show the goal, or an older one that it replaced: the evidence of a figure."""
    return rows.filter(current__goals__has_any_id=lines.of(goal))


def by_month(rows: EntryQuerySet) -> Counts:
    """By goal and first of month, the number of entries; what was replaced counts for the newest, an entry once."""
    counts: Counts = {}
    for goal, month, number in _run(rows, f"{_month()}, COUNT(DISTINCT s.entry)", "GROUP BY 1, 2"):
        counts.setdefault(goal, {})[_day(month)] = number
    return counts


@dataclass(frozen=True)
class Seen:
    first: date
    last: date


def seen(rows: EntryQuerySet) -> dict[int, Seen]:
    """By goal, the day it was shown first and the day it was shown last."""
    found = _run(rows, "MIN(s.day), MAX(s.day)", "GROUP BY 1")
    return {goal: Seen(_day(first), _day(last)) for goal, first, last in found}


def entries_by_goal(rows: EntryQuerySet) -> dict[int, list[int]]:
    """By goal, the keys of the entries that show it as they are written now, shared or not; the newest first."""
    keys = EntryGoal.objects.filter(entry__in=rows.order_by().values("pk")).order_by("-entry__happened_on", "-entry_id")
    ends = lines.newest()
    found: dict[int, dict[int, None]] = {}
    for entry, goal in keys.values_list("entry_id", "goal_id"):
        for line in ends.get(goal, [goal]):
            found.setdefault(line, {})[entry] = None
    return {goal: list(entries) for goal, entries in found.items()}


def _run(rows: EntryQuerySet, columns: str, grouped: str) -> list[Any]:
    """Our own SQL around the queryset's: the ORM has no way to take a list of ids apart on both databases."""
    shown = rows.order_by().values_list("pk", "current__happened_on", "current__goals")
    try:
        inner, params = shown.query.sql_with_params()
    except EmptyResultSet:
        return []
    pairs = [(old, new) for old, ends in lines.newest().items() for new in ends]
    replaced, pair_params = _replaced(pairs)
    goals, goal = apart()
    line = f"COALESCE(m.newest, {goal})" if pairs else goal
    joined = f"LEFT JOIN m ON m.older = {goal}" if pairs else ""
    sql = f"WITH s(entry, day, goals) AS ({inner}){replaced} SELECT {line}, {columns} FROM s {goals} {joined} {grouped}"  # noqa: S608  our own words
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *pair_params])
        return cursor.fetchall()


def _replaced(pairs: list[tuple[int, int]]) -> tuple[str, list[int]]:
    if not pairs:
        return "", []
    values = ", ".join(["(%s, %s)"] * len(pairs))
    return f", m(older, newest) AS (VALUES {values})", [key for pair in pairs for key in pair]


def apart() -> tuple[str, str]:
    """How a list of goals is taken apart: what to join, and what one goal is called then."""
    if connection.vendor == "postgresql":
        return "CROSS JOIN LATERAL unnest(s.goals) AS g(goal)", "g.goal"
    return "CROSS JOIN json_each(s.goals) AS g", "g.value"


def _month() -> str:
    if connection.vendor == "postgresql":
        return "date_trunc('month', s.day)::date"
    # The cursor takes parameters, so that a percent sign of SQL's own is written twice.
    return "strftime('%%Y-%%m-01', s.day)"


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
