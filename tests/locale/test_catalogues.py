"""Swedish and Norwegian say all that the screens say, and say it whole."""

import gettext
import re
from collections import defaultdict

import pytest
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation

from scripts import messages
from tests.locale import catalogues
from tests.locale.catalogues import LANGUAGES, PLACEHOLDER, TAG

# Words that two languages share; everything else that looks like English is English.
SAME = {
    "sv": {"Film", "film", "Learning Log", "Start", "Text", "person"},
    "nb": {"Film", "film", "Learning Log", "Start", "Send", "person", "for %(name)s"},
}
QUOTES = {"sv": "”…”", "nb": "«…»"}
FOREIGN_QUOTES = {"sv": "\"'“‘«»„", "nb": "\"'“”‘„"}
# The glossary: where English says this, each language says that.
GLOSSARY = [
    (r"\b[Tt]ray\b", {"sv": "låd", "nb": "kurv"}),
    (r"\b[Pp]reschools?\b", {"sv": "förskol", "nb": "barnehage"}),
    (r"\b[Gg]uardians?\b", {"sv": "vårdnadshavar", "nb": "foresatt"}),
    (r"\b[Dd]rafts?\b", {"sv": "utkast", "nb": "utkast"}),
    (r"\b[Ee]ntr(?:y|ies)\b", {"sv": "inlägg", "nb": "innlegg"}),
    (r"\b[Hh]eads?\b", {"sv": "rektor", "nb": "styrer"}),
    (r"\b[Rr]eading log\b", {"sv": "läslogg", "nb": "leselogg"}),
    (r"’s log\b|\blearning log\b", {"sv": "lärlogg", "nb": "læringslogg"}),
    (r"\b[Ff]rameworks?\b", {"sv": "läroplan", "nb": "rammeplan"}),
]
SCRIPTS = sorted(path for path in (messages.ROOT / "static" / "js").rglob("*.js") if "vendor" not in path.parts)

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@in_each_language
def test_the_catalogue_has_every_message_of_the_screens_and_no_other(language):
    wanted = {catalogues.key(each) for each in catalogues.collected() if each.id}
    there = {catalogues.key(each) for each in catalogues.catalogue(language) if each.id}
    assert len(wanted) > 600
    assert wanted - there == set(), "run `make messages` and translate"
    assert there - wanted == set()


@in_each_language
def test_nothing_is_untranslated_doubtful_or_left_over(language):
    catalogue = catalogues.catalogue(language)
    assert [form.source for form in catalogues.all_forms(language) if not form.said.strip()] == []
    assert [each.id for each in catalogue if each.id and each.fuzzy] == []
    assert dict(catalogue.obsolete) == {}


@in_each_language
def test_placeholders_are_those_of_the_source(language):
    def holes(text):
        return sorted(match.group(0) for match in PLACEHOLDER.finditer(text))

    wrong = [form for form in catalogues.all_forms(language) if set(holes(form.said)) != set(holes(form.source))]
    assert wrong == []


@in_each_language
def test_every_sentence_can_be_filled_in(language):
    values = defaultdict(lambda: "7")
    for form in catalogues.all_forms(language):
        if PLACEHOLDER.search(form.source):
            assert form.said % values


@in_each_language
def test_markup_and_ends_are_those_of_the_source(language):
    for form in catalogues.all_forms(language):
        assert sorted(TAG.findall(form.said)) == sorted(TAG.findall(form.source)), form
        for edge in (slice(0, 1), slice(-1, None)):
            assert form.said[edge].isspace() == form.source[edge].isspace(), form
        assert form.said.endswith(":") == form.source.endswith(":"), form


@in_each_language
def test_a_message_with_a_plural_has_every_form_of_the_language(language):
    catalogue = catalogues.catalogue(language)
    assert catalogue.num_plurals == 2
    plurals = [each for each in catalogue if each.id and each.pluralizable]
    assert len(plurals) > 10
    assert [each.id for each in plurals if len(each.string) != catalogue.num_plurals] == []


@in_each_language
def test_one_is_one_and_all_other_numbers_are_many(language):
    with catalogues.path(language, "mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    for each in catalogues.catalogue(language):
        if each.id and each.pluralizable:
            said = [spoken.ngettext(*each.id, number) for number in (1, 0, 2, 21)]
            assert said == [each.string[0], each.string[1], each.string[1], each.string[1]]


@in_each_language
def test_the_compiled_catalogue_is_the_written_one(language):
    assert catalogues.content(catalogues.compiled(language)) == catalogues.content(catalogues.catalogue(language))


@in_each_language
def test_the_site_speaks_from_the_catalogue(language):
    with translation.override(language):
        for each in catalogues.catalogue(language):
            if not each.id or each.context:
                continue
            if each.pluralizable:
                assert translation.ngettext(*each.id, 2) == each.string[1]
            else:
                assert translation.gettext(each.id) == each.string


def test_who_reads_english_gets_english_where_swedish_is_the_default(settings):
    settings.LANGUAGE_CODE = "sv"
    english = DjangoTranslation("en")
    for each in catalogues.collected():
        if each.id and each.pluralizable:
            assert [english.ngettext(*each.id, number) for number in (1, 2)] == list(each.id)
        elif each.id:
            assert english.gettext(each.id) == each.id


@in_each_language
def test_no_english_is_left(language):
    same = {form.source for form in catalogues.all_forms(language) if form.said == form.source}
    assert same - SAME[language] == set()
    assert SAME[language] - same == set(), "no longer the same: take it off the list"


def test_norwegian_and_swedish_are_two_languages():
    """Short words may coincide; a sentence that does was copied."""
    swedish, norwegian = ({form.said for form in catalogues.all_forms(language)} for language in ("sv", "nb"))
    assert [said for said in swedish & norwegian if len(said.split()) > 5] == []


@in_each_language
def test_quotation_marks_are_those_of_the_language(language):
    wrong = [form for form in catalogues.all_forms(language) if set(form.said) & set(FOREIGN_QUOTES[language])]
    assert wrong == [], f"this language quotes {QUOTES[language]}"
    opening, closing = QUOTES[language][0], QUOTES[language][-1]
    for form in catalogues.all_forms(language):
        pairs = form.source.count("“")
        each = 2 * pairs if opening == closing else pairs
        assert (form.said.count(opening), form.said.count(closing)) == (each, each), form


@in_each_language
@pytest.mark.parametrize(("word", "said"), GLOSSARY, ids=[word for word, _ in GLOSSARY])
def test_words_of_the_glossary_are_used(language, word, said):
    found = [form for form in catalogues.all_forms(language) if re.search(word, form.source)]
    assert [form for form in found if said[language] not in form.said.casefold()] == []


def test_collecting_again_would_change_nothing(capsys):
    assert messages.main(["--check"]) == 0, capsys.readouterr()


def test_the_check_fails_when_a_screen_says_something_new(capsys, monkeypatch):
    template = messages.collected()
    template.add("Nobody has translated this.")
    monkeypatch.setattr(messages, "collected", lambda: template)
    assert messages.main(["--check"]) == 1
    assert "make messages" in capsys.readouterr().err


@in_each_language
def test_compiling_does_not_read_the_clock(language):
    binary = messages.compiled(catalogues.catalogue(language))
    assert binary == catalogues.path(language, "mo").read_bytes()
    assert b"2026-01-01" in binary


def test_there_are_scripts_to_look_at():
    assert len(SCRIPTS) > 10


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.relative_to(messages.ROOT).as_posix())
def test_a_script_holds_no_words_for_people(script):
    assert catalogues.words_in_script(script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        'note.textContent = "saved";',
        'button.setAttribute("aria-label", "stäng");',
        "if (confirm('really?')) send();",
        'show(node, "Saved");',
        "show(node, 'Try once more');",
        "show(node, `Saved ${count} pictures`);",
        'fail("försök igen.");',
    ],
)
def test_words_in_a_script_would_be_found(line):
    assert catalogues.words_in_script(line)


@pytest.mark.parametrize(
    "line",
    [
        "// A sentence for who reads the code.",
        'node.className = "button is-quiet is-dense";',
        'if (event.key === "Escape") close();',
        'document.querySelector("[data-act], .field > label").focus();',
        "note.textContent = words.saved;",
        "note.textContent = `${words.uploading} ${file.name}`;",
    ],
)
def test_names_and_comments_of_a_script_are_no_words_for_people(line):
    assert catalogues.words_in_script(line) == []
