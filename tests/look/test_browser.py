"""The gallery in Chromium: axe in both themes and both sizes, and what the few modules do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.look import browser as look
from tests.look import gallery

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK, SMALL = {"width": 390, "height": 844}, {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: gallery.render(name) for name in gallery.names()}


@pytest.fixture
def open_page(chromium: Browser, pages: dict[str, str]) -> Iterator[Any]:
    contexts = []
    complaints: list[str] = []

    def _open(name: str, **options: Any) -> Page:
        context = chromium.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15000)
        page.on("console", lambda said: complaints.append(said.text) if "404" not in said.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        look.open_page(page, pages, name)
        return page

    yield _open
    for context in contexts:
        context.close()
    # What the policy refuses, and what a module trips over, Chromium says on its console.
    assert complaints == []


@pytest.mark.parametrize("name", gallery.names())
def test_axe_finds_nothing_in_either_theme_or_size(open_page: Any, name: str) -> None:
    page = open_page(name, viewport=PHONE)
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        for size in (PHONE, DESK):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            if name == "audience":
                page.evaluate("document.querySelector('dialog').open || document.querySelector('[data-sheet]').click()")
            result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
            found = [(v["id"], [node["target"] for node in v["nodes"]]) for v in result["violations"]]
            assert found == [], (scheme, size)
            assert len(result["passes"]) > 20


@pytest.mark.parametrize("name", gallery.names())
def test_nothing_runs_off_a_small_screen(open_page: Any, name: str) -> None:
    page = open_page(name, viewport=SMALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


@pytest.mark.parametrize("name", gallery.names())
def test_every_target_is_large_enough_for_a_thumb(open_page: Any, name: str) -> None:
    page = open_page(name, viewport=PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, nav a, summary, .back, .brand, select, textarea,"
            + " input:not([type=hidden]), .option, .answer, .choice-chip, .tile.is-add input")]
          .filter((element) => element.checkVisibility() && !element.parentElement.closest(".option"))
          .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
          .filter(([, box]) => box.height < 44 || box.width < 44)
          .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
    )
    assert small == []


def test_a_sheet_opens_over_its_page_and_gives_the_focus_back(open_page: Any) -> None:
    page = open_page("audience", viewport=PHONE)
    page.click("[data-sheet]")
    assert page.evaluate("document.activeElement.id") == "audience-title"
    assert page.evaluate("document.querySelector('dialog').open")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('dialog').open")
    assert page.evaluate("document.activeElement.matches('[data-sheet]')")
    assert page.url.endswith("/gallery/audience")


def test_without_a_script_the_sheet_is_a_page_and_the_menus_open(open_page: Any) -> None:
    page = open_page("audience", viewport=PHONE, java_script_enabled=False)
    page.click(".top summary")
    assert page.locator(".top .menu-body").is_visible()
    assert page.locator("[data-theme-choice]").first.is_hidden()
    page.click(".top summary")
    with page.expect_request("http://look.test/audience"):
        page.click("[data-sheet]")


def test_a_menu_closes_on_escape_and_on_a_press_elsewhere(open_page: Any) -> None:
    page = open_page("staff", viewport=PHONE)
    body = page.locator(".bar-more .menu-body")
    page.click(".bar-more summary")
    assert body.is_visible()
    page.keyboard.press("Escape")
    assert body.is_hidden()
    assert page.evaluate("document.activeElement.matches('.bar-more summary')")
    page.click(".bar-more summary")
    page.click("h1")
    assert body.is_hidden()


def test_the_chosen_theme_stays_and_can_be_given_back(open_page: Any) -> None:
    page = open_page("family", viewport=PHONE, color_scheme="light")
    page.click(".top summary")
    page.click("[data-theme-choice=dark]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 27, 23)"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.click(".top summary")
    assert page.get_attribute("[data-theme-choice=dark]", "aria-pressed") == "true"
    page.click("[data-theme-choice=auto]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(250, 246, 238)"
    assert page.evaluate("localStorage.getItem('theme')") is None


def test_a_double_tap_sends_once_with_the_button_that_was_tapped(open_page: Any) -> None:
    page = open_page("audience", viewport=PHONE)
    page.evaluate(
        """() => {
          const form = document.querySelector("dialog form[method=post]");
          form.action = "/gallery/sent";
          form.querySelector("button").name = "share";
          window.counted = 0;
          form.addEventListener("submit", () => (window.counted += 1));
          window.sent = new Promise((done) => {
            form.addEventListener("formdata", (event) => done([...event.formData.keys()]));
          });
        }"""
    )
    page.route("**/gallery/sent", lambda route: route.fulfill(status=204))
    page.click("[data-sheet]")
    page.evaluate(
        "() => { const b = document.querySelector('dialog form[method=post] button'); b.click(); b.click(); }"
    )
    assert page.evaluate("window.sent") == ["share"]
    assert page.evaluate("window.counted") == 1
    assert page.get_attribute("dialog form[method=post] button >> nth=0", "aria-disabled") == "true"


def test_a_form_that_was_stopped_can_be_sent_again(open_page: Any) -> None:
    page = open_page("transfer", viewport=PHONE)
    tries = page.evaluate(
        """async () => {
          const form = document.querySelector("main form");
          let tries = 0;
          form.addEventListener("submit", (event) => { tries += 1; event.preventDefault(); });
          form.requestSubmit();
          await new Promise((done) => setTimeout(done, 20));
          form.requestSubmit();
          return tries;
        }"""
    )
    assert tries == 2


def test_a_toast_stays_until_it_is_closed(open_page: Any) -> None:
    page = open_page("album", viewport=PHONE)
    assert page.locator("#toasts .toast").count() == 2
    page.click("#toasts [data-dismiss] >> nth=0")
    assert page.locator("#toasts .toast").count() == 1


def test_the_whole_chip_of_a_child_is_one_tap(open_page: Any) -> None:
    page = open_page("composer", viewport=PHONE)
    page.click(".child-chip-name:text-is('Elsa')", force=True)
    assert page.is_checked("input[value=Elsa]")
    assert page.evaluate(
        "getComputedStyle(document.querySelector('input[value=Elsa] ~ span .child-chip-tick')).scale"
    ) in (
        "1",
        "none",
    )
