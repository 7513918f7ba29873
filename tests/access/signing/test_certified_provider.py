"""The whole way through a certified provider, npm's oidc-provider, on this machine."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest
import requests
from django.test import Client
from django.urls import reverse

from ground.clock import now
from people import services
from tests.access.signing.conftest import ID_OF_ASTRID
from tests.access.signing.provider import CLIENT, new_key, pem
from tests.architecture.house import ROOT
from visibility.middleware import STRENGTH_KEY
from visibility.viewer import Strength

pytestmark = pytest.mark.django_db
SCRIPT = ROOT / "tests" / "access" / "provider"
BARE = ID_OF_ASTRID.replace("-", "")


def installed() -> Path:
    """A folder with the provider and what it needs, made once from its lock."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    lock = (SCRIPT / "package-lock.json").read_bytes()
    folder = ROOT / "var" / "tests" / f"provider-{hashlib.sha256(lock).hexdigest()[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "installed").exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SCRIPT / name, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if made.returncode:
            pytest.skip(f"npm could not install the provider: {made.stderr.splitlines()[-1:]}")
        (folder / "installed").touch()
    shutil.copy(SCRIPT / "serve.js", folder)
    return folder


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(folder: Path, client: dict[str, Any]) -> Iterator[str]:
    port = free_port()
    given = json.dumps({"port": port, "client": client})
    process = subprocess.Popen(
        ["node", "--no-warnings", "serve.js", given], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        # It speaks first when it listens; what it warns of itself comes before.
        for line in process.stdout:
            if line.startswith(b"{"):
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    key = new_key()
    key_file = tmp_path_factory.mktemp("keys") / "key.pem"
    key_file.write_text(pem(key))
    public = {**jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "use": "sig", "kid": "ours"}
    base = "http://testserver"
    client = {
        "client_id": CLIENT, "token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [public]},
        "redirect_uris": [base + "/sign-in/back/certified/"], "post_logout_redirect_uris": [base + "/sign-in/"],
        "response_types": ["code"], "grant_types": ["authorization_code"],
    }  # fmt: skip
    with running(installed(), client) as issuer:
        yield {
            "name": "Certified", "issuer": issuer, "client_id": CLIENT, "key_file": str(key_file), "key_id": "ours",
            "hats": "guardian", "scopes": "openid", "id_claims": "pid", "levels": "loa2=low loa3=substantial",
        }  # fmt: skip


class Browser:
    """One browser: our site by Django's client, the provider by real requests."""

    def __init__(self, way: dict[str, str]) -> None:
        self.way, self.site = way, Client()

    def mood(self, **how: Any) -> None:
        requests.post(f"{self.way['issuer']}/mood", json=how, timeout=10).close()

    def there(self, tamper: Any = lambda address: address) -> str:
        begun = self.site.get(reverse("signing:begin", kwargs={"hat": "guardian", "way": "certified"}))
        assert begun.status_code == 302, begun.content.decode()
        address = tamper(begun["Location"])
        with requests.Session() as session:
            for _hop in range(6):
                with session.get(address, allow_redirects=False, timeout=10) as answer:
                    assert "Location" in answer.headers, answer.text
                    address = requests.compat.urljoin(address, answer.headers["Location"])
                if address.startswith("http://testserver/"):
                    return address
        raise AssertionError(address)

    def back(self, address: str) -> Any:
        parts = urlsplit(address)
        return self.site.get(f"{parts.path}?{parts.query}")

    def is_in(self) -> bool:
        return "_auth_user_id" in self.site.session


@pytest.fixture
def browser(cast, certified, settings) -> Browser:
    settings.SIGN_IN_PROVIDERS = {"certified": certified}
    cast.astrid.national_id = ID_OF_ASTRID
    cast.astrid.save()
    found = Browser(certified)
    found.mood(pid=BARE)
    return found


def test_a_guardian_comes_in(browser):
    response = browser.back(browser.there())
    assert response["Location"] == reverse("portal:family"), response.content.decode()
    assert browser.site.session[STRENGTH_KEY] == Strength.SUBSTANTIAL
    assert browser.site.get("/family/").status_code == 200


@pytest.mark.parametrize(("acr", "status"), [("loa1", 400), ("loa2", 302)])
def test_the_level_is_what_the_provider_says_and_not_what_was_asked(browser, acr, status):
    browser.mood(pid=BARE, acr=acr)
    assert browser.back(browser.there()).status_code == status
    assert browser.is_in() == (status == 302)
    if browser.is_in():
        assert browser.site.session[STRENGTH_KEY] == Strength.LOW


def test_an_answer_is_good_once(browser):
    address = browser.there()
    assert browser.back(address).status_code == 302
    browser.site.post("/sign-out/")
    assert browser.back(address).status_code == 400
    assert not browser.is_in()


def test_a_nonce_that_was_lost_underway_is_missed(browser):
    def without(address):
        head, _, query = address.partition("?")
        return f"{head}?{'&'.join(part for part in query.split('&') if not part.startswith('nonce='))}"

    assert browser.back(browser.there(without)).status_code == 400
    assert not browser.is_in()


def test_a_provider_under_another_name_is_not_the_one_we_know(browser, settings):
    other = browser.way["issuer"].replace("127.0.0.1", "localhost")
    settings.SIGN_IN_PROVIDERS = {"certified": {**browser.way, "issuer": other}}
    begun = browser.site.get(reverse("signing:begin", kwargs={"hat": "guardian", "way": "certified"}))
    assert begun.status_code == 400


def test_somebody_unknown_is_told_whom_to_ask(browser):
    browser.mood(pid="199001019999")
    response = browser.back(browser.there())
    assert response.status_code == 403
    assert "ask the head" in response.content.decode()
    assert not browser.is_in()


def test_an_ended_guardianship_opens_nothing(browser, cast):
    services.end_guardianship(guardianship=cast.astrid_alma, at=now(), by=cast.eva, reason="")
    assert browser.back(browser.there()).status_code == 403
    assert not browser.is_in()


@pytest.mark.parametrize("seconds", [-120, 120])
def test_a_clock_two_minutes_off_is_borne(browser, seconds):
    browser.mood(pid=BARE, seconds=seconds)
    assert browser.back(browser.there()).status_code == 302
    assert browser.is_in()


def test_who_gives_up_over_there_is_led_back(browser):
    browser.mood(pid=BARE, cancel=True)
    response = browser.back(browser.there())
    assert "went back" in response.content.decode()
    assert not browser.is_in()


def test_signing_out_is_understood_over_there(browser):
    browser.back(browser.there())
    left = browser.site.get(browser.site.post("/sign-out/")["Location"])
    with requests.get(left["Refresh"].removeprefix("1; url="), timeout=10) as answer:
        assert answer.status_code == 200
        assert 'action="' in answer.text


def test_a_provider_that_is_down_is_said_to_be_down(browser, certified, settings):
    settings.SIGN_IN_PROVIDERS = {"certified": {**certified, "issuer": f"http://127.0.0.1:{free_port()}"}}
    begun = browser.site.get(reverse("signing:begin", kwargs={"hat": "guardian", "way": "certified"}))
    assert begun.status_code == 503
