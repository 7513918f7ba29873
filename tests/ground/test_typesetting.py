"""PDFs: archival and readable by everybody, the same bytes for the same words, and words never markup."""

from datetime import UTC, datetime

import pytest
import typst
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from ground import typesetting
from ground.typesetting import CannotBeSet, typeset
from tests.architecture.house import ROOMS, ROOT, may_know
from tests.pdf import assert_kept_and_readable, sheets, words

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PLAIN = (
    '#import "/ground/typeset/paper.typ": *\n#show: sheet.with(from: data.sender)\n= #data.title\n#written(data.text)\n'
)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A sheet with a heading and a text, in a tree that has the shared look."""
    folder = tmp_path_factory.mktemp("tree")
    (folder / "ground").symlink_to(ROOT / "ground")
    (folder / "static").symlink_to(ROOT / "static")
    (folder / "plain.typ").write_text(PLAIN)
    return folder


@pytest.fixture
def set_text(template, monkeypatch):
    monkeypatch.setattr(settings, "BASE_DIR", template)

    def make(text, *, language="sv", at=AT, title="Ett papper"):
        data = {"text": text, "sender": "Lindby kommun"}
        return typeset("plain.typ", data, title=title, language=language, at=at)

    return make


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_a_pdf_can_be_kept_and_be_read_by_everybody(set_text, language, tmp_path):
    assert_kept_and_readable(set_text("Hej på dig", language=language), language, tmp_path)


def test_the_same_words_at_the_same_moment_are_the_same_bytes(set_text):
    typesetting._fonts.cache_clear()
    first = set_text("Hej")
    typesetting._fonts.cache_clear()
    assert set_text("Hej") == first
    assert set_text("Hej", at=AT.replace(minute=31)) != first


@pytest.mark.parametrize(
    "text",
    [
        'Åse #1 *b* _i_ $x$ "q" \\n [y] `z` <a> @b // c /* d */ = e',
        '#read("/plain.typ")',
        "#panic()",
        "\\u{41} ~ -- ... 'so'",
        "{{ _('x') }} {% raw %}",
        "- a + b / c: d",
        "http://localhost/",
    ],
)
def test_what_people_wrote_is_set_as_they_wrote_it(set_text, text):
    assert text in words(set_text(text)).replace("\u2019", "'")


@pytest.mark.parametrize("text", ['#[*$"\\' * 60, "x" * 300, "ö" * 300, "W" * 300])
def test_a_word_longer_than_a_line_is_broken_and_stays_whole(set_text, text):
    pdf = set_text(text)
    assert words(pdf).replace(" ", "").endswith(text)
    assert sheets(pdf) == 1


@given(st.text("".join(map(chr, range(0x21, 0x7F))) + "åäöæøÅÄÖÆØé", max_size=40))
def test_no_signs_in_any_order_are_taken_for_markup(text):
    data = {**dict.fromkeys(["sender", "day", "unit", "signed"], ""), "heading": "x", "remark": f"({text})"}
    none = {"heading": "y", "none": "-", "lines": []}
    told = {**data, "odd": none, "working": none}
    pdf = typeset("access/typeset/review_protocol.typ", told, title="x", language="en", at=AT)
    assert f"({text})" in words(pdf).replace(" ", "")


@pytest.mark.parametrize("text", ["Абдул", "Ελένη", "أحمد علي", "שרה", "Nguyễn Thị", "Ŋuŧŧá", "Łukasz Żółć", "Gülşah"])
def test_names_in_many_letters_can_be_set(set_text, text, tmp_path):
    pdf = set_text(text)
    assert_kept_and_readable(pdf, "sv", tmp_path)
    assert len(pdf) > len(set_text(""))


@pytest.mark.parametrize("text", ["李小龙", "สมชาย", "தமிழ்", "👍", "\ue000"])
def test_what_no_font_here_has_a_sign_for_is_said_and_not_left_out(set_text, text):
    with pytest.raises(CannotBeSet) as said:
        set_text(text)
    assert str(said.value) == ""
    assert said.value.__cause__ is said.value.__context__ is None


def test_signs_that_steer_a_machine_are_left_out_and_lines_kept(set_text):
    assert words(set_text("ett\r\ntvå\x00\x07\x1b[31m tre\rfyra")).endswith("ett två[31m tre fyra")


def test_a_mistake_of_ours_is_not_taken_for_a_strange_sign(template, set_text):
    (template / "plain.typ").write_text("#nobody-knows-this")
    try:
        with pytest.raises(typst.TypstError):
            set_text("Hej")
    finally:
        (template / "plain.typ").write_text(PLAIN)


def test_the_machines_own_fonts_count_for_nothing():
    families = {"Atkinson Hyperlegible Next", "DejaVu Sans Mono", "Libertinus Serif", "New Computer Modern"}
    assert set(typesetting._fonts().families()) - {"New Computer Modern Math"} == families


def test_the_fonts_have_their_licence_beside_them():
    folder = ROOT / typesetting.FONTS
    assert {path.name for path in folder.iterdir()} >= {"OFL.txt", "VERSION"}
    assert len(list(folder.glob("*.ttf"))) == 3


def test_a_template_stands_in_its_room_takes_no_package_and_keeps_to_the_stairs():
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.typ")]
    assert len(found) >= 3
    for path in found:
        room, folder = path.relative_to(ROOT).parts[:2]
        assert folder == "typeset"
        for line in path.read_text().splitlines():
            if line.lstrip("#").startswith(("import", "include")):
                named = line.split('"')[1]
                assert named.startswith("/"), named
                assert may_know(room, named.split("/")[1]), named
        assert "eval(" not in path.read_text(), "words would be markup"


def test_a_file_is_put_away_and_kept_by_nobody():
    response = typesetting.as_file(b"%PDF-1.7", "brev på å")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["Cache-Control"] == "no-store, private"
