"""The e-ID in a real browser: out to a certified provider, back, in, and out again."""

import json
import os
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
import requests
from playwright.sync_api import expect

from tests.access.signing.provider import CLIENT, new_key, pem
from tests.access.signing.test_certified_provider import installed, running
from tests.browser.conftest import Site, serving
from tests.browser.walk import EACH, Walk
from tests.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def with_e_id(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """The same world behind a server that knows an e-ID, and the address of who gives it."""
    key, folder, port = new_key(), tmp_path_factory.mktemp("e-id"), free_port()
    (folder / "key.pem").write_text(pem(key))
    public = {**jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "use": "sig", "kid": "ours"}
    base = f"http://localhost:{port}"
    client = {
        "client_id": CLIENT, "token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [public]},
        "redirect_uris": [f"{base}/sign-in/back/certified/"], "post_logout_redirect_uris": [f"{base}/sign-in/"],
        "response_types": ["code"], "grant_types": ["authorization_code"],
    }  # fmt: skip
    with running(installed(), client) as issuer:
        said = {
            "NAME": "BankID", "ISSUER": issuer, "CLIENT_ID": CLIENT, "KEY_FILE": str(folder / "key.pem"),
            "KEY_ID": "ours", "HATS": "guardian", "SCOPES": "openid", "ID_CLAIMS": "pid",
            "LEVELS": "loa2=low loa3=substantial",
        }  # fmt: skip
        environment = {
            **os.environ,
            **{f"SIGN_IN_CERTIFIED_{name}": value for name, value in said.items()},
            "SIGN_IN_PROVIDERS": "certified",
            "VAR_DIR": str(site.folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        environment.pop("DATABASE_URL", None)
        environment.pop("PYTEST_XDIST_WORKER", None)
        with serving(environment, folder, port) as url:
            yield Site(url, site.world, site.folder), issuer


@EACH
def test_a_guardian_comes_in_by_an_e_id_and_leaves_nothing_behind(
    visit: Any, with_e_id: tuple[Site, str], locale: str, size: Any
) -> None:
    site, issuer = with_e_id
    person = site.world["by_e_id"]
    requests.post(f"{issuer}/mood", data=json.dumps({"pid": person["national_id"]}), timeout=10).close()
    walk = Walk(visit("", locale=locale, viewport=size, allow="403"), site.url, locale).go("/sign-in/")
    walk.clean().tap("For families")
    walk.clean().page.get_by_role("link", name="BankID").click()
    expect(walk.page.get_by_text(person["child"]).locator("visible=true").first).to_be_visible()
    inside = walk.clean().page.url
    walk.page.evaluate("document.querySelector('form[action$=\"/sign-out/\"]').requestSubmit()")
    walk.page.wait_for_url("**/sign-in/left/**")
    walk.clean().page.goto(inside)
    expect(walk.page.get_by_text(person["child"])).to_have_count(0)
    # Somebody whom the preschool does not know is told whom to ask, and nothing else.
    requests.post(f"{issuer}/mood", data=json.dumps({"pid": "199001019802"}), timeout=10).close()
    walk.go("/sign-in/as/guardian/").page.get_by_role("link", name="BankID").click()
    expect(walk.page.get_by_role("heading", level=1)).to_be_visible()
    assert "/sign-in/" in walk.clean().page.url
