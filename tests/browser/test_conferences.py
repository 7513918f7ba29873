"""A conference from its beginning to its sealed record: both doors, one home and two, in the hand and at a desk."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.walk import Walk, walking

SHIPPED = Path("conferences/data/se-utvecklingssamtal.json")
ASKED = {
    question["label"]["en"]: question["label"]
    for section in json.loads(SHIPPED.read_text(encoding="utf-8"))["sections"]
    for question in section["questions"]
}
OURS, DRAWN = "What do we want to listen for and not forget?", "What is the child drawn to just now?"
AT_HOME, TALKED = "What does your child like doing at home just now?", "What did we talk about?"
SECRET, SEEN, WORDS = "Bara för arbetslaget: tänk på vilan.", "Pinnar, vatten och broar.", "Koja under köksbordet."
AGREED = "Vi bygger en bro över bäcken."


def ask(walk: Walk, english: str) -> Locator:
    """The form of a question, found by its label in the language of the page."""
    label = walk.page.get_by_label(ASKED[english][walk.locale[:2]], exact=True)
    return walk.page.locator("form[data-ask]").filter(has=label)


def answers(walk: Walk, english: str, text: str, number: str = "1") -> None:
    """Types into a question, and waits until it has saved itself."""
    form = ask(walk, english)
    form.locator("textarea").fill(text)
    expect(form.locator("input[name=number]")).to_have_value(number)
    expect(form.locator("[data-ask-said]")).to_have_text(re.compile(r"\d"))


def child_of(walk: Walk, name: str) -> None:
    walk.page.locator("main").get_by_role("link", name=name, exact=True).click()


def toast(page: Page) -> Locator:
    return page.locator("[data-toast]")


@pytest.mark.parametrize(
    ("which", "child", "homes", "locale", "size"),
    [("two", "Vide", ("hedda", "henrik"), "sv-SE", PHONE), ("one", "Ylva", ("ingeborg",), "nb-NO", DESK)],
    ids=["sv phone two homes", "nb desk one home"],
)
def test_from_invitation_to_agreement(
    visit: Any, site: Any, which: str, child: str, homes: tuple[str, ...], locale: str, size: Any
) -> None:
    group = f"/staff/groups/{site.world['talks']['groups'][which]}/conferences/"
    family = f"/family/children/{site.world['talks']['children'][which]}/conferences/"
    staff = walking(visit, site, f"{which}-teacher", locale, size).go(group).clean()
    staff.tap("Begin the conferences")
    staff.clean().tap("Begin them")
    expect(toast(staff.page)).to_be_visible()

    first = walking(visit, site, homes[0], locale, size).go(family).clean()
    first.sees("The preschool is preparing it. You are told when there is something to read.")

    child_of(staff.clean(), child)
    answers(staff, OURS, SECRET)
    answers(staff, DRAWN, SEEN)
    staff.clean().tap("Who reads it, and show it")
    staff.clean().tap("Show it to the home")
    expect(toast(staff.page)).to_be_visible()
    conference = staff.page.url.removesuffix("show/")

    first.go("/family/").tap("%(name)s’s conference is here to read", name=child)
    expect(first.page.get_by_text(SEEN)).to_be_visible()
    expect(first.page.get_by_text(SECRET)).to_have_count(0)
    answers(first, AT_HOME, WORDS)
    staff.page.goto(f"{conference}prepare/")
    expect(staff.page.get_by_text(WORDS)).to_have_count(0)
    first.clean().tap("Hand it in")
    expect(toast(first.page)).to_be_visible()
    staff.page.reload()
    expect(staff.page.get_by_text(WORDS)).to_be_visible()
    for login in homes[1:]:
        other = walking(visit, site, login, locale, size).go(family)
        other.tap("Read it, and fill in your part")
        expect(other.page.get_by_text(SEEN)).to_be_visible()
        assert WORDS not in other.page.content()
        assert SECRET not in other.page.content()

    staff.page.goto(f"{conference}talk/")
    answers(staff, TALKED, "Broar.")
    staff.page.locator("textarea[name=what]").fill(AGREED)
    staff.tap("Add the agreement")
    expect(staff.page.get_by_text(AGREED).first).to_be_visible()
    if len(homes) > 1:
        staff.open("Note the talk")
    staff.page.locator("input[name=took_part]").locator("visible=true").first.fill("mamma, pappa")
    staff.tap("Save the talk")
    staff.clean().tap("Turn the screen to the family")
    expect(staff.page.get_by_text(SEEN)).to_be_visible()
    expect(staff.page.get_by_text(AGREED).first).to_be_visible()
    turned = staff.clean().page.content()
    assert SECRET not in turned
    assert (WORDS in turned) == (len(homes) == 1)
    staff.tap("Back to the notes")
    staff.tap("Go on to seal it")
    staff.clean().tap("Seal it")
    expect(toast(staff.page)).to_be_visible()

    for login in homes:
        reader = walking(visit, site, login, locale, size).go(family)
        reader.page.locator("main .rows a").first.click()
        expect(reader.page.get_by_text(AGREED).first).to_be_visible()
        reader.clean()
        assert (WORDS in reader.page.content()) == (login == homes[0])
        fetched = reader.page.request.get(f"{reader.page.url}record.pdf")
        assert (fetched.status, fetched.body()[:5]) == (200, b"%PDF-")

    staff.open("How does it go?")
    staff.fill("In a few words", "Bron står.")
    staff.button("Save").locator("visible=true").first.click()
    expect(staff.page.get_by_text("Bron står.").first).to_be_visible()
    staff.page.locator("textarea[name=text]").last.fill("Bron heter Vide.")
    staff.tap("Add it")
    first.go(family).page.locator("main .rows a").first.click()
    expect(first.page.get_by_text("Bron heter Vide.").first).to_be_visible()
    expect(first.page.get_by_text("Bron står.").first).to_be_visible()


def begun(visit: Any, site: Any) -> tuple[Walk, str]:
    """The teacher of the third group with a conference to prepare, whichever test comes first."""
    group = f"/staff/groups/{site.world['talks']['groups']['clash']}/conferences/"
    staff = walking(visit, site, "clash-teacher", "en-GB", PHONE).go(group)
    if staff.link("Begin the conferences").count():
        staff.tap("Begin the conferences")
        staff.tap("Begin them")
    child_of(staff, "Otis")
    return staff, staff.page.url


def test_two_who_write_in_one_field_lose_no_words(visit: Any, site: Any) -> None:
    staff, address = begun(visit, site)
    colleague = walking(visit, site, "clash-colleague", "en-GB", DESK)
    colleague.page.goto(address)
    answers(staff, DRAWN, "He builds bridges.")
    form = ask(colleague, DRAWN)
    form.locator("textarea").fill("He sings to the stones.")
    expect(colleague.page.get_by_role("alert")).to_contain_text("Both texts are here")
    both = colleague.clean().page.get_by_label("What is to stand there")
    assert both.input_value() == "He builds bridges.\n\nHe sings to the stones."
    colleague.tap("Save this")
    expect(ask(colleague, DRAWN).locator("textarea")).to_have_value(both_words())
    staff.page.reload()
    expect(ask(staff, DRAWN).locator("textarea")).to_have_value(both_words())


def both_words() -> str:
    return "He builds bridges.\n\nHe sings to the stones."


def test_what_is_sensitive_is_left_for_the_talk(visit: Any, site: Any) -> None:
    staff, _address = begun(visit, site)
    form = ask(staff, "From morning to going home")
    form.locator("textarea").fill("Sleeps well. Born 19900101-1234. Eats outside.")
    expect(form.locator("[data-findings]")).to_be_visible()
    staff.clean()
    form.get_by_role("button", name="We take this when we meet").click()
    kept = form.locator("textarea")
    # The line is in the language of the record, which is the preschool's.
    expect(kept).to_have_value("Sleeps well. Det här tar vi när vi ses. Eats outside.")
    expect(form.locator("[data-findings]")).to_be_hidden()


def test_a_field_is_saved_without_a_script_too(visit: Any, site: Any) -> None:
    _staff, address = begun(visit, site)
    plain = walking(visit, site, "clash-teacher", "en-GB", PHONE, java_script_enabled=False)
    plain.page.goto(address)
    form = ask(plain, "What have we offered and changed?")
    form.locator("textarea").fill("A quieter corner.")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(ask(plain, "What have we offered and changed?").locator("textarea")).to_have_value("A quieter corner.")
    expect(ask(plain, "What have we offered and changed?").locator("input[name=number]")).to_have_value("1")
