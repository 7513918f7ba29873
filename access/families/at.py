"""How the pages about access begin and end: the child through the rule, the answer by its template."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from access.families import pages
from people.models import Child, Guardianship, Person
from visibility.doors import viewer_of
from visibility.matrix import ACCESS
from visibility.viewer import Viewer


def child_of(request: HttpRequest, public_id: uuid.UUID, action: str = ACCESS) -> tuple[Viewer, Child]:
    """The viewer, and a child about whose access they may do this; for everybody else there is no such page."""
    viewer = viewer_of(request)
    child = pages.child(viewer, public_id, action)
    if child is None:
        raise Http404
    return viewer, child


def adult_of(request: HttpRequest, public_id: uuid.UUID, action: str = ACCESS) -> tuple[Viewer, Guardianship]:
    """The viewer, and one adult's tie to such a child."""
    viewer = viewer_of(request)
    rows = Guardianship.objects.filter(public_id=public_id, child__in=pages.children(viewer, action))
    tie = rows.select_related("person", "child__organisation").first()
    if tie is None:
        raise Http404
    return viewer, tie


def person_of(viewer: Viewer, public_id: uuid.UUID) -> Person:
    """An adult of the viewer's organisation; whether there is anything to show is decided by what they reach."""
    person = Person.objects.filter(public_id=public_id, organisation=viewer.person.organisation_id).first()
    if person is None:
        raise Http404
    return person


def answer(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    context = {"viewer": viewer_of(request), **context}
    return render(request, f"access/families/{template}", context, status=status)
