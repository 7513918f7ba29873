"""The language of every answer, and its headers: a strict policy for our own pages, another for the office, no storing
of people's pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from portal import languages

OURS = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
OFFICE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; "
    "form-action 'self'; base-uri 'self'"
)


class LanguageMiddleware(LocaleMiddleware):
    """As Django's, which says in the answer what it depends on; but we choose."""

    def process_request(self, request: HttpRequest) -> None:
        translation.activate(languages.of_visitor(request))
        request.LANGUAGE_CODE = translation.get_language()


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        office = request.path.startswith("/cms/")
        if office:
            # Also over the policy of a page of ours that is previewed in the editor's frame.
            response.headers["Content-Security-Policy"] = OFFICE
        response.headers.setdefault("Content-Security-Policy", OURS)
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if office:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
