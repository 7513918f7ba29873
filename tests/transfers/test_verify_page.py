"""The page that verifies a package in a browser, from a file and without a network, says what the command says."""

import json
from pathlib import Path

import pytest

from tests.transfers.test_bag import CONTENT, KEY, OTHER, keys, packed, rewritten

pytestmark = [pytest.mark.browser]
PAGE = Path(__file__).resolve().parents[2] / "transfers" / "data" / "verify.html"


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "log.zip"
    path.write_bytes(packed()[0].getvalue())
    return path


@pytest.fixture
def opened(chromium, request):
    context = chromium.new_context(locale=getattr(request, "param", "en"))
    page = context.new_page()
    page.goto(PAGE.as_uri())
    yield page
    context.close()


def told(page, package, *published):
    if published:
        given = {"name": "keys.json", "mimeType": "application/json"}
        page.set_input_files("#keys", {**given, "buffer": json.dumps({"keys": keys(*published)}).encode()})
    page.set_input_files("#package", str(package))
    page.wait_for_selector("#result:is([data-state=good], [data-state=bad])")
    return page.inner_text("#result").splitlines()


def test_a_sound_package_and_its_key(opened, package):
    said = told(opened, package, OTHER, KEY)
    assert said == [f"{len(CONTENT)} files are as they were packed.", f"Signed by the key {keys(KEY)[0]['kid']}."]


def test_another_s_key(opened, package):
    assert told(opened, package, OTHER)[1:] == ["None of these keys signed it."]


@pytest.mark.parametrize("opened", ["sv"], indirect=True)
def test_a_changed_picture_in_the_reader_s_language(opened, package):
    rewritten(package, lambda name, octets: octets[:-1] + b"!" if name.endswith(".webp") else octets)
    said = told(opened, package)
    assert said == ["Paketet är INTE som när det packades.", "data/media/0001.webp är inte det som packades."]


@pytest.mark.parametrize("opened", ["nb"], indirect=True)
def test_half_a_package(opened, package):
    package.write_bytes(package.read_bytes()[:-40])
    assert told(opened, package) == ["Dette er ingen hel pakke."]
