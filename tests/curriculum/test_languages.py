import pytest

from curriculum.languages import fold, said, supported


@pytest.mark.parametrize(
    ("language", "column"),
    [
        ("sv", "sv"),
        ("sv-SE", "sv"),
        ("nb_NO", "nb"),
        ("nn", "nb"),
        ("no", "nb"),
        ("en-gb", "en"),
        ("ar", "en"),
        ("", "en"),
    ],
)
def test_a_language_without_columns_gets_the_nearest(language, column):
    assert supported(language) == column


def test_no_language_at_all_is_english():
    assert supported(None) == "en"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Språk & ÅÄÖ", "sprak aao"),
        ("Lære BØKER", "laere boker"),
        ("Sámi, Straße", "sami strasse"),
        ("a\u030a  \n A\u0308", "a a"),
        ("LPFO18:2.2-07", "lpfo18 2 2 07"),
        ("%_'\"", ""),
    ],
)
def test_folding_forgets_case_accents_and_signs(text, folded):
    assert fold(text) == folded


def test_a_missing_text_falls_back_to_the_language_of_the_framework():
    texts = {"sv": "", "nb": "Lek", "en": "Play"}
    assert said(texts, "sv", "nb") == "Lek"
    assert said(texts, "en", "nb") == "Play"
    assert said({"sv": "", "nb": "", "en": "Play"}, "sv", "nb") == "Play"
    assert said({"sv": "", "nb": "", "en": ""}, "sv", "nb") == ""
