"""Units, duties and passes of a viewer: always through the rule, 404 for everything else."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language

from ground.names import sort_names
from people.models import Child, Unit
from visibility import kinds, rule
from visibility.matrix import APPOINT, CHILD, GIVE_PASS, NAME, READ, STAFF_IT, UNIT
from visibility.viewer import Viewer


def rows(kind: str, viewer: Viewer, action: str = READ) -> QuerySet[Any]:
    """The rows of a kind with which this viewer may do this."""
    found = kinds.by_name(kind)
    return found.model._default_manager.filter(rule.visible(found, viewer, action))


def one(kind: str, viewer: Viewer, public_id: uuid.UUID, action: str = READ) -> Any:
    """The row at this address; unknown and forbidden look alike."""
    row = rows(kind, viewer, action).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def units(viewer: Viewer, *actions: str) -> list[Unit]:
    """The units with which the viewer may do one of these, by name."""
    keys = {key for action in actions for key in rows(UNIT, viewer, action).values_list("pk", flat=True)}
    found = Unit.objects.filter(pk__in=keys).select_related("organisation")
    return sort_names(found, lambda unit: unit.name, get_language() or "en")


def staffed(viewer: Viewer) -> list[Unit]:
    """The units whose staff, or whose head, the viewer keeps."""
    return units(viewer, STAFF_IT, APPOINT)


def passing(viewer: Viewer) -> list[Unit]:
    """The units at which the viewer may give a pass."""
    return units(viewer, GIVE_PASS)


def chosen(found: list[Unit], wanted: str) -> Unit | None:
    """The one that the address names, else the first."""
    return next((unit for unit in found if str(unit.public_id) == wanted), found[0] if found else None)


def unit_of(viewer: Viewer, public_id: uuid.UUID, *actions: str) -> Unit:
    """The unit at this address, for one of these actions, or 404."""
    for unit in units(viewer, *actions):
        if unit.public_id == public_id:
            return unit
    raise Http404


def nameable(viewer: Viewer, unit: Unit) -> list[Child]:
    """The children of a unit for whom the viewer may name a special educator, by name."""
    placed = rows(CHILD, viewer, NAME).filter(placements__unit=unit).distinct()
    return sort_names(placed, lambda child: child.given_name, get_language() or "en")
