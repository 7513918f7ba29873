"""Before a guardian reads, the terms are asked. What the product exempts is not on the list of what waits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise

from access.terms.services import State, state
from visibility import ties
from visibility.relations import FAMILY
from visibility.viewer import Hat, Viewer


class TermsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """To the terms first, whoever's child it is: the way there tells nothing about the address."""
        match, viewer = request.resolver_match, getattr(request, "viewer", None)
        if viewer is None or viewer.hat != Hat.GUARDIAN or match is None:
            return None
        if match.view_name not in settings.WAITS_FOR_TERMS or not waits(viewer):
            return None
        if match.view_name in settings.MEDIA_ADDRESSES:
            raise Http404
        return HttpResponseRedirect(f"{reverse('terms:ask')}?{urlencode({'next': request.get_full_path()})}")


def waits(viewer: Viewer) -> bool:
    """Whether this guardian has something to read, and has not said yes to the terms as they stand now."""
    return state(viewer.person) in (State.ASKS, State.DECLINED) and bool(ties.children(viewer, FAMILY))


@dataclass(frozen=True)
class OpenPage:
    """A page that never waits for the terms."""

    label: str | Promise
    href: str
    icon: str


Pages = Callable[[Viewer], list[OpenPage]]
_pages: list[Pages] = []


def register(func: Pages) -> None:
    """Have `func(viewer)` name pages that are open whatever was answered; the same one again changes nothing."""
    if func not in _pages:
        _pages.append(func)


def open_pages(viewer: Viewer) -> list[OpenPage]:
    """What this guardian can open whatever they answer."""
    return [page for func in _pages for page in func(viewer)]
