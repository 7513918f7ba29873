"""A guardian in the evening: reads, filters, answers, tells; on a phone, on a desk, with a script and without."""

import uuid
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Site, axe
from tests.browser.family_world import photo

pytestmark = pytest.mark.browser


def at(site: Site, page: str = "") -> str:
    return f"{site.url}/family/children/{site.world['family']['milo']}/{page}"


def entry(site: Site, which: str) -> str:
    return at(site, f"entries/{site.world['family'][which]}/")


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_family_is_sound_in_light_and_dark(
    site: Site, visit: Any, viewport: Any, scheme: str
) -> None:
    page = visit("frida", viewport=viewport, color_scheme=scheme)
    for name in ("", "?show=home", "?q=nothing-like-it", "filters/", "from-home/", "contacts/", "settings/"):
        page.goto(at(site, name))
        assert axe(page) == [], name
        assert sideways(page) == 0, name
    page.goto(entry(site, "newest"))
    assert axe(page) == []
    assert sideways(page) == 0


def test_older_comes_in_place_and_months_stand_once(site: Site, visit: Any) -> None:
    page = visit("frida")
    page.goto(at(site))
    cards = page.locator("#log-items > article.entry")
    expect(cards).to_have_count(20)
    page.get_by_role("link", name="Older").click()
    expect(page.get_by_role("link", name="Day 23")).to_be_visible()
    expect(page.get_by_role("link", name="Older")).to_have_count(0)
    months = page.locator("#log-items > h2.month").all_inner_texts()
    assert len(months) == len(set(months))
    assert "before=" not in page.url


def test_a_goal_says_what_it_means_at_a_tap(site: Site, visit: Any) -> None:
    page = visit("frida")
    page.goto(at(site))
    goal = page.locator("details.goal-note").first
    expect(goal.locator(".goal-words")).to_be_hidden()
    goal.locator("summary").click()
    expect(goal.locator(".goal-words")).to_be_visible()
    assert axe(page) == []
    goal.get_by_role("link", name="Everything with this goal").click()
    expect(page.locator("#log-items > article.entry")).to_have_count(4)


def test_tabs_search_and_goals_change_the_page_in_place_and_the_way_back_leads_back(site: Site, visit: Any) -> None:
    page = visit("frida")
    page.goto(at(site))
    page.evaluate("window.stayed = true")
    page.get_by_role("navigation", name="What to show").get_by_role("link", name="From home").click()
    expect(page.get_by_text("We saw an owl")).to_be_visible()
    expect(page.locator("#log-items > article.entry")).to_have_count(1)
    assert page.url.endswith("?show=home")
    page.get_by_label("Search the log").fill("argu")
    page.get_by_label("Search the log").press("Enter")
    expect(page.locator("#log-items > article.entry").first).to_contain_text("The ducks are arguing.")
    assert page.evaluate("window.stayed") is True
    page.get_by_role("link", name="Goals and areas").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("link").first).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.go_back()
    expect(page.get_by_text("We saw an owl")).to_be_visible()


def test_another_home_is_read_but_not_named(site: Site, visit: Any) -> None:
    page = visit("frida")
    page.goto(at(site, "?show=home"))
    card = page.locator("article.is-from-home", has_text="We saw an owl")
    expect(card).to_contain_text("another home of Milo")
    assert "Falk" not in card.inner_text()


def test_a_double_tap_sends_one_message_and_the_page_stays(site: Site, visit: Any) -> None:
    page, words = visit("frida"), f"Where was it? {uuid.uuid4().hex[:6]}"
    page.goto(entry(site, "newest"))
    page.evaluate("window.stayed = true")
    page.get_by_label("Write to the staff").fill(words)
    page.get_by_role("button", name="Send").dblclick()
    expect(page.locator(".said-text", has_text=words)).to_have_count(1)
    expect(page.get_by_label("Write to the staff")).to_have_value("")
    assert page.evaluate("window.stayed") is True
    page.reload()
    expect(page.locator(".said-text", has_text=words)).to_have_count(1)


def test_a_message_that_found_no_network_keeps_its_words_and_is_sent_later_once(site: Site, visit: Any) -> None:
    page = visit("frida", allow="Failed to load resource|htmx:")
    words = f"From the bus {uuid.uuid4().hex[:6]}"
    page.goto(entry(site, "second"))
    page.get_by_label("Write to the staff").fill(words)
    page.route("**/message/", lambda route: route.abort())
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your words are still here.")).to_be_visible()
    expect(page.get_by_label("Write to the staff")).to_have_value(words)
    page.unroute("**/message/")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".said-text", has_text=words)).to_have_count(1)
    expect(page.get_by_text("Your words are still here.")).to_be_hidden()


def test_a_message_of_somebody_signed_out_meanwhile_keeps_its_words(site: Site, visit: Any) -> None:
    page = visit("frida", allow="Failed to load resource")
    page.goto(entry(site, "second"))
    page.get_by_label("Write to the staff").fill("Before the session ended")
    page.context.clear_cookies(name="learninglog")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your words are still here.")).to_be_visible()
    expect(page.get_by_label("Write to the staff")).to_have_value("Before the session ended")


def test_sensitive_words_are_pointed_out_while_one_writes_and_stop_nobody(site: Site, visit: Any) -> None:
    page = visit("frida")
    page.goto(at(site, "from-home/"))
    page.get_by_label("What would you like to tell?").fill("Her number is 20190203-1234.")
    expect(page.get_by_text("Have a second look:")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Save in the log").click()
    expect(page.get_by_text("Saved. The staff can read it now.")).to_be_visible()


def test_everything_works_without_a_script(site: Site, visit: Any) -> None:
    page = visit("frida", java_script_enabled=False)
    page.goto(at(site))
    page.get_by_role("link", name="Older").click()
    assert "before=" in page.url
    expect(page.get_by_role("link", name="Day 23")).to_be_visible()
    page.goto(at(site))
    page.get_by_role("link", name="Goals and areas").click()
    expect(page.get_by_role("heading", name="Goals and areas")).to_be_visible()
    page.locator(".goals a").nth(1).click()
    page.locator("article.entry h3 a").first.click()
    words = f"Without a script {uuid.uuid4().hex[:6]}"
    page.get_by_label("Write to the staff").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".said-text", has_text=words)).to_have_count(1)


def test_words_from_home_with_a_picture_are_written_found_and_withdrawn(site: Site, visit: Any) -> None:
    page, words = visit("frida", java_script_enabled=False), f"A tower {uuid.uuid4().hex[:6]}"
    page.goto(at(site, "from-home/"))
    page.get_by_label("What would you like to tell?").fill(words)
    file = {"name": "tower.png", "mimeType": "image/png", "buffer": photo(3, 0).read()}
    page.get_by_label("Pictures").set_input_files([file])  # type: ignore[list-item]
    page.get_by_role("button", name="Save in the log").click()
    card = page.locator("article.is-from-home", has_text=words)
    expect(card.locator("img")).to_have_count(1)
    page.goto(at(site))
    expect(page.locator("article.is-from-home", has_text=words)).to_be_visible()
    page.locator("article.is-from-home", has_text=words).get_by_role("link", name="Withdraw").click()
    # A picture still on its way when it is withdrawn is not found any more.
    page.wait_for_load_state()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("Withdrawn. Nobody reads it any more.")).to_be_visible()
    expect(page.locator("article.is-from-home", has_text=words)).to_have_count(0)
