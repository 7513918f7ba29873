"""How the staff's pages begin: the row through the rule, a stranger's 404, an answer with or without a script."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from learninglog import groups
from learninglog.models import Entry, Thread, TrayItem
from people.models import Child, Group
from visibility.doors import viewer_of
from visibility.matrix import READ, WRITE
from visibility.viewer import Viewer


def entry_of(request: HttpRequest, public_id: uuid.UUID, action: str = WRITE) -> tuple[Viewer, Entry]:
    """The viewer, and an entry that nobody has thrown away, for this action."""
    viewer = viewer_of(request)
    rows = Entry.objects.visible_to(viewer, action).kept().filter(public_id=public_id)
    return viewer, _found(rows.select_related("group", "unit__organisation", "created_by", "current"))


def thread_of(request: HttpRequest, public_id: uuid.UUID, action: str = READ) -> tuple[Viewer, Thread]:
    viewer = viewer_of(request)
    return viewer, _found(Thread.objects.visible_to(viewer, action).for_list().filter(public_id=public_id))


def item_of(request: HttpRequest, public_id: uuid.UUID) -> tuple[Viewer, TrayItem]:
    viewer = viewer_of(request)
    rows = TrayItem.objects.visible_to(viewer, WRITE).unused().select_related("group")
    return viewer, _found(rows.filter(public_id=public_id))


def _found(rows: QuerySet[Any]) -> Any:
    row = rows.first()
    if row is None:
        raise Http404
    return row


def group_of(request: HttpRequest, public_id: uuid.UUID, *, works: bool = True) -> tuple[Viewer, Group]:
    """The viewer, and a group they work in; or, where reading is enough, one they head."""
    viewer = viewer_of(request)
    group = groups.one(groups.working(viewer) if works else groups.reading(viewer), public_id)
    if group is None:
        raise Http404
    return viewer, group


def child_of(request: HttpRequest, public_id: uuid.UUID) -> tuple[Viewer, Child]:
    viewer = viewer_of(request)
    child = groups.child(viewer, public_id)
    if child is None:
        raise Http404
    return viewer, child


@contextmanager
def refused_is_not_found() -> Iterator[None]:
    """What the rule refuses a moment after the page was fetched looks like what was never there."""
    try:
        yield
    except PermissionDenied:
        raise Http404 from None


def answer(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page; where a script asks for a part of it, `fragment` is set."""
    context = {"viewer": viewer_of(request), "fragment": bool(request.htmx), **context}  # type: ignore[attr-defined]
    response = render(request, f"learninglog/staff/{template}", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def onward(entry: Entry, viewer: Viewer) -> HttpResponseRedirect:
    """After something was done with an entry: to its page, or where the viewer goes on when that has closed by it."""
    if Entry.objects.visible_to(viewer).kept().filter(pk=entry.pk).exists():
        return redirect("staff:entry", entry=entry.public_id)
    if groups.works_in(entry.group, viewer):
        return redirect("staff:drafts", group=entry.group.public_id)
    return redirect(settings.STAFF_START_URL)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
