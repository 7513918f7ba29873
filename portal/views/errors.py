"""When a page cannot be given. Unknown and forbidden are one and the same page, and it names nothing."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

BROKEN = Path(settings.BASE_DIR) / "static" / "errors" / "500.html"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer to what is not there and to what is not for this viewer."""
    if not hasattr(request, "user"):
        return HttpResponse(b"", status=404, content_type="text/plain")
    return render(request, "portal/errors/not_found.html", {"nav": []}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened before the session it belongs to; nothing was saved, and the way back is one tap."""
    if not hasattr(request, "viewer"):
        request.viewer = None  # type: ignore[attr-defined]
    return render(request, "portal/errors/expired.html", {"nav": []}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(b"", status=400, content_type="text/plain")


def broken(request: HttpRequest) -> HttpResponse:
    """A static page: nothing that may be what broke is needed to show it."""
    return HttpResponse(BROKEN.read_bytes(), status=500, content_type="text/html; charset=utf-8")
