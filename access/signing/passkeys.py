"""Passkeys, kept by allauth.mfa: something one has, unlocked by a finger, a face or a PIN; so two factors in one."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction

from access.models import SignInCode
from access.signing import codes, session, sides
from access.signing.openid import Refused
from people.models import Person
from visibility.viewer import Hat

# What a made-up answer of a browser can bring about in the parsers.
FAULTS = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)


def has(person: Person) -> bool:
    """Whether the person has a passkey."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()


def options_for_new(person: Person) -> dict[str, Any]:
    """What the browser needs to make a passkey; the challenge stays in the session."""
    return dict(auth.begin_registration(person, passwordless=True))


def options() -> dict[str, Any]:
    """What the browser needs to sign in by a passkey, whosever it is."""
    return dict(auth.begin_authentication(None))


@transaction.atomic
def use_code(row: SignInCode, credential: Any, *, at: datetime) -> bool:
    """Take a passkey into use on the strength of a code; False when another was quicker. Raises Refused("wrong")."""
    try:
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except FAULTS:
        raise Refused("wrong") from None
    if not made.is_user_verified():
        raise Refused("wrong")
    if not codes.spend(row, at=at):
        return False
    sides.start_anew(row.person, Hat(row.hat))
    sides.mark(auth.WebAuthn.add(row.person, "", credential).instance, Hat(row.hat))
    session.end_all(row.person)
    return True


@transaction.atomic
def check(answer: Any, *, hat: Hat, at: datetime) -> Person:
    """The person whose passkey has signed our challenge; raises Refused("wrong")."""
    try:
        person: Any = auth.extract_user_from_response(answer)
        row = auth.complete_authentication(person, answer)
    except FAULTS:
        raise Refused("wrong") from None
    if not isinstance(person, Person) or not person.is_active or not sides.opens(row, hat):
        raise Refused("wrong")
    if hat == Hat.GUARDIAN and (person.organisation is None or not codes.allowed(person.organisation)):
        raise Refused("wrong")
    row.last_used_at = at
    row.save(update_fields=["last_used_at"])
    return person
