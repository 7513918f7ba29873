"""The settings of the ways in: what is missing or wrong is named when the installation starts, and never a secret."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from access.signing import providers
from config import env
from tests.access.signing.provider import new_key, pem
from tests.architecture.house import ROOT
from visibility.viewer import Hat, Strength

GIVEN = {"preset": "id-porten", "issuer": "https://idporten.example", "client_id": "us", "secret": "very-secret-words"}


def built(settings, **changes):
    settings.SIGN_IN_PROVIDERS = {"one": {key: value for key, value in {**GIVEN, **changes}.items() if value}}
    return providers.all_ways()[0]


def test_a_preset_needs_little_more(settings):
    way = built(settings)
    assert way.hats == {Hat.GUARDIAN}
    assert way.id_claims == ("pid",)
    assert way.strength("idporten-loa-high") == Strength.HIGH
    assert way.strength("idporten-loa-substantial") == Strength.SUBSTANTIAL
    assert way.strength("") is way.strength("Level4") is None
    assert way.asked(Strength.SUBSTANTIAL) == "idporten-loa-substantial idporten-loa-high"
    assert way.asked(Strength.HIGH) == "idporten-loa-high"


def test_swedish_levels_are_addresses(settings):
    way = built(settings, preset="sweden")
    assert way.strength("http://id.elegnamnden.se/loa/1.0/loa2") == Strength.LOW
    assert way.strength("http://id.elegnamnden.se/loa/1.0/loa3") == Strength.SUBSTANTIAL
    assert way.id_claims[0].endswith("personalIdentityNumber")


def test_what_the_installation_says_wins(settings):
    way = built(settings, hats="staff school", levels="-=substantial b=high")
    assert way.hats == {Hat.STAFF, Hat.SCHOOL}
    assert way.strength("") == Strength.SUBSTANTIAL
    assert providers.ways_for(Hat.GUARDIAN) == []
    assert providers.ways_for(Hat.STAFF, Strength.HIGH) == [way]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issuer": ""}, "Set the environment variable SIGN_IN_ONE_ISSUER."),
        ({"client_id": ""}, "Set the environment variable SIGN_IN_ONE_CLIENT_ID."),
        ({"preset": "facebook"}, "SIGN_IN_ONE_PRESET must be one of"),
        ({"issuer": "ftp://x"}, "SIGN_IN_ONE_ISSUER must begin with https://"),
        ({"hats": "guardian office"}, "SIGN_IN_ONE_HATS may say"),
        ({"hats": "everybody"}, "SIGN_IN_ONE_HATS may say"),
        ({"levels": "loa3=sure"}, "SIGN_IN_ONE_LEVELS must be pairs"),
        ({"levels": "=low"}, "SIGN_IN_ONE_LEVELS must be pairs"),
        ({"secret": ""}, "SIGN_IN_ONE_KEY_FILE or SIGN_IN_ONE_SECRET must be set"),
        ({"secret": "", "key_file": "/nowhere/at/all"}, "SIGN_IN_ONE_KEY_FILE must name a private key"),
        ({"algorithm": "none"}, "SIGN_IN_ONE_ALGORITHM must be one of"),
        ({"algorithm": "HS256"}, "SIGN_IN_ONE_ALGORITHM must be one of"),
    ],
)
def test_what_is_wrong_is_named(settings, changes, words):
    with pytest.raises(ImproperlyConfigured) as error:
        built(settings, **changes)
    assert words in str(error.value)
    assert "very-secret-words" not in str(error.value)


def test_in_production_an_issuer_is_https(settings):
    assert built(settings, issuer="http://127.0.0.1:9").issuer == "http://127.0.0.1:9"
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="https"):
        built(settings, issuer="http://127.0.0.1:9")


def test_a_key_and_a_secret_are_one_too_many_and_neither_is_shown(settings, tmp_path):
    (tmp_path / "key.pem").write_text(pem(new_key()))
    with pytest.raises(ImproperlyConfigured, match="not both"):
        built(settings, key_file=str(tmp_path / "key.pem"))
    way = built(settings, key_file=str(tmp_path / "key.pem"), secret="")
    assert "PRIVATE" in way.signing_key
    assert "PRIVATE" not in repr(way)
    assert "very-secret-words" not in repr(built(settings))


def test_the_environment_is_read_by_short_names(monkeypatch):
    monkeypatch.setenv("WAYS", "freja, id-porten")
    monkeypatch.setenv("WAY_FREJA_ISSUER", "https://freja.example")
    monkeypatch.setenv("WAY_ID_PORTEN_CLIENT_ID", "us")
    monkeypatch.setenv("WAY_OTHER_ISSUER", "https://other.example")
    found = env.groups("WAYS", "WAY")
    assert found == {"freja": {"issuer": "https://freja.example"}, "id-porten": {"client_id": "us"}}
    monkeypatch.setenv("WAYS", "Freja!")
    with pytest.raises(ImproperlyConfigured, match="WAYS"):
        env.groups("WAYS", "WAY")


def test_an_installation_with_a_way_that_is_set_up_wrongly_does_not_start(tmp_path):
    variables = {"SIGN_IN_PROVIDERS": "freja", "SIGN_IN_FREJA_PRESET": "sweden", "PATH": os.environ["PATH"],
                 "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.test"}  # fmt: skip
    said = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT, env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode != 0
    assert said.stderr.splitlines()[-1].endswith("Set the environment variable SIGN_IN_FREJA_ISSUER.")
