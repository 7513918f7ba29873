"""The doors by hat, and the language of a browser. Who comes in how stands in `access.signing`."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from visibility.viewer import Hat

DOORS = {Hat(hat): name for hat, name in settings.DOORS.items()}


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
