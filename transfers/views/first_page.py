"""The preschool's part in the receiver's first page."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from access.recordings.services import NotPossible
from people.models import Child
from transfers import first_page
from transfers.models import Handover
from transfers.services import highlights
from transfers.views.at import answer, at_work, handover_of
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import PICK, READ
from visibility.viewer import Hat, Viewer


@require_safe
@hat_required(Hat.STAFF)
def look(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer, row = at_work(request, child, READ)
    return _page(request, row, viewer)


@require_POST
@hat_required(Hat.STAFF)
def pick(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """Up to ten entries for the receiver's first page."""
    viewer = viewer_of(request)
    found = handover_of(viewer, handover, PICK)
    if not first_page.is_open(found, viewer):
        raise Http404
    wanted = asked(request)
    if not picked(request, found, wanted, viewer):
        return _page(request, found.child, viewer, {found.public_id: wanted})
    messages.success(request, _("Kept. These stand on the first page."))
    return redirect("transfers:first_page", child=found.child.public_id)


def _page(
    request: HttpRequest, child: Child, viewer: Viewer, ticked: dict[uuid.UUID, list[uuid.UUID]] | None = None
) -> HttpResponse:  # fmt: skip
    pages = first_page.of_child(child, viewer, ticked)
    if not pages:
        raise Http404
    read(viewer, "first page", about=child.public_id, child_ids=[child.pk])
    return answer(request, "staff/first_page.html", child=child, pages=pages, status=422 if ticked else 200)


def asked(request: HttpRequest, name: str = "entry") -> list[uuid.UUID]:
    """The entries that were ticked, or that were when the page came; what is no address was not made by our page."""
    try:
        return [uuid.UUID(key) for key in request.POST.getlist(name)]
    except ValueError:
        raise Http404 from None


def picked(request: HttpRequest, handover: Handover, wanted: list[uuid.UUID], viewer: Viewer) -> bool:
    """Keep what was ticked, or say why not."""
    try:
        highlights.pick(handover=handover, entries=wanted, by=viewer, seen=asked(request, "seen"))
    except PermissionDenied:
        raise Http404 from None
    except NotPossible:
        messages.warning(request, _("Ten at most, and only what goes along. Please choose again."))
        return False
    return True
