"""The staff at a phone and at a desk: from the first tap to the families, with bad luck on the way."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, axe

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
SAMPLES = Path(__file__).parent.parent / "learninglog" / "sensitive_samples.json"


def photo(name: str, colour: str = "seagreen", size: tuple[int, int] = (1600, 1200)) -> dict[str, Any]:
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).ellipse((size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2), fill="gold")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def begin(page: Page, site: Any) -> Page:
    """From the start page, one tap to the composer."""
    page.goto(f"{site.url}/staff/")
    page.locator("button[form=make-entry]:visible").click()
    return ready(page)


def ready(page: Page) -> Page:
    page.wait_for_selector("[data-composer=ready]", state="attached")
    return page


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text(re.compile("^Saved at"), timeout=30_000)


def choose(page: Page, *names: str) -> None:
    for name in names:
        page.locator(".child-chip", has=page.get_by_text(name, exact=True)).click()


def test_a_teacher_shares_three_pictures_from_the_phone_and_the_guardian_finds_them(visit: Any, site: Any) -> None:
    page = begin(visit("cecilia"), site)
    page.set_input_files("#id_pictures", [photo("1.jpg"), photo("2.jpg", "tomato"), photo("3.jpg", "skyblue")])
    choose(page, "Alma")
    page.locator("#id_text").press_sequentially("The browser’s own leaf walk. @al")
    expect(page.get_by_role("option", name="Alma")).to_be_visible()
    page.keyboard.press("Enter")
    page.locator("#id_text").press_sequentially("found the largest.")
    expect(page.locator("#id_text")).to_have_value("The browser’s own leaf walk. @Alma found the largest.")
    expect(page.locator(".shot")).to_have_count(3, timeout=60_000)
    saved(page)
    assert axe(page) == []
    page.locator("[data-next]").click()
    sheet = page.locator("dialog#audience")
    expect(sheet.get_by_role("heading", name="1 family, 1 adult")).to_be_visible()
    assert axe(page) == []
    sheet.get_by_role("button", name="Share with 1 family").click()
    expect(page.get_by_text("Shared with 1 family.")).to_be_visible()
    expect(page.locator(".album img")).to_have_count(3)
    assert axe(page) == []

    astrid = visit("astrid")
    astrid.goto(f"{site.url}/family/children/{site.world['children']['alma']}/")
    entry = astrid.locator("article", has_text="The browser’s own leaf walk.")
    expect(entry).to_be_visible()
    expect(entry.locator(".mosaic img")).to_have_count(3)


def test_two_children_two_pictures_and_who_is_in_them(visit: Any, site: Any) -> None:
    page = begin(visit("karin"), site)
    choose(page, "Tyra")
    page.set_input_files("#id_pictures", [photo("1.jpg"), photo("2.jpg", "tomato")])
    shots = page.locator(".shot")
    expect(shots).to_have_count(2, timeout=60_000)
    # One child, so we guess; a second child, so we ask again.
    expect(shots.first.locator("[data-who]:checked")).to_have_count(1)
    choose(page, "Bo")
    expect(shots.first.locator("[data-who]:checked")).to_have_count(0)
    expect(shots.first.get_by_text("it stays with the staff")).to_be_visible()
    saved(page)
    shots.first.locator(".choice-chip", has=page.get_by_text("Bo", exact=True)).click()
    shots.nth(1).get_by_role("button", name="Same as the last").click()
    expect(shots.nth(1).locator("[data-who]:checked")).to_have_count(1)
    shots.nth(1).locator(".choice-chip", has=page.get_by_text("Nobody", exact=True)).click()
    expect(shots.nth(1).locator("[data-who]:checked")).to_have_value("nobody")
    page.get_by_role("button", name="Whole group").click()
    expect(page.locator("[data-child]:checked")).to_have_count(page.locator("[data-child]").count())
    choose(page, "Tyra")
    expect(page.locator('[data-child][data-today="1"]:not(:checked)')).to_have_count(1)
    saved(page)
    expect(page.locator(".about")).to_have_count(page.locator("[data-child]:checked").count(), timeout=30_000)


def test_words_survive_a_lost_network_and_a_closed_tab(visit: Any, site: Any) -> None:
    page = begin(visit("cecilia", allow="ERR_INTERNET_DISCONNECTED"), site)
    page.locator("#id_text").fill("Saved words.")
    saved(page)
    href = page.url
    page.context.set_offline(True)
    page.locator("#id_text").press_sequentially(" Words without a network.")
    expect(page.locator("#saved")).to_contain_text("kept on this device", timeout=30_000)
    page.evaluate("window.onbeforeunload = null")
    page.close(run_before_unload=False)
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(href)
    ready(again)
    expect(again.locator("#id_text")).to_have_value("Saved words. Words without a network.")
    saved(again)
    again.reload()
    expect(again.locator("#id_text")).to_have_value("Saved words. Words without a network.")


def test_what_lies_on_the_device_is_closed(visit: Any, site: Any) -> None:
    page = begin(visit("cecilia", allow="ERR_INTERNET_DISCONNECTED"), site)
    page.locator("#id_title").fill("A title")
    saved(page)
    page.context.set_offline(True)
    page.locator("#id_text").fill("Nobody else reads this sentence")
    expect(page.locator("#saved")).to_contain_text("kept on this device", timeout=30_000)
    stored = page.evaluate(
        """async () => {
            const open = indexedDB.open("learning-log-unsent");
            const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
            const all = db.transaction("drafts").objectStore("drafts").getAll();
            const rows = await new Promise((done) => (all.onsuccess = () => done(all.result)));
            return rows.map((row) => new TextDecoder().decode(row.closed)).join("") + JSON.stringify(localStorage);
        }"""
    )
    assert stored
    assert "sentence" not in stored
    page.context.set_offline(False)
    saved(page)


def test_signed_out_by_force_the_words_come_back_after_signing_in(visit: Any, site: Any) -> None:
    page = begin(visit("karin", allow="status of 4"), site)
    page.locator("#id_text").fill("Before.")
    saved(page)
    href, cookies = page.url, page.context.cookies()
    page.context.clear_cookies()
    page.locator("#id_text").press_sequentially(" After the session ended.")
    expect(page.locator("#saved")).to_contain_text("signed out", timeout=30_000)
    page.context.add_cookies(cookies)
    page.goto(href)
    ready(page)
    expect(page.locator("#id_text")).to_have_value("Before. After the session ended.")
    saved(page)


def test_two_people_on_one_draft_lose_no_word(visit: Any, site: Any) -> None:
    cecilia = begin(visit("cecilia"), site)
    choose(cecilia, "Bo")
    cecilia.locator("#id_text").fill("From the beginning.")
    saved(cecilia)
    karin = visit("karin")
    karin.goto(cecilia.url)
    ready(karin)
    cecilia.locator("#id_text").press_sequentially(" Cecilia writes on.")
    saved(cecilia)
    # Karin wrote where nobody else did: both stand. Then both on the same words: hers stand beside.
    karin.locator("#id_title").fill("Karin’s title")
    saved(karin)
    expect(karin.locator("#id_text")).to_have_value("From the beginning. Cecilia writes on.", timeout=30_000)
    cecilia.locator("#id_text").fill("Cecilia’s own sentence.")
    saved(cecilia)
    karin.locator("#id_text").fill("Karin’s own sentence.")
    expect(karin.get_by_text("Your words on an older copy")).to_be_visible(timeout=30_000)
    expect(karin.locator("#id_text")).to_have_value("Cecilia’s own sentence.", timeout=30_000)
    karin.get_by_role("button", name="Take them in").click()
    expect(karin.locator("#id_text")).to_have_value("Cecilia’s own sentence.\n\nKarin’s own sentence.", timeout=30_000)
    expect(karin.locator("#id_title")).to_have_value("Karin’s title")


def test_a_picture_that_is_none_says_why_beside_itself(visit: Any, site: Any) -> None:
    page = begin(visit("cecilia", allow="status of 422"), site)
    wrong = {"name": "list.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    page.set_input_files("#id_pictures", [wrong, photo("1.jpg")])
    expect(page.locator(".coming.is-stuck")).to_contain_text("not a picture", timeout=60_000)
    expect(page.locator(".shot")).to_have_count(1, timeout=60_000)
    page.get_by_role("button", name="Leave it").click()
    expect(page.locator(".coming")).to_have_count(0)


def test_a_picture_that_got_lost_is_tried_again_and_is_one_picture(visit: Any, site: Any) -> None:
    page = begin(visit("cecilia", allow="ERR_"), site)
    page.route("**/pictures/", lambda route: route.abort())
    page.set_input_files("#id_pictures", [photo("1.jpg")])
    expect(page.locator(".coming.is-stuck")).to_contain_text("did not arrive", timeout=60_000)
    page.unroute("**/pictures/")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".shot")).to_have_count(1, timeout=60_000)
    saved(page)
    page.reload()
    expect(page.locator(".shot")).to_have_count(1)


def test_signing_out_sends_what_is_not_sent_yet(visit: Any, site: Any) -> None:
    page = begin(visit("siri"), site)
    page.locator("#id_text").fill("Sent at the last moment")
    page.locator("details.menu > summary:visible").first.click()
    page.get_by_role("button", name=re.compile("Sign out|Logga ut")).click()
    page.wait_for_url(re.compile("/sign-in/"))
    karin = visit("karin")
    karin.goto(site.group("granen", "drafts"))
    expect(karin.get_by_text("Sent at the last moment")).to_be_visible()


def test_goals_are_found_by_typing(visit: Any, site: Any) -> None:
    page = begin(visit("cecilia"), site)
    before = page.locator("[data-goal]:visible").count()
    page.locator("[data-goal-filter]").fill("skrift" if page.locator("html[lang=sv]").count() else "writing")
    page.keyboard.press("Enter")
    expect(page.locator("[data-goal] input:checked")).to_have_count(1)
    page.locator("[data-goal-filter]").fill("")
    assert page.locator("[data-goal]:visible").count() >= before
    saved(page)
    page.reload()
    expect(page.locator("[data-goal] input:checked")).to_have_count(1)


def test_the_device_finds_the_same_as_the_server(visit: Any, site: Any) -> None:
    page = begin(visit("cecilia"), site)
    words = [["diabet*", "health"], ["diagnos*", "health"], ["adhd", "health"], ["ångest*", "health"]]
    found = page.evaluate(
        """async ([samples, words]) => {
            const { findings } = await import("/static/js/composer/sensitive.js");
            return samples.map(([text]) => findings(text, words));
        }""",
        [json.loads(SAMPLES.read_text(encoding="utf-8")), words],
    )
    assert found == [sample[1] for sample in json.loads(SAMPLES.read_text(encoding="utf-8"))]
    page.locator("#id_text").fill("She has diabetes")
    expect(page.locator("[data-findings]")).to_be_visible()
    expect(page.locator("[data-found]")).to_have_text("diabetes")
    saved(page)


def test_two_taps_put_pictures_into_the_tray_and_a_colleague_makes_an_entry(visit: Any, site: Any) -> None:
    page = visit("cecilia")
    page.goto(site.group("granen", "tray"))
    page.set_input_files("#id_pictures", [photo("1.jpg"), photo("2.jpg", "tomato")])
    expect(page.locator(".tray-item").first).to_be_visible(timeout=60_000)
    karin = visit("karin")
    karin.goto(site.group("granen", "tray"))
    karin.locator(".tray-face").first.click()
    assert axe(karin) == []
    karin.get_by_role("button", name="Make an entry of the chosen").click()
    ready(karin)
    expect(karin.locator(".shot")).to_have_count(2)


@pytest.mark.parametrize("name", ["log", "drafts", "tray", "replies", "unreached"])
def test_axe_finds_nothing_on_the_lists_in_either_theme_or_size(visit: Any, site: Any, name: str) -> None:
    page = visit("cecilia")
    page.goto(site.group("granen", name))
    for scheme in ("light", "dark"):
        for size in (PHONE, DESK):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size(size)
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_composer(visit: Any, site: Any, scheme: str) -> None:
    page = begin(visit("cecilia", color_scheme=scheme), site)
    choose(page, "Alma", "Bo")
    page.set_input_files("#id_pictures", [photo("1.jpg")])
    expect(page.locator(".shot")).to_have_count(1, timeout=60_000)
    page.locator("#id_text").fill("Alma has asthma")
    saved(page)
    expect(page.get_by_text("stands as a plain word")).to_be_visible(timeout=30_000)
    for opener in page.locator("#composer summary").all():
        opener.click()
    for size in (PHONE, DESK, {"width": 320, "height": 640}):
        page.set_viewport_size(size)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
