"""The templates of the product come by a command, as often as one likes, and never over what the office wrote."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from conferences.models import ConferenceTemplate
from conferences.office.freezing import content_of, frozen
from conferences.office.loading import Outcome, load
from conferences.office.shipped import FOLDER, ShippedError, read
from curriculum.languages import LANGUAGES

pytestmark = pytest.mark.django_db

CODES = ["NO-FORELDRESAMTALE-1", "SE-UTVECKLINGSSAMTAL-1"]
FILES = sorted(FOLDER.glob("*.json"))


def told(*args, **options):
    out = StringIO()
    call_command("load_conference_templates", *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def changed(tmp_path):
    """The Swedish template as a later version of the product might bring it."""
    content = json.loads(FILES[1].read_text(encoding="utf-8"))
    content["sections"][0]["title"]["sv"] = "En ny rubrik"
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def title():
    return content_of(ConferenceTemplate.objects.get(code=CODES[1]))["sections"][0]["title"]["sv"]


def test_both_templates_come_published_and_a_second_run_changes_nothing():
    assert [line.partition(": ")[2] for line in told().splitlines()] == ["added", "added"]
    rows = list(ConferenceTemplate.objects.order_by("code").values())
    assert [(row["code"], row["live"], row["has_unpublished_changes"]) for row in rows] == [
        (code, True, False) for code in CODES
    ]
    assert "added" not in told()
    assert list(ConferenceTemplate.objects.order_by("code").values()) == rows


def test_a_dry_run_says_what_it_would_do_and_does_nothing():
    said = told("--dry-run")
    assert f"{CODES[0]}: added" in said
    assert "Nothing was changed." in said
    assert not ConferenceTemplate.objects.exists()


def test_a_later_text_of_the_product_replaces_an_earlier_one(changed):
    told()
    assert load([read(changed)]) == {CODES[1]: Outcome.CHANGED}
    assert title() == "En ny rubrik"


def test_what_the_office_has_written_stays(changed):
    told()
    template = ConferenceTemplate.objects.get(code=CODES[1])
    template.name_sv = "Vårt samtal"
    template.save_revision().publish()
    before = title()
    assert load([read(changed)]) == {CODES[1]: Outcome.LEFT}
    assert (ConferenceTemplate.objects.get(pk=template.pk).name_sv, title()) == ("Vårt samtal", before)


@pytest.mark.parametrize("state", ["draft", "locked", "unpublished"])
def test_what_the_office_is_at_work_on_stays(changed, state):
    told()
    template = ConferenceTemplate.objects.get(code=CODES[1])
    before = title()
    if state == "draft":
        template.name_sv = "Halvskrivet"
        template.save_revision()
    elif state == "locked":
        ConferenceTemplate.objects.filter(pk=template.pk).update(locked=True)
    else:
        template.unpublish()
    assert load([read(changed)]) == {CODES[1]: Outcome.LEFT}
    assert title() == before


def test_what_conferences_use_stays(changed):
    told()
    frozen(ConferenceTemplate.objects.get(code=CODES[1]), datetime(2026, 11, 22, tzinfo=UTC))
    before = title()
    assert load([read(changed)]) == {CODES[1]: Outcome.IN_USE}
    assert title() == before


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda content: content.pop("name"), "name is missing"),
        (lambda content: content["sections"][1]["questions"][1].update(seen="everybody"), "seen is none of"),
        (lambda content: content["sections"][3]["questions"][0].update(seen="shown"), "no other home may read it"),
        (lambda content: content["sections"][1]["title"].pop("sv"), "own language too"),
        (lambda content: content["sections"][1]["questions"][0].update(key="care"), "/with-us/care stands twice"),
    ],
)
def test_a_faulty_file_is_named_and_nothing_is_loaded(tmp_path, spoil, said):
    content = json.loads(FILES[1].read_text(encoding="utf-8"))
    spoil(content)
    path = tmp_path / "spoilt.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CommandError, match=f"spoilt.json: .*{said}"):
        told(FILES[0], path)
    assert not ConferenceTemplate.objects.exists()


@pytest.mark.parametrize("written", [b"{", b"\xff", b"[]"])
def test_a_file_that_is_no_template_is_said(tmp_path, written):
    path = tmp_path / "broken.json"
    path.write_bytes(written)
    with pytest.raises(ShippedError, match="broken"):
        read(path)


def test_every_word_of_the_product_is_in_all_three_languages():
    def wordings(value):
        if isinstance(value, dict) and value.keys() & set(LANGUAGES):
            yield value
        elif isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                yield from wordings(one)

    for path in FILES:
        found = list(wordings(json.loads(path.read_text(encoding="utf-8"))))
        assert len(found) > 40
        assert all(set(texts) == set(LANGUAGES) and all(texts.values()) for texts in found)


def test_every_step_of_a_conference_has_its_questions():
    for path in FILES:
        content = json.loads(path.read_text(encoding="utf-8"))
        asked = [question for part in content["sections"] for question in part["questions"]]
        assert {question["filled_by"] for question in asked} == {"staff", "home", "child", "together"}
        assert {"from_log", "child_words", "agreement"} <= {question["type"] for question in asked}
