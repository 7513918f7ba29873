"""What the doors put into the settings of a child for a room that stands below them."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from access.families import guardians
from access.questions import pages as questions
from learninglog import slots
from people.models import Child
from visibility import ties
from visibility.relations import GUARDIAN
from visibility.viewer import Viewer


def who_reads(viewer: Viewer, child: Child) -> Mapping[str, Any] | None:
    """The way to the page about who reads, for whoever reads the log."""
    if child.pk not in ties.children(viewer, GUARDIAN):
        return None
    href = reverse("families:access", kwargs={"child": child.public_id})
    return {"href": href, "asked": guardians.is_asked(viewer, child)}


def pictures(viewer: Viewer, child: Child) -> Mapping[str, Any] | None:
    """The way to the questions about pictures, for a legal guardian."""
    tie = questions.own_tie(viewer, child)
    if tie is None:
        return None
    href = reverse("answers:family", kwargs={"child": child.public_id})
    return {"href": href, "waits": questions.waiting(tie, viewer), "open": bool(questions.open_groups(child, viewer))}


PICTURES = slots.Panel("pictures", "portal/panel_pictures.html", 10, pictures)
ACCESS = slots.Panel("access", "portal/panel_access.html", 20, who_reads)
