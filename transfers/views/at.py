"""How the pages of transfers begin and end: the child and the transfer through the rule, 404 for everything else."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from access.families import pages as families
from access.questions.pages import own_tie
from ground.markdown import to_html
from learninglog.readers import own_child
from people.models import Child, Guardianship
from transfers.models import Handover
from transfers.packaging import words
from visibility.doors import viewer_of
from visibility.matrix import READ
from visibility.viewer import Viewer


def child_of(request: HttpRequest, public_id: uuid.UUID, action: str) -> tuple[Viewer, Child]:
    """The viewer, and a child of their own with which they may do this."""
    viewer = viewer_of(request)
    row = own_child(viewer, public_id, action)
    if row is None:
        raise Http404
    # What stands around the page names the child too, and need not look for it again.
    request.child = row  # type: ignore[attr-defined]
    return viewer, row


def tie_of(request: HttpRequest, public_id: uuid.UUID, action: str) -> tuple[Viewer, Child, Guardianship]:
    """And the viewer's own legal guardianship of it."""
    viewer, child = child_of(request, public_id, action)
    tie = own_tie(viewer, child)
    if tie is None:
        raise Http404
    return viewer, child, tie


def handover_of(viewer: Viewer, public_id: uuid.UUID, action: str = READ, child: Child | None = None) -> Handover:
    """A transfer with which the viewer may do this; of one child where the address names it."""
    rows = Handover.objects.visible_to(viewer, action).filter(public_id=public_id, erased_at__isnull=True)
    if child is not None:
        rows = rows.filter(child=child)
    row: Handover | None = rows.select_related("child__organisation", "unit", "from_unit", "placement").first()
    if row is None:
        raise Http404
    return row


def at_work(request: HttpRequest, public_id: uuid.UUID, action: str) -> tuple[Viewer, Child]:
    """The viewer, and a child with which they may do this as its head or officer."""
    viewer = viewer_of(request)
    child = families.child(viewer, public_id, action)
    if child is None:
        raise Http404
    return viewer, child


def answer(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page, with what turns Markdown and dates into what is read."""
    shown = {"viewer": viewer_of(request), "html": to_html, "words": words, **context}
    response = render(request, f"transfers/{template}", shown, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def answer_openly(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page for somebody who is not signed in; kept by nobody on the way."""
    response = render(request, f"transfers/{template}", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
