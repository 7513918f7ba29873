"""The matrix, compiled to SQL. `visible` is the only filter; `may` is that filter with `.exists()`."""

from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from people.models import Guardianship
from visibility import conditions, kinds, matrix, ties
from visibility.conditions import Condition, Spec
from visibility.kinds import Kind
from visibility.relations import FINISHING, GROUP_RELATIONS, OWN_CHILD, UNIT_RELATIONS, WITHOUT_CHILD, Relation
from visibility.ties import Tie
from visibility.viewer import Hat, Moment, Viewer


def nothing() -> Q:
    return Q(pk__in=[])


def any_of(parts: list[Q]) -> Q:
    """One of them is enough; the same part twice is written once."""
    united: list[Q] = []
    for part in parts:
        if part not in united:
            united.append(part)
    return reduce(or_, united) if united else nothing()


def on_link(kind: Kind, viewer: Viewer, action: str, relation: Relation, condition: Condition) -> Q | None:
    """One cell as a filter on the Kind's links, or None where the cell is a no for this viewer."""
    found = conditions.specs(kind.name, condition)
    if found is None or relation.hat != viewer.hat or relation in WITHOUT_CHILD:
        return None
    tied = _tied(kind.child, found, ties.of_viewer(viewer, [relation])[relation], viewer.moment)
    if tied is None:
        return None
    for spec in found:
        if spec.q is not None:
            tied &= spec.q(viewer.moment)
        if spec.another_tied:
            tied &= Q(_another_tied(kind, viewer, action))
        if spec.never_own:
            tied &= ~Q(**{f"{kind.child}__in": ever_own(viewer.person.pk)})
    return tied


def ever_own(person_id: int) -> QuerySet[Any]:
    """Keys of the children of whom the person is or was guardian, active or not."""
    rows: QuerySet[Any] = Guardianship.objects.filter(person=person_id).values("child_id")
    return rows


def _tied(path: str, specs: list[Spec], rows: list[Tie], moment: Moment) -> Q | None:
    """The ties as a filter: these children (or groups), where the pairs agree; None without any tie."""
    pairs = {path: column for spec in specs for path, column in spec.pairs.items()}
    at_unit = [spec.at_unit for spec in specs if spec.at_unit is not None]
    children: dict[tuple[tuple[int | None, ...], int | None], set[int | None]] = {}
    for tie in rows:
        if at_unit and tie.unit is None:
            continue
        at = tuple(tie.value(column) for column in pairs.values())
        children.setdefault((at, tie.unit if at_unit else None), set()).add(
            tie.child if tie.group is None else tie.group
        )
    parts = []
    for (at, unit), keys in sorted(children.items(), key=str):
        known = sorted(key for key in keys if key is not None)
        part = Q(**{f"{path}__in": known}, **dict(zip(pairs, at, strict=True)))
        if unit is not None:
            for there in at_unit:
                part &= there(moment, unit)
        parts.append(part)
    return any_of(parts) if parts else None


def _another_tied(kind: Kind, viewer: Viewer, action: str) -> Exists:
    ordinary = [
        part
        for relation, condition in matrix.cells(kind.name, action)
        if relation is not OWN_CHILD
        for part in [on_link(kind, viewer, action, relation, condition)]
        if part is not None
    ]
    others = _live_links(kind).filter(**{kind.row: OuterRef(kind.row)}).exclude(**{kind.child: OuterRef(kind.child)})
    return Exists(others.filter(any_of(ordinary)))


def _live_links(kind: Kind) -> QuerySet[Any]:
    assert kind.links is not None  # noqa: S101
    return kind.links().filter(kind.live)


def on_group(kind: Kind, viewer: Viewer, relation: Relation, condition: Condition) -> Q | None:
    """One cell of a group relation as a filter on the rows themselves: only rows about nobody."""
    found = conditions.specs(kind.name, condition)
    if found is None or relation.hat != viewer.hat or relation not in GROUP_RELATIONS or not kind.group:
        return None
    if not any(spec.without_children for spec in found):
        return None
    if any(spec.q is not None for spec in found):
        raise ValueError(f"A group relation of {kind.name} cannot carry a filter on links.")
    tied = _tied(kind.group, row_specs(kind, found), ties.of_viewer(viewer, [relation])[relation], viewer.moment)
    if tied is None:
        return None
    if kind.links is not None:
        tied &= ~Q(Exists(_live_links(kind).filter(**{kind.row: OuterRef("pk")})))
    return tied


def on_unit(kind: Kind, viewer: Viewer, relation: Relation, condition: Condition) -> Q | None:
    """One cell of a unit relation as a filter on rows about who works at a unit."""
    found = conditions.specs(kind.name, condition)
    if found is None or relation.hat != viewer.hat or relation not in UNIT_RELATIONS or not kind.unit:
        return None
    units = ties.units(viewer, relation)
    if not units:
        return None
    tied = Q(**{f"{kind.unit}__in": units})
    for spec in found:
        if spec.q is not None:
            tied &= spec.q(viewer.moment)
    return tied


def row_specs(kind: Kind, found: list[Spec]) -> list[Spec]:
    """Specs whose pairs start from the row instead of from a link to it."""
    prefix = "" if kind.row == "pk" else f"{kind.row.removesuffix('_id')}__"
    return [
        replace(spec, pairs={path.removeprefix(prefix): column for path, column in spec.pairs.items()})
        for spec in found
    ]


def visible(kind: Kind, viewer: Viewer | None, action: str) -> Q:
    """What this viewer may do this with, as a filter on the Kind's model; nobody signed in means nothing."""
    if viewer is None or viewer.strength < matrix.strength(kind.name, action):
        return nothing()
    cells = matrix.cells(kind.name, action)
    ties.of_viewer(viewer, [relation for relation, _ in cells if relation.hat == viewer.hat])
    rows = [part for cell in cells for part in [_on_row(kind, viewer, *cell)] if part is not None]
    if kind.links is not None:
        links = [on_link(kind, viewer, action, relation, condition) for relation, condition in cells]
        covered = [part for part in links if part is not None]
        if covered:
            rows.append(_by_links(kind, action, any_of(covered)))
    return any_of(rows)


def links(kind: Kind, viewer: Viewer, action: str = matrix.READ) -> QuerySet[Any]:
    """The Kind's links through which this viewer may do this: the row for that one child, and for no other on it."""
    assert kind.links is not None  # noqa: S101
    if viewer.strength < matrix.strength(kind.name, action):
        return kind.links().none()
    cells = [
        on_link(kind, viewer, action, relation, condition) for relation, condition in matrix.cells(kind.name, action)
    ]
    return kind.links().filter(any_of([part for part in cells if part is not None]))


def _on_row(kind: Kind, viewer: Viewer, relation: Relation, condition: Condition) -> Q | None:
    """A cell of a relation to a group or a unit."""
    on = on_unit if relation in UNIT_RELATIONS else on_group
    return on(kind, viewer, relation, condition)


def _by_links(kind: Kind, action: str, covered: Q) -> Q:
    assert kind.links is not None  # noqa: S101
    mine = {kind.row: OuterRef("pk")}
    if action not in matrix.EVERY_CHILD:
        return Q(Exists(kind.links().filter(**mine).filter(covered)))
    live = _live_links(kind).filter(**mine)
    return Q(Exists(live)) & ~Q(Exists(live.exclude(covered)))


def may(viewer: Viewer | None, action: str, obj: Model) -> bool:
    """Whether this viewer may do this with this row: the list's own filter, asked of one row."""
    kind = kinds.of_model(type(obj))
    return type(obj)._default_manager.filter(pk=obj.pk).filter(visible(kind, viewer, action)).exists()


def why(viewer: Viewer | None, obj: Model, action: str = matrix.READ) -> list[Relation]:
    """The relations that each by itself says yes, in the order of the matrix; empty means no."""
    if viewer is None:
        return []
    kind = kinds.of_model(type(obj))
    columns: dict[str, Any] = {}
    said: dict[str, Relation] = {}
    for number, (relation, condition) in enumerate(matrix.cells(kind.name, action)):
        part = _on_row(kind, viewer, relation, condition)
        if part is None and kind.links is not None:
            link = on_link(kind, viewer, action, relation, condition)
            part = None if link is None else Q(Exists(kind.links().filter(**{kind.row: OuterRef("pk")}).filter(link)))
        if part is not None:
            name = f"because_{number}"
            columns[name], said[name] = part, relation
    if not columns or not may(viewer, action, obj):
        return []
    row = type(obj)._default_manager.filter(pk=obj.pk).annotate(**columns).values(*columns).get()
    return list(dict.fromkeys(said[name] for name, yes in row.items() if yes))


def knows(viewer: Viewer, kind_name: str, path: str) -> Q:
    """Filter on a child path: the children whose name and words this viewer may know in rows of a Kind.

    Staff know also their own child beside another they are tied to; the row has let them in by that other one. A tie
    that has ended tells no names, save in the very rows that may be finished: see `knows_here`.
    """
    relations = {relation for relation, _ in matrix.cells(kind_name, matrix.READ) if relation.hat == viewer.hat}
    if viewer.hat == Hat.STAFF:
        relations.add(OWN_CHILD)
    return Q(**{f"{path}__in": ties.children(viewer, *(relations - WITHOUT_CHILD - {FINISHING}))})


def knows_here(viewer: Viewer, kind_name: str) -> Q:
    """Filter on the Kind's links: the children this viewer may know in that row."""
    kind = kinds.by_name(kind_name)
    return any_of([knows(viewer, kind_name, kind.child), *finishing(viewer, kind_name)])


def finishing(viewer: Viewer, kind_name: str) -> list[Q]:
    """Filters on the Kind's links of rows that the viewer may finish about a child they were tied to until lately."""
    kind = kinds.by_name(kind_name)
    cells = [cell for cell in matrix.cells(kind_name, matrix.READ) if cell[0] is FINISHING]
    parts = [on_link(kind, viewer, matrix.READ, relation, condition) for relation, condition in cells]
    return [part for part in parts if part is not None]
