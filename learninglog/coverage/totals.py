"""The owner's figures: units by area of the curriculum, without any child in them and with no small cell."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from curriculum import lines
from curriculum.models import Goal
from curriculum.spoken import in_words
from ground.names import sort_names
from learninglog.coverage import standing
from learninglog.coverage.periods import Period
from learninglog.models import Publication
from people.models import Unit

# A figure that rests on fewer children than this could be about somebody whom the reader knows.
FEWEST_CHILDREN = 5


@dataclass(frozen=True)
class UnitRow:
    """`cells` in the order of the areas: the number of entries, or None where they rest on fewer than five children."""

    name: str
    cells: list[int | None]


@dataclass(frozen=True)
class Totals:
    areas: list[str]
    rows: list[UnitRow]


def of_units(units: Collection[Unit], period: Period, language: str) -> Totals:
    """Entries of each unit by area, units by name; no sums, from which a left-out cell could be worked out."""
    words = in_words(Goal.objects.order_by("pk").values_list("pk", flat=True), language)
    headings = dict.fromkeys((goal.framework, goal.area) for goal in words.values())
    places = {key: place for place, key in enumerate(headings)}
    ends = lines.newest()
    pairs = [(goal, places[words[end].framework, words[end].area]) for goal in words for end in ends.get(goal, [goal])]
    counts = _counts([unit.pk for unit in units], period, pairs) if units and pairs else {}
    told = sorted({place for _unit, place in counts})
    labels = [label for _framework, label in places]
    rows = [
        UnitRow(unit.name, [_enough(counts.get((unit.pk, place))) for place in told])
        for unit in sort_names(units, lambda unit: unit.name, language)
    ]
    return Totals([labels[place] for place in told], rows)


def _enough(found: tuple[int, int] | None) -> int | None:
    entries, children = found or (0, 0)
    return entries if children >= FEWEST_CHILDREN else None


def _counts(units: list[int], period: Period, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """By unit and area, how many entries and how many children; one statement, and no child leaves it."""
    rows = Publication.objects.filter(unit__in=units, happened_on__gte=period.start, happened_on__lt=period.end)
    inner, params = rows.order_by().values_list("unit_id", "entry_id", "child_id", "goals").query.sql_with_params()
    goals, goal = standing.apart()
    values = ", ".join(["(%s, %s)"] * len(pairs))
    sql = (
        f"WITH s(unit, entry, child, goals) AS ({inner}), a(goal, area) AS (VALUES {values}) "  # noqa: S608  our own words
        "SELECT s.unit, a.area, COUNT(DISTINCT s.entry), COUNT(DISTINCT s.child) "
        f"FROM s {goals} JOIN a ON a.goal = {goal} GROUP BY 1, 2"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *(key for pair in pairs for key in pair)])
        return {(unit, area): (entries, children) for unit, area, entries, children in cursor.fetchall()}
