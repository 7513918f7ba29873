"""Times for the talk: kept by the staff, a few of their own offered to each of two homes, booked, moved, cancelled."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.walk import Walk, walking

PLACE = "Lilla rummet"


@pytest.mark.parametrize(
    ("which", "child", "homes", "locale", "size"),
    [
        ("times", "Alva", ("harriet", "hasse"), "sv-SE", PHONE),
        ("tider", "Brage", ("ragnhild", "roar"), "nb-NO", DESK),
    ],
    ids=["sv phone", "nb desk"],
)
def test_each_home_books_a_time_of_its_own(
    visit: Any, site: Any, which: str, child: str, homes: tuple[str, str], locale: str, size: Any
) -> None:
    group = f"/staff/groups/{site.world['talks']['groups'][which]}/"
    family = f"/family/children/{site.world['talks']['children'][which]}/conferences/"
    staff = walking(visit, site, f"{which}-teacher", locale, size, allow="422").go(f"{group}conferences/")
    staff.tap("Begin the conferences")
    staff.tap("Begin them")
    staff.clean().tap("Times for talks")
    keep_times(staff)
    staff.clean().tap("Offer them")
    expect(staff.page.locator("[data-toast]")).to_contain_text("6")

    first, second = (walking(visit, site, login, locale, size) for login in homes)
    mine, theirs = (choices(walk, family) for walk in (first, second))
    assert (len(mine), len(theirs)) == (3, 3)
    assert not set(mine) & set(theirs)

    first.clean().open("I would like an interpreter")
    first.fill("Interpreter into", "suomi")
    first.page.locator(".talk-time").nth(1).click()
    first.clean().sees("You have booked")
    expect(first.page.locator(".talk-booked")).to_contain_text(clock(mine[1]))
    first.sees("Interpreter: %(language)s", language="suomi")
    first.page.locator(".talk-time").first.click()
    expect(first.page.locator(".talk-booked")).to_contain_text(clock(mine[0]))
    href = first.link("Add to your calendar").get_attribute("href")
    kept = first.page.request.get(f"{site.url}{href}").text()
    assert "STATUS:CONFIRMED" in kept
    assert PLACE in kept
    assert not [name for name in (child, "Lund", "Tilde", *homes) if name.lower() in kept.lower()]

    # The other home finds what it found before, and nothing to tell that anybody has booked.
    assert choices(second, family) == theirs
    second.never_sees("You have booked")

    staff.go(f"{group}talks/").clean()
    staff.sees("%(ready)s of %(all)s homes have booked", ready=1, all=2)
    staff.tap("List for the wall")
    wall = staff.clean().page.locator("main").inner_text()
    assert not [name for name in (child, "Lund", *homes) if name.lower() in wall.lower()]

    first.page.locator("[data-dismiss]").click()
    first.tap("Cancel the talk")
    first.clean().sees("Take it out of your calendar")
    assert sorted(choices(first, family)) == sorted(mine)


def keep_times(staff: Walk) -> None:
    """The afternoons of ten days from the day after tomorrow, after a slip with the days."""
    staff.tap("Keep times")
    today = timezone.localdate()
    staff.fill("First day", (today + timedelta(days=2)).isoformat())
    staff.fill("Last day", today.isoformat())
    staff.clean().tap("Keep these times")
    staff.sees("The last day comes after the first.")
    staff.fill("Last day", (today + timedelta(days=11)).isoformat())
    for box in staff.page.locator("input[name=weekdays]").all():
        box.check(force=True)
    staff.fill("Place", PLACE)
    staff.clean().tap("Keep these times")
    expect(staff.page.locator("[data-toast]")).to_be_visible()


def choices(walk: Walk, family: str) -> list[str]:
    """What a home can choose from, opened from its list of conferences."""
    walk.go(family).tap("Your time for the talk")
    expect(walk.page.locator(".talk-time").first).to_be_visible()
    return walk.page.locator(".talk-time").all_inner_texts()


def clock(choice: str) -> str:
    """The hours of a time to choose."""
    found = re.search(r"\d\d[:.]\d\d–\d\d[:.]\d\d", choice)
    assert found is not None
    return found[0]
