"""A film from the phone: sent in pieces over a bad line, made ready, marked, shared, and watched at home."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ROOT, axe
from tests.browser.test_staff import begin, choose, ready, saved
from tests.media_policy.clips import films

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
MEGABYTE = 1024 * 1024
LOST = "net::ERR_FAILED|net::ERR_INTERNET_DISCONNECTED|Failed to load resource"


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pieces and a bit; noise, so that it does not get smaller."""
    noise = ["-f", "lavfi", "-i", "nullsrc=s=640x480:d=4:r=25,geq=random(1)*255:128:128"]
    see = [*noise, "-f", "lavfi", "-i", "sine=d=4"]
    data = films.made("mp4", *see, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "5M",
                      "-maxrate", "5M", "-bufsize", "5M", "-c:a", "aac")  # fmt: skip
    assert 2 * MEGABYTE < len(data) < 8 * MEGABYTE
    path = tmp_path_factory.mktemp("film") / "IMG_0042.mp4"
    path.write_bytes(data)
    return path


def work(site: Any) -> None:
    """What the worker beside the site does, once."""
    environment = {**os.environ, "VAR_DIR": str(site.folder), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    environment.pop("DATABASE_URL", None)
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        [sys.executable, "manage.py", "db_worker", "--batch", "--interval", "0.2"],
        cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def pieces(page: Page) -> list[int]:
    """Where the pieces that the page sends begin, as they are sent."""
    found: list[int] = []
    page.on("request", lambda sent: found.extend(int(at) for at in re.findall(r"/uploads/.*\?from=(\d+)", sent.url)))
    return found


def test_a_film_goes_on_in_a_new_tab_is_made_ready_shared_and_watched(visit: Any, site: Any, film: Path) -> None:
    page = begin(visit("cecilia", allow=LOST), site)
    choose(page, "Alma")
    page.locator("#id_text").fill("The browser’s own snail.")
    saved(page)

    def cut(route: Route) -> None:
        route.abort()

    page.route(re.compile(rf"\?from={MEGABYTE}$"), cut)
    page.set_input_files("#id_clips", film)
    expect(page.get_by_text("The connection was lost. It goes on by itself.")).to_be_visible()
    address = page.url
    tab = page.context.new_page()
    page.close(run_before_unload=False)

    sent = pieces(tab)
    tab.goto(address)
    ready(tab)
    expect(tab.get_by_text("Choose the same file again and it goes on from there.")).to_be_visible()
    assert axe(tab) == []
    tab.set_input_files("#id_clips", film)
    shot = tab.locator(".shot.is-clip")
    expect(shot).to_have_count(1, timeout=60_000)
    assert sent[0] == MEGABYTE
    expect(shot.get_by_text("It is being made ready.")).to_be_visible()
    assert axe(tab) == []

    shot.locator(".choice-chip", has_text="Alma").click()
    work(site)
    expect(shot.locator("video")).to_be_visible(timeout=60_000)
    expect(shot.locator("input[data-who]").first).to_be_checked()
    saved(tab)
    assert axe(tab) == []
    tab.locator("[data-next]").click()
    sheet = tab.locator("dialog#audience")
    expect(sheet.get_by_text("1 film or recording")).to_be_visible()
    sheet.get_by_role("button", name="Share with 1 family").click()
    expect(tab.get_by_text("Shared with 1 family.")).to_be_visible()
    expect(tab.locator(".clip video")).to_be_visible()

    astrid = visit("astrid")
    astrid.goto(f"{site.url}/family/children/{site.world['children']['alma']}/")
    entry = astrid.locator("article", has_text="The browser’s own snail.")
    expect(entry.locator(".clip-teaser")).to_be_visible()
    assert axe(astrid) == []
    entry.locator(".clip-teaser").click()
    video = astrid.locator(".clip video")
    expect(video).to_be_visible()
    assert video.evaluate("it => [it.controls, it.autoplay, it.preload, it.paused]") == [True, False, "none", True]
    assert axe(astrid) == []
    seconds = video.evaluate(
        """it => new Promise((done) => {
          it.addEventListener("loadedmetadata", () => done(it.duration));
          it.addEventListener("error", () => done(0));
          it.querySelector("source").addEventListener("error", () => done(0));
          it.preload = "metadata";
          it.load();
        })"""
    )
    assert abs(seconds - 4) < 0.3


def test_what_is_no_film_is_refused_in_words(visit: Any, site: Any, tmp_path: Path) -> None:
    page = begin(visit("karin"), site)
    choose(page, "Tyra")
    saved(page)
    words = tmp_path / "film.mp4"
    words.write_text("Once upon a time there was a film.\n" * 50)
    page.set_input_files("#id_clips", words)
    shot = page.locator(".shot.is-clip")
    expect(shot).to_have_count(1, timeout=60_000)
    work(site)
    expect(shot.get_by_text("This is not a film or a recording that can be played here.")).to_be_visible(timeout=60_000)
    assert axe(page) == []
    shot.locator("summary").click()
    shot.get_by_role("button", name="Take it out").click()
    expect(shot).to_have_count(0)
