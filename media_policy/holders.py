"""What holds a picture decides who sees it. Rooms register themselves in AppConfig.ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from visibility.viewer import Viewer

Shown = Callable[[Viewer], QuerySet[Any]]
About = Callable[[int], Iterable[int]]


@dataclass(frozen=True)
class Holder:
    name: str
    shown: Shown
    about: About | None = None


_holders: dict[str, Holder] = {}


def register(name: str, func: Shown, *, about: About | None = None) -> None:
    """Show the pictures whose keys `func(viewer)` selects, as a queryset of one column.

    `about(picture_pk)` may name the children that the holder ties the picture to, for the reading log.
    """
    known = _holders.get(name)
    if known is not None and known.shown != func:
        raise ValueError(f"Two holders are called {name}.")
    _holders[name] = Holder(name, func, about)


def shown_to(viewer: Viewer) -> QuerySet[Any] | None:
    """The keys of all pictures that any holder shows to this viewer; None when nothing holds pictures."""
    parts = [holder.shown(viewer).order_by() for _name, holder in sorted(_holders.items())]
    if not parts:
        return None
    # A union keeps each holder's own indexes in use for one picture; an OR of subqueries would compute them whole.
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def children_about(picture_pk: int) -> set[int]:
    """The children that the holders tie a picture to, beside those who are marked on it."""
    return {pk for holder in _holders.values() if holder.about for pk in holder.about(picture_pk)}
