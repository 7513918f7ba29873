"""Queries that begin with the rule, put together once a process for each shape that a viewer's ties have.

The rule itself is asked, by a stand-in with as many ties to as many units as the viewer; afterwards only their keys are
filled in. So nothing of the rule is written twice, and a changed matrix changes these queries too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ground.prepared import Prepared, Sql
from people.models import Person
from visibility import matrix, ties
from visibility.relations import Relation
from visibility.ties import Tie
from visibility.viewer import Hat, Moment, Strength, Viewer

# Nobody has this many kinds of ties; it bounds what a process keeps.
MOST_SHAPES = 200


@dataclass(frozen=True)
class _Bundle:
    """Ties of one relation that differ in the child or the group alone."""

    relation: Relation
    of: str
    unit: bool
    home: bool


@dataclass(frozen=True)
class _Shape:
    hat: Hat
    strength: Strength
    tail_days: int
    relations: tuple[Relation, ...]
    bundles: tuple[_Bundle, ...]


class PreparedRule:
    """As `ground.prepared.Prepared`, for a query about what the rule lets a viewer do with rows of a Kind.

    `build` takes the viewer first: a stand-in, of whom nothing may be asked but by the rule and the ties of the Kind.
    """

    def __init__(
        self,
        kind: str,
        build: Callable[..., Any],
        *,
        action: str = matrix.READ,
        around: Callable[..., Sql] | None = None,
        **kinds: Any,
    ) -> None:
        self._relations = tuple(dict.fromkeys(relation for relation, _ in matrix.cells(kind, action)))
        self._build = build
        self._around = around
        self._kinds = kinds
        self._made: dict[_Shape, Prepared] = {}

    def rows(self, viewer: Viewer, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for this viewer and these values."""
        shape, keys = _shape(viewer, tuple(relation for relation in self._relations if relation.hat == viewer.hat))
        if shape not in self._made:
            if len(self._made) >= MOST_SHAPES:
                self._made.clear()
            self._made[shape] = self._prepare(shape)
        return self._made[shape].rows(**keys, **values)

    def _prepare(self, shape: _Shape) -> Prepared:
        filled: dict[str, Any] = {"at": datetime, "day": date, "person": int}
        for number, bundle in enumerate(shape.bundles):
            named = {"keys": [int] if bundle.of else None, "unit": int if bundle.unit else None}
            named["home"] = int if bundle.home else None
            filled |= {f"{name}{number}": kind for name, kind in named.items() if kind}

        def build(**given: Any) -> Any:
            own = {name: given[name] for name in self._kinds}
            return self._build(_stand_in(shape, given), **own)

        return Prepared(build, around=self._around, optional=filled, **filled, **self._kinds)


class _Known(dict[Any, Any]):
    """The stand-in's ties: one that nobody gave it must not be looked for in the database, and found missing."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: object) -> Any:
        raise LookupError(f"A prepared query asks for ties of {key}, which its Kind does not have.")


def _shape(viewer: Viewer, relations: tuple[Relation, ...]) -> tuple[_Shape, dict[str, Any]]:
    """What of a viewer's ties makes the query, and what only fills it."""
    values: dict[str, Any] = {"at": viewer.moment.at, "day": viewer.moment.day, "person": viewer.person.pk}
    bundles: list[_Bundle] = []
    found = ties.of_viewer(viewer, relations)
    for relation in relations:
        alike: dict[tuple[str, int | None, int | None], set[int | None]] = {}
        for tie in found[relation]:
            of = "group" if tie.group is not None else "child" if tie.child is not None else ""
            alike.setdefault((of, tie.unit, tie.home), set()).add(tie.child if tie.group is None else tie.group)
        for (of, unit, home), keys in sorted(alike.items(), key=str):
            number = len(bundles)
            bundles.append(_Bundle(relation, of, unit is not None, home is not None))
            given = {"keys": sorted(key for key in keys if key is not None) or None, "unit": unit, "home": home}
            values |= {f"{name}{number}": value for name, value in given.items() if value is not None}
    shape = _Shape(viewer.hat, viewer.strength, viewer.moment.tail_days, relations, tuple(bundles))
    return shape, values


def _stand_in(shape: _Shape, given: dict[str, Any]) -> Viewer:
    viewer = Viewer(Person(pk=given["person"]), shape.hat, shape.strength, given["at"])
    object.__setattr__(viewer, "moment", Moment(given["at"], given["day"], shape.tail_days))
    known = _Known({relation: [] for relation in shape.relations})
    for number, bundle in enumerate(shape.bundles):
        key = given[f"keys{number}"][0] if bundle.of else None
        known[bundle.relation].append(
            Tie(
                person=given["person"],
                child=key if bundle.of == "child" else None,
                unit=given.get(f"unit{number}"),
                home=given.get(f"home{number}"),
                group=key if bundle.of == "group" else None,
            )
        )
    object.__setattr__(viewer, "ties", known)
    return viewer
