"""Questions about pictures: a guardian answers and changes, the head writes an answer down, the owner decides."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.walk import EACH, walking

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
# A question of its own in each language: the site is one for all of them.
QUESTIONS = {"sv": "print", "nb": "profile", "en": "film"}


@EACH
def test_a_guardian_answers_changes_and_takes_back_and_reads_what_is_different(
    visit: Any, site: Any, locale: str, size: Any
) -> None:
    question = QUESTIONS[locale[:2]]
    walk = walking(visit, site, "frida", locale, size).go(f"/family/children/{site.world['family']['milo']}/settings/")
    walk.clean().tap("Read and answer")
    walk.clean()
    card = walk.page.locator(f"#question-{question}")
    expect(card).to_contain_text(walk.said("Not answered yet"))
    card.get_by_role("button", name=walk.said("No"), exact=True).click()
    walk.sees("Your answer is kept and counts at once.")
    expect(card).to_contain_text(walk.said("Not allowed: you have said no."))
    card.get_by_role("button", name=walk.said("Yes"), exact=True).click()
    expect(card).to_contain_text(walk.said("You said yes"))
    card.get_by_role("button", name=walk.said("Take my yes back"), exact=True).click()
    expect(card).to_contain_text(walk.said("You said no"))
    walk.clean().sees("What you have changed")


@EACH
def test_the_head_sees_who_has_not_answered_and_writes_an_answer_down(
    visit: Any, site: Any, locale: str, size: Any
) -> None:
    head = walking(visit, site, "eva", locale, size).go("/staff/access/answers/").clean()
    head.page.get_by_role("link", name="Tyra Dahl").first.click()
    head.clean().open("Write an answer down")
    head.page.locator("select[name=question]").select_option("photograph")
    head.page.locator("input[name=given][value=yes]").check()
    head.page.locator("[name=medium][value=paper]").check()
    head.page.locator("input[name=said_on]").fill(head.page.locator("input[name=said_on]").get_attribute("max") or "")
    head.page.locator("select[name=identified]").select_option("known")
    head.tap("Write it down")
    head.sees("Written down. It counts from now on.")
    head.clean()


@EACH
def test_the_owner_decides_how_a_question_is_asked(visit: Any, site: Any, locale: str, size: Any) -> None:
    owner = walking(visit, site, "olga", locale, size).go("/staff/access/answers/settings/").clean()
    card = owner.page.locator("#question-print")
    card.get_by_text(owner.said("Change it"), exact=True).click()
    owner.clean()
    card.get_by_label(owner.said("Days to answer in")).fill("21")
    card.get_by_role("button", name=owner.said("Save"), exact=True).click()
    owner.sees("Saved. It counts from now on, also for what was shared before.")
