"""A walk through the site in one language: tests name what they tap in English, the page shows it in its own."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, axe

# Each language on a phone or at a desk, and both sizes at least once.
EACH = pytest.mark.parametrize(
    ("locale", "size"), [("sv-SE", PHONE), ("nb-NO", DESK), ("en-GB", PHONE)], ids=["sv phone", "nb desk", "en phone"]
)


@dataclass
class Walk:
    """One browser's page. `tap`, `fill` and `sees` take the English words of the source."""

    page: Page
    base: str
    locale: str

    def said(self, text: str, **values: Any) -> str:
        """A text of the source in the language of the page."""
        with translation.override(self.locale[:2]):
            found = translation.gettext(text)
        return found % values if values else found.replace("%%", "%")

    def go(self, path: str) -> "Walk":
        self.page.goto(f"{self.base}{path}")
        return self

    def button(self, text: str, **values: Any) -> Locator:
        return self.page.get_by_role("button", name=self.said(text, **values), exact=True)

    def link(self, text: str, **values: Any) -> Locator:
        return self.page.get_by_role("link", name=self.said(text, **values), exact=True)

    def tap(self, text: str, **values: Any) -> None:
        """Press the button or follow the link that says this; the page it leads to is all there."""
        self.button(text, **values).or_(self.link(text, **values)).locator("visible=true").first.click()
        # A click waits until the next page begins, and half a page proves nothing of what is not on it.
        self.page.wait_for_load_state("domcontentloaded")

    def open(self, text: str) -> None:
        """Unfold what is folded under these words."""
        self.page.get_by_text(self.said(text), exact=True).locator("visible=true").first.click()

    def field(self, label: str) -> Locator:
        # What may be left empty says so in its label.
        starts = re.compile(f"^{re.escape(self.said(label))}( · |$)")
        return self.page.get_by_label(starts).locator("visible=true").first

    def fill(self, label: str, value: str) -> None:
        self.field(label).fill(value)

    def sees(self, text: str, **values: Any) -> None:
        shown = self.page.get_by_text(self.said(text, **values)).locator("visible=true")
        expect(shown.first).to_be_visible()

    def never_sees(self, text: str, **values: Any) -> None:
        expect(self.page.get_by_text(self.said(text, **values)).locator("visible=true")).to_have_count(0)

    def clean(self) -> "Walk":
        """Axe finds nothing, nothing is wider than the screen, and the page says which language it is in."""
        assert axe(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
        assert self.page.evaluate("document.documentElement.lang").startswith(self.locale[:2])
        return self


def walking(visit: Any, site: Any, name: str, locale: str, size: Any, **more: Any) -> Walk:
    """Somebody signed in, in their language, at their screen."""
    return Walk(visit(name, locale=locale, viewport=size, **more), site.url, locale)
