"""What single components promise beyond what holds for every page."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from jinja2 import UndefinedError

from tests.look import forms, gallery


def draw(source: str, **context: object) -> BeautifulSoup:
    with translation.override("en"):
        return BeautifulSoup(engines["jinja2"].env.from_string(source).render(**context), "html.parser")


def entry_card(entry: gallery.Rendition) -> BeautifulSoup:
    return draw('{% from "components/entry_card.html" import entry_card %}{{ entry_card(entry) }}', entry=entry)


def test_an_entry_is_an_article_named_by_its_title() -> None:
    card = entry_card(gallery.ENTRIES[0])
    article = card.select_one("article")
    assert card.find(id=article["aria-labelledby"]).get_text() == "Whose leaf is this?"
    assert card.select_one("time")["datetime"] == "2026-11-17"
    assert card.select_one("time").get_text() == "Tuesday 17 November"
    assert card.select_one("blockquote").get_text(strip=True) == "“It has roads in it. For the water.”"
    assert [chip.get_text() for chip in card.select("ul[aria-label=Goals] li")] == [
        "Nature’s cycles",
        "Exploring with words",
    ]
    assert "For Alma: she counted" in card.get_text()
    assert card.select_one(".badge").get_text() == "New"


def test_an_entry_without_pictures_goals_or_quotes_leaves_no_empty_shell() -> None:
    card = entry_card(gallery.Rendition("Only words", date(2026, 10, 1)))
    assert card.select(".mosaic, .goals, .quote, .badge, .entry-line") == []


def test_a_title_is_text_and_never_markup() -> None:
    card = entry_card(gallery.Rendition("<img src=x>", date(2026, 10, 1)))
    assert card.select("img") == []
    assert card.select_one("h3").get_text() == "<img src=x>"


@pytest.mark.parametrize(("pictures", "shown", "more"), [(1, 1, ""), (2, 2, ""), (3, 3, ""), (4, 4, ""), (6, 4, "+2")])
def test_the_mosaic_shows_four_and_says_how_many_more(pictures: int, shown: int, more: str) -> None:
    page = draw(
        '{% from "components/mosaic.html" import mosaic %}{{ mosaic(pictures) }}', pictures=[gallery.LEAF] * pictures
    )
    assert len(page.select("img")) == shown
    assert page.select_one(f".mosaic.is-{shown}")
    marks = page.select(".mosaic-more")
    assert [mark.get_text() for mark in marks] == ([more] if more else [])
    assert ("and 2 more pictures" in page.get_text()) is bool(more)


def test_a_child_is_chosen_by_a_real_checkbox() -> None:
    page = draw(
        '{% from "components/child_chip.html" import child_chip %}'
        '{{ child_chip("Alma", "a1", checked=true) }}{{ child_chip("Bo", "b2") }}'
    )
    alma, bo = page.select("input")
    assert (alma["type"], alma["name"], alma["value"]) == ("checkbox", "children", "a1")
    assert alma.has_attr("checked")
    assert not bo.has_attr("checked")
    assert [label.get_text(strip=True).removeprefix("AL").removeprefix("BO") for label in page.select("label")] == [
        "Alma",
        "Bo",
    ]


def test_a_wrong_answer_is_told_beside_its_field() -> None:
    page = draw(
        '{% from "components/field.html" import bound_field %}{{ bound_field(form["email"]) }}',
        form=forms.SampleForm({"email": "no address"}),
    )
    field = page.select_one("input")
    assert field["aria-invalid"] == "true"
    assert "valid email" in page.find(id=field["aria-describedby"]).get_text()


def test_a_hint_is_read_with_its_field() -> None:
    page = draw(
        '{% from "components/field.html" import text_field %}{{ text_field("a", "A", hint="Why", errors=["No"]) }}'
    )
    field = page.select_one("input")
    assert [page.find(id=part).get_text(strip=True) for part in field["aria-describedby"].split()] == ["Why", "No"]


def test_a_question_of_consequence_has_no_preset_answer() -> None:
    page = draw(
        '{% from "components/choice.html" import yes_no %}'
        '{{ yes_no("log", "May they?", [("yes", "Yes"), ("no", "No")]) }}'
    )
    assert page.select("[checked]") == []
    assert [radio["name"] for radio in page.select("input[type=radio]")] == ["log", "log"]


def test_the_summary_leads_to_each_field_that_is_wrong() -> None:
    page = draw(
        '{% from "components/error_summary.html" import error_summary %}{{ error_summary(form) }}',
        form=forms.SampleForm({"name": "Alma", "email": "x", "kind": "a", "how": "m", "agree": "on"}),
    )
    assert [link["href"] for link in page.select("a")] == ["#id_email"]
    assert page.select_one("[role=alert]")["tabindex"] == "-1"


def test_a_face_speaks_only_where_no_name_stands_beside_it() -> None:
    page = draw('{% from "components/face.html" import face %}{{ face("Noor", 3) }}{{ face("Noor", 3, said=false) }}')
    loud, mute = page.select(".face")
    assert (loud["role"], loud["aria-label"]) == ("img", "Noor")
    assert mute["aria-hidden"] == "true"
    assert loud["class"] == mute["class"]


@pytest.mark.parametrize(
    ("month", "season"), [(1, "winter"), (3, "spring"), (5, "spring"), (6, "summer"), (9, "autumn"), (12, "winter")]
)
def test_a_month_is_a_landmark_with_its_season(month: int, season: str) -> None:
    page = draw(
        '{% from "components/months.html" import month_heading %}{{ month_heading(day) }}', day=date(2026, month, 1)
    )
    assert page.select_one("h2 span").get_text().endswith(" 2026")
    assert page.select_one("use")["href"].endswith(f"#{season}")


def test_the_thumb_has_five_places_and_the_rest_stands_under_more() -> None:
    page = BeautifulSoup(gallery.render("staff"), "html.parser")
    bar = page.select_one("nav.bar")
    assert [link.get_text(" ", strip=True).split()[0] for link in bar.select(":scope > ul > li > a")] == [
        "Today",
        "Log",
        "Tray",
    ]
    assert [link["aria-label"] for link in bar.select(".make a")] == ["To the tray", "New entry"]
    assert len(bar.select("details .menu-item")) == len(gallery.STAFF_NAV) - 3
    assert len(page.select("nav.rail .rail-link")) == len(gallery.STAFF_NAV)
    assert "2 waiting" in bar.select_one("summary").get_text()


def test_the_current_page_is_marked_in_bar_and_rail() -> None:
    page = BeautifulSoup(gallery.render("family"), "html.parser")
    marked = page.select("nav.bar a[aria-current=page], nav.rail a[aria-current=page]")
    assert [link.get_text(strip=True) for link in marked] == ["Log", "Log"]


def test_htmx_is_told_to_keep_nothing_and_run_nothing() -> None:
    page = BeautifulSoup(gallery.render("family"), "html.parser")
    assert page.find("meta", attrs={"name": "htmx-config"})["content"] == (
        '{"historyCacheSize": 0, "refreshOnHistoryMiss": true, "allowEval": false, '
        '"includeIndicatorStyles": false, "selfRequestsOnly": true}'
    )


def test_a_forgotten_variable_stops_the_page() -> None:
    whole = gallery.context() | {"request": RequestFactory().get("/"), "csrf_input": ""}
    page = '{% extends "base/family.html" %}{% block title %}{{ given_name }}{% endblock %}'
    assert draw(page, **whole, given_name="Alma").select_one("nav.bar")
    with pytest.raises(UndefinedError, match="given_name"):
        draw(page, **whole)
