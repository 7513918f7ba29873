"""From "this is who they are" to a session: known here, with a ground for the hat, and surely enough for it."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from access.signing import session, totp
from access.signing.hats import hats_of
from access.signing.openid import Refused
from access.signing.session import AT_WORK
from people.models import Person
from people.national_ids import hash_of
from visibility.viewer import Hat, Strength

logger = logging.getLogger("access.signing")

WAITING_KEY = "waits_for_second_factor"
WAITS = timedelta(minutes=10)


@dataclass(frozen=True)
class Coming:
    """Somebody who has shown who they are and wants to come in."""

    person: Person
    hat: Hat
    strength: Strength
    way: str
    goes_to: str = ""
    there: str = ""
    second_factor: bool = False


def known(national_id: str) -> Person:
    """The one person with this national id; nobody is made by signing in. Raises Refused("unknown")."""
    wanted = hash_of(national_id)
    found = list(Person.objects.filter(national_id_hash=wanted, is_active=True).order_by("pk")[:2]) if wanted else []
    if len(found) != 1:
        raise Refused("unknown")
    return found[0]


def come_in(request: HttpRequest, coming: Coming, *, at: datetime) -> str:
    """Sign somebody in and say where to; or keep them waiting for their second factor and say where that is.

    Raises Refused("unknown") also where the hat is not theirs: whether a person is known under another is not told.
    """
    if coming.hat not in hats_of(coming.person, at):
        raise Refused("unknown")
    if coming.strength < Strength.SUBSTANTIAL and not coming.second_factor and coming.hat != Hat.GUARDIAN:
        if totp.has(coming.person, coming.hat):
            _wait(request, coming, at)
            return reverse("signing:second")
        # The office has no child's data: its password is enough until its bearer has an app.
        if coming.hat in AT_WORK:
            raise Refused("second-factor")
    strength = _strength(coming)
    session.sign_in(
        request, coming.person, hat=coming.hat, strength=strength, way=coming.way, at=at, there=coming.there,
        raised=strength > coming.strength,
    )  # fmt: skip
    return coming.goes_to or reverse(settings.DOORS[coming.hat])


def _strength(coming: Coming) -> Strength:
    """At work a second factor of one's own makes any sign-in substantial: its paper was given to a known face."""
    if coming.second_factor and coming.hat in AT_WORK:
        return max(coming.strength, Strength.SUBSTANTIAL)
    return coming.strength


def _wait(request: HttpRequest, coming: Coming, at: datetime) -> None:
    request.session.flush()
    request.session[WAITING_KEY] = {
        "person": coming.person.pk,
        "hat": coming.hat.value,
        "strength": int(coming.strength),
        "way": coming.way,
        "goes_to": coming.goes_to,
        "there": coming.there,
        "until": (at + WAITS).isoformat(),
    }


def waiting(request: HttpRequest, *, at: datetime) -> Coming | None:
    """Who waits in this browser for their second factor; they wait for some minutes only."""
    kept = request.session.get(WAITING_KEY)
    if not kept or datetime.fromisoformat(kept["until"]) < at:
        return None
    person = Person.objects.filter(pk=kept["person"], is_active=True).first()
    if person is None:
        return None
    return Coming(
        person, Hat(kept["hat"]), Strength(kept["strength"]), kept["way"], kept["goes_to"], kept["there"],
        second_factor=True,
    )  # fmt: skip


def safe_target(request: HttpRequest, wanted: str) -> str:
    """An address of our own to go on to, or ""."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else ""


def note_refusal(way: str, why: str) -> None:
    """One line for the operators, with nothing of who it was."""
    logger.warning("sign-in refused: %s, %s", way, why)
