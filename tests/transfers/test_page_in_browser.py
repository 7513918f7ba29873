"""The page of a package, opened from a folder as whoever received it opens it: legible to everybody, and by itself."""

import pytest

from tests.browser.conftest import DESK, PHONE, axe
from tests.transfers import samples
from transfers.packaging import page

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The folder `data/` of a package."""
    folder = tmp_path_factory.mktemp("data")
    parcel = samples.parcel()
    made = {**page.look(), "index.html": page.page(parcel)}
    made |= {path: samples.jpeg(number, (320, 240)) for number, path in enumerate(parcel.files.values())}
    for path, octets in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(octets)
    return folder


@pytest.fixture(params=[(size, theme) for size in ("phone", "desk") for theme in ("light", "dark")], ids="-".join)
def opened(request, chromium, unpacked):
    size, theme = request.param
    context = chromium.new_context(viewport=PHONE if size == "phone" else DESK, color_scheme=theme, offline=True)
    shown = context.new_page()
    shown.wrong = []
    shown.on("console", lambda said: shown.wrong.append(said.text))
    shown.on("requestfailed", lambda asked: shown.wrong.append(asked.url))
    shown.goto((unpacked / "index.html").as_uri())
    yield shown
    context.close()


def test_everybody_can_read_it_and_nothing_is_missing(opened):
    assert opened.wrong == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert opened.evaluate("document.fonts.check('17px \"Atkinson Hyperlegible Next\"')")
    # Last, for it reaches for the style sheets by a request, and the page lets nothing make one.
    assert axe(opened) == []


def test_from_the_contents_one_comes_to_a_month_and_from_what_was_picked_to_the_entry(opened):
    opened.click("nav >> text=Maj 2027")
    assert opened.evaluate("document.querySelector(':target h3').textContent") == "Maj 2027"
    opened.click("#highlights >> text=kartan")
    assert "kartan" in opened.evaluate("document.querySelector(':target h4').textContent")
    shot = opened.locator(":target img").first
    shot.scroll_into_view_if_needed()
    opened.wait_for_function("document.querySelector(':target img').naturalWidth === 320")


def test_no_script_runs_in_it(opened):
    opened.evaluate("() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
                    " document.body.append(s); }")  # fmt: skip
    assert opened.evaluate("window.ran === undefined")
