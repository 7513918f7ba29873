"""A tablet that several share, a substitute at seven, the head's month and the owner's: on a phone and at a desk."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ground.clock import local_day, now
from tests.browser.conftest import DESK, PHONE, axe

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
TABLET = {"width": 820, "height": 1180}
BOTH = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def clean(page: Page) -> Page:
    assert axe(page) == []
    return page


def pin_of_ones_own(page: Page, site: Any, pin: str) -> None:
    page.goto(f"{site.url}/staff/pin/")
    page.get_by_label("New PIN").fill(pin)
    page.get_by_label("The same PIN again").fill(pin)
    clean(page).get_by_role("button", name="Save the PIN").click()
    expect(page.get_by_text("Your new PIN counts from now on.")).to_be_visible()


def paired(visit: Any, site: Any, name: str) -> Page:
    """A tablet that shows its code, and the head who confirms it."""
    tablet, head = visit(viewport=TABLET, allow="422|404"), visit("eva")
    tablet.goto(f"{site.url}/sign-in/")
    tablet.get_by_role("link", name="Shared tablet").click()
    clean(tablet).get_by_role("button", name="Show the code").click()
    code = clean(tablet).locator(".tablet-code").inner_text()
    head.goto(f"{site.url}/staff/access/devices/{site.world['unit']}/pair/")
    head.get_by_label("The code on its screen").fill(code.lower())
    head.get_by_label("What it is called").fill(name)
    clean(head).get_by_role("button", name="Pair it").click()
    expect(head.get_by_text(f"{name} is paired.")).to_be_visible()
    clean(head)
    # The tablet looks by itself every few seconds.
    expect(tablet.get_by_role("heading", name="Who are you?")).to_be_visible()
    return tablet


def come_in(tablet: Page, name: str, pin: str) -> None:
    tablet.get_by_role("link", name=name, exact=True).click()
    tablet.get_by_label("Your PIN").fill(pin)
    clean(tablet).get_by_role("button", name="Come in").click()


def test_a_teacher_takes_a_shared_tablet_says_who_she_is_and_leaves_it_locked(visit: Any, site: Any) -> None:
    own = visit("cecilia")
    pin_of_ones_own(own, site, "4802")
    tablet = paired(visit, site, "The red tablet")
    come_in(tablet, "Cecilia", "9999")
    expect(tablet.get_by_text("That was not the right PIN.")).to_be_visible()
    tablet.get_by_label("Your PIN").fill("4802")
    tablet.get_by_role("button", name="Come in").click()
    expect(tablet.get_by_role("heading", name="Hello, Cecilia")).to_be_visible()
    clean(tablet)
    tablet.goto(f"{site.url}/staff/access/team/")
    expect(tablet.get_by_role("heading", name="Hello, Cecilia")).to_have_count(0)
    tablet.goto(f"{site.url}/staff/")
    tablet.get_by_role("button", name="Lock the tablet").click()
    expect(tablet.get_by_role("heading", name="Who are you?")).to_be_visible()
    clean(tablet)
    tablet.go_back()
    expect(tablet.get_by_role("heading", name="Hello, Cecilia")).to_have_count(0)


def test_a_tablet_that_nobody_touches_locks_itself(visit: Any, site: Any) -> None:
    pin_of_ones_own(visit("karin"), site, "7351")
    tablet = paired(visit, site, "The blue tablet")
    tablet.clock.install()
    come_in(tablet, "Karin", "7351")
    expect(tablet.get_by_role("heading", name="Hello, Karin")).to_be_visible()
    tablet.clock.fast_forward("04:50")
    expect(tablet.get_by_role("heading", name="Hello, Karin")).to_be_visible()
    tablet.clock.fast_forward("00:20")
    expect(tablet.get_by_role("heading", name="Who are you?")).to_be_visible()


@BOTH
def test_at_seven_a_substitute_gets_a_pass_and_it_is_ended_again(visit: Any, site: Any, size: Any) -> None:
    name = "Sam" if size is PHONE else "Sol"
    page = visit("cecilia", viewport=size, allow="422")
    page.goto(f"{site.url}/staff/passes/")
    clean(page).get_by_role("link", name="Give a pass").click()
    page.get_by_label("First name").fill(name)
    page.get_by_label("Phone").fill("070-123")
    page.get_by_text("Granen", exact=True).last.click()
    page.get_by_label("Last day").fill((local_day(now(), "Europe/Stockholm") + timedelta(days=1)).isoformat())
    page.get_by_label("PIN for the tablet").fill("1234")
    page.get_by_label("The same PIN again").fill("1234")
    page.get_by_text("Has no child of their own at this preschool").click()
    clean(page).get_by_role("button", name="Give the pass").click()
    expect(page.get_by_text("That one is guessed at once").first).to_be_visible()
    clean(page)
    page.get_by_label("PIN for the tablet").fill("5803")
    page.get_by_label("The same PIN again").fill("5803")
    page.get_by_role("button", name="Give the pass").click()
    expect(page.get_by_text(f"{name} can begin now.")).to_be_visible()
    clean(page).get_by_role("button", name=f"End the pass of {name} now").click()
    expect(page.get_by_text("The pass has ended.")).to_be_visible()


@BOTH
def test_the_head_keeps_the_team(visit: Any, site: Any, size: Any) -> None:
    name = "Nora" if size is PHONE else "Nils"
    page = visit("eva", viewport=size)
    page.goto(f"{site.url}/staff/access/team/")
    clean(page).get_by_role("link", name="Somebody begins here").click()
    page.get_by_label("First name").fill(name)
    page.get_by_text("Granen", exact=True).last.click()
    clean(page).get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    clean(page).get_by_role("button", name="Shown today").click()
    expect(page.get_by_text("Not shown the rules yet")).to_have_count(0)
    page.get_by_text("End this duty").click()
    clean(page).get_by_role("button", name="End the duty").click()
    expect(page.get_by_role("heading", name="Team")).to_be_visible()
    expect(page.get_by_text(name)).to_have_count(0)


def test_the_head_signs_the_month_and_the_owner_reads_the_protocol(visit: Any, site: Any) -> None:
    owner = visit("olga", viewport=DESK)
    owner.goto(f"{site.url}/staff/access/reviews/")
    expect(clean(owner).get_by_text("not signed yet").first).to_be_visible()
    page = visit("eva")
    page.goto(f"{site.url}/staff/access/reviews/")
    clean(page).get_by_role("link", name="Skogsgläntan").click()
    clean(page).get_by_label("Why it is right").first.fill("She is shown them on Monday")
    odd = page.get_by_role("button", name="It is right")
    for left in range(odd.count(), 0, -1):
        expect(odd).to_have_count(left)
        odd.first.click()
    expect(odd).to_have_count(0)
    clean(page).get_by_role("button", name="All of this is right: sign").click()
    expect(page.get_by_text("Signed. The owner sees it.")).to_be_visible()
    clean(page)
    owner.reload()
    owner.get_by_role("link", name="Skogsgläntan").click()
    expect(owner.get_by_text("She is shown them on Monday")).to_be_visible()
    clean(owner)


@pytest.mark.parametrize("locale", ["sv-SE", "nb-NO", "en-GB"])
def test_a_guardian_reads_the_reading_log_and_asks(visit: Any, site: Any, locale: str) -> None:
    visit("cecilia").goto(f"{site.url}/staff/children/{site.world['children']['alma']}/")
    page = visit("astrid", locale=locale)
    page.goto(f"{site.url}/family/children/{site.world['children']['alma']}/reading-log/")
    clean(page).get_by_role("link", name="Cecilia Sund").first.click()
    page.locator("#id_text").fill("?")
    clean(page).locator("form.stack button[type=submit]").click()
    expect(page.locator("section.card", has_text="?").first).to_be_visible()
    clean(page)
