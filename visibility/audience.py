"""Who can see a row, and through whom: the rule read the other way round, in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet

from ground.prepared import Prepared
from people.models import Guardianship
from visibility import conditions, kinds, matrix, rule, ties
from visibility.conditions import Condition, Spec
from visibility.kinds import Kind
from visibility.relations import GROUP_RELATIONS, UNIT_RELATIONS, WITHOUT_CHILD, Relation
from visibility.ties import Tie
from visibility.viewer import Moment


@dataclass(frozen=True)
class Reach:
    """One person sees the row through one relation; `child_id` is None where the tie is to a group or unit."""

    person_id: int
    relation: Relation
    child_id: int | None


def of(obj: Model, moment: Moment, action: str = matrix.READ) -> list[Reach]:
    """Everyone whom the rule lets do this with the row at that moment, with each reason; no names."""
    return reached(obj, moment, action)


def reached(
    obj: Model, moment: Moment, action: str, *, met: Collection[str] = (), unmet: Collection[str] = ()
) -> list[Reach]:
    """As `of`, with some conditions taken as met and others as not: who will see a draft once it is shared."""
    kind = kinds.of_model(type(obj))
    asked = [
        (relation, Condition(tuple(name for name in condition.names if name not in met)))
        for relation, condition in matrix.cells(kind.name, action)
        if not set(condition.names) & set(unmet)
    ]
    found = dict.fromkeys(_through_children(kind, obj, moment, asked))
    found.update(dict.fromkeys(_through_group(kind, obj, moment, asked)))
    found.update(dict.fromkeys(_through_unit(kind, obj, moment, asked)))
    return list(found)


Asked = list[tuple[Relation, Condition]]


def _through_children(kind: Kind, obj: Model, moment: Moment, asked: Asked) -> list[Reach]:
    """Two queries and one for each different filter on links, whatever the number of relations."""
    if kind.links is None:
        return []
    links = kind.links().filter(**{kind.row: obj.pk})
    paths = sorted({path for _, condition in asked for spec in _specs(kind, condition) for path in spec.pairs})
    columns = ("pk", kind.child, *paths)
    rows = [dict(zip(columns, row, strict=True)) for row in _links(kind.name, columns).rows(row=obj.pk)]
    tied = [relation for relation, _ in asked if relation not in WITHOUT_CHILD]
    by_relation = ties.of_children({row[kind.child] for row in rows}, tied, moment)
    standing = _Standing(links, [row["pk"] for row in rows], moment)
    own = _own_pairs(kind, rows, asked)
    reaches = []
    for relation, condition in asked:
        specs = conditions.specs(kind.name, condition)
        if specs is None or relation not in by_relation:
            continue
        pairs = {path: column for spec in specs for path, column in spec.pairs.items()}
        kept_out = own if any(spec.never_own for spec in specs) else frozenset()
        agreeing = (
            tie
            for tie in by_relation[relation]
            if _agrees(tie, [row for row in rows if row["pk"] in standing.of(condition, specs, tie)], kind, pairs)
        )
        reaches += [
            Reach(tie.person, relation, tie.child) for tie in agreeing if (tie.person, tie.child) not in kept_out
        ]
    return reaches


class _Standing:
    """Which links pass the filters of a condition, asked once for each condition, and unit where it is about one."""

    def __init__(self, links: QuerySet[Any], every: list[int], moment: Moment) -> None:
        self.links, self.every, self.moment = links, every, moment
        self.known: dict[tuple[tuple[str, ...], int | None], set[int]] = {}

    def of(self, condition: Condition, specs: list[Spec], tie: Tie) -> set[int]:
        there = [spec.at_unit for spec in specs if spec.at_unit is not None]
        key = (condition.names, tie.unit if there else None)
        if there and tie.unit is None:
            return set()
        if key not in self.known:
            filters = [spec.q(self.moment) for spec in specs if spec.q is not None]
            filters += [at_unit(self.moment, tie.unit) for at_unit in there if tie.unit is not None]
            kept = self.links.filter(*filters).values_list("pk", flat=True) if filters else self.every
            self.known[key] = set(kept)
        return self.known[key]


def _own_pairs(kind: Kind, rows: list[dict[str, Any]], asked: Asked) -> frozenset[tuple[int, int | None]]:
    """Every (guardian, child) of these children, where a condition leaves out own children for good."""
    if not any(spec.never_own for _, condition in asked for spec in _specs(kind, condition)):
        return frozenset()
    children = {row[kind.child] for row in rows}
    return frozenset(Guardianship.objects.filter(child__in=children).values_list("person_id", "child_id"))


@cache
def _links(name: str, columns: tuple[str, ...]) -> Prepared:
    kind = kinds.by_name(name)
    assert kind.links is not None  # noqa: S101
    links = kind.links
    return Prepared(lambda row: links().filter(**{kind.row: row}).order_by("pk").values_list(*columns), row=int)


@cache
def _live(name: str) -> Prepared:
    kind = kinds.by_name(name)
    assert kind.links is not None  # noqa: S101
    links = kind.links
    return Prepared(lambda row: links().filter(kind.live, **{kind.row: row}).values_list("pk")[:1], row=int)


def _specs(kind: Kind, condition: Condition) -> list[Spec]:
    return conditions.specs(kind.name, condition) or []


def _agrees(tie: Tie, rows: list[dict[str, Any]], kind: Kind, pairs: dict[str, str]) -> bool:
    return any(
        row[kind.child] == tie.child and all(row[path] == tie.value(column) for path, column in pairs.items())
        for row in rows
    )


def _through_group(kind: Kind, obj: Model, moment: Moment, asked: Asked) -> list[Reach]:
    """Who works in the row's group, where the row is about nobody."""
    mine = [(r, c) for r, c in asked if r in GROUP_RELATIONS and any(s.without_children for s in _specs(kind, c))]
    if not kind.group or not mine:
        return []
    if kind.links is not None and _live(kind.name).rows(row=obj.pk):
        return []
    pairs: dict[Relation, dict[str, str]] = {relation: {} for relation, _ in mine}
    for relation, condition in mine:
        for spec in rule.row_specs(kind, _specs(kind, condition)):
            pairs[relation].update(spec.pairs)
    paths = {path for row in pairs.values() for path in row}
    row = type(obj)._default_manager.filter(pk=obj.pk).values(kind.group, *paths).get()
    tied = ties.of_group(row[kind.group], list(pairs), moment)
    return [
        Reach(tie.person, relation, None)
        for relation, same in pairs.items()
        for tie in tied[relation]
        if all(row[path] == tie.value(column) for path, column in same.items())
    ]


def _through_unit(kind: Kind, obj: Model, moment: Moment, asked: Asked) -> list[Reach]:
    """Who heads, works at or oversees the unit of a row about its staff."""
    mine = [(relation, condition) for relation, condition in asked if relation in UNIT_RELATIONS]
    if not kind.unit or not mine:
        return []
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    unit = rows.values_list(kind.unit, flat=True).get()
    tied = ties.of_unit(unit, [relation for relation, _ in mine], moment) if unit is not None else {}
    reaches = []
    for relation, condition in mine:
        specs = conditions.specs(kind.name, condition)
        filters = [spec.q(moment) for spec in specs or [] if spec.q is not None]
        if specs is not None and rows.filter(*filters).exists():
            reaches += [Reach(tie.person, relation, None) for tie in tied.get(relation, [])]
    return reaches
