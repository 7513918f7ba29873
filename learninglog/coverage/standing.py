"""What stands shared, with figures counted of it in one statement: the rule, spelled so that it costs little.

A publication about a child to whom the viewer is tied there is read by its being there. Entries that have no such
publication are put to the whole rule inside the same statement; where everybody is still there, those are none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, IntegerField, Q, QuerySet, Value, When

from ground.prepared import Prepared, Sql
from learninglog.models import Entry, Publication
from visibility import matrix, ties
from visibility.matrix import ENTRY, READ
from visibility.prepared import PreparedRule
from visibility.relations import WITHOUT_CHILD, Relation
from visibility.ties import Tie
from visibility.viewer import Hat, Strength, Viewer

PLACES = {"group": "entry__group", "unit": "unit", "child": "child"}
# What these ask of an entry and a child, a publication of the two has by standing.
HELD = frozenset({"SHARED", "NOT_DRAFT", "MADE_IN_UNIT"})
Rows = QuerySet[Any, Any]
Pairs = tuple[tuple[int, int], ...]
Ends = dict[int, list[int]]


class Queries:
    """The statements for one state of what replaced what: `pairs` of older and newest goals are written into them."""

    def __init__(self, pairs: Pairs) -> None:
        months = partial(_counted, pairs, lambda: f"{_month()}, COUNT(DISTINCT s.entry)", "GROUP BY 1, 2")
        seen = partial(_counted, pairs, lambda: "MIN(s.day), MAX(s.day)", "GROUP BY 1")
        self.months = {
            place: PreparedRule(ENTRY, partial(_in_period, place), around=months, key=int, start=date, end=date)
            for place in ("group", "unit")
        }
        self._seen = PreparedRule(ENTRY, partial(_asked, "child"), around=seen, key=int)
        self._seen_in_units = Prepared(_in_units, around=seen, key=int, units=[int])
        self._seen_anywhere = Prepared(lambda key: [_told(_at("child", key))], around=seen, key=int)

    def seen(self, viewer: Viewer, child: int) -> list[Any]:
        """Goals of a child's entries; without the rule where the viewer's ties alone answer for it."""
        mine, places = _reach(viewer, child)
        if None in mine:
            return self._seen_anywhere.rows(key=child)
        if mine and places <= mine:
            return self._seen_in_units.rows(key=child, units=sorted(unit for unit in mine if unit))
        return self._seen.rows(viewer, key=child)


_made: list[tuple[Ends, Queries]] = []


def queries(ends: Ends) -> Queries:
    """Made anew only when the lines of replacements are: they are the same object for as long as they are kept."""
    if not _made or (_made[0][0] is not ends and _made[0][0] != ends):
        _made[:] = [(ends, Queries(tuple((old, new) for old, found in ends.items() for new in found)))]
    return _made[0][1]


@dataclass(frozen=True)
class _Cell:
    """One relation that may read entries: whether a publication is read by standing, and only in the tie's unit."""

    relation: Relation
    held: bool
    in_unit: bool


@cache
def _cells(hat: Hat, strength: Strength) -> list[_Cell]:
    cells = matrix.cells(ENTRY, READ) if strength >= matrix.strength(ENTRY, READ) else []
    return [
        _Cell(
            relation,
            relation not in WITHOUT_CHILD and set(condition.names) <= HELD,
            not {"MADE_IN_UNIT", "WITHOUT_CHILDREN"}.isdisjoint(condition.names),
        )
        for relation, condition in cells
        if relation.hat == hat
    ]


def _ties(viewer: Viewer) -> Iterator[tuple[_Cell, Tie]]:
    cells = _cells(viewer.hat, viewer.strength)
    found = ties.of_viewer(viewer, [cell.relation for cell in cells])
    for cell in cells:
        for tie in found[cell.relation]:
            yield cell, tie


def _reach(viewer: Viewer, child: int) -> tuple[set[int | None], set[int | None]]:
    """The units where the viewer reads publications of a child, and those where they read any; None is anywhere."""
    mine: set[int | None] = set()
    places: set[int | None] = set()
    for cell, tie in _ties(viewer):
        if cell.in_unit and tie.unit is None:
            continue  # A tie without a unit agrees with no entry's.
        unit = tie.unit if cell.in_unit else None
        places.add(unit)
        if cell.held and tie.child == child:
            mine.add(unit)
    return mine, places


def _at(place: str, key: int) -> Rows:
    return Publication.objects.filter(**{PLACES[place]: key}).order_by()


def _told(rows: Rows) -> Rows:
    return rows.values_list("entry_id", "happened_on", "goals")


def _in_period(place: str, viewer: Viewer, key: int, start: date, end: date) -> list[Rows]:
    return _beside_the_rule(viewer, _at(place, key).filter(happened_on__gte=start, happened_on__lt=end))


def _asked(place: str, viewer: Viewer, key: int) -> list[Rows]:
    return _beside_the_rule(viewer, _at(place, key))


def _beside_the_rule(viewer: Viewer, rows: Rows) -> list[Rows]:
    """The publications, each with whether it is held, and all entries that the rule lets through."""
    held = Q(pk__in=[])
    for cell, tie in _ties(viewer):
        if cell.held:
            held |= Q(child__in=[tie.child], **({"unit": tie.unit} if cell.in_unit else {}))
    entries = Entry.objects.visible_to(viewer).kept().shared().order_by().values_list("pk")
    return [rows.annotate(held=_one_if(held)).values_list("entry_id", "happened_on", "goals", "held"), entries]


def _in_units(key: int, units: list[int]) -> list[Rows]:
    # Checked row by row: as a plain condition it makes PostgreSQL read the whole unit's index beside the child's.
    there = Case(When(unit__in=units, then=Value(True)), default=Value(False), output_field=BooleanField())
    return [_told(_at("child", key).filter(there))]


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _counted(pairs: Pairs, columns: Any, grouped: str, rows: Sql, entries: Sql | None = None) -> Sql:
    """Our own SQL around the querysets': the ORM has no way to take a list of ids apart on both databases."""
    sql, params = rows
    if entries is None:
        shown = f"s(entry, day, goals) AS ({sql})"
    else:
        # PostgreSQL thinks of a few entries here and asks the rule one by one; in a WHERE it would think of all.
        shown = (
            f"b(entry, day, goals, held) AS ({sql}), "  # noqa: S608  our own words
            "p AS MATERIALIZED (SELECT entry, day, goals, MAX(held) AS held FROM b GROUP BY entry, day, goals), "
            "u(entry) AS (SELECT DISTINCT entry FROM p WHERE held = 0), "
            f"v(entry) AS ({entries[0]}), "
            "h(entry) AS (SELECT u.entry FROM u WHERE NOT EXISTS (SELECT 1 FROM v WHERE v.entry = u.entry)), "
            "s AS (SELECT entry, day, goals FROM p WHERE entry NOT IN (SELECT entry FROM h))"
        )
        params += entries[1]
    goals, goal = apart()
    values = ", ".join(f"({older:d}, {newest:d})" for older, newest in pairs)
    table = f", m(older, newest) AS (VALUES {values})" if pairs else ""
    line, joined = (f"COALESCE(m.newest, {goal})", f"LEFT JOIN m ON m.older = {goal}") if pairs else (goal, "")
    return f"WITH {shown}{table} SELECT {line}, {columns()} FROM s {goals} {joined} {grouped}", params  # noqa: S608  our own words


def apart() -> tuple[str, str]:
    """How a list of goals is taken apart: what to join, and what one goal is called then."""
    if connection.vendor == "postgresql":
        return "CROSS JOIN LATERAL unnest(s.goals) AS g(goal)", "g.goal"
    return "CROSS JOIN json_each(s.goals) AS g", "g.value"


def _month() -> str:
    if connection.vendor == "postgresql":
        # Without the timestamp it would be a moment with a time zone, which takes as long as all the counting.
        return "date_trunc('month', s.day::timestamp)::date"
    # The cursor takes parameters, so that a percent sign of SQL's own is written twice.
    return "strftime('%%Y-%%m-01', s.day)"
