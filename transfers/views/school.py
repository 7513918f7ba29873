"""The receiver's pages: whom they get, and of one child the first page, the log and the conferences."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from transfers import reading
from transfers.views.at import answer
from visibility.doors import hat_required, viewer_of
from visibility.viewer import Hat


def _found(page: Any) -> Any:
    if page is None:
        raise Http404
    return page


@require_safe
@hat_required(Hat.SCHOOL)
def first(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """The last agreements, and what the family picked with the preschool."""
    return answer(request, "school/first.html", page=_found(reading.first_page(viewer_of(request), handover)))


@require_safe
@hat_required(Hat.SCHOOL)
def log(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """The log, the newest first."""
    page = _found(reading.log(viewer_of(request), handover, cursor=request.GET.get("after") or None))
    if not page.transfer.log:
        raise Http404
    return answer(request, "school/log.html", page=page)


@require_safe
@hat_required(Hat.SCHOOL)
def conferences(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """The conferences, the newest first."""
    page = _found(reading.conferences(viewer_of(request), handover))
    if not page.transfer.conferences:
        raise Http404
    return answer(request, "school/conferences.html", page=page)
