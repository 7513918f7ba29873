"""What the writing hand has been told is done, and the one thing that was under way when it was killed.

Every operation changes one slot, named by a table and a key that was drawn before; so for each slot exactly one value
may stand, and for the slot under way the one before or the one after, but nothing between.
"""

from dataclasses import dataclass, field, replace
from typing import Any

TABLES = ("entry", "picture", "message", "words", "task")


@dataclass(frozen=True)
class Shared:
    """What families should read: the revision, and what it was about when it was shared."""

    revision: int
    children: tuple[int, ...]
    pictures: tuple[str, ...]


@dataclass(frozen=True)
class Writing:
    """An entry. Its texts follow from its revision (see `words_of`), so that a mixture of two saves is seen."""

    revision: int = 0
    children: tuple[int, ...] = ()
    pictures: tuple[str, ...] = ()
    shared: Shared | None = None

    def after_sharing(self) -> "Writing":
        # A picture comes without a save, and is shared by sharing again.
        if self.shared and (self.shared.revision, self.shared.pictures) == (self.revision, self.pictures):
            return self
        return replace(self, shared=Shared(self.revision, self.children, self.pictures))


@dataclass(frozen=True)
class Operation:
    name: str
    table: str
    key: str
    after: Any


def words_of(key: str, revision: int, what: str) -> str:
    """What the hand writes into one field of an entry at one save."""
    return f"{what} of {key}, save {revision}" if revision else ""


@dataclass
class Ledger:
    slots: dict[str, dict[str, Any]] = field(default_factory=lambda: {table: {} for table in TABLES})
    under_way: Operation | None = None
    done: int = 0

    def begin(self, operation: Operation) -> None:
        self.under_way = operation

    def confirm(self) -> None:
        assert self.under_way is not None
        self.slots[self.under_way.table][self.under_way.key] = self.under_way.after
        self.under_way = None
        self.done += 1

    def allowed(self, table: str, key: str) -> list[Any]:
        """The values that may stand; None is for a row that is not there."""
        values = [self.slots[table].get(key)]
        doing = self.under_way
        if doing is not None and (doing.table, doing.key) == (table, key):
            values.append(doing.after)
        return values

    def compare(self, actual: dict[str, dict[str, Any]]) -> list[str]:
        """Where what stands is neither what was confirmed nor what was under way."""
        faults = []
        doing = self.under_way
        for table in TABLES:
            keys = self.slots[table].keys() | actual[table].keys()
            if doing is not None and doing.table == table:
                keys |= {doing.key}
            for key in sorted(keys):
                found, allowed = actual[table].get(key), self.allowed(table, key)
                if found not in allowed:
                    faults.append(f"{table} {key}: found {found}, which is none of {allowed}")
        return faults

    def settle(self, actual: dict[str, dict[str, Any]]) -> None:
        """Go on from what stands."""
        self.slots = actual
        self.under_way = None
