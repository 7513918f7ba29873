"""The keys of an organisation: one in use, the retired ones published on, the secret half never in clear."""

import base64
import json
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import NOW
from transfers.models import SigningKey
from transfers.packaging import signing
from transfers.services import keys

pytestmark = pytest.mark.django_db


def test_the_first_package_makes_the_key_and_the_next_ones_use_it(cast):
    first = keys.in_use(cast.organisation, NOW)
    assert keys.in_use(cast.organisation, NOW + timedelta(days=1)) == first
    assert SigningKey.objects.count() == 1


def test_after_rotation_the_old_signature_still_holds_and_new_ones_are_by_the_new_key(cast):
    old = keys.in_use(cast.organisation, NOW)
    made = keys.sign(old, b"as it was packed")
    new = keys.rotate(organisation=cast.organisation, at=NOW + timedelta(days=1))
    published = keys.published()["keys"]
    assert [row["kid"] for row in published] == [new.kid, old.kid]
    assert signing.signed_by(b"as it was packed", made, published) == old.kid
    assert keys.in_use(cast.organisation, NOW + timedelta(days=2)) == new
    assert published[1]["exp"] == int((NOW + timedelta(days=1)).timestamp())


def test_what_a_withdrawn_key_has_signed_is_not_verified_any_more(cast):
    key = keys.in_use(cast.organisation, NOW)
    made = keys.sign(key, b"x")
    keys.withdraw(key=key, at=NOW)
    assert signing.signed_by(b"x", made, keys.published()["keys"]) is None
    assert keys.in_use(cast.organisation, NOW).kid != key.kid


def test_the_private_half_lies_closed_in_the_database_and_is_published_nowhere(cast, client):
    row = keys.in_use(cast.organisation, NOW)
    secret = keys.private_key(row).private_bytes_raw()
    with connection.cursor() as cursor:
        cursor.execute("SELECT private FROM transfers_signingkey")
        [(kept,)] = cursor.fetchall()
    response = client.get("/.well-known/learning-log-keys.json")
    for told in (kept, response.content.decode()):
        for spelled in (base64.b64encode(secret), base64.urlsafe_b64encode(secret).rstrip(b"=")):
            assert spelled.decode() not in told
    assert '"d"' not in response.content.decode()


def test_everybody_can_fetch_the_keys_the_schema_and_the_verifier(cast, client):
    row = keys.in_use(cast.organisation, NOW)
    response = client.get("/.well-known/learning-log-keys.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/jwk-set+json")
    assert [one["kid"] for one in response.json()["keys"]] == [row.kid]
    schema = client.get("/.well-known/learning-log.schema.json")
    assert json.loads(schema.content)["$id"] == "urn:learning-log:log:1"
    page = client.get("/.well-known/learning-log-verify.html")
    assert page["Content-Disposition"].startswith("attachment")
    assert b"<script" in page.content
