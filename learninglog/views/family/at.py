"""How every page of a child's begins and ends: the child through the rule, the answer by its template."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from learninglog import sensitive
from learninglog.readers import Reader, arriving, own_child, passing
from people.models import Child
from visibility.doors import viewer_of
from visibility.matrix import CONTRIBUTE
from visibility.viewer import Viewer


def child_of(request: HttpRequest, public_id: uuid.UUID, action: str = CONTRIBUTE) -> tuple[Viewer, Child]:
    """The viewer, and the child whose log they read; for everybody else there is no such page."""
    viewer = viewer_of(request)
    child = own_child(viewer, public_id, action)
    if child is None:
        raise Http404
    # What stands around the page names the child too, and need not look for it again.
    request.child = child  # type: ignore[attr-defined]
    return viewer, child


def log_reader(request: HttpRequest, public_id: uuid.UUID) -> Reader:
    return arriving(*child_of(request, public_id))


def reader(request: HttpRequest, public_id: uuid.UUID) -> Reader:
    return passing(*child_of(request, public_id))


def answer(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """The page, or with htmx the part of it that its template leaves when `fragment` is set."""
    response = render(request, f"learninglog/family/{template}", {"viewer": viewer_of(request), **context})
    patch_vary_headers(response, ["HX-Request"])
    return response


def second_look(request: HttpRequest, text: str) -> None:
    """Point out what is sensitive in what was just sent. It is sent all the same; on the device it was said before."""
    found = sensitive.findings([text], sensitive.words())
    if found:
        listed = ", ".join(finding.word for finding in found)
        messages.warning(
            request, _("Sensitive words: %(words)s. Such things are better said face to face.") % {"words": listed}
        )
