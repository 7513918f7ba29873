"""Who can see a row, and through whom: the rule read the other way round, in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from visibility import conditions, kinds, matrix
from visibility.conditions import Condition
from visibility.kinds import Kind
from visibility.relations import GROUP_RELATIONS, Relation
from visibility.viewer import Moment


@dataclass(frozen=True)
class Reach:
    """One person sees the row through one relation; `child_id` is None where the tie is to the group."""

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
    found: dict[Reach, None] = {}
    for relation, condition in matrix.cells(kind.name, action):
        if set(condition.names) & set(unmet):
            continue
        asked = Condition(tuple(name for name in condition.names if name not in met))
        found.update(dict.fromkeys(_through(kind, obj, moment, relation, asked)))
    return list(found)


def _through(kind: Kind, obj: Model, moment: Moment, relation: Relation, condition: Condition) -> list[Reach]:
    specs = conditions.specs(kind.name, condition)
    if specs is None:
        return []
    if relation in GROUP_RELATIONS:
        return _through_group(kind, obj, moment, relation, condition)
    if kind.links is None:
        return []
    links = kind.links().filter(**{kind.row: obj.pk})
    pairs: dict[str, str] = {}
    for spec in specs:
        links = links.filter(spec.q(moment)) if spec.q is not None else links
        pairs.update(spec.pairs)
    rows = list(links.values_list(kind.child, *pairs))
    ties: dict[tuple[Any, ...], list[int]] = {}
    for child, *values in rows:
        ties.setdefault(tuple(values), []).append(child)
    reaches = []
    for values, children in ties.items():
        matching = relation.people_of(children, moment).filter(**dict(zip(pairs.values(), values, strict=True)))
        for person, child in matching.values_list("tie_person", "tie_child").distinct():
            reaches.append(Reach(person, relation, child))
    return reaches


def _through_group(kind: Kind, obj: Model, moment: Moment, relation: Relation, condition: Condition) -> list[Reach]:
    specs = conditions.specs(kind.name, condition) or []
    if not kind.group or not any(spec.without_children for spec in specs):
        return []
    if kind.links is not None and kind.links().filter(kind.live, **{kind.row: obj.pk}).exists():
        return []
    prefix = "" if kind.row == "pk" else f"{kind.row.removesuffix('_id')}__"
    pairs = {path.removeprefix(prefix): column for spec in specs for path, column in spec.pairs.items()}
    row = type(obj)._default_manager.filter(pk=obj.pk).values(kind.group, *pairs).get()
    same = {column: row[path] for path, column in pairs.items()}
    rows = relation.rows(moment).filter(tie_group=row[kind.group], **same)
    return [Reach(person, relation, None) for person in rows.values_list("tie_person", flat=True).distinct()]
