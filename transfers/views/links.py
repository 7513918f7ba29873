"""The page behind a link: it asks for the code, and then gives the file. Nobody signs in, and nobody is named."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from ground.clock import now
from transfers.models import Package
from transfers.services import links
from transfers.views.at import answer_openly
from transfers.views.copy import zipped

OPENED = "packages_opened"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, package: uuid.UUID) -> HttpResponse:
    """Asks for the code that came apart from the link; whoever gave it may fetch the file for an hour."""
    told: dict[str, Any]
    at = now()
    try:
        row = links.behind(package, at)
        if request.method == "POST":
            _remember(request, links.open_with(public_id=package, code=request.POST.get("code", ""), at=at))
            return redirect("packages:package", package=package)
    except links.WrongCode as wrong:
        told = {"left": wrong.left, "wrong": True, "is_open": False, "row": None}
        return answer_openly(request, "link/package.html", status=422, **told)
    except links.NotHere:
        return answer_openly(request, "link/gone.html", status=404)
    told = {"left": 0, "wrong": False, "is_open": _is_open(request, row), "row": row}
    return answer_openly(request, "link/package.html", **told)


@login_not_required
@require_safe
def download(request: HttpRequest, package: uuid.UUID) -> HttpResponseBase:
    """The file, for the browser that gave the code. Only asking about it is no download."""
    try:
        row = links.behind(package, now())
        if not _is_open(request, row):
            # An hour has gone by, or this is another browser: the code is asked for again.
            return redirect("packages:package", package=package)
        if request.method == "HEAD":
            return zipped(row, ())
        row, pieces = links.fetch(public_id=package, now=now)
    except (links.NotHere, FileNotFoundError):
        return answer_openly(request, "link/gone.html", status=404)
    return zipped(row, pieces)


def _remember(request: HttpRequest, row: Package) -> None:
    opened = dict(request.session.get(OPENED, {}))
    opened[str(row.public_id)] = [(now() + links.OPEN_FOR).timestamp(), links.turn(row)]
    request.session[OPENED] = opened


def _is_open(request: HttpRequest, row: Package) -> bool:
    until, turn = request.session.get(OPENED, {}).get(str(row.public_id), (0, 0))
    return bool(until > now().timestamp()) and turn == links.turn(row)
