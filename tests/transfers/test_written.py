"""What is written into a package, of plain values: page, paper and data say the same, and need nothing from outside."""

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pikepdf
import pytest

from ground.typesetting import typeset
from tests.ground.test_pictures_on_paper import alternatives
from tests.pdf import assert_kept_and_readable, words
from tests.transfers import samples
from tests.transfers.schemas import faults
from transfers.packaging import page, paper, record

SCHEMA = json.loads(record.SCHEMA.read_text(encoding="utf-8"))


class Found(HTMLParser):
    """Tags, addresses, headings and alternatives of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.addresses, self.ids, self.alts = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append(tag)
        self.addresses += [told[name] for name in ("src", "href", "srcset", "action", "poster") if name in told]
        self.ids += [told["id"]] if "id" in told else []
        self.alts += [told.get("alt")] if tag == "img" else []
        assert not [name for name in told if name.startswith("on")]
        assert "style" not in told


def as_pdf(parcel):
    made = paper.Paper(parcel)
    told = made.told()
    shots = {name: samples.jpeg(number, (72, 54)) for number, name in enumerate(made.pictures)}
    return typeset(
        paper.TEMPLATE, told, title=made.title, language=parcel.language, at=parcel.made_at, pictures=shots
    )  # fmt: skip


@pytest.mark.parametrize("parcel", [samples.parcel(), samples.parcel(made_for="", choices=[], starts=None, until=None)])
def test_the_data_hold_to_the_published_schema(parcel):
    told = json.loads(record.log(parcel))
    assert faults(told, SCHEMA) == []
    assert [one["title"] for one in told["entries"]] == [one.title for one in parcel.content.entries]
    assert told["entries"][0]["goals"] == [told["goals"][0]["identifier"]]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.update(extra=1),
        lambda told: told["entries"][0].pop("quotes"),
        lambda told: told["entries"][0].update(happenedOn="yesterday"),
        lambda told: told["entries"][0]["pictures"][0].update(file="../elsewhere.jpg"),
        lambda told: told["made"].update(firstDay=7),
        lambda told: told["goals"][0].pop("identifier"),
        lambda told: told.update(highlights=[told["package"]] * 11),
    ],
)
def test_data_that_are_otherwise_do_not(spoil):
    told = json.loads(record.log(samples.parcel()))
    spoil(told)
    assert faults(told, SCHEMA)


def test_the_receipt_tells_what_was_chosen_and_how_much_went_and_no_name():
    told = json.loads(record.receipt(samples.parcel()))
    assert [yes["on"] for yes in told["choices"][0]["yes"]] == ["2027-04-02", "2027-04-05"]
    assert told["contains"] == {"entries": 10, "words": 1, "conferences": 1, "pictures": 21, "clips": 0}
    assert "Astrid" not in json.dumps(told)
    assert "Alma" not in json.dumps(told)


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_the_page_needs_nothing_but_its_folder(language):
    parcel = samples.parcel(language=language)
    html = page.page(parcel).decode()
    found = Found(html)
    assert not {"script", "iframe", "object", "form", "style"} & set(found.tags)
    beside = {*page.look(), *parcel.files.values(), "log.pdf", "log.json", "receipt.json"}
    for address in found.addresses:
        assert address.removeprefix("#") in found.ids if address.startswith("#") else address in beside
    assert len(found.ids) == len(set(found.ids))
    assert None not in found.alts
    assert f'<html lang="{language}"' in html
    sheet = page.look()["look/css/log.css"].decode()
    assert set(re.findall(r"url\(\"(.*?)\"\)", sheet)) == {
        f"../fonts/{path.rpartition('/')[2]}" for path in page.look() if path.endswith("woff2")
    }
    assert "http" not in sheet
    assert set(re.findall(r"var\((--[\w-]+)", sheet)) <= set(re.findall(r"(--[\w-]+):", sheet))


def test_what_people_wrote_is_no_markup_of_the_page():
    spoilt = samples.entry("<b>x</b>", samples.FIRST_DAY, text="<script>alert(1)</script>", title="<img src=x>")
    html = page.page(samples.parcel(content=samples.content(entries=[spoilt], highlights=[]))).decode()
    assert "<script" not in html
    assert "<img src=x>" not in html


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_the_paper_can_be_kept_and_read_by_everybody(language, tmp_path):
    parcel = samples.parcel(language=language)
    pdf = as_pdf(parcel)
    assert_kept_and_readable(pdf, language, tmp_path)
    told = words(pdf)
    for part in ("Alma Berg", "Björkskolan, Åby", "Den har fjorton ben", "Vi läser sagor på båda språken.",
                 "Vattenbordet står nu ute.", "Skolan får läsa det som delats", "Broar och vatten."):  # fmt: skip
        assert part in told
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        shown = alternatives(opened.Root.StructTreeRoot.K)
    assert len(shown) == 21
    assert "En hand håller ett löv mot ljuset" in shown


def test_the_same_content_is_the_same_bytes():
    for write in (record.log, record.receipt, page.page, as_pdf):
        assert write(samples.parcel()) == write(samples.parcel())


def test_a_paper_bears_only_so_many_pictures(monkeypatch):
    monkeypatch.setattr(paper, "MOST", 3)
    made = paper.Paper(samples.parcel())
    made.told()
    assert len(made.pictures) == 3


def test_nothing_at_all_is_still_a_page_a_paper_and_data(tmp_path):
    empty = samples.content(entries=[], words=[], conferences=[], goals={}, highlights=[])
    parcel = samples.parcel(content=empty, language="en")
    assert faults(json.loads(record.log(parcel)), SCHEMA) == []
    assert "Nothing was written in these days." in page.page(parcel).decode()
    assert_kept_and_readable(as_pdf(parcel), "en", tmp_path)


def test_names_of_files_tell_the_day_and_nothing_else():
    parcel = samples.parcel()
    names = list(parcel.files.values())
    assert names[0] == "media/2026-09-01-1.jpg"
    assert len(set(names)) == len(names) == 21
    assert not [name for name in names if not re.fullmatch(r"media/\d{4}-\d{2}-\d{2}-\d+\.(jpg|mp4|m4a)", name)]
    assert "alma" not in parcel.name.lower()


def test_a_picture_in_two_entries_lies_there_once():
    twice = [replace(samples.entry("a", samples.FIRST_DAY), pictures=[samples.picture("same")]) for _ in range(2)]
    parcel = samples.parcel(content=samples.content(entries=twice, words=[], highlights=[]))
    assert list(parcel.files.values()) == ["media/2027-08-18-1.jpg"]
    assert parcel.content.counts["pictures"] == 1
