"""Who is looking, once a request: the session's one hat, the strength of its sign-in, the moment; and who got a 404."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from ground.clock import now
from people.models import Person
from visibility import refusals
from visibility.viewer import Hat, Strength, Viewer

HAT_KEY = "hat"
STRENGTH_KEY = "strength"


class ViewerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = viewer_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def viewer_of(request: HttpRequest) -> Viewer | None:
    """The viewer of a signed-in session; a session without a known hat sees nothing."""
    person = request.user
    hat = request.session.get(HAT_KEY)
    if not isinstance(person, Person) or not person.is_authenticated or hat not in Hat.values:
        return None
    strength = Strength(request.session.get(STRENGTH_KEY, Strength.LOW))
    return Viewer(person=person, hat=Hat(hat), strength=strength, at=now())


class RefusalMiddleware:
    """Notes that somebody signed in got a 404 at an address of something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
        match = request.resolver_match
        if response.status_code == HTTPStatus.NOT_FOUND and viewer is not None and match is not None:
            refusals.note(viewer=viewer, match=match)
        return response
