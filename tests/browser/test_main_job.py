"""The product's main job on real input, from /demo/ on: a teacher shares, each home finds its own, nobody else does."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.demo.painter import Shot, photograph
from tests.browser.conftest import PHONE, ROOT, serving
from tests.migrated import sqlite_template

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
WORDS = "Vi samlade löv vid dammen och sorterade dem. @al"
# A person's own time, where the machine only waits: seconds a key on a phone and seconds to find and tap a place, from
# the keystroke-level model (Card, Moran, Newell 1980: K = 0.28 for an average typist, M + P = 1.35 + 1.1 halved for a
# thumb that knows the page).
KEY, TAP = 0.28, 1.2
NO_FAMILY_OF_ALMA = ("anders", "birger", "david", "gun", "office", "stranger")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo in its small size, as `make demo` serves it."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    for name in ("DATABASE_URL", "PYTEST_XDIST_WORKER"):
        environment.pop(name, None)
    shutil.copy(sqlite_template(), folder / "learning-log.sqlite3")
    for command in (["load_frameworks"], ["build_demo", "--size", "small"]):
        made = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert made.returncode == 0, made.stderr
    with serving(environment, folder) as url:
        yield url


@pytest.fixture
def be(demo: str, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`be("cecilia")` is a phone on which somebody chose that card of /demo/."""
    contexts = []

    def _be(slug: str, hat: str = "") -> Page:
        context = chromium.new_context(viewport=PHONE, locale="sv-SE", reduced_motion="reduce", has_touch=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{demo}/demo/")
        card = page.locator(f'form:has(input[name=persona][value="{slug}"])')
        if hat:
            card = card.and_(page.locator(f'form:has(input[name=hat][value="{hat}"])'))
        card.first.locator("button").click()
        page.wait_for_load_state()
        return page

    yield _be
    for context in contexts:
        context.close()


class Hand:
    """One thumb: what it taps and types is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.keys = page, 0, 0

    def tap(self, place: Any) -> None:
        self.taps += 1
        place.click()

    def type(self, place: Any, text: str) -> None:
        self.keys += len(text)
        place.press_sequentially(text)

    @property
    def seconds(self) -> float:
        return self.taps * TAP + self.keys * KEY


def test_from_the_teachers_hand_to_the_right_family_and_to_nobody_else(
    be: Callable[..., Page], demo: str, record_property: Callable[[str, object], None], tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    shots = [Shot(scene, 5, now, (0,)).from_a_better_camera() for scene in ("leaf_sorting", "puddle", "blocks")]
    pictures = [tmp_path / f"IMG_{number}.JPG" for number in range(3)]
    for picture, shot in zip(pictures, shots, strict=True):
        picture.write_bytes(photograph(shot))
    teacher = be("cecilia")
    began, hand = time.monotonic(), Hand(teacher)
    hand.tap(teacher.locator("button[form=make-entry]:visible"))
    teacher.wait_for_selector("[data-composer=ready]", state="attached")
    hand.taps += 4  # the camera's own button, and three pictures chosen
    teacher.set_input_files("#id_pictures", pictures)
    hand.tap(teacher.locator(".child-chip", has=teacher.get_by_text("Alma", exact=True)))
    text = teacher.locator("#id_text")
    hand.type(text, WORDS)
    hand.tap(teacher.get_by_role("option", name="Alma"))
    hand.type(text, "hittade det största.")
    expect(teacher.locator(".shot")).to_have_count(3, timeout=60_000)
    expect(teacher.locator("#saved")).to_have_text(re.compile(r"\d\d[:.]\d\d"), timeout=30_000)
    hand.tap(teacher.locator("[data-next]"))
    sheet = teacher.locator("dialog#audience")
    expect(sheet.get_by_role("heading").first).to_contain_text("1 familj")
    hand.tap(sheet.locator("button[type=submit], button:not([type])").filter(has_text="familj").first)
    expect(teacher.locator(".album img")).to_have_count(3)
    machine = time.monotonic() - began
    said = f"{machine:.0f} s of the machine and {hand.seconds:.0f} s of a person ({hand.taps} taps, {hand.keys} keys)"
    record_property("measured", f"sharing an entry with three pictures of 12 megapixels from a phone: {said}")
    entry = teacher.url

    astrid = be("astrid")
    astrid.locator("main a:visible", has_text="Alma").first.click()
    found = astrid.locator("article", has_text="Vi samlade löv vid dammen")
    expect(found.locator(".mosaic img")).to_have_count(3)
    expect(found).to_contain_text("Alma hittade det största.")
    seen = found.locator(".mosaic img").evaluate_all("imgs => imgs.map(img => img.src)")
    assert all(astrid.request.get(address).status == 200 for address in seen)
    log, page = astrid.url, found.get_by_role("heading").get_by_role("link").first.evaluate("link => link.href")
    media = [
        re.sub(r"card(/?)$", rf"{purpose}\1", address) for address in seen for purpose in ("thumb", "card", "full")
    ]
    assert [astrid.request.get(address).status for address in media] == [200] * 9

    for slug in NO_FAMILY_OF_ALMA:
        other = be(slug)
        answers = {address: other.request.get(address).status for address in (log, page, entry, *media)}
        assert set(answers.values()) == {404}, (slug, answers)
    nobody = teacher.context.browser.new_context()  # type: ignore[union-attr]
    answers = {address: nobody.request.get(address, max_redirects=0).status for address in (log, page, entry, *media)}
    assert set(answers.values()) <= {302, 404}, answers
    assert {answers[address] for address in media} == {404}
    nobody.close()
