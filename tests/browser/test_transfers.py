"""A child starts school: two homes choose, the head sees who is missing, the class reads, one home takes it back."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.access.signing.provider import Provider
from tests.browser import moving
from tests.browser.conftest import Site
from tests.browser.moving import BOTH
from tests.browser.transfer_world import (
    AGREED,
    BRIDGE,
    HOME_WORDS,
    NATIONAL_IDS,
    NEVER,
    QUOTE_OF_ANOTHER,
    RAIN,
    SNAIL,
    TITLES,
    TOO_OLD,
)  # fmt: skip
from tests.browser.walk import Walk, walking
from transfers.panels import WORDINGS

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def with_e_id(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Provider]]:
    with moving.with_e_id(site, tmp_path_factory.mktemp("e-id")) as found:
        yield found


@BOTH
def test_two_homes_choose_and_the_class_reads_until_one_takes_it_back(
    visit: Any, with_e_id: tuple[Site, Provider], locale: str, size: Any
) -> None:
    site, provider = with_e_id
    language = locale[:2]
    here = site.world["moving"][language]
    child, name = here["moves"], here["moves"]["name"]
    adults = {who: f"Adam {who} Lind" for who in ("first", "second")}
    head = walking(visit, site, f"moves-head-{language}", locale, size)
    reader = walking(visit, site, f"class-teacher-{language}", locale, size, allow="404")
    assert waits_for(head, name) == set(adults.values())
    nothing_for(reader, name)

    # One home has come in with less: a yes asks once more who it is, and the choice is made after that.
    first = walking(visit, site, f"moves-first-{language}", locale, size)
    moving.show_who(provider, NATIONAL_IDS[language])
    moving.to_the_choice(first, child)
    reads_the_question(first.clean())
    first.sees("A yes asks for a surer sign-in.")
    moving.choose(first, log=True, conferences=True)
    first.sees("This needs a surer sign-in")
    first.clean().page.get_by_role("link", name="BankID").click()
    first.sees("When %(name)s moves on", name=name)
    first.never_sees("A yes asks for a surer sign-in.")
    moving.choose(first, log=True, conferences=True)
    moving.chose(first)
    first.clean().sees("It does not go along yet: your yes alone is not enough.")
    assert waits_for(head, name) == {adults["second"]}
    nothing_for(reader, name)
    moving.close_toasts(first)
    leaves_out_and_picks(first)

    second = walking(visit, site, f"moves-second-{language}", locale, size)
    moving.to_the_choice(second, child)
    moving.choose(second.clean(), log=True, conferences=True)
    now_read = second.said("%(receiver)s can read it from now on.", receiver=here["school"])
    expect(moving.chose(second)).to_contain_text(now_read)
    moving.close_toasts(second)
    hidden = leaves_a_picture_out(second.clean())
    assert waits_for(head, name) == set()
    expect(row_of(head, name)).to_contain_text(head.said("Both go"))

    reads_what_was_chosen(reader, here, hidden)

    second.go(f"/family/children/{child['child']}/transfer/")
    moving.choose(second, log=False, conferences=False)
    told = second.said(
        "What you have taken back can be read no more from this moment, and no package with it can be fetched. "
        "What somebody has read before cannot be unread, and a file that was fetched cannot be taken back."
    )
    expect(moving.chose(second)).to_contain_text(told)
    second.clean()
    gone = reader.page.reload()
    assert gone is not None
    assert gone.status == 404
    nothing_for(reader, name)
    first.go(f"/family/children/{child['child']}/transfer/").tap("What became of it so far")
    for label in ("%(receiver)s opened it for the first time", "Opened for %(receiver)s"):
        first.sees(label, receiver=here["school"])
    first.sees("You answered")
    first.sees("Something was left out")
    assert adults["second"] not in first.clean().page.content()
    expect(row_of(head.go("/staff/transfers/"), name)).to_contain_text(head.said("Nothing goes"))
    head.tap(f"{name} Lind")
    for who in adults.values():
        head.sees("%(name)s answered", name=who)
    head.clean()


def row_of(head: Walk, name: str) -> Locator:
    """The line of a child among the coming moves."""
    return head.page.locator(".rows .row", has=head.page.get_by_role("link", name=f"{name} Lind", exact=True))


def waits_for(head: Walk, name: str) -> set[str]:
    """Whose answer is lacking, as the head reads it, from the start page on."""
    head.go("/staff/").page.locator("main").get_by_role("link", name=head.said("Moving on")).first.click()
    row = row_of(head, name)
    expect(row).to_be_visible()
    lacks = row.get_by_text(head.said("Answer lacking"), exact=True)
    found = {who for who in ("Adam first Lind", "Adam second Lind") if who in head.clean().page.inner_text("main")}
    assert lacks.count() == bool(found)
    return found


def nothing_for(reader: Walk, name: str) -> None:
    """The list at the school, without this child."""
    reader.go("/school/").sees("Nothing has been handed on to you")
    assert name not in reader.clean().page.content()


def reads_the_question(walk: Walk) -> None:
    """The words stand there in full before anything is chosen."""
    asked = json.loads(WORDINGS.read_text(encoding="utf-8"))["school_log"][walk.locale[:2]]
    words = walk.page.locator("#question-school_log .prose")
    expect(words).to_be_visible()
    (sentence, *_rest) = re.findall(r"<p>(.*?)</p>", asked["body"])
    expect(words).to_contain_text(sentence)


def card(walk: Walk, title: str) -> Locator:
    return walk.page.locator("article.entry", has=walk.page.get_by_role("heading", name=title, exact=True))


def leaves_out_and_picks(first: Walk) -> None:
    """Looks at everything, leaves one entry out, and picks one for the first page."""
    first.tap("See exactly what they would see")
    for title in TITLES:
        expect(card(first, title)).to_be_visible()
    assert TOO_OLD not in first.clean().page.content()
    expect(card(first, BRIDGE).locator("img")).to_have_count(2)
    rain = card(first, RAIN)
    rain.get_by_role("button", name=first.said("Leave this entry out"), exact=True).click()
    expect(rain).to_contain_text(first.said("Left out by you"))
    first.clean().tap("Pick for the first page")
    first.page.get_by_role("checkbox", name=SNAIL).check()
    assert RAIN not in first.clean().page.inner_text("main")
    first.tap("Keep these")
    first.sees("Kept. These stand on the first page.")


def leaves_a_picture_out(second: Walk) -> str:
    """What the other home left out is out, and not to be put back here; the picture that goes, by its address."""
    second.tap("See exactly what they would see")
    rain = card(second, RAIN)
    expect(rain).to_contain_text(second.said("Left out"))
    assert rain.get_by_role("button").count() == 0
    picture = card(second, BRIDGE).locator("figure").last
    key = (picture.get_attribute("id") or "").removeprefix("picture-")
    picture.get_by_role("button", name=second.said("Leave this picture out"), exact=True).click()
    expect(second.page.locator(f"#picture-{key}")).to_contain_text(second.said("Left out by you"))
    second.clean()
    return key


def reads_what_was_chosen(reader: Walk, here: dict[str, Any], hidden: str) -> None:
    """The first page, the log and the conferences: what was chosen, and nothing of anything else."""
    name = here["moves"]["name"]
    reader.go("/school/").clean().tap(f"{name} Lind")
    reader.tap("Everybody who comes to you")
    reader.tap(f"{name} Lind")
    expect(reader.page.get_by_text(AGREED).first).to_be_visible()
    expect(card(reader, SNAIL)).to_be_visible()
    assert BRIDGE not in reader.page.content()
    holds_nothing_else(reader, here, hidden)
    reader.tap("Talks")
    reader.sees("The whole conference")
    holds_nothing_else(reader, here, hidden)
    reader.tap("The log")
    expect(card(reader, SNAIL)).to_be_visible()
    bridge = card(reader, BRIDGE)
    expect(bridge.locator("img")).to_have_count(1)
    bridge.locator("img").scroll_into_view_if_needed()
    seen = "it => it.decode().then(() => it.naturalWidth)"
    assert bridge.locator("img").evaluate(seen) > 0
    holds_nothing_else(reader, here, hidden)


def holds_nothing_else(reader: Walk, here: dict[str, Any], hidden: str) -> None:
    page = reader.clean().page.content()
    kept_back = (RAIN, TOO_OLD, NEVER, QUOTE_OF_ANOTHER, HOME_WORDS, here["friend"], hidden, here["away"]["name"])
    assert [words for words in kept_back if words in page] == []
