"""What a template must be before it is published, and that the fault is said beside the block it is about."""

import pytest

from conferences.choices import FilledBy
from conferences.models.fields import Seen
from conferences.office.checking import FITS, Checker, sentences
from tests.conferences.office.conftest import question, section, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def fault_of(template_of):
    """The error of a body, or None."""

    def check(*sections, draft=False, language="sv"):
        return Checker(language, draft=draft).body(template_of(*sections).body)

    return check


def at(error, *path):
    for step in path:
        error = error.block_errors[step]
    return error


def test_a_whole_template_has_no_fault(fault_of):
    whole = section(
        {"sv": "Allt", "en": "All"},
        question("Vad har vi sett?", "text", "staff", "staff", help={"sv": "Kort.", "fa": "کوتاه"}),
        question("Välj", "choice", "home", "home", options=["Ja", "Nej"]),
        question("Berätta", "child_words", "child", "shown"),
        question("Stunder", "from_log", "staff", "sealed"),
        question("Vi gör", "agreement", "together", "sealed"),
        question("Läs detta", "statement", "staff", "shown"),
        question("När", "date", "together", "sealed"),
    )
    assert fault_of(whole) is None


@pytest.mark.parametrize("by", FilledBy.values)
@pytest.mark.parametrize("seen", Seen.values)
def test_who_reads_it_fits_who_filled_it_in(fault_of, by, seen):
    fault = fault_of(section("Del", question("Vad?", "text", by, seen)))
    if seen in FITS[by]:
        assert fault is None
    else:
        assert at(fault, 0, "questions", 0, "seen").messages
        assert len(sentences(fault)) == 1


def test_what_a_home_writes_is_never_for_every_home():
    assert FITS[FilledBy.HOME] == (Seen.HOME,)
    assert not any(Seen.HOME in seen for by, seen in FITS.items() if by != FilledBy.HOME)


@pytest.mark.parametrize("by", ["staff", "home", "child"])
def test_agreements_are_made_together(fault_of, by):
    fault = fault_of(section("Del", question("Vi gör", "agreement", by, FITS[by][0])))
    assert "together" in at(fault, 0, "questions", 0, "filled_by").message


@pytest.mark.parametrize("kind", ["choice", "choices"])
@pytest.mark.parametrize("options", [[], ["Bara en"]])
def test_choosing_needs_two_choices(fault_of, kind, options):
    body = section("Del", question("Välj", kind, options=options))
    assert "two choices" in str(at(fault_of(body), 0, "questions", 0, "options").non_block_errors)
    assert fault_of(body, draft=True) is None


def test_a_choice_stands_once_and_has_words(fault_of):
    fault = fault_of(section("Del", question("Välj", "choice", options=["Lek", "lek", {"en": "Else"}])))
    faults = at(fault, 0, "questions", 0, "options").block_errors
    assert sorted(faults) == [1, 2]
    assert sentences(faults[1]) == ["This choice stands there already."]
    assert sentences(faults[2]) == ["Write it in the template’s own language too (sv)."]


def test_choices_that_nobody_will_see_are_said(fault_of):
    fault = fault_of(section("Del", question("Skriv", "text", options=["Lek", "Mat"])))
    assert sentences(at(fault, 0, "questions", 0, "options"))


def test_no_question_stands_twice_in_a_section(fault_of):
    one, other = question("Vad har vi sett?"), question("vad har vi SETT?")
    fault = fault_of(section("Del", one, other))
    assert list(at(fault, 0, "questions").block_errors) == [1]
    assert fault_of(section("Del", one), section("Annan del", other)) is None


def test_no_key_stands_twice_in_the_template(fault_of):
    one, other = question("Vad?"), question("Hur?")
    other["id"] = one["id"]
    fault = fault_of(section("Del", one), section("Annan del", other))
    assert list(at(fault, 1, "questions").block_errors) == [0]


def test_what_lacks_words_in_the_own_language_is_a_draft(fault_of):
    body = section({"en": "Part"}, question({"en": "What?"}, help={"en": "Short."}))
    fault = fault_of(body)
    told = ["Write it in the template’s own language too (sv)."]
    assert sentences(at(fault, 0, "title")) == told
    assert sentences(at(fault, 0, "questions", 0, "label")) == told
    assert sentences(at(fault, 0, "questions", 0, "help")) == told
    assert fault_of(body, draft=True) is None
    assert fault_of(body, language="en") is None


def test_a_statement_without_text_is_not_published(fault_of):
    fault = fault_of(section("Del", question({"sv": ""}, "statement")))
    assert sentences(at(fault, 0, "questions", 0, "label"))


def test_a_language_has_one_text(fault_of):
    part = section("Del", question("Vad?"))
    part["value"]["title"] = [*texts("Del"), *texts("Annan")]
    for draft in (True, False):
        assert at(fault_of(part, draft=draft), 0, "title", 1, "language").messages
