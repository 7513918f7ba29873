"""A conference keeps the words it was begun with; which templates there are to begin with is a matter of days."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from conferences.models import ConferenceTemplate, FrozenTemplate
from conferences.office.freezing import content_of, frozen, usable
from tests.conferences.office.conftest import question, section, texts

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


def test_the_same_words_are_frozen_once(template_of):
    template = template_of()
    first, again = frozen(template, AT), frozen(template, AT + timedelta(days=3))
    assert (first.pk, again.frozen_at) == (again.pk, AT)
    assert first.content == content_of(template)


def test_other_words_are_another_copy_and_the_first_stays(template_of):
    template = template_of()
    first = frozen(template, AT)
    template.name_sv = "Ett annat namn"
    assert frozen(template, AT).pk != first.pk
    first.refresh_from_db()
    assert first.content["name"] == {"sv": "Samtal"}


def test_an_unchanged_copy_of_a_template_is_not_the_first(template_of):
    one = template_of()
    other = template_of(*one.body.get_prep_value())
    assert content_of(one) == content_of(other)
    assert frozen(one, AT).pk != frozen(other, AT).pk


def test_the_content_has_every_word_in_every_language_and_keys_that_stay(template_of):
    words, options = {"sv": "Vad vill ni?", "ar": "ماذا تريدون؟"}, ["Lek", {"sv": "Språk", "so": "Luqad"}]
    asked = question(words, "choices", "home", "home", options=options)
    part = section({"sv": "Hemma", "ar": "في البيت"}, asked)
    template = template_of(part, names=[{"type": "name", "value": {"language": "ar", "text": "محادثة"}, "id": "x"}])
    content = frozen(template, AT).content
    assert content["name"] == {"sv": "Samtal", "ar": "محادثة"}
    [kept] = content["sections"]
    assert (kept["key"], kept["title"]["ar"], kept["intro"]) == (part["id"], "في البيت", {})
    [put] = kept["questions"]
    assert (put["key"], put["type"], put["filled_by"], put["seen"]) == (asked["id"], "choices", "home", "home")
    assert put["label"] == {"sv": "Vad vill ni?", "ar": "ماذا تريدون؟"}
    keys = [option["id"] for option in asked["value"]["options"]]
    assert [(option["key"], option["label"]) for option in put["options"]] == [
        (keys[0], {"sv": "Lek"}),
        (keys[1], {"sv": "Språk", "so": "Luqad"}),
    ]


def test_a_key_that_is_no_uuid_becomes_one_the_same_each_time(template_of):
    part = section("Dagarna", question("Vad?"))
    part["value"]["questions"][0]["id"] = "typed by hand"
    template = template_of(part)
    one, again = (content_of(template)["sections"][0]["questions"][0]["key"] for _ in range(2))
    assert one == again == str(uuid.UUID(one))


@pytest.mark.parametrize(
    ("starts", "ends", "there"),
    [(0, None, True), (1, None, False), (None, 0, False), (None, 1, True), (None, None, True), (-9, 9, True)],
)
def test_a_template_is_there_from_its_first_day_until_its_last(template_of, unit, starts, ends, there):
    days = {
        name: TODAY + timedelta(days=off) if off is not None else None
        for name, off in (("valid_from", starts), ("valid_until", ends))
    }
    template = template_of(**days)
    assert usable(unit, TODAY) == ([template] if there else [])


def test_drafts_and_the_other_countries_templates_are_not_there(template_of, unit):
    template_of(live=False)
    template_of(country="NO", language="nb", name_nb="Samtale")
    mine = template_of()
    assert usable(unit, TODAY) == [mine]


def test_when_a_template_is_taken_away_what_was_begun_with_it_goes_on(template_of, unit):
    template = template_of()
    kept = frozen(template, AT)
    template.unpublish()
    assert usable(unit, TODAY) == []
    ConferenceTemplate.objects.all().delete()
    assert FrozenTemplate.objects.get().content == kept.content


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("sv", "Samtal"), ("ar", "محادثة"), ("ar-SY", "محادثة"), ("nn", "Samtale"), ("so", "Samtal"), (None, "Samtal")],
)
def test_the_name_is_in_the_readers_language_or_in_the_templates(template_of, asked, expected):
    arabic = {"type": "name", "value": {"language": "ar", "text": "محادثة"}, "id": str(uuid.uuid4())}
    assert template_of(name_nb="Samtale", names=[arabic]).name(asked) == expected


def test_words_without_any_text_are_left_out(template_of):
    empty = section({"sv": "Dagarna", "en": ""}, question("Vad?"))
    empty["value"]["intro"] = texts({"sv": ""})
    [kept] = content_of(template_of(empty))["sections"]
    assert (kept["title"], kept["intro"]) == ({"sv": "Dagarna"}, {})
