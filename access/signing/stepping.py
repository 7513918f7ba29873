"""Views that need to be surer of who it is lead to a stronger sign-in, and back."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from access.signing.entrance import safe_target
from visibility.doors import viewer_of
from visibility.viewer import Strength

View = Callable[..., HttpResponse]


def requires(least: Strength) -> Callable[[View], View]:
    """Below this strength the view sends to a stronger sign-in and back; what was sent stays on its page.

    Stands under `hat_required`, which decides whether the page is there at all.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if viewer_of(request).strength < least:
                return step_up(request, least)
            return view(request, *args, **kwargs)

        guarded.least = least  # type: ignore[attr-defined]
        return guarded

    return decorate


def step_up(request: HttpRequest, least: Strength) -> HttpResponse:
    """To the page that offers stronger ways; htmx is told to load it as a page."""
    query = urlencode({"least": int(least), "next": _back(request)})
    address = f"{reverse('account:step_up')}?{query}"
    if request.headers.get("hx-request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _back(request: HttpRequest) -> str:
    """The page itself; for a form that was sent, the page that it stands on."""
    if request.method in ("GET", "HEAD") and not request.headers.get("hx-request"):
        return request.get_full_path()
    named = urlsplit(request.headers.get("hx-current-url") or request.headers.get("referer", ""))
    if named.netloc == request.get_host():
        return safe_target(request, named._replace(scheme="", netloc="", fragment="").geturl())
    return ""


needs_strength = requires
