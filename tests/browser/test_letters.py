"""What is printed or put away as a file: the letter with a code, and the owner's protocol; phone and desk."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.access.signing.by_paper import CODE
from tests.browser.conftest import DESK, PHONE, axe
from tests.pdf import assert_kept_and_readable, words

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
BOTH = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def at_the_letter(visit: Any, site: Any, size: Any) -> Page:
    waits = site.world["waiting"]["nb"]
    head: Page = visit("eva", viewport=size)
    head.goto(f"{site.url}/staff/access/codes/children/{waits['child']}/{waits['guardianship']}/")
    head.get_by_text("Showed an identity document").click()
    assert axe(head) == []
    head.get_by_role("button", name="Make the paper").click()
    expect(head.get_by_role("heading", name="The letter is ready")).to_be_visible()
    return head


def fetched(page: Page, name: str, folder: Path) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    path = folder / "fetched.pdf"
    waiting.value.save_as(path)
    return waiting.value.suggested_filename, path.read_bytes()


@BOTH
def test_the_head_fetches_the_letter_as_a_pdf(visit: Any, site: Any, size: Any, tmp_path: Path) -> None:
    head = at_the_letter(visit, site, size)
    assert axe(head) == []
    named, pdf = fetched(head, "Fetch the letter as PDF", tmp_path)
    assert named == "letter-with-a-code.pdf"
    assert_kept_and_readable(pdf, "sv", tmp_path)
    (code,) = CODE.findall(words(pdf))
    assert code in head.locator(".letter").inner_text()
    # The page is still there, so the file can be fetched once more, and it is the same letter.
    assert fetched(head, "Fetch the letter as PDF", tmp_path)[1] == pdf


@BOTH
def test_the_page_prints_the_letter_and_nothing_else(visit: Any, site: Any, size: Any) -> None:
    head = at_the_letter(visit, site, size)
    head.emulate_media(media="print")
    expect(head.locator(".letter")).to_be_visible()
    expect(head.get_by_role("link", name="Fetch the letter as PDF")).to_be_hidden()
    expect(head.get_by_role("heading", name="The letter is ready")).to_be_hidden()
    expect(head.get_by_role("navigation").first).to_be_hidden()


@BOTH
def test_going_back_shows_no_code_and_loading_again_makes_another(visit: Any, site: Any, size: Any) -> None:
    head = at_the_letter(visit, site, size)
    first = CODE.findall(head.locator(".letter").inner_text())
    head.reload()
    again = CODE.findall(head.locator(".letter").inner_text())
    assert len(first) == len(again) == 1
    assert first != again
    head.go_back()
    expect(head.get_by_role("button", name="Make the paper")).to_be_visible()
    assert not CODE.search(head.locator("main").inner_text())
    # Nothing is kept that could be shown again; Chromium would have to ask whether to send it anew.
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        head.go_forward()


@BOTH
def test_the_owner_fetches_a_protocol_as_a_pdf(visit: Any, site: Any, size: Any, tmp_path: Path) -> None:
    owner = visit("olga", viewport=size)
    owner.goto(f"{site.url}/staff/access/reviews/")
    if not owner.locator("main a[href$='/protocol/']").count():
        signed(visit("eva"), site)
        owner.reload()
    owner.locator("main a[href$='/protocol/']").first.click()
    assert axe(owner) == []
    named, pdf = fetched(owner, "Fetch as PDF", tmp_path)
    assert re.fullmatch(r"review-\d{4}-\d{2}\.pdf", named)
    assert_kept_and_readable(pdf, "en", tmp_path)
    assert "Signed on" in words(pdf)


def signed(head: Page, site: Any) -> None:
    """The head signs the review of the month."""
    head.goto(f"{site.url}/staff/access/reviews/")
    head.locator("main a[href*='/reviews/']").first.click()
    odd = head.get_by_role("button", name="It is right", exact=True)
    for left in range(odd.count(), 0, -1):
        expect(odd).to_have_count(left)
        odd.first.click()
    expect(odd).to_have_count(0)
    head.get_by_role("button", name="All of this is right: sign").click()
    expect(head.get_by_text("Signed. The owner sees it.")).to_be_visible()
