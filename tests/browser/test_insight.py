"""A curriculum from the exchange file to the coverage of a group; a plan from its aim to its evaluation."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, axe
from tests.browser.walk import EACH, walking
from tests.curriculum.case.packages import raw, small

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
# The office is Wagtail's, whose pages complain of things that are not ours to mend.
OFFICE = "Permissions|Refused|violates|Failed to load|Framing"


def clean(page: Page) -> None:
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")


def chip(page: Page, label: str) -> Locator:
    """The chip that can be tapped; its box lies over its words."""
    chips = page.locator("label.choice-chip", has=page.get_by_text(label, exact=True))
    return chips.locator("visible=true").first


def deed(page: Page, name: str, *, leaves: bool = True) -> None:
    """One of the actions at the foot of Wagtail's form, as somebody finds it: behind the arrow."""
    page.get_by_role("button", name="More actions").last.click()
    button = page.get_by_role("button", name=name, exact=True).locator("visible=true")
    if not leaves:
        button.click()
        return
    with page.expect_navigation():
        button.click()


def share_about_bo(page: Page, title: str) -> None:
    page.get_by_label("Title").fill(title)
    page.get_by_label("What happened").fill("It rained, and we went out.")
    page.locator(".child-chip", has=page.get_by_text("Bo", exact=True)).click()
    expect(page.locator("#saved")).to_have_text(re.compile(r"\d\d[:.]\d\d"))
    page.locator("[data-next]").click()
    sheet = page.locator("dialog#audience")
    sheet.locator("button[type=submit], button:not([type])").filter(has_text="family").first.click()
    page.wait_for_url(re.compile(r"/staff/entries/[^/]+/$"))


def test_a_curriculum_comes_in_is_reviewed_tagged_and_seen_in_coverage(visit: Any, site: Any, tmp_path: Path) -> None:
    content = small()
    content["CFDocument"]["statusStartDate"] = "2020-01-01"
    package = tmp_path / "weather.json"
    package.write_bytes(raw(content))
    drafter = visit("dora", viewport=DESK, allow=OFFICE)
    drafter.goto(f"{site.url}/cms/curriculum/case/")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({**content, "CFItems": [{"identifier": "1"}]}))
    drafter.set_input_files("input[name=file]", wrong)
    drafter.get_by_role("button", name="Look at it").click()
    expect(drafter.get_by_text("/CFItems/0/fullStatement")).to_be_visible()
    drafter.set_input_files("input[name=file]", package)
    drafter.get_by_role("button", name="Look at it").click()
    expect(drafter.get_by_text("All weathers")).to_be_visible()
    drafter.get_by_role("button", name="Write this as drafts").click()
    drafter.wait_for_url(re.compile(r"/edit/\d+/$"))
    assert drafter.locator("[name=action-publish]").count() == 0
    deed(drafter, "Submit to Review of the curriculum")

    # Whoever reviews finds it on the office's first page, looks, and asks for changes once.
    reviewer = visit("office", viewport=DESK, allow=OFFICE)
    reviewer.goto(f"{site.url}/cms/")
    reviewer.get_by_role("link", name="Weather plan").click()
    deed(reviewer, "Request changes", leaves=False)
    asked = reviewer.get_by_role("dialog").locator("visible=true")
    asked.get_by_role("textbox").fill("Say rain, too.")
    with reviewer.expect_navigation():
        asked.get_by_role("button", name="Request changes").click()
    drafter.goto(f"{site.url}/cms/")
    drafter.get_by_role("link", name="Weather plan").click()
    deed(drafter, "Resubmit to Review of the curriculum")
    reviewer.goto(f"{site.url}/cms/")
    reviewer.get_by_role("link", name="Weather plan").click()
    deed(reviewer, "Approve and Publish")
    expect(reviewer.get_by_text("Weather plan").first).to_be_visible()

    teacher = visit("cecilia")
    teacher.goto(site.group("granen", "log"))
    teacher.locator("button[form=make-entry]:visible").click()
    teacher.wait_for_selector("[data-composer=ready]", state="attached")
    teacher.locator("[data-goal-filter]").fill("weathers")
    chip(teacher, "All weathers").click()
    share_about_bo(teacher, "All of us in the rain")
    teacher.goto(site.group("granen", "coverage"))
    clean(teacher)
    teacher.get_by_text("The same as a table").click()
    cell = teacher.get_by_role("link", name=re.compile("^All weathers, .*: 1$"))
    expect(cell).to_be_visible()
    clean(teacher)
    cell.click()
    expect(teacher.get_by_role("link", name="All of us in the rain")).to_be_visible()
    teacher.get_by_role("link", name="What this goal means").click()
    expect(teacher.get_by_text("We let the children meet all weathers.")).to_be_visible()
    clean(teacher)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_plan_from_its_aim_to_its_evaluation(visit: Any, site: Any, size: Any) -> None:
    name = f"Water at {size['width']}"
    page = visit("cecilia", viewport=size)
    page.goto(site.group("granen", "plans"))
    clean(page)
    page.get_by_role("link", name="New plan", exact=True).click()
    page.get_by_label("Title").fill(name)
    today = page.get_by_label("From").input_value()
    page.get_by_label("Until").fill(today)
    page.get_by_label("What we aim for").fill("To meet water in many ways.")
    page.get_by_text("Nature and science", exact=True).first.click()
    page.locator("label[data-goal*='water']").locator("visible=true").first.click()
    clean(page)
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text("In no entry yet.")).to_be_visible()
    clean(page)
    plan = page.url
    page.locator("button[form=make-entry]:visible").first.click()
    page.wait_for_selector("[data-composer=ready]", state="attached")
    chip(page, name).click()
    share_about_bo(page, f"The pond, {name}")
    page.get_by_label("What do you think?").fill("They wanted to go back at once.")
    page.get_by_role("button", name="Save for the team").click()
    expect(page.get_by_text("They wanted to go back at once.")).to_be_visible()
    clean(page)
    page.goto(plan)
    expect(page.get_by_role("link", name=f"The pond, {name}").first).to_be_visible()
    expect(page.get_by_text("They wanted to go back at once.")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Evaluate").click()
    expect(page.get_by_label("What we learned, and go on with")).to_have_value(re.compile("To meet water"))
    clean(page)
    page.get_by_role("button", name="Save the evaluation").click()
    expect(page.get_by_text("What made a difference for the children:")).to_be_visible()
    clean(page)


@EACH
def test_a_guardian_finds_landmarks_and_the_owner_totals_without_a_child(
    visit: Any, site: Any, locale: str, size: Any
) -> None:
    child = site.world["children"]["alma"]
    walk = walking(visit, site, "astrid", locale, size)
    walk.go(f"/family/children/{child}/goals/").clean()
    owner = walking(visit, site, "olga", locale, size)
    owner.go("/staff/totals/").clean()
    owner.sees("Totals of the units")
