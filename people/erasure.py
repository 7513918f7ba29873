"""How a child is erased: every room that keeps something of a child registers its part here."""

from collections.abc import Callable
from datetime import datetime

from people.models import Child

Eraser = Callable[[Child, datetime], None]
_erasers: dict[str, Eraser] = {}


def register(name: str, func: Eraser) -> None:
    """Have `func(child, at)` called, inside one transaction, when a child is erased."""
    _erasers[name] = func


def registered() -> dict[str, Eraser]:
    """The parts by name, in the order in which the rooms were loaded: the highest first."""
    return dict(_erasers)
