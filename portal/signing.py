"""The one place where a session becomes a person's: under one hat, in one language, and ends without a trace."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from access import endings
from people.models import Person
from visibility.middleware import HAT_KEY, STRENGTH_KEY
from visibility.viewer import Hat, Strength

BACKEND = "django.contrib.auth.backends.ModelBackend"
DOORS = {
    Hat.GUARDIAN: "portal:family",
    Hat.STAFF: "portal:staff",
    Hat.SCHOOL: "portal:school",
    Hat.OFFICE: "wagtailadmin_home",
}


def sign_in(request: HttpRequest, person: Person, *, hat: Hat, strength: Strength) -> None:
    """Give the browser a new session in which this person wears one hat; nothing of the session before is kept."""
    request.session.flush()
    login(request, person, backend=BACKEND)
    request.session[HAT_KEY] = hat.value
    request.session[STRENGTH_KEY] = int(strength)


def sign_out(request: HttpRequest) -> None:
    """End the session, after the rooms have ended what dies with it."""
    if isinstance(request.user, Person):
        endings.signed_out(request.user)
    logout(request)


def speak(response: HttpResponse, language: str) -> None:
    """Have the browser remember the language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 60 * 60,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known(language: str) -> bool:
    """Whether the site speaks this language."""
    return language in dict(settings.LANGUAGES) and translation.check_for_language(language)
