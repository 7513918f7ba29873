"""A browser that somebody has come in by before is known again, so that a stranger's guessing does not delay them."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from ground.fields import keyed_hash

COOKIE = "known-browser"
LIFE = timedelta(days=365)
MOST = 8
SALT = "access.known-browser"


def _mark(account: str, browser: str) -> str:
    return keyed_hash(f"{browser}\n{account}", purpose="known-browser")[:32]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        browser, marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except (signing.BadSignature, TypeError, ValueError):
        return secrets.token_urlsafe(16), []
    return browser, marks


def browser_of(request: HttpRequest, account: str) -> str:
    """This browser's name where the account has come in by it before, else ""."""
    browser, marks = _read(request)
    return browser if _mark(account, browser) in marks else ""


def remember(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """Have the browser carry that this account has come in by it; whose account it is cannot be read from it."""
    browser, marks = _read(request)
    mark = _mark(account, browser)
    kept = [mark, *(other for other in marks if other != mark)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps((browser, kept), salt=SALT),
        max_age=LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
