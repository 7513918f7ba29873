"""What holds a picture or a film decides who sees it. Rooms register themselves in AppConfig.ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from visibility.viewer import Viewer

Shown = Callable[[Viewer], QuerySet[Any]]
About = Callable[[int], Iterable[int]]
Quick = Callable[[Viewer, int], bool]


@dataclass(frozen=True)
class Holder:
    name: str
    shown: Shown
    about: About | None = None
    quick: Quick | None = None


class Holders:
    """What holds one sort of things: pictures, or films and recordings."""

    def __init__(self) -> None:
        self._known: dict[str, Holder] = {}

    def register(self, name: str, func: Shown, *, about: About | None = None, quick: Quick | None = None) -> None:
        """Show those whose keys `func(viewer)` selects, as a queryset of one column.

        `about(key)` may name the children that the holder ties one to, for the reading log. `quick(viewer, key)` may
        say yes to one that `func` would select, sooner than a queryset is put together; its no says nothing.
        """
        known = self._known.get(name)
        if known is not None and known.shown != func:
            raise ValueError(f"Two holders are called {name}.")
        self._known[name] = Holder(name, func, about, quick)

    def shown_to(self, viewer: Viewer) -> QuerySet[Any] | None:
        """The keys of all that any holder shows to this viewer; None when nothing holds anything."""
        parts = [holder.shown(viewer).order_by() for _name, holder in sorted(self._known.items())]
        if not parts:
            return None
        # A union keeps each holder's own indexes in use for one row; an OR of subqueries would compute them whole.
        return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]

    def quickly_shown(self, viewer: Viewer, key: int) -> bool:
        """Whether some holder says yes at once; only a no has to be asked of `shown_to`."""
        return any(holder.quick(viewer, key) for holder in self._known.values() if holder.quick)

    def children_about(self, key: int) -> set[int]:
        """The children that the holders tie one to, beside those who are marked on it."""
        return {pk for holder in self._known.values() if holder.about for pk in holder.about(key)}


pictures = Holders()
clips = Holders()
register = pictures.register
shown_to = pictures.shown_to
children_about = pictures.children_about
