"""What lies in static/: nothing from elsewhere, nothing missing, no words in scripts."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.STATICFILES_DIRS[0])
SHEETS = sorted((STATIC / "css").glob("*.css"))
MODULES = sorted((STATIC / "js").glob("*.js"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_uses_only_tokens_and_files_that_exist(sheet: Path) -> None:
    css = sheet.read_text()
    known = set(re.findall(r"(--[\w-]+):", (STATIC / "css" / "tokens.css").read_text()))
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= known
    for address in re.findall(r"url\(\"?([^)\"]+)", css):
        assert (sheet.parent / address).resolve().is_file(), address
    assert len(css.splitlines()) < 400


@pytest.mark.parametrize("sheet", [path for path in SHEETS if path.stem != "tokens"], ids=lambda path: path.stem)
def test_a_sheet_turns_with_the_language(sheet: Path) -> None:
    css = re.sub(r"env\([^)]*\)|/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert not re.search(
        r"(margin|padding|border|inset)-(left|right)|^\s*(left|right):|text-align: (left|right)", css, re.M
    )


def test_every_sheet_is_linked_and_none_twice_from_one_place() -> None:
    templates = Path(settings.BASE_DIR) / "templates"
    document = (templates / "base" / "document.html").read_text()
    everywhere = re.findall(r'"(\w+)"', re.search(r"for sheet in \[([^\]]*)\]", document)[1])
    linked = set(everywhere)
    for head in templates.rglob("*.html"):
        here = re.findall(r'static\("css/(\w+)\.css"\)', head.read_text())
        assert len(here) == len(set(here)), head
        assert not set(here) & set(everywhere), head
        linked |= set(here)
    assert sorted(linked) == [sheet.stem for sheet in SHEETS]


# Names of keys, and of the space that shapes are drawn in: no words, and no host.
KEYS = {"Backspace", "Delete", "Enter", "Escape"}
SVG = "http://www.w3.org/2000/svg"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_script_holds_no_words_and_reaches_no_host(module: Path) -> None:
    source = re.sub(r"^\s*//.*$", "", module.read_text().replace(f'"{SVG}"', '""'), flags=re.M)
    assert not re.search(r"https?:|\beval\(|innerHTML|new Function", source)
    texts = [text for groups in re.findall(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`", source) for text in groups]
    assert [
        text
        for text in texts
        if text not in KEYS and re.search(r"^[A-Z][a-z]+(\s|$)|[a-zåäöæø]{2,} [a-zåäöæø]{2,}", text)
    ] == []
    for imported in re.findall(r"(?:from|import\() ?\"(\./[\w-]+\.js)\"", source):
        assert (module.parent / imported).is_file()


def test_drawings_and_icons_stand_alone() -> None:
    for drawing in [*(STATIC / "img").glob("*.svg"), *(STATIC / "icons").glob("*.svg")]:
        source = drawing.read_text().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|<script|style=|<image|\son\w+=", source), drawing.name


def test_what_was_brought_in_carries_version_and_licence() -> None:
    for folder, licence in [("fonts", "OFL.txt"), ("vendor/htmx", "LICENSE")]:
        assert (STATIC / folder / licence).stat().st_size > 200
        assert re.search(r"\d+\.\d+\.\d+", (STATIC / folder / "VERSION").read_text())
    assert (
        re.search(r"\d+\.\d+\.\d+", (STATIC / "vendor/htmx/VERSION").read_text())[0]
        in (STATIC / "vendor/htmx/htmx.min.js").read_text()
    )
