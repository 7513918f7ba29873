"""The addresses of films and recordings, and those that receive them in pieces. Everything here asks the rule first."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from media_policy import downloads, holders, serving
from media_policy.clips import services
from media_policy.clips.listening import record_once
from media_policy.clips.models import Clip, ClipFile, ClipUpload
from media_policy.clips.purposes import ClipPurpose
from media_policy.clips.refusal import ClipRefused, sentence_of
from visibility.viewer import Hat, Viewer


# A stranger gets the 404 of everybody for whom there is nothing: a redirect to the sign-in would be another answer.
@login_not_required
@require_safe
def clip(request: HttpRequest, public_id: uuid.UUID, purpose: str) -> HttpResponseBase:
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    row = ClipFile.objects.visible_to(viewer).at_address(public_id, purpose).select_related("clip").first()
    if viewer is None or row is None:
        return serving.not_here()
    response = serving.respond(request, row)
    if purpose == ClipPurpose.PLAY and request.method == "GET" and response.status_code in {200, 206, 304}:
        _record_or_close(viewer, row, response)
    return response


@login_not_required
@require_safe
def download(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """What is played, to be kept; a line of its own in the reading log."""
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    rows = ClipFile.objects.visible_to(viewer).at_address(public_id, ClipPurpose.PLAY)
    row = rows.select_related("clip__organisation").first()
    if viewer is None or row is None or not downloads.allowed(viewer, row.clip.organisation_id):
        return serving.not_here()
    name = downloads.name_of_clip(row.clip, row.storage_name.rpartition(".")[2])
    response = serving.respond(request, row, save_as=name)
    if request.method == "GET" and response.status_code in {200, 206, 304}:
        _record_or_close(viewer, row, response, deed="download")
    return response


def _record_or_close(viewer: Viewer, row: ClipFile, response: HttpResponseBase, *, deed: str = "") -> None:
    """What cannot be logged is not given."""
    try:
        marked = row.clip.subjects.values_list("child_id", flat=True)
        record_once(viewer, row.clip, {*marked, *holders.clips.children_about(row.clip_id)}, deed=deed)
    except BaseException:
        response.close()
        raise


@login_not_required
@require_safe
def clip_state(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """How far the making is; asked now and then by the composer."""
    row = Clip.objects.visible_to(_staff(request)).filter(public_id=public_id).first()
    return _told(row) if row else serving.not_here()


@login_not_required
@require_POST
def begin(request: HttpRequest) -> HttpResponseBase:
    """Announces a file, and asks what has arrived of it."""
    viewer, sent = _staff(request), request.POST
    about, key = _uuid(sent.get("about")), _uuid(sent.get("client_key"))
    size = sent.get("size", "")
    if viewer is None or about is None or key is None or not (size.isascii() and size.isdigit() and len(size) < 16):
        return serving.not_here()
    try:
        found = services.begin(target=sent.get("for", ""), about=about, by=viewer, size=int(size), client_key=key)
    except PermissionDenied:
        return serving.not_here()
    except ClipRefused as refused:
        return _json({"sentence": refused.sentence}, status=422)
    return _told(found)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """GET tells what has arrived; POST brings the bytes from `?from=` on."""
    viewer = _staff(request)
    row = ClipUpload.objects.visible_to(viewer).filter(public_id=public_id).first()
    if viewer is None or row is None:
        return serving.not_here()
    offset = request.GET.get("from", "")
    if request.method == "POST" and not (offset.isascii() and offset.isdigit() and len(offset) < 16):
        return _told(row, status=409)
    try:
        if request.method != "POST":
            return _told(row)
        return _told(services.receive(upload=row, by=viewer, offset=int(offset), data=request.body))
    except PermissionDenied:
        return serving.not_here()
    except services.OutOfStep as out:
        row.received = out.received
        return _told(row, status=409)


@login_not_required
@require_POST
def drop(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Whoever sends it has thought better of it."""
    row = ClipUpload.objects.visible_to(_staff(request)).filter(public_id=public_id).first()
    if row is None:
        return serving.not_here()
    services.drop(upload=row)
    return _json({})


def _staff(request: HttpRequest) -> Viewer | None:
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    return viewer if viewer is not None and viewer.hat == Hat.STAFF else None


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _told(row: ClipUpload | Clip, *, status: int = 200) -> JsonResponse:
    if isinstance(row, ClipUpload):
        told: dict[str, Any] = {
            "upload": str(row.public_id), "received": row.received, "size": row.size, "piece": services.PIECE,
        }  # fmt: skip
    else:
        told = {"clip": str(row.public_id), "state": row.state, "progress": row.progress}
        if row.refusal:
            told["sentence"] = sentence_of(row.refusal)
    return _json(told, status=status)


def _json(told: dict[str, Any], *, status: int = 200) -> JsonResponse:
    response = JsonResponse(told, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
