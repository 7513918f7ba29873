"""One-time codes from an app, kept by allauth.mfa; each is good once, on every process of the installation."""

import secrets
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote, urlencode

import qrcode
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction

from access.signing import sides
from people.models import Person
from visibility.viewer import Hat

PERIOD = 30
# One step to each side, for clocks of telephones.
STEPS = (0, -1, 1)


def new_secret() -> str:
    return b32encode(secrets.token_bytes(20)).decode()


def address(person: Person, secret: str) -> str:
    """What the picture says to the app."""
    issuer = settings.MFA_TOTP_ISSUER
    label = quote(f"{issuer}:{person.login}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"


def squares(text: str) -> tuple[int, str]:
    """A QR code as the size and the path of an SVG of our own."""
    code = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    return len(matrix), path


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step that a code belongs to, near this moment."""
    now = int(at.timestamp()) // PERIOD
    for step in (now + near for near in STEPS):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def has(person: Person, hat: Hat) -> bool:
    """Whether the person has an app with codes that counts under this hat."""
    row = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    return row is not None and sides.opens(row, hat)


@transaction.atomic
def activate(person: Person, secret: str, code: str, *, hat: Hat, at: datetime) -> bool:
    """Take an app into use, in place of the one before, once it has shown a right code."""
    step = step_of(secret, code, at)
    if step is None:
        return False
    Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
    row = TOTP.activate(person, secret).instance
    row.data["step"] = step
    sides.mark(row, hat)
    return True


@transaction.atomic
def accept(person: Person, code: str, *, hat: Hat, at: datetime) -> bool:
    """Whether a code is right, newer than the last one that was used, and from an app that counts under this hat."""
    rows = Authenticator.objects.select_for_update().filter(user=person, type=Authenticator.Type.TOTP)
    row = rows.first()
    if row is None or not sides.opens(row, hat):
        return False
    step = step_of(decrypt(row.data["secret"]), code, at)
    if step is None or step <= row.data.get("step", 0):
        return False
    row.data["step"], row.last_used_at = step, at
    row.save(update_fields=["data", "last_used_at"])
    return True
