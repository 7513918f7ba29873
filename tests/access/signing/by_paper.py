"""A way in without an e-ID, as tests go through it: the paper, the app's digits, the pages."""

import re
from datetime import timedelta

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from access.signing import codes
from people.models import Person
from tests.cast import NOW
from visibility.viewer import Hat

# By itself: a piece of an address can look like one.
CODE = re.compile(rf"(?<![\w-])[{codes.LETTERS}]{{4}}(?:-[{codes.LETTERS}]{{4}}){{2}}(?![\w-])")
PASSWORD = "three small blue boots"
PASSWORD_PAGE = "/sign-in/as/guardian/password/"


def digits(secret, at=NOW, off=0):
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30 + off))


def paper(cast, person=None, hat=Hat.GUARDIAN, at=NOW):
    return codes.make(person=person or cast.astrid, hat=hat, identified="document", by=cast.eva, at=at)


def secret_on(page):
    return re.search(r"<code>([A-Z2-7]{32})</code>", page.content.decode())[1]


def set_up(client, letter, password=PASSWORD):
    """Through both pages; the secret of the app, and the last answer."""
    assert client.post("/sign-in/code/", {"code": letter.code}).status_code == 302
    secret = secret_on(client.get("/sign-in/set-up/"))
    return secret, client.post("/sign-in/set-up/", {"password": password, "digits": digits(secret)})


def enter(client, person, secret, stop_clock, *, later=1, password=PASSWORD, page=PASSWORD_PAGE, **more):
    """Sign in with the app's digits some half minutes later."""
    at = NOW + timedelta(seconds=30 * later)
    stop_clock(at)
    login = Person.objects.get(pk=person.pk).login
    return client.post(page, {"name": login, "password": password, "digits": digits(secret, at), **more})
