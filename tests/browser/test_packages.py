"""A package for a school elsewhere: made, handed over, verified without us, taken back; and a copy of one's own."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import moving
from tests.browser.conftest import Site, axe
from tests.browser.moving import BOTH
from tests.browser.test_films import work
from tests.browser.transfer_world import AGREED, BRIDGE, HOME_WORDS, NEVER, QUOTE_OF_ANOTHER, TITLES, TOO_OLD
from tests.browser.walk import Walk, walking

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
# A code of the right letters that was never given.
WRONG_CODE = "BBBB-BBBB-BBBB"


@BOTH
def test_a_package_goes_elsewhere_is_verified_and_taken_back(
    visit: Any, site: Site, locale: str, size: Any, tmp_path: Path
) -> None:
    language = locale[:2]
    here = site.world["moving"][language]
    child, school = here["away"], f"Byskolan {language}"
    head = walking(visit, site, f"moves-head-{language}", locale, size)
    names_the_school(head, child["name"], school)
    head.tap("Make the package")
    expect(head.page.locator("progress")).to_be_visible()
    head.clean()
    work(site)
    expect(head.button("Make a link and a code")).to_be_visible(timeout=60_000)
    head.clean().tap("Make a link and a code")
    told = head.page.locator(".link-told p:last-child")
    expect(told).to_have_count(2)
    link, code = (line.strip() for line in told.all_inner_texts())
    head.clean()

    fetcher = Walk(visit("", locale=locale, viewport=size, allow="404|422"), site.url, locale)
    address = urlsplit(link).path
    fetcher.go(address).clean()
    assert [word for word in (child["name"], school, "Lind") if word in fetcher.page.content()] == []
    without_code = fetcher.page.request.get(f"{site.url}{address}file/")
    assert without_code.headers["content-type"].startswith("text/html")
    fetcher.fill("The code", WRONG_CODE)
    fetcher.tap("Open the package")
    expect(fetcher.page.locator(".error")).to_contain_text("4")
    fetcher.clean().fill("The code", code.lower())
    fetcher.tap("Open the package")
    package = moving.fetched(fetcher.clean(), "Fetch the file", tmp_path)
    is_sound(fetcher, site, package, tmp_path, here)

    for who in ("away-first", "away-second"):
        guardian = walking(visit, site, f"{who}-{language}", locale, size)
        moving.to_the_choice(guardian, child)
        expect(guardian.clean().page.locator("#school")).to_contain_text(school)
        guardian.tap("What became of it so far")
        for label in ("Asked for", "Made", "Handed over as a link", "Opened with a wrong code", "Downloaded"):
            guardian.sees("The package: %(what)s", what=guardian.said(label).lower())
        guardian.clean()

    head.go("/staff/transfers/").page.get_by_role("link", name=f"{child['name']} Lind", exact=True).click()
    head.tap("Take the package back")
    head.sees("Taken back. The link opens nothing any more; what was fetched cannot be called back.")
    head.clean()
    for opened in (address, f"{address}file/"):
        answer = fetcher.page.goto(f"{site.url}{opened}")
        assert answer is not None
        assert answer.status == 404
        fetcher.clean().sees("This link opens nothing")
    guardian.page.reload()
    guardian.sees("The package: %(what)s", what=guardian.said("Revoked").lower())


def names_the_school(head: Walk, name: str, school: str) -> None:
    """The head finds the child among the others, and names a school that is not in the system, with its first day."""
    head.go("/staff/transfers/").clean()
    others = head.page.locator("details.disclosure")
    if not others.evaluate("it => it.open"):
        others.locator("summary").click()
    head.page.get_by_role("link", name=f"{name} Lind", exact=True).click()
    head.clean().open("Name the school")
    head.fill("Which school?", school)
    head.fill("First day there", (timezone.localdate() + timedelta(days=60)).isoformat())
    head.clean().tap("Name the school, and tell the guardians")
    head.sees("Named. The guardians are told, and choose what goes along.")
    head.clean()


def is_sound(fetcher: Walk, site: Site, package: Path, folder: Path, here: dict[str, Any]) -> None:
    """The tool, the page and another reader of bags find it whole and signed; and it holds what was chosen."""
    keys = moving.published_keys(fetcher.page, site, folder)
    kid = moving.verified(package, keys)
    verifier = moving.fetched(fetcher, "A page that checks that the file is whole and from here", folder)
    beside: Page = fetcher.page.context.new_page()
    assert kid in moving.verified_on_the_page(beside, verifier, package, keys)
    bag = moving.unpacked(package, folder / "unpacked")
    words = moving.words_of(bag)
    assert [title for title in (*TITLES, AGREED) if title not in words] == []
    kept_back = (TOO_OLD, NEVER, QUOTE_OF_ANOTHER, HOME_WORDS, here["friend"], here["moves"]["name"])
    assert [one for one in kept_back if one in words] == []
    assert len(list((bag / "data" / "media").iterdir())) == 2
    beside.goto((bag / "data" / "index.html").as_uri())
    expect(beside.get_by_text(BRIDGE).first).to_be_visible()
    assert axe(beside) == []
    beside.close()


@BOTH
def test_a_guardian_fetches_a_copy_of_their_own(visit: Any, site: Site, locale: str, size: Any, tmp_path: Path) -> None:
    language = locale[:2]
    here = site.world["moving"][language]
    mine = walking(visit, site, f"away-first-{language}", locale, size)
    mine.go(f"/family/children/{here['away']['child']}/settings/").tap("To your own copy")
    mine.clean().tap("Make my copy")
    expect(mine.page.locator("progress")).to_be_visible()
    mine.clean()
    work(site)
    expect(mine.link("Fetch the file")).to_be_visible(timeout=60_000)
    copy = moving.fetched(mine.clean(), "Fetch the file", tmp_path)
    moving.verified(copy, moving.published_keys(mine.page, site, tmp_path))
    words = moving.words_of(moving.unpacked(copy, tmp_path / "unpacked"))
    assert [one for one in (*TITLES, TOO_OLD, AGREED, HOME_WORDS) if one not in words] == []
    assert [one for one in (NEVER, QUOTE_OF_ANOTHER, here["friend"]) if one in words] == []
