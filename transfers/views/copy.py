"""A guardian's own copy: asked for, seen growing, fetched. It waits for no terms and no setting about downloads."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from access.leaving.told import last_days
from ground.clock import now
from people.models import Child, Guardianship
from transfers import choosing
from transfers.models import Package
from transfers.services import links, packages
from transfers.views.at import answer, child_of
from visibility.doors import hat_required, read
from visibility.matrix import COPY
from visibility.viewer import Hat, Viewer


def _tie(viewer: Viewer, child: Child) -> Guardianship:
    tie = choosing.active_tie(viewer, child)
    if tie is None:
        raise Http404
    return tie


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.GUARDIAN)
def copy(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The newest copy and how far it is, and the button that asks for one."""
    viewer, row = child_of(request, child, COPY)
    tie = _tie(viewer, row)
    if request.method == "POST":
        try:
            packages.own_copy(guardianship=tie, by=viewer)
        except PermissionDenied:
            raise Http404 from None
        return redirect("family_transfers:copy", child=row.public_id)
    found = packages.newest_own_copy(tie)
    under_way = found is not None and found.state in packages.UNDER_WAY
    done = packages.percent(found) if found is not None else 0
    ready = found is not None and found.state == Package.State.READY
    told: dict[str, Any] = {"child": row, "copy": found, "under_way": under_way, "ready": ready, "percent": done}
    told["last_day"] = last_days([row], viewer).get(row.pk)
    return answer(request, "family/copy.html", **told)


@require_safe
@hat_required(Hat.GUARDIAN)
def download(request: HttpRequest, child: uuid.UUID) -> HttpResponseBase:
    """The file itself, piece by piece; the reading log has a line of it."""
    viewer, row = child_of(request, child, COPY)
    found = packages.newest_own_copy(_tie(viewer, row))
    if found is None:
        raise Http404
    if request.method == "HEAD" and found.state == Package.State.READY:
        # Whoever only asks about it has not fetched it.
        return zipped(found, ())
    try:
        pieces = links.own(package=found, now=now)
    except (links.NotHere, FileNotFoundError):
        messages.warning(request, _("That copy is not here any more: it is too old, or something in it has changed."))
        return redirect("family_transfers:copy", child=row.public_id)
    read(viewer, "own copy", about=found.public_id, child_ids=[row.pk])
    return zipped(found, pieces)


def zipped(package: Package, pieces: object) -> StreamingHttpResponse:
    """A package as a file to keep; its name tells nothing about anybody."""
    response = StreamingHttpResponse(pieces, content_type="application/zip")  # type: ignore[arg-type]
    name = f"learning-log-{package.created_at.date().isoformat()}-{package.public_id.hex[:8]}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Length"] = str(package.octets)
    response["Cache-Control"] = "private, no-store"
    return response
