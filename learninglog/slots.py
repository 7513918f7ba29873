"""Places that other rooms fill: tabs of a child's pages at home and at work, panels of its settings at home.

A room above registers in AppConfig.ready(). Rooms below cannot name this module; what they offer is registered here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from people.models import Child
from visibility.viewer import Viewer


def _always(viewer: Viewer, child: Child) -> bool:
    return True


@dataclass(frozen=True)
class Tab:
    """A page of a child's: `url` takes the child's public id as `child`; `also` are pages that belong under it."""

    name: str
    label: str | Promise
    icon: str
    url: str
    order: int
    also: tuple[str, ...] = ()
    shown: Callable[[Viewer, Child], bool] = _always

    def href(self, child: Child) -> str:
        return reverse(self.url, kwargs={"child": child.public_id})


@dataclass(frozen=True)
class Panel:
    """A part of a child's settings: a template, and what it needs, or None when it is not for this viewer.

    Its forms are sent to an address of its own room, which comes back to the settings.
    """

    name: str
    template: str
    order: int
    context: Callable[[Viewer, Child], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Filled:
    name: str
    template: str
    context: Mapping[str, Any]


_tabs: dict[str, Tab] = {}
_staff_tabs: dict[str, Tab] = {}
_panels: dict[str, Panel] = {}


def register_tab(tab: Tab) -> None:
    """Put a tab on every child's page; the same name twice is a mistake in the code."""
    if _tabs.setdefault(tab.name, tab) != tab:
        raise ValueError(f"The tab {tab.name} is registered twice.")


def register_staff_tab(tab: Tab) -> None:
    """Put a tab on every child's page of the staff; the same name twice is a mistake in the code."""
    if _staff_tabs.setdefault(tab.name, tab) != tab:
        raise ValueError(f"The tab {tab.name} of the staff is registered twice.")


def register_panel(panel: Panel) -> None:
    """Put a panel on every child's settings; the same name twice is a mistake in the code."""
    if _panels.setdefault(panel.name, panel) != panel:
        raise ValueError(f"The panel {panel.name} is registered twice.")


def tabs(viewer: Viewer, child: Child) -> list[Tab]:
    """The tabs of a child's page that this viewer has, in order."""
    return _shown(_tabs, viewer, child)


def staff_tabs(viewer: Viewer, child: Child) -> list[Tab]:
    """The same of the staff's page, beside the log itself."""
    return _shown(_staff_tabs, viewer, child)


def _shown(held: Mapping[str, Tab], viewer: Viewer, child: Child) -> list[Tab]:
    return sorted((tab for tab in held.values() if tab.shown(viewer, child)), key=lambda tab: (tab.order, tab.name))


def panels(viewer: Viewer, child: Child) -> list[Filled]:
    """The panels of a child's settings that are for this viewer, in order."""
    filled = []
    for panel in sorted(_panels.values(), key=lambda panel: (panel.order, panel.name)):
        context = panel.context(viewer, child)
        if context is not None:
            filled.append(Filled(panel.name, panel.template, context))
    return filled
