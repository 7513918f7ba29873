"""What stops when an adult's access to a child stops: higher rooms register here, services call."""

from collections.abc import Callable
from datetime import datetime

from people.models import Guardianship

Ending = Callable[[Guardianship, datetime], None]
_endings: dict[str, Ending] = {}


def register(name: str, func: Ending) -> None:
    """Have `func(guardianship, at)` called, inside the transaction, when a guardianship ends or is made inactive."""
    _endings[name] = func


def stop(guardianship: Guardianship, at: datetime) -> None:
    for func in _endings.values():
        func(guardianship, at)
