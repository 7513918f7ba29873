"""Guardians: who waits to be let in, who comes in without an e-ID, and two homes that become one and two again."""

from typing import Any

import pytest
from playwright.sync_api import expect

from access.signing import totp
from ground.clock import now
from tests.browser.walk import EACH, Walk, walking

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
WORDS = "tall stones by the quiet lake"


@EACH
def test_who_waits_says_whom_the_family_wants_in_and_reads_when_the_head_has_opened(
    visit: Any, site: Any, locale: str, size: Any
) -> None:
    waiting = site.world["waiting"][locale[:2]]
    log = f"/family/children/{waiting['child']}/"
    guardian = walking(visit, site, waiting["login"], locale, size).go("/family/")
    guardian.sees("Whom does the family want in?")
    guardian.page.locator("input[name$='-name']").first.fill("Greta Granqvist")
    guardian.page.locator("select[name$='-kind']").first.select_option("carer")
    guardian.clean().tap("Send to the head")
    guardian.sees("Thank you. The head of the preschool sees it.")
    assert guardian.clean().page.request.get(f"{site.url}{log}").status == 404

    head = walking(visit, site, "eva", locale, size).go(f"/staff/access/children/{waiting['child']}/")
    expect(head.page.get_by_text("Greta Granqvist")).to_be_visible()
    head.clean().page.get_by_role("link", name="Noomi").first.click()
    head.fill("Which document says that this is a legal guardian?", "Personbevis")
    head.clean().tap("Activate")
    head.sees("%(name)s is active now.", name=f"Noomi {locale[:2].title()}")

    guardian.go("/family/").never_sees("Whom does the family want in?")
    guardian.go(log).clean()


@EACH
def test_without_an_e_id_a_paper_becomes_a_password_and_digits(visit: Any, site: Any, locale: str, size: Any) -> None:
    paper = site.world["paper"][locale[:2]]
    walk = walking(visit, site, "", locale, size, allow="403|404|422").go("/sign-in/as/guardian/")
    walk.clean().tap("I have a paper with a code")
    walk.fill("The code on your paper", "BCDF-GHJK-LMNP")
    walk.tap("Go on")
    walk.sees("This code is not known, or has been used, or is too old. Ask for a new paper.")
    walk.clean().fill("The code on your paper", paper["code"].lower())
    walk.tap("Go on")
    walk.clean()
    name = walk.page.locator(".said-slowly").inner_text()
    secret = walk.page.locator("code").inner_text()
    walk.page.locator("#id_password").fill(WORDS)
    used = digits(secret)
    walk.page.locator("#id_digits").fill(used)
    walk.tap("Sign in")
    expect(walk.page.get_by_text(paper["name"]).locator("visible=true").first).to_be_visible()
    walk.clean().go(f"/family/children/{paper['child']}/").clean()
    walk.sees("%(name)s’s log begins here", name=paper["name"])

    # Out again, and nothing is left behind the back button; the digits just used are not good a second time.
    walk.go("/account/sessions/").clean()
    leave(walk)
    walk.page.go_back()
    expect(walk.page.get_by_text(paper["name"])).to_have_count(0)
    walk.go("/sign-in/as/guardian/password/")
    walk.page.locator("#id_name").fill(name)
    walk.page.locator("#id_password").fill(WORDS)
    walk.page.locator("#id_digits").fill(used)
    walk.tap("Sign in")
    expect(walk.page.locator("[role=alert]").first).to_be_visible()
    walk.clean()


def digits(secret: str) -> str:
    """What the app shows now."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(now().timestamp()) // totp.PERIOD)))


def leave(walk: Walk) -> None:
    walk.page.evaluate("document.querySelector('form[action$=\"/sign-out/\"]').requestSubmit()")
    walk.page.wait_for_url("**/sign-in/**")


@EACH
def test_two_homes_become_one_when_both_ask_and_two_again_when_one_leaves(
    visit: Any, site: Any, locale: str, size: Any
) -> None:
    address = f"/family/children/{site.world['apart']['child']}/access/"
    hanna = walking(visit, site, "hanna", locale, size).go(address)
    hanna.clean().tap("Read together")
    hanna.sees("You have asked")
    jonas = walking(visit, site, "jonas", locale, size).go(address)
    jonas.sees("Asks to read together with you")
    jonas.clean().tap("Read together")
    jonas.sees("You read together")
    jonas.clean()
    hanna.go(address).sees("You read together")
    hanna.clean().tap("Read alone from now on")
    expect(hanna.button("Read together")).to_be_visible()
    jonas.go(address)
    expect(jonas.button("Read together")).to_be_visible()
