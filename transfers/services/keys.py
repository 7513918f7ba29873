"""The keys that packages are signed with: one in use for each organisation, the retired ones published on."""

import base64
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import transaction

from people.models import Organisation
from transfers.models import SigningKey
from transfers.packaging import signing


def in_use(organisation: Organisation, at: datetime) -> SigningKey:
    """The key an organisation signs with now; the first time it is asked for, one is made."""
    found: SigningKey | None = SigningKey.objects.filter(organisation=organisation, retired_at__isnull=True).first()
    return found or _make(organisation, at)


@transaction.atomic
def rotate(*, organisation: Organisation, at: datetime) -> SigningKey:
    """Retire the key in use and make a new one. What the old one has signed can be verified as before."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    SigningKey.objects.filter(organisation=organisation, retired_at__isnull=True).update(retired_at=at)
    return _new(organisation, at)


@transaction.atomic
def withdraw(*, key: SigningKey, at: datetime) -> None:
    """Publish a key no longer, because somebody else may have it: nothing that it signed can be verified any more.

    Where it was in use, the next package makes a new one.
    """
    SigningKey.objects.filter(pk=key.pk).delete()


def private_key(row: SigningKey) -> Ed25519PrivateKey:
    """The key itself. Raises WrongKey when the installation has lost what it was closed with."""
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(row.private))


def sign(row: SigningKey, payload: bytes) -> bytes:
    """A detached JWS of these bytes."""
    return signing.sign(payload, private_key(row))


def published(organisation: Organisation | None = None) -> dict[str, Any]:
    """The public keys as a JWK set, the newest first: of one organisation, or of every one that is here."""
    rows = SigningKey.objects.order_by("-made_at", "-pk")
    return {"keys": [_jwk(row) for row in (rows if organisation is None else rows.filter(organisation=organisation))]}


def _jwk(row: SigningKey) -> dict[str, Any]:
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(row.public + "=" * (-len(row.public) % 4)))
    told: dict[str, Any] = {**signing.public_jwk(public), "iat": int(row.made_at.timestamp())}
    return told | ({"exp": int(row.retired_at.timestamp())} if row.retired_at else {})


@transaction.atomic
def _make(organisation: Organisation, at: datetime) -> SigningKey:
    # Two packages that are the first of an organisation wait for each other here.
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    found: SigningKey | None = SigningKey.objects.filter(organisation=organisation, retired_at__isnull=True).first()
    return found or _new(organisation, at)


def drawn(at: datetime) -> SigningKey:
    """A new key that belongs to nobody yet and is kept nowhere."""
    key = Ed25519PrivateKey.generate()
    public = signing.public_jwk(key.public_key())
    private = base64.b64encode(key.private_bytes_raw()).decode("ascii")
    return SigningKey(kid=public["kid"], public=public["x"], private=private, made_at=at)


def _new(organisation: Organisation, at: datetime) -> SigningKey:
    made = drawn(at)
    made.organisation = organisation
    made.save()
    return made
