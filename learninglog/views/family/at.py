"""How every page of a child's begins and ends: the child through the rule, the answer by its template."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

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
