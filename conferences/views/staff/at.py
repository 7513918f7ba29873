"""How the staff's pages of a conference begin and end: the row through the rule, 404 for everything else."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from conferences import reading, steps
from conferences.models import Conference
from conferences.services.writing import Clash
from conferences.views.asked import Ask
from learninglog import sensitive
from learninglog.views.staff.at import refused_is_not_found
from visibility.doors import read, viewer_of
from visibility.matrix import READ
from visibility.viewer import Viewer

__all__ = ["answer", "clashed", "conference_of", "page_of", "refused_is_not_found", "saved"]


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


def answer(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page, with the words that are pointed out while one writes."""
    shown = {"viewer": viewer_of(request), "listed": sensitive.words(), "Step": steps.Step, **context}
    response = render(request, f"conferences/staff/{template}", shown, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def saved(request: HttpRequest, ask: Ask, back: str, **parts: Any) -> HttpResponse:
    """What was saved: with a script how the field stands now, without one its page again, at the field."""
    if request.htmx:  # type: ignore[attr-defined]
        return answer(request, "../_saved.html", ask=ask)
    return redirect(f"{back}#{ask.anchor}", **parts)


def clashed(request: HttpRequest, conference: Conference, ask: Ask, clash: Clash, back: str) -> HttpResponse:
    """Both texts beside each other: nobody's words are lost, and whoever came later decides."""
    context = {"conference": conference, "ask": ask, "clash": clash, "back": back}
    if request.htmx:  # type: ignore[attr-defined]
        response = answer(request, "../_clash.html", **context)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#{ask.anchor}", "outerHTML"
        return response
    return answer(request, "clash.html", status=409, **context)
