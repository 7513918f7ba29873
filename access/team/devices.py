"""Shared devices: a tablet shows a code, somebody who heads the unit confirms it, and it stays until it is revoked."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from access.models import Device, Pin
from access.models.signing import OpenSession
from access.signing import session as sessions
from ground.clock import local_day
from people.models import AccessEvent, Duty, Group, Pass, Person, Unit
from visibility.viewer import Viewer

COOKIE = "learninglog-device"
SALT = "access.device"
LIVES = timedelta(days=400)
# Without what is easily misread; twice four of them are read out and typed in.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# So many tablets show codes at once at most: whoever asks for codes in a row fills no table.
MOST_WAITING = 200


class Full(Exception):
    """Too many tablets wait for their code to be confirmed."""


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def show_code(*, at: datetime) -> tuple[Device, str]:
    """A tablet that waits, and the key its browser keeps. Raises Full."""
    Device.objects.forgotten(at).delete()
    if Device.objects.waiting(at).count() >= MOST_WAITING:
        raise Full
    key = secrets.token_urlsafe(32)
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    return Device.objects.create(key_digest=_digest(key), code=code, asked_at=at), key


def remember(response: HttpResponse, key: str, *, secure: bool) -> None:
    """Have the browser keep its key for a long time."""
    response.set_cookie(
        COOKIE, signing.dumps(key, salt=SALT), max_age=LIVES, secure=secure, httponly=True, samesite="Lax"
    )


def of(request: HttpRequest, at: datetime) -> Device | None:
    """The device that this browser is: paired and not revoked, or waiting with a code; else none."""
    try:
        key = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIVES)
    except signing.BadSignature:
        return None
    known = Device.objects.filter(key_digest=_digest(str(key)))
    found: Device | None = (
        (known.alive() | known.waiting(at)).select_related("unit__organisation", "group__unit", "person").first()
    )
    return found


@transaction.atomic
def pair(*, code: str, unit: Unit, group: Group | None, name: str, by: Viewer) -> Device | None:
    """Confirm the code on a tablet's screen: it belongs to the unit from now on; None when no tablet shows it."""
    typed = code.upper().replace(" ", "").replace("-", "")
    waiting = Device.objects.waiting(by.at).select_for_update(of=("self",))
    device: Device | None = waiting.filter(code=typed).first() if typed else None
    if device is None:
        return None
    if group is not None and group.unit_id != unit.pk:
        raise PermissionDenied
    device.person = Person.objects.create_user(organisation=unit.organisation, given_name=name, is_active=False)
    device.code, device.unit, device.group, device.name = "", unit, group, name
    device.paired_at, device.paired_by = by.at, by.person
    device.save()
    _note(device, by, {"paired": name, "unit": unit.pk})
    return device


@transaction.atomic
def revoke(*, device: Device, by: Viewer) -> None:
    """From this moment the tablet is nobody's, and whoever is signed in on it is not any more."""
    row: Device = Device.objects.select_for_update(of=("self",)).select_related("unit__organisation").get(pk=device.pk)
    if row.revoked_at is None:
        row.revoked_at = by.at
        row.save(update_fields=["revoked_at"])
        sessions.end(OpenSession.objects.filter(way=way_of(row)))
        _note(row, by, {"revoked": row.name})


def _note(device: Device, by: Viewer, after: dict[str, object]) -> None:
    assert device.unit is not None  # noqa: S101
    AccessEvent.objects.create(
        what=AccessEvent.What.DEVICE,
        organisation=device.unit.organisation,
        at=by.at,
        by=by.person,
        group=device.group,
        after={"device": device.pk, **after},
    )


def way_of(device: Device) -> str:
    """How a session on this device says that it is one: the key of `OpenSession.way`."""
    return f"tablet-{device.pk}"


def staff_today(device: Device, at: datetime) -> list[Person]:
    """Whoever may say who they are on this tablet now: on duty at its unit, or with a pass there, and with a PIN."""
    assert device.unit is not None  # noqa: S101
    day = local_day(at, device.unit.organisation.time_zone)
    duties = Duty.objects.unsuspended(day).filter(unit=device.unit).values("person")
    passes = Pass.objects.running(at).filter(group__unit=device.unit).values("person")
    here = Person.objects.filter(Q(pk__in=duties) | Q(pk__in=passes), is_active=True)
    with_pin = here.filter(pk__in=Pin.objects.values("person"))
    return list(with_pin.select_related("organisation").order_by("given_name", "family_name", "pk"))
