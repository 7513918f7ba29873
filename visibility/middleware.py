"""Who is looking, once a request: the session's one hat, the strength of its sign-in, the moment."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ground.clock import now
from people.models import Person
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
