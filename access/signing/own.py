"""Name, password and the app's digits, in one step: which of them was wrong is not told."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from access.signing import codes, totp
from access.signing.openid import Refused
from people.models import Person
from visibility.viewer import Hat

_nobodys: list[str] = []


def account(name: str) -> str:
    """A typed name as it is compared and counted."""
    return name.strip().lower()


@transaction.atomic
def check(name: str, password: str, digits: str, *, hat: Hat, at: datetime) -> Person:
    """The person whose name, password and digits these are; raises Refused("wrong")."""
    person = Person.objects.select_related("organisation").filter(login=account(name), is_active=True).first()
    if person is None or not person.has_usable_password():
        _as_slowly(password)
        raise Refused("wrong")
    # Digits are used up by a right password alone, so that nobody can use up somebody else's.
    if not person.check_password(password) or not totp.accept(person, digits, hat=hat, at=at):
        raise Refused("wrong")
    if hat == Hat.GUARDIAN and (person.organisation is None or not codes.allowed(person.organisation)):
        raise Refused("wrong")
    return person


def _as_slowly(password: str) -> None:
    """Take the time that a real password takes, so that the time does not tell which names there are."""
    if not _nobodys:
        _nobodys.append(make_password("nobody's password"))
    check_password(password, _nobodys[0])
