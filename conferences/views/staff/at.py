"""How the staff's pages of a conference begin and end: the row through the rule, 404 for everything else."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from conferences import asks, reading
from conferences.asks import Section
from conferences.models import Conference
from learninglog import sensitive
from learninglog.views.staff.at import refused_is_not_found
from visibility.doors import read, viewer_of
from visibility.matrix import READ
from visibility.viewer import Viewer

__all__ = ["answer", "conference_of", "page_of", "refused_is_not_found", "sections_of"]


def conference_of(request: HttpRequest, public_id: uuid.UUID, action: str = READ) -> tuple[Viewer, Conference]:
    """The viewer, and a conference that they may do this with."""
    viewer = viewer_of(request)
    rows = Conference.objects.visible_to(viewer, action).filter(public_id=public_id, erased_at__isnull=True)
    row = rows.select_related("child", "unit__organisation", "frozen", "stand_in", "current").first()
    if row is None:
        raise Http404
    return viewer, row


def page_of(conference: Conference, viewer: Viewer) -> reading.Page:
    """The conference as this viewer reads it; the reading is recorded."""
    page = reading.for_staff(conference, viewer)
    read(viewer, "conference", about=conference.public_id, child_ids=[conference.child_id])
    return page


def sections_of(conference: Conference, viewer: Viewer) -> list[Section]:
    """The same, as its pages show it."""
    return asks.of_staff(page_of(conference, viewer), viewer)


def answer(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page, with the words that are pointed out while one writes."""
    shown = {"viewer": viewer_of(request), "listed": sensitive.words(), **context}
    response = render(request, f"conferences/staff/{template}", shown, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
