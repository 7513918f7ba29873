"""A passkey instead of a password: made with a paper's code, then the only thing that is needed."""

import hashlib
import json
import os
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from access.models import SignInCode
from access.signing import codes
from tests.access.signing.by_paper import paper
from tests.cast import NOW
from visibility.middleware import HAT_KEY, STRENGTH_KEY
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
FLAG = AuthenticatorData.FLAG


class Key:
    """A device with one passkey, in software."""

    def __init__(self, origin: str = "https://testserver") -> None:
        self.secret, self.name, self.origin = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), origin
        self.handle = ""

    def _said(self, kind: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(kind, websafe_decode(challenge), self.origin))

    def _data(self, flags: Any, credential: Any = b"") -> AuthenticatorData:
        return AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, 1, credential)

    def make(self, options: dict[str, Any], *, unlocked: bool = True) -> str:
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        public = AttestedCredentialData.create(
            b"\0" * 16, self.name, ES256.from_cryptography_key(self.secret.public_key())
        )
        flags = FLAG.UP | FLAG.AT | (FLAG.UV if unlocked else 0)
        attested = AttestationObject.create("none", self._data(flags, public), {})
        return self._answer({
            "clientDataJSON": websafe_encode(self._said("webauthn.create", asked["challenge"])),
            "attestationObject": websafe_encode(bytes(attested)),
        }, {"credProps": {"rk": True}})  # fmt: skip

    def sign(self, options: dict[str, Any], *, unlocked: bool = True) -> str:
        said = self._said("webauthn.get", options["publicKey"]["challenge"])
        data = bytes(self._data(FLAG.UP | (FLAG.UV if unlocked else 0)))
        signature = self.secret.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.handle,
        }, {})  # fmt: skip

    def _answer(self, response: dict[str, str], extensions: dict[str, Any]) -> str:
        name = websafe_encode(self.name)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response,
             "clientExtensionResults": extensions, "authenticatorAttachment": "platform"}
        )  # fmt: skip


@pytest.fixture
def town(cast, stop_clock):
    stop_clock(NOW)
    return cast


def browser() -> Client:
    return Client(headers={"origin": "https://testserver"})


def make(client, letter, key, **how):
    client.post("/sign-in/code/", {"code": letter.code})
    options = client.get("/sign-in/set-up/passkey/options/").json()
    return client.post("/sign-in/set-up/passkey/", {"credential": key.make(options, **how)})


def enter(client, key, hat="guardian", **how):
    options = client.get(f"/sign-in/as/{hat}/passkey/options/").json()
    return client.post(f"/sign-in/as/{hat}/passkey/", {"credential": key.sign(options, **how)})


def is_in(client):
    return "_auth_user_id" in client.session


def test_with_the_paper_one_makes_a_passkey_and_comes_in_by_it_from_then_on(town):
    client, key = browser(), Key()
    assert make(client, paper(town), key)["Location"] == "/family/"
    other = browser()
    assert enter(other, key)["Location"] == "/family/"
    assert other.session["_auth_user_id"] == str(town.astrid.pk)
    assert (other.session[HAT_KEY], other.session[STRENGTH_KEY]) == (Hat.GUARDIAN, Strength.LOW)


def test_a_passkey_is_enough_at_work(town):
    key = Key()
    make(browser(), paper(town, town.cecilia, Hat.STAFF), key)
    client = browser()
    assert enter(client, key, "staff")["Location"] == "/staff/"
    assert client.session[STRENGTH_KEY] == Strength.SUBSTANTIAL


def test_under_a_hat_that_is_not_ones_own_it_opens_nothing(town):
    key, client = Key(), browser()
    make(browser(), paper(town), key)
    assert enter(client, key, "staff").status_code == 403
    assert not is_in(client)


def test_the_code_is_used_up(town):
    letter = paper(town)
    make(browser(), letter, Key())
    assert browser().post("/sign-in/code/", {"code": letter.code}).status_code == 403
    assert SignInCode.objects.get().used_at == NOW


def test_without_a_code_there_is_nothing_to_make(town):
    assert browser().get("/sign-in/set-up/passkey/options/").status_code == 404
    assert browser().post("/sign-in/set-up/passkey/", {"credential": "{}"}).status_code == 404
    assert Authenticator.objects.count() == 0


def test_a_device_that_was_not_unlocked_is_one_factor_only(town):
    letter, key = paper(town), Key()
    assert make(browser(), letter, key, unlocked=False).status_code == 403
    assert Authenticator.objects.count() == 0
    make(browser(), letter, key)
    client = browser()
    assert enter(client, key, unlocked=False).status_code == 403
    assert not is_in(client)


def test_a_strangers_key_or_page_opens_nothing(town):
    key, client = Key(), browser()
    make(browser(), paper(town), key)
    stranger = Key()
    stranger.handle, stranger.name = key.handle, key.name
    assert enter(client, stranger).status_code == 403
    key.origin = "https://elsewhere.example"
    assert enter(client, key).status_code == 403
    assert not is_in(client)


def test_an_answer_is_good_once(town):
    key, client = Key(), browser()
    make(browser(), paper(town), key)
    options = client.get("/sign-in/as/guardian/passkey/options/").json()
    answer = {"credential": key.sign(options)}
    assert client.post("/sign-in/as/guardian/passkey/", answer).status_code == 302
    client.post("/sign-out/")
    assert client.post("/sign-in/as/guardian/passkey/", answer).status_code == 403


@pytest.mark.parametrize("sent", ["", "{}", "[]", "null", '"x"', '{"response": {"userHandle": "AAAA"}}', "{"])
def test_nonsense_opens_nothing(town, sent):
    client = browser()
    client.get("/sign-in/as/guardian/passkey/options/")
    assert client.post("/sign-in/as/guardian/passkey/", {"credential": sent}).status_code == 403


def test_where_there_is_no_way_without_an_e_id_there_is_none_by_passkey(town):
    key, client = Key(), browser()
    make(browser(), paper(town), key)
    codes.allow(organisation=town.organisation, without_e_id=False, at=NOW, by=town.eva)
    assert enter(client, key).status_code == 403


def test_who_may_not_sign_in_any_more_may_not_by_passkey(town):
    key, client = Key(), browser()
    make(browser(), paper(town), key)
    town.astrid.is_active = False
    town.astrid.save()
    assert enter(client, key).status_code == 403
