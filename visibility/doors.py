"""Helpers of the doors: a page is fetched through the rule and its reading recorded by the same call."""

import functools
import uuid
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from visibility import readinglog
from visibility.matrix import READ
from visibility.viewer import Hat, Viewer

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponseBase]


def viewer_of(request: HttpRequest) -> Viewer:
    """The request's viewer; nobody is a stranger here, and a stranger gets 404."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        raise Http404
    return viewer


def hat_required(*hats: Hat) -> Callable[[View], View]:
    """Under another hat the page does not exist."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if viewer_of(request).hat not in hats:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.hats = hats  # type: ignore[attr-defined]
        return guarded

    return decorate


def one(rows: "QuerySet[Row]", viewer: Viewer, public_id: uuid.UUID, action: str = READ) -> Row:
    """The row that this viewer may do this with, or 404: unknown and forbidden look alike."""
    row: Row | None = rows.visible_to(viewer, action).filter(public_id=public_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    return row


def read(viewer: Viewer, what: str, *, about: uuid.UUID | None = None, child_ids: Iterable[int] = ()) -> None:
    """Record that a page about these children is being given to the viewer."""
    readinglog.record(viewer=viewer, what=what, about=about, child_ids=child_ids)
