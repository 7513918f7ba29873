"""What was offered, counted slowly: loops over plain rows, beside the figures of `learninglog/coverage/`."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from curriculum.models import Area, Framework, Goal, GoalLink
from learninglog.coverage import figures, quiet, totals
from learninglog.coverage.periods import Period, term
from learninglog.coverage.periods import month as one_month
from people.models import Child, Group, Unit
from visibility.viewer import Hat, Viewer

# Of five goals two were replaced by the third, and the fourth by the third and the fifth.
REPLACED = ((0, 2), (1, 2), (3, 2), (3, 4))


def goals() -> list[int]:
    """Five goals of a small framework, made when a world needs them first."""
    found = list(Goal.objects.filter(framework__code="WORLD").order_by("code"))
    if not found:
        edition = Framework.objects.create(
            code="WORLD", family="WORLD", country="SE", language="en", title_en="World", valid_from=date(2019, 1, 1)
        )
        areas = [Area.objects.create(framework=edition, code=f"A{n}", label_en=f"Area {n}") for n in range(2)]
        found = [Goal.objects.create(area=areas[n % 2], code=f"G{n}", label_en=f"Goal {n}") for n in range(5)]
        for origin, destination in REPLACED:
            GoalLink.objects.create(origin=found[origin], destination=found[destination], kind="replaced_by")
    return [goal.pk for goal in found]


def of_entry(number: int, edition: int) -> list[int]:
    """Which of them an entry of a world shows; some show an older goal and the one that replaced it."""
    keys = goals()
    return sorted({keys[place % 5] for place in (number, number * 3 + 1, number + edition)} if number % 4 else set())


def lines(oracle: Any, goal: int) -> set[int]:
    """The newest goals that this one counts for."""
    onward = {
        link.destination_id
        for link in oracle.facts.goal_links
        if link.origin_id == goal and link.kind == "replaced_by" and link.in_use
    }
    return set().union(*(lines(oracle, key) for key in onward)) if onward else {goal}


def readable(oracle: Any, person: int, hat: str) -> list[Any]:
    """Entries that stand shared and that the person may read."""
    return [
        entry
        for entry in oracle.facts.entries
        if entry.current_id and entry.discarded_at is None and oracle.reasons(person, hat, "READ", "ENTRY", entry)
    ]


def standing(oracle: Any, entry: Any) -> list[Any]:
    """An entry as it stands shared, one row a child; a child that was left out later keeps what it had."""
    return [row for row in oracle.facts.publications if row.entry_id == entry.id]


def counted(oracle: Any, found: list[Any]) -> dict[int, dict[date, int]]:
    counts: Counter[tuple[int, date]] = Counter()
    for entry in found:
        counts.update(
            {
                (line, row.happened_on.replace(day=1))
                for row in standing(oracle, entry)
                for key in row.goals
                for line in lines(oracle, key)
            }
        )
    told: dict[int, dict[date, int]] = {}
    for (line, month), number in counts.items():
        told.setdefault(line, {})[month] = number
    return told


def differences(oracle: Any, viewer: Viewer) -> Iterator[str]:
    person, hat = viewer.person.pk, str(viewer.hat)
    mine = readable(oracle, person, hat)
    if viewer.hat == Hat.STAFF:
        yield from _of_places(oracle, viewer, mine)
        yield from _quiet(oracle, viewer)
        yield from _totals(oracle, viewer)
    for child in Child.objects.order_by("pk"):
        days: dict[int, list[date]] = {}
        for row in (row for entry in mine for row in standing(oracle, entry) if row.child_id == child.pk):
            for line in {line for key in row.goals for line in lines(oracle, key)}:
                days.setdefault(line, []).append(row.happened_on)
        meant = {line: (min(some), max(some)) for line, some in days.items()}
        given = {key: (seen.first, seen.last) for key, seen in figures.seen(viewer, child).items()}
        if given != meant:
            yield f"landmarks of child {child.pk}: {given}, the oracle {meant}"


def _of_places(oracle: Any, viewer: Viewer, mine: list[Any]) -> Iterator[str]:
    for group in Group.objects.order_by("pk"):
        meant = counted(oracle, [entry for entry in mine if entry.group_id == group.pk])
        given = figures.by_month(figures.of_group(viewer, group))
        if given != meant:
            yield f"coverage of group {group.pk}: {given}, the oracle {meant}"
        for goal, months in given.items():
            month, number = max(months.items())
            behind = figures.showing(figures.within(figures.of_group(viewer, group), one_month(month)), goal).count()
            if behind != number:
                yield f"behind goal {goal} of group {group.pk} in {month} are {behind} entries, counted {number}"
    for unit in Unit.objects.order_by("pk"):
        meant = counted(oracle, [entry for entry in mine if entry.unit_id == unit.pk])
        given = figures.by_month(figures.of_unit(viewer, unit))
        if given != meant:
            yield f"coverage of unit {unit.pk}: {given}, the oracle {meant}"


def _quiet(oracle: Any, viewer: Viewer) -> Iterator[str]:
    since = viewer.day - timedelta(days=28)
    for unit in Unit.objects.order_by("pk"):
        meant = set()
        for child in oracle.facts.children:
            own = [
                row
                for row in oracle.facts.publications
                if row.child_id == child.id
                and row.unit_id == unit.pk
                and row.happened_on > since
                and not oracle.facts.one("entries", row.entry_id).whole_group
            ]
            meant |= set() if own else {child.id}
        given = {child.pk for child in quiet.among(Child.objects.order_by("pk"), unit.pk, viewer)}
        if given != meant:
            yield f"quiet in unit {unit.pk}: {sorted(given)}, the oracle {sorted(meant)}"


def _totals(oracle: Any, viewer: Viewer) -> Iterator[str]:
    period: Period = term(viewer.day)
    entries: dict[tuple[int, str], set[int]] = {}
    children: dict[tuple[int, str], set[int]] = {}
    areas = {goal.pk: goal.area.label("en") for goal in Goal.objects.for_list()}
    for row in oracle.facts.publications:
        if period.start <= row.happened_on < period.end:
            for area in {areas[line] for key in row.goals for line in lines(oracle, key)}:
                entries.setdefault((row.unit_id, area), set()).add(row.entry_id)
                children.setdefault((row.unit_id, area), set()).add(row.child_id)
    units = list(Unit.objects.order_by("pk"))
    given = totals.of_units(units, period, "en")
    by_name = {row.name: dict(zip(given.areas, row.cells, strict=True)) for row in given.rows}
    for unit in units:
        for area in given.areas:
            key = (unit.pk, area)
            meant = len(entries.get(key, ())) if len(children.get(key, ())) >= 5 else None
            if by_name[unit.name][area] != meant:
                yield f"total of unit {unit.pk} in {area}: {by_name[unit.name][area]}, the oracle {meant}"
    if {area for _unit, area in entries} != set(given.areas):
        yield f"totals have the areas {given.areas}, the oracle {sorted({area for _unit, area in entries})}"
