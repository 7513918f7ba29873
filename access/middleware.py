"""A session lives as long as somebody is there."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from access.signing import session
from ground.clock import now


class ActivityMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        # What an open page asks for by itself is no sign of a person.
        if match is None or match.view_name not in settings.ASKED_BY_PAGES:
            session.seen(request, at=now())
        return response
