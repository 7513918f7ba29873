"""The registry of Kinds: what is about children or about who works at a unit, and the paths that lead there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from visibility import conditions
from visibility.conditions import Spec


@dataclass(frozen=True)
class Kind:
    """A model that the rule answers for: child-bearing, or about who works at a unit.

    `links` gives the (row, child) rows; `row` and `child` are the paths on them (`row` is "pk" where the model itself
    has the child); `live` narrows to the children that the working copy is about now; `group` is the row's path to its
    group, for rows about nobody; `unit` the path to the unit, for rows about its staff and no child; `specs` says what
    the named conditions of the matrix mean here.
    """

    name: str
    model: type[Model]
    links: Callable[[], QuerySet[Any]] | None = None
    row: str = "pk"
    child: str = "child_id"
    live: Q = field(default_factory=Q)
    group: str = ""
    unit: str = ""
    specs: Mapping[str, Spec] = field(default_factory=dict)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a model's rows known to the rule; called in AppConfig.ready()."""
    known = _kinds.get(kind.name)
    if known is not None and known.model is not kind.model:
        raise ValueError(f"Kind {kind.name} is registered twice.")
    _kinds[kind.name] = kind
    for name, spec in kind.specs.items():
        conditions.register(kind.name, name, spec)


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def by_name(name: str) -> Kind:
    return _kinds[name]


def of_model(model: type[Model]) -> Kind:
    """The Kind of a model; a model without one has no rule and cannot be shown."""
    for kind in _kinds.values():
        if kind.model is model:
            return kind
    raise LookupError(f"{model.__name__} is not registered with the rule.")


def of_children(model: type[Model]) -> Kind:
    return Kind("CHILD", model, links=model._default_manager.all, row="pk", child="id")


def of_staff(unit: type[Model], duty: type[Model], given_pass: type[Model]) -> list[Kind]:
    """Who works where: the facts of `people` that the head and the owner keep."""
    heads = {
        "OF_A_HEAD": Spec(_("of a head"), q=lambda moment: Q(role="head")),
        "NOT_OF_A_HEAD": Spec(_("of anybody but a head"), q=lambda moment: ~Q(role="head")),
    }
    return [
        Kind("UNIT", unit, unit="pk"),
        Kind("DUTY", duty, unit="unit_id", specs=heads),
        Kind("PASS", given_pass, unit="group__unit_id"),
    ]
