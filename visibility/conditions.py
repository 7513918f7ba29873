"""Conditions by name, and what each means for a Kind.

A cell of the matrix names conditions; the room that owns the Kind says what they mean (`Spec`), and a higher room may
supply one for a lower Kind. A condition that nobody registered is a no.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise

from visibility.viewer import Moment


@dataclass(frozen=True)
class Condition:
    """A conjunction of named conditions, compared by the names."""

    names: tuple[str, ...]

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(self.names + other.names)

    def __str__(self) -> str:
        return " and ".join(name.replace("_", " ").lower() for name in self.names) or "always"


@dataclass(frozen=True)
class Spec:
    """What a condition means on a Kind's link rows, one link a (row, child); of a Kind about a unit, on the rows.

    `q` is a filter on the link; `pairs` holds link paths to columns of the tie that must be equal (the unit it was made
    in, the home, the author); `another_tied` asks for another child of the row that the person is ordinarily tied to;
    `without_children` admits only rows about nobody (for group relations); `never_own` leaves out every child of whom
    the person is or was guardian, also where the head has lifted the tie of daily work; `at_unit` is a filter on the
    link for ties through one unit, given by its key: what was handed over to that unit and to no other.
    """

    reason: str | Promise = ""
    q: Callable[[Moment], Q] | None = None
    pairs: Mapping[str, str] = field(default_factory=dict)
    another_tied: bool = False
    without_children: bool = False
    never_own: bool = False
    at_unit: Callable[[Moment, int], Q] | None = None


ALWAYS = Condition(())
SHARED = Condition(("SHARED",))
NOT_DRAFT = Condition(("NOT_DRAFT",))
NEVER_SHARED = Condition(("NEVER_SHARED",))
MADE_IN_UNIT = Condition(("MADE_IN_UNIT",))
WITH_ANOTHER_TIED = Condition(("WITH_ANOTHER_TIED",))
BEGUN_BY = Condition(("BEGUN_BY",))
WITHOUT_CHILDREN = Condition(("WITHOUT_CHILDREN",))
SAME_HOME = Condition(("SAME_HOME",))
FOR_HOME = Condition(("FOR_HOME",))
SHOWN_TO_OTHER_HOMES = Condition(("SHOWN_TO_OTHER_HOMES",))
WRITTEN_BY = Condition(("WRITTEN_BY",))
ENTRY_SHARED = Condition(("ENTRY_SHARED",))
ASKED_ABOUT = Condition(("ASKED_ABOUT",))
# Of transfers.
SCHOOL_CHOSEN = Condition(("SCHOOL_CHOSEN",))
PRESCHOOL_CHOSEN = Condition(("PRESCHOOL_CHOSEN",))
IN_WINDOW = Condition(("IN_WINDOW",))
NOT_LEFT_OUT = Condition(("NOT_LEFT_OUT",))
TICKED = Condition(("TICKED",))
HANDED_OVER = Condition(("HANDED_OVER",))
NOT_ENDED = Condition(("NOT_ENDED",))
OF_A_HEAD = Condition(("OF_A_HEAD",))
NOT_OF_A_HEAD = Condition(("NOT_OF_A_HEAD",))
WHOLE_UNIT = Condition(("WHOLE_UNIT",))
# Of conferences.
UNDER_WAY = Condition(("UNDER_WAY",))
SHOWN = Condition(("SHOWN",))
SEALED = Condition(("SEALED",))
NO_MISTAKE = Condition(("NO_MISTAKE",))
STAND_IN = Condition(("STAND_IN",))
FOR_STAFF = Condition(("FOR_STAFF",))
FOR_EVERY_HOME = Condition(("FOR_EVERY_HOME",))
NEWEST = Condition(("NEWEST",))
STANDING = Condition(("STANDING",))

_registered: dict[tuple[str, str], Spec] = {}


def register(kind: str, name: str, spec: Spec) -> None:
    """Say what a named condition means for a Kind; saying it twice is a mistake in the code."""
    key = (kind, name)
    if key in _registered and _registered[key] != spec:
        raise ValueError(f"Condition {name} of {kind} is registered twice.")
    _registered[key] = spec


def specs(kind: str, condition: Condition) -> list[Spec] | None:
    """The meanings of a cell's conditions, or None when one of them is not registered: then the cell is a no."""
    found = [_registered.get((kind, name)) for name in condition.names]
    return None if None in found else [spec for spec in found if spec is not None]
