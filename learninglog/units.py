"""The units that somebody keeps in some way: found through the rule, 404 for everything else."""

import uuid

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from ground.names import sort_names
from people.models import Unit
from visibility import kinds, rule
from visibility.doors import viewer_of
from visibility.viewer import Viewer


def allowed(viewer: Viewer, action: str) -> list[Unit]:
    """The preschools with which the viewer may do this, by name."""
    rows = Unit.objects.filter(rule.visible(kinds.by_name("UNIT"), viewer, action), kind=Unit.Kind.PRESCHOOL)
    return sort_names(rows.select_related("organisation"), lambda unit: unit.name, get_language() or "en")


def unit_of(request: HttpRequest, public_id: uuid.UUID, action: str) -> tuple[Viewer, Unit]:
    viewer = viewer_of(request)
    unit = next((unit for unit in allowed(viewer, action) if unit.public_id == public_id), None)
    if unit is None:
        raise Http404
    return viewer, unit
