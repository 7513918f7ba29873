"""A guardian at one child's log: who reads, in which home, and since when things are new to them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from learninglog.services.visits import seen_before, visit
from people.models import Child
from visibility import kinds, rule, ties
from visibility.relations import FAMILY, GUARDIAN, HOME, HOME_NOW
from visibility.viewer import Viewer

FAMILY_TIES = (FAMILY, GUARDIAN, HOME, HOME_NOW)


@dataclass(frozen=True)
class Reader:
    """`home` is the one they are in now; `homes` are all they have been in, whose words stay theirs: keys."""

    viewer: Viewer
    child: Child
    home: int | None
    homes: frozenset[int]
    since: datetime


def own_child(viewer: Viewer, public_id: uuid.UUID, action: str) -> Child | None:
    """The child with this address, when the viewer may do this with it."""
    # All that a family's page asks of the rule, in one statement.
    ties.of_viewer(viewer, FAMILY_TIES)
    visible = rule.visible(kinds.by_name("CHILD"), viewer, action)
    return Child.objects.filter(visible, public_id=public_id).first()


def arriving(viewer: Viewer, child: Child) -> Reader:
    """The reader who opens the log now; their visit is noted."""
    return _reader(viewer, child, visit(child=child, by=viewer))


def passing(viewer: Viewer, child: Child) -> Reader:
    """The reader of another page of the child's; no visit to the log is noted."""
    return _reader(viewer, child, seen_before(children=[child.pk], by=viewer)[child.pk])


def _reader(viewer: Viewer, child: Child, since: datetime) -> Reader:
    homes = frozenset(ties.homes(viewer, HOME, child))
    here = ties.homes(viewer, HOME_NOW, child)
    return Reader(viewer, child, max(here, default=None), homes, since)
