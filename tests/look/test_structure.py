"""What every page of the gallery promises to a screen reader and to the content security policy."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings

from tests.look import gallery

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = [*sorted((TEMPLATES / "base").glob("*.html")), *sorted((TEMPLATES / "components").glob("*.html"))]
every_page = pytest.mark.parametrize("name", gallery.names())


def soup(name: str) -> BeautifulSoup:
    return BeautifulSoup(gallery.render(name), "html.parser")


def spoken(element: Tag) -> str:
    """The accessible name as far as our templates can give one; hidden parts do not speak."""
    if label := element.get("aria-label"):
        return str(label)
    copy = BeautifulSoup(str(element), "html.parser")
    for mute in copy.select("[aria-hidden=true]"):
        mute.decompose()
    names = [str(part["aria-label"]) for part in copy.select("[role=img][aria-label]")]
    alternatives = [str(image["alt"]) for image in copy.select("img[alt]")]
    return " ".join([copy.get_text(" ", strip=True), *names, *alternatives]).strip()


@every_page
def test_nothing_is_inline_that_the_policy_forbids(name: str) -> None:
    page = soup(name)
    assert page.select("[style], style") == []
    assert [script for script in page.select("script") if not script.get("src")] == []
    assert [tag for tag in page.find_all(True) for key in tag.attrs if key.startswith(("on", "hx-on"))] == []


@every_page
def test_no_address_leaves_the_house(name: str) -> None:
    page = soup(name)
    addresses = [tag[key] for key in ("href", "src", "action", "srcset") for tag in page.select(f"[{key}]")]
    assert [address for address in addresses if "//" in str(address)] == []


@every_page
def test_ids_are_unique_and_every_reference_finds_its_id(name: str) -> None:
    page = soup(name)
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for key in ("for", "aria-labelledby", "aria-describedby"):
        for tag in page.select(f"[{key}]"):
            assert set(str(tag[key]).split()) <= set(ids), tag
    for link in page.select('a[href^="#"]:not([href="#"])'):
        assert str(link["href"])[1:] in ids, link


@every_page
def test_every_control_has_a_name(name: str) -> None:
    page = soup(name)
    for control in page.select("a[href], button, summary"):
        assert spoken(control), control
    for control in page.select("input:not([type=hidden]), select, textarea"):
        labels = [control.find_parent("label"), page.find("label", attrs={"for": control.get("id")})]
        assert any(label and spoken(label) for label in labels), control
    for group in page.select("fieldset"):
        legend = group.find("legend")
        assert legend, group
        assert spoken(legend)


@every_page
def test_the_page_has_its_landmarks_and_one_first_heading(name: str) -> None:
    page = soup(name)
    assert page.html["lang"] == "en"
    assert page.html["dir"] == "ltr"
    assert len(page.select("main#main")) == 1
    assert len(page.select("h1")) == 1
    assert page.select_one("a.skip")["href"] == "#main"
    assert page.select_one("#toasts")["aria-live"] == "polite"
    assert all(nav.get("aria-label") for nav in page.select("nav"))


@every_page
def test_every_picture_says_what_it_shows_and_keeps_its_place(name: str) -> None:
    for image in soup(name).select("img"):
        assert image.has_attr("alt"), image
        assert image["width"], image
        assert image["height"], image


@every_page
def test_every_icon_and_drawing_exists(name: str) -> None:
    static = Path(settings.STATICFILES_DIRS[0])
    for use in soup(name).select("use"):
        path, fragment = str(use["href"]).removeprefix("/static/").split("#")
        assert f'id="{fragment}"' in (static / path).read_text(), use


@pytest.mark.parametrize("template", OURS, ids=lambda path: path.stem)
def test_no_template_carries_what_the_policy_forbids(template: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
    assert not re.search(r"\s(style|on[a-z]+)=|hx-on|<style|javascript:", source)
    assert not re.search(r"https?://", source)


def test_every_component_stands_in_the_gallery() -> None:
    sources = [*(page.read_text() for page in gallery.PAGES.glob("*.html")), *(path.read_text() for path in OURS)]
    used = {
        name.strip().split(" as ")[0]
        for source in sources
        for imported in re.findall(r"\{%-? from [^%]* import ([^%]*?) -?%\}", source)
        for name in imported.split(",")
    }
    for path in OURS:
        own = path.read_text()
        for macro in re.findall(r"\{% macro ([a-z]\w*)\(", own):
            assert macro in used or len(re.findall(rf"\b{macro}\(", own)) > 1, f"{path.stem}.{macro}"
