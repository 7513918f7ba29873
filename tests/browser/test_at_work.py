"""A tablet that several share, a substitute at seven, the head's month and the owner's, in three languages."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.walk import EACH, Walk, walking

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
TABLET = {"width": 820, "height": 1180}
FIRST, SECOND = "4802", "7351"


def pin_of_ones_own(walk: Walk, pin: str) -> None:
    walk.go("/staff/pin/").fill("New PIN", pin)
    walk.fill("The same PIN again", pin)
    walk.clean().tap("Save the PIN")
    walk.sees("Your new PIN counts from now on.")


def paired(visit: Any, site: Any, locale: str, size: Any, name: str) -> Walk:
    """A tablet that shows its code, and the head who confirms it."""
    tablet = walking(visit, site, "", locale, size, allow="422|404").go("/sign-in/")
    tablet.tap("Shared tablet")
    tablet.clean().tap("Show the code")
    code = tablet.clean().page.locator(".tablet-code").inner_text()
    head = walking(visit, site, "eva", locale, size).go(f"/staff/access/devices/{site.world['unit']}/pair/")
    head.fill("The code on its screen", code.lower())
    head.fill("What it is called", name)
    head.clean().tap("Pair it")
    head.sees("%(name)s is paired.", name=name)
    head.clean()
    # The tablet looks by itself every few seconds.
    expect(tablet.page.get_by_role("heading", name=tablet.said("Who are you?"))).to_be_visible()
    return tablet


def say_who(tablet: Walk, name: str, pin: str) -> None:
    tablet.page.get_by_role("link", name=name, exact=True).click()
    tablet.fill("Your PIN", pin)
    tablet.clean().tap("Come in")


def greets(tablet: Walk, name: str) -> None:
    tablet.sees("Hello, %(name)s", name=name)


@EACH
def test_a_teacher_takes_a_shared_tablet_says_who_she_is_and_leaves_it_locked(
    visit: Any, site: Any, locale: str, size: Any
) -> None:
    pin_of_ones_own(walking(visit, site, "cecilia", locale, size), FIRST)
    tablet = paired(visit, site, locale, TABLET, f"Red {locale}")
    say_who(tablet, "Cecilia", "9999")
    tablet.sees("That was not the right PIN.")
    tablet.fill("Your PIN", FIRST)
    tablet.tap("Come in")
    greets(tablet, "Cecilia")
    tablet.clean().go("/staff/access/team/")
    tablet.never_sees("Somebody begins here")
    tablet.go("/staff/").tap("Lock the tablet")
    tablet.sees("Who are you?")
    tablet.clean().page.go_back()
    tablet.never_sees("Hello, %(name)s", name="Cecilia")


def test_a_tablet_that_nobody_touches_locks_itself(visit: Any, site: Any) -> None:
    pin_of_ones_own(walking(visit, site, "karin", "en-GB", PHONE), SECOND)
    tablet = paired(visit, site, "en-GB", TABLET, "The blue tablet")
    tablet.page.clock.install()
    say_who(tablet, "Karin", SECOND)
    greets(tablet, "Karin")
    tablet.page.clock.fast_forward("04:50")
    greets(tablet, "Karin")
    tablet.page.clock.fast_forward("00:20")
    tablet.sees("Who are you?")


def test_a_tab_that_lies_behind_does_not_lock_out_who_works_in_another(visit: Any, site: Any) -> None:
    pin_of_ones_own(walking(visit, site, "karin", "en-GB", PHONE), SECOND)
    tablet = paired(visit, site, "en-GB", TABLET, "The green tablet")
    tablet.page.clock.install()
    say_who(tablet, "Karin", SECOND)
    greets(tablet, "Karin")
    behind = tablet.page.context.new_page()
    behind.goto(tablet.page.url)
    tablet.page.clock.fast_forward("04:50")
    tablet.page.mouse.click(5, 5)
    tablet.page.clock.fast_forward("00:20")
    expect(behind.get_by_role("heading", name="Hello, Karin")).to_be_visible()
    tablet.page.clock.fast_forward("05:00")
    tablet.sees("Who are you?")


@EACH
def test_at_seven_a_substitute_gets_a_pass_writes_a_draft_and_is_let_out_again(
    visit: Any, site: Any, locale: str, size: Any
) -> None:
    name = {"sv": "Sam", "nb": "Sol", "en": "Sid"}[locale[:2]]
    teacher = walking(visit, site, "cecilia", locale, size, allow="422").go("/staff/passes/")
    teacher.clean().tap("Give a pass")
    teacher.fill("First name", name)
    teacher.fill("Phone", "070-174 06 50")
    teacher.page.get_by_text("Granen", exact=True).last.click()
    last = teacher.page.locator("#id_last_day")
    last.fill(site.world["tomorrow"])
    for label in ("PIN for the tablet", "The same PIN again"):
        teacher.fill(label, "1234")
    teacher.open("Has no child of their own at this preschool")
    teacher.clean().tap("Give the pass")
    teacher.sees("That one is guessed at once. Please choose another.")
    expect(teacher.field("First name")).to_have_value(name)
    for label in ("PIN for the tablet", "The same PIN again"):
        teacher.clean().fill(label, "5803")
    teacher.tap("Give the pass")
    teacher.sees("%(name)s can begin now.", name=name)

    tablet = paired(visit, site, locale, TABLET, f"Green {locale}")
    say_who(tablet, name, "5803")
    greets(tablet, name)
    tablet.clean().page.locator("button[form=make-entry]:visible").first.click()
    tablet.page.wait_for_selector("[data-composer=ready]", state="attached")
    tablet.page.locator("#id_text").fill("The ice on the bucket was thick.")
    expect(tablet.page.locator("#saved")).to_have_text(re.compile(r"\d\d[:.]\d\d"), timeout=30_000)
    tablet.sees("A colleague who works in the group shares it.")
    draft = tablet.clean().page.url.removeprefix(site.url)
    teacher.go(draft)
    expect(teacher.page.locator("#id_text")).to_have_value(re.compile("The ice on the bucket"))

    teacher.go("/staff/passes/").clean()
    teacher.tap("End the pass of %(name)s now", name=name)
    teacher.sees("The pass has ended.")
    tablet.go(draft)
    expect(tablet.page.get_by_text("The ice on the bucket")).to_have_count(0)


@EACH
def test_the_head_keeps_the_team(visit: Any, site: Any, locale: str, size: Any) -> None:
    name = {"sv": "Nora", "nb": "Nils", "en": "Nell"}[locale[:2]]
    head = walking(visit, site, "eva", locale, size).go("/staff/access/team/")
    head.clean().tap("Somebody begins here")
    head.fill("First name", name)
    head.page.get_by_text("Granen", exact=True).last.click()
    head.clean().tap("Save")
    expect(head.page.get_by_role("heading", name=name)).to_be_visible()
    head.clean().tap("Shown today")
    head.never_sees("Has not been shown the rules yet")
    head.open("End this duty")
    head.clean().tap("End the duty")
    expect(head.page.get_by_role("heading", name=head.said("Team"))).to_be_visible()
    expect(head.page.get_by_text(name)).to_have_count(0)


@EACH
def test_the_head_signs_the_month_and_the_owner_reads_the_protocol(
    visit: Any, site: Any, locale: str, size: Any
) -> None:
    login = site.world["reviews"][locale[:2]]
    owner = walking(visit, site, "olga", locale, DESK if size is PHONE else PHONE).go("/staff/access/reviews/")
    owner.clean().sees("not signed yet")
    head = walking(visit, site, login, locale, size).go("/staff/access/reviews/")
    head.clean().page.locator("main a[href*='/reviews/']").first.click()
    head.clean().page.get_by_label(re.compile(re.escape(head.said("Why it is right")))).first.fill(
        "Shown them on Monday"
    )
    odd = head.button("It is right")
    for left in range(odd.count(), 0, -1):
        expect(odd).to_have_count(left)
        odd.first.click()
    expect(odd).to_have_count(0)
    head.clean().tap("All of this is right: sign")
    head.sees("Signed. The owner sees it.")
    protocol = head.clean().page.url.removeprefix(site.url)
    owner.go(protocol if "protocol" in protocol else f"{protocol}protocol/")
    expect(owner.page.get_by_text("Shown them on Monday")).to_be_visible()
    owner.clean()


@EACH
def test_a_guardian_reads_the_reading_log_and_asks(visit: Any, site: Any, locale: str, size: Any) -> None:
    child = site.world["children"]["alma"]
    walking(visit, site, "cecilia", locale, size).go(f"/staff/children/{child}/")
    guardian = walking(visit, site, "astrid", locale, size).go(f"/family/children/{child}/reading-log/")
    guardian.clean().page.get_by_role("link", name="Cecilia Sund").first.click()
    guardian.page.locator("#id_text").fill("Varför?")
    guardian.clean().page.locator("form.stack button[type=submit]").click()
    expect(guardian.page.locator("section.card", has_text="Varför?").first).to_be_visible()
    guardian.clean()
