"""The addresses of children's pictures: to be shown, and to be taken along where the organisation lets one."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from media_policy import downloads, finding, holders, serving
from media_policy.models import Derivative
from media_policy.purposes import SERVED, Purpose
from visibility import readinglog
from visibility.viewer import Viewer


# A stranger gets the 404 of everybody for whom there is nothing: a redirect to the sign-in would be another answer.
@login_not_required
@require_safe
def picture(request: HttpRequest, public_id: uuid.UUID, purpose: str) -> HttpResponseBase:
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    row = finding.derivative(viewer, public_id, purpose)
    if viewer is None or row is None or purpose not in SERVED:
        return serving.not_here()
    response = serving.respond(request, row)
    if purpose == Purpose.FULL and request.method == "GET" and response.status_code in {200, 206, 304}:
        _record_or_close(viewer, "picture", row, response)
    return response


@login_not_required
@require_safe
def download(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """The picture in full size, to be kept; a line of its own in the reading log."""
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    row = finding.derivative(viewer, public_id, Purpose.FULL)
    if viewer is None or row is None or not downloads.allowed(viewer, row.picture.organisation_id):
        return serving.not_here()
    name = downloads.name_of_picture(row.picture, row.storage_name.rpartition(".")[2])
    response = serving.respond(request, row, save_as=name)
    if request.method == "GET" and response.status_code in {200, 206, 304}:
        _record_or_close(viewer, "picture download", row, response)
    return response


def _record_or_close(viewer: Viewer, what: str, row: Derivative, response: HttpResponseBase) -> None:
    """What cannot be logged is not given."""
    try:
        _record(viewer, what, row)
    except BaseException:
        response.close()
        raise


def _record(viewer: Viewer, what: str, row: Derivative) -> None:
    """Thumbs and cards are covered by their page's line; full size is opened by itself and gets its own."""
    marked = row.picture.subjects.values_list("child_id", flat=True)
    children = {*marked, *holders.children_about(row.picture_id)}
    readinglog.record(viewer=viewer, what=what, about=row.picture.public_id, child_ids=children)
