"""What walks about moving on have in common: an e-ID that answers at once, the choice, files that are fetched."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import bagit
import pytest
from playwright.sync_api import Locator, Page, expect

from ground.clock import now
from tests.access.signing.provider import CLIENT, Provider, new_key, pem
from tests.browser.conftest import DESK, PHONE, ROOT, Site, axe, serving
from tests.browser.walk import Walk
from tests.transfers.test_verify_page import PAGE

# Each walk in a language and a size; both languages have a preschool of their own.
BOTH = pytest.mark.parametrize(("locale", "size"), [("sv-SE", PHONE), ("nb-NO", DESK)], ids=["sv phone", "nb desk"])
LEVELS = "loa2=low loa3=substantial"


@contextmanager
def with_e_id(site: Site, folder: Path) -> Iterator[tuple[Site, Provider]]:
    """The same world behind a server that knows an e-ID, and the e-ID."""
    provider = Provider(new_key())
    (folder / "key.pem").write_text(pem(provider.client_key))
    said = {
        "NAME": "BankID", "ISSUER": provider.issuer, "CLIENT_ID": CLIENT, "KEY_FILE": str(folder / "key.pem"),
        "HATS": "guardian", "SCOPES": "openid", "ID_CLAIMS": "pid", "LEVELS": LEVELS,
    }  # fmt: skip
    environment = {
        **surroundings(site),
        **{f"SIGN_IN_SURE_{name}": value for name, value in said.items()},
        "SIGN_IN_PROVIDERS": "sure",
    }
    try:
        with serving(environment, folder) as url:
            yield Site(url, site.world, site.folder), provider
    finally:
        provider.stop()


def surroundings(site: Site) -> dict[str, str]:
    """What a process beside the site needs to know."""
    found = {**os.environ, "VAR_DIR": str(site.folder), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    for name in ("DATABASE_URL", "PYTEST_XDIST_WORKER"):
        found.pop(name, None)
    return found


def show_who(provider: Provider, national_id: str) -> None:
    """Whoever comes to the e-ID next is this person, surely."""
    provider.behave(now(), claims={"pid": national_id}, acr="loa3")


def to_the_choice(walk: Walk, child: dict[str, str]) -> None:
    """From the child's settings, as a guardian finds it."""
    walk.go("/family/").page.get_by_role("link", name=child["name"], exact=True).locator("visible=true").first.click()
    walk.page.wait_for_url(f"**/children/{child['child']}/")
    # In the hand it stands under what did not fit into the bar.
    more = walk.page.locator("nav.bar details summary").locator("visible=true")
    if more.count():
        more.click()
    walk.tap("Settings")
    walk.clean().tap("Look and choose")
    walk.sees("When %(name)s moves on", name=child["name"])


def choose(walk: Walk, *, log: bool, conferences: bool) -> None:
    """Both questions about a school, and the button under them."""
    form = walk.page.locator("#school")
    for question, yes in (("school_log", log), ("school_conferences", conferences)):
        words = walk.said("No") if not yes else walk.said("Yes, show it" if "log" in question else "Yes, show them")
        form.locator(f"#question-{question}").get_by_role("radio", name=words, exact=True).check()
    form.get_by_role("button", name=walk.said("Save the choice"), exact=True).click()


def chose(walk: Walk) -> Locator:
    """What the page says has changed, once it says so."""
    toasts = walk.page.locator("#toasts")
    expect(toasts).to_contain_text(walk.said("Your choice is kept and counts at once."))
    return toasts


def close_toasts(walk: Walk) -> None:
    """They lie over the foot of the page until somebody closes them."""
    closing = walk.page.locator("[data-dismiss]").locator("visible=true")
    for left in range(closing.count(), 0, -1):
        expect(closing).to_have_count(left)
        closing.first.click()
    expect(closing).to_have_count(0)


def fetched(walk: Walk, link: str, folder: Path) -> Path:
    """The file behind a link, as the browser keeps it."""
    with walk.page.expect_download() as waiting:
        walk.tap(link)
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def published_keys(page: Page, site: Site, folder: Path) -> Path:
    """The organisations' keys from the address that everybody knows."""
    answer = page.request.get(f"{site.url}/.well-known/learning-log-keys.json")
    assert answer.status == 200
    path = folder / "keys.json"
    path.write_bytes(answer.body())
    return path


def verified(package: Path, keys: Path) -> str:
    """What the tool says that needs nothing of ours; it exits with an error where anything is wrong."""
    command = [sys.executable, "-m", "transfers.verify", str(package), "--keys", str(keys)]
    ran = subprocess.run(
        command, cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    (kid,) = [key["kid"] for key in json.loads(keys.read_text())["keys"] if f"Signed by {key['kid']}." in ran.stdout]
    return str(kid)


def verified_on_the_page(page: Page, verifier: Path, package: Path, keys: Path) -> str:
    """What the page says that does the same in a browser, from a file."""
    assert verifier.read_bytes() == PAGE.read_bytes()
    page.goto(verifier.as_uri())
    page.set_input_files("#keys", keys)
    page.set_input_files("#package", package)
    expect(page.locator("#result")).to_have_attribute("data-state", "good")
    assert axe(page) == []
    return page.inner_text("#result")


def unpacked(package: Path, folder: Path) -> Path:
    """The folder of a package, sound for another reader of bags too."""
    with zipfile.ZipFile(package) as whole:
        whole.extractall(folder)
    (found,) = [one.parent for one in folder.rglob("bagit.txt")]
    assert bagit.Bag(str(found)).validate()
    return found


def words_of(bag: Path) -> str:
    """Everything in words in it, of the page and of the data."""
    return "\n".join((bag / "data" / name).read_text(encoding="utf-8") for name in ("index.html", "log.json"))
