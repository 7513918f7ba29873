"""The first page as the preschool picks for it: entries of the transfer's days that whoever is at work reads anyway.

What the family has left out stands among them, for it is not told at work; picked or not, it does not go along. There
is such a page only where the log goes by the answers of now: that it does, a pedagogue learns here, and nothing of who
said what.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from learninglog import rendition
from people.models import Child
from transfers import receiving
from transfers.models import Handover
from transfers.services import highlights
from visibility.matrix import PICK
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Line:
    """One entry to pick, as its title and day."""

    public_id: uuid.UUID
    title: str
    happened_on: date
    picked: bool


@dataclass(frozen=True)
class Page:
    """The first page for one receiver; `others` are picked by the family from what this viewer does not read."""

    handover: Handover
    receiver: str
    lines: list[Line] = field(default_factory=list)
    others: int = 0
    # What was picked when the page was made: somebody else may pick meanwhile.
    seen: list[uuid.UUID] = field(default_factory=list)


def of_child(child: Child, viewer: Viewer, ticked: dict[uuid.UUID, list[uuid.UUID]] | None = None) -> list[Page]:
    """The pages of a child's transfers that are still to come; `ticked` is what somebody has just sent, by transfer."""
    return [_page(row, viewer, (ticked or {}).get(row.public_id)) for row in _open(child, viewer)]


def any_of(viewer: Viewer, child: Child) -> bool:
    """Whether there is a page to pick for: the tab of the child's page asks."""
    return bool(_open(child, viewer))


def is_open(handover: Handover, viewer: Viewer) -> bool:
    """Whether the preschool picks for this transfer: the log goes by the answers of now."""
    return receiving.chosen(handover, viewer.at)[0]


def _open(child: Child, viewer: Viewer) -> list[Handover]:
    rows = Handover.objects.visible_to(viewer, PICK).filter(child=child, erased_at__isnull=True)
    found: list[Any] = list(rows.select_related("child__organisation", "unit", "placement").order_by("first_day", "pk"))
    return [row for row in found if is_open(row, viewer)]


def _page(row: Handover, viewer: Viewer, ticked: list[uuid.UUID] | None) -> Page:
    rows = highlights.to_pick_from(row, viewer).select_related("created_by", "current").order_by("-happened_on", "-pk")
    picked = highlights.of_handover(row)
    shown = rendition.for_viewer(rows, viewer, only=frozenset({row.child_id}))
    wanted = picked if ticked is None else ticked
    lines = [Line(one.public_id, one.title, one.happened_on, one.public_id in wanted) for one in shown]
    receiver = row.unit.name if row.unit is not None else row.receiver_name
    return Page(row, receiver, lines, len(set(picked) - {one.public_id for one in lines}), picked)
