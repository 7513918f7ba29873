"""How the guardians' pages of conferences begin: the child of whoever reads its conferences, 404 for everybody else."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from conferences.models import Conference
from conferences.panels import reads_conferences
from learninglog import sensitive
from learninglog.readers import own_child
from people.models import Child
from visibility.doors import viewer_of
from visibility.matrix import READ
from visibility.viewer import Viewer


def child_of(request: HttpRequest, public_id: uuid.UUID) -> tuple[Viewer, Child]:
    """The viewer, and a child whose conferences they read."""
    viewer = viewer_of(request)
    child = own_child(viewer, public_id, READ)
    if child is None or not reads_conferences(viewer, child):
        raise Http404
    # What stands around the page names the child too, and need not look for it again.
    request.child = child  # type: ignore[attr-defined]
    return viewer, child


def conference_of(
    request: HttpRequest, child: uuid.UUID, public_id: uuid.UUID, action: str = READ
) -> tuple[Viewer, Child, Conference]:
    """And one conference about the child that has come to the home: one under way only says so in the list."""
    viewer, row = child_of(request, child)
    rows = Conference.objects.visible_to(viewer, action).filter(child=row, public_id=public_id, erased_at__isnull=True)
    found = rows.filter(shown_at__isnull=False) | rows.filter(sealed_at__isnull=False)
    conference = found.select_related("child", "unit__organisation", "frozen", "current").first()
    if conference is None:
        raise Http404
    return viewer, row, conference


def answer(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    shown = {"viewer": viewer_of(request), "listed": sensitive.words(), **context}
    response = render(request, f"conferences/family/{template}", shown, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
