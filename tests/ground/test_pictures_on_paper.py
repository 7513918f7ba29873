"""Photographs on paper: inside the file, with the words that tell of them; and signs that no font has."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from django.conf import settings
from PIL import Image, UnidentifiedImageError

from ground.typesetting import CannotBeSet, typeset, with_signs_replaced
from tests.architecture.house import ROOT
from tests.pdf import assert_kept_and_readable, words

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SHEET = """#import "/ground/typeset/paper.typ": *
#show: sheet.with(from: "Lindby")
= #data.title
#for one in data.shots { photograph(one.name, one.alt) }
#written(data.text)
"""


@pytest.fixture
def set_sheet(tmp_path, monkeypatch):
    for room in ("ground", "static"):
        (tmp_path / room).symlink_to(ROOT / room)
    (tmp_path / "sheet.typ").write_text(SHEET)
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)

    def make(pictures, *alts, text="Hej"):
        shots = [{"name": name, "alt": alt} for name, alt in zip(pictures, alts, strict=True)]
        data = {"shots": shots, "text": text}
        return typeset("sheet.typ", data, title="Ett papper", language="sv", at=AT, pictures=pictures)

    return make


def jpeg(width=400, height=300, colour=(31, 90, 65), kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def alternatives(node):
    """The alternative texts of all figures below a node of the structure."""
    if not isinstance(node, pikepdf.Dictionary):
        return [text for one in node for text in alternatives(one)] if isinstance(node, pikepdf.Array) else []
    own = [str(node.Alt)] if node.get("/S") == pikepdf.Name("/Figure") else []
    return own + (alternatives(node.K) if "/K" in node else [])


def test_a_photograph_stands_in_the_file_with_its_alternative_text(set_sheet, tmp_path):
    pictures = {"a": jpeg(), "b": jpeg(300, 900)}
    pdf = set_sheet(pictures, "Ett barn på en bro", 'Två "händer" <i> #leran')
    assert_kept_and_readable(pdf, "sv", tmp_path)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert alternatives(opened.Root.StructTreeRoot.K) == ["Ett barn på en bro", 'Två "händer" <i> #leran']
        images = [one for one in opened.objects if isinstance(one, pikepdf.Stream) and one.get("/Width")]
        assert sorted((int(one.Width), int(one.Height)) for one in images) == [(300, 900), (400, 300)]
        # Not unpacked and packed again: a photograph would be ten times as large.
        assert {str(one.Filter) for one in images} == {"/DCTDecode"}


def test_the_same_photograph_is_the_same_bytes(set_sheet):
    first = set_sheet({"a": jpeg()}, "Bro")
    assert set_sheet({"a": jpeg()}, "Bro") == first
    assert set_sheet({"a": jpeg(colour=(0, 0, 0))}, "Bro") != first


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\xff\xd8\xff", jpeg(kind="PNG")])
def test_what_is_no_jpeg_is_not_set(set_sheet, content):
    with pytest.raises(UnidentifiedImageError):
        set_sheet({"a": content}, "Bro")


WRITTEN = "Bra 👍 sagt 李👩‍🚀, Åse и أحمد ☺️"


def test_a_sign_that_no_font_has_is_found_and_everything_else_stays():
    told = with_signs_replaced({"a": [WRITTEN, 3, None], "b": {"c": "Hej"}})
    assert told["b"] == {"c": "Hej"}
    assert told["a"][1:] == [3, None]
    replaced = told["a"][0]
    assert replaced.startswith("Bra □ sagt □□")
    assert replaced.endswith(", Åse и أحمد ☺️")


def test_what_was_replaced_can_be_set(set_sheet, monkeypatch):
    with pytest.raises(CannotBeSet):
        set_sheet({}, text=WRITTEN)
    with monkeypatch.context() as here:
        here.setattr(settings, "BASE_DIR", ROOT)
        replaced = with_signs_replaced(WRITTEN)
    assert "Bra □ sagt □□" in words(set_sheet({}, text=replaced))
