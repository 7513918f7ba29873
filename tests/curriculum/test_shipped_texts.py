"""The wording that comes with the product: complete, short, our own, and never a grade."""

import re
from collections import Counter

import pytest

from curriculum.languages import LANGUAGES
from curriculum.shipped import FOLDER, ShippedFramework, read

FRAMEWORKS = {path.stem: read(path) for path in sorted(FOLDER.glob("*.json"))}
LPFO, RAMMEPLAN = FRAMEWORKS["lpfo18-2025"], FRAMEWORKS["rammeplan-2017"]

# Words that grade, rank or measure a child, as they begin, in the three languages.
GRADING = re.compile(
    r"\b(betyg|nivå|godkän|underkän|bedöm|poäng|rang|resultat|uppnå|behärsk|klara[rt]?\b|prestera|prestation|duktig|"
    r"normal|bättre än|bäst|svag|"
    r"karakter|vurder|poeng|oppnå|mestr|bestå|flink|prest[ae]|skår|bedre enn|best\b|score|skår|"
    r"grade|level|rank|assess|attain|achiev|master|rating|pass(es|ed)?\b|fail|test(s|ed)?\b|better than|normal|able to|"
    r"mål(uppfyll|oppnå)|stage|outcome)",
    re.IGNORECASE,
)


def texts(framework: ShippedFramework) -> list[tuple[str, dict[str, str]]]:
    """Every text by place, as language → words."""
    rows = [(framework.code, "title", framework.values)]
    rows += [(area.code, "label", area.values) for area in framework.areas]
    rows += [(goal.code, stem, goal.values) for goal in framework.goals for stem in ("label", "text")]
    return [(f"{code} {stem}", {each: values[f"{stem}_{each}"] for each in LANGUAGES}) for code, stem, values in rows]


ALL = [pytest.param(words, id=place) for framework in FRAMEWORKS.values() for place, words in texts(framework)]


@pytest.mark.parametrize("words", ALL)
def test_every_text_stands_in_three_languages_and_none_is_a_copy(words):
    assert set(words) == {"sv", "nb", "en"}
    assert all(text == text.strip() and text for text in words.values())
    assert len({text.casefold() for text in words.values()}) == 3


@pytest.mark.parametrize("words", ALL)
def test_no_text_grades_ranks_or_measures(words):
    assert not [text for text in words.values() if GRADING.search(text)]


@pytest.mark.parametrize(
    "text", ["Når et høyt nivå", "Klarar att räkna", "Mestrer tall", "Reaches the expected level", "Betyg i lek"]
)
def test_the_list_of_grading_words_catches_them(text):
    assert GRADING.search(text)


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=FRAMEWORKS)
def test_labels_are_chips_and_texts_are_one_sentence(framework):
    for goal in framework.goals:
        for language in LANGUAGES:
            label, text = goal.values[f"label_{language}"], goal.values[f"text_{language}"]
            assert len(label) <= 45, label
            assert not label.endswith("."), label
            assert 40 <= len(text) <= 140, text
            assert text.endswith("."), text
            assert not re.search(r"[.!?] ", text), text
    assert all(len(area.values[f"label_{each}"]) <= 45 for area in framework.areas for each in LANGUAGES)


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=FRAMEWORKS)
def test_the_longer_text_says_what_the_preschool_does(framework):
    for goal in framework.goals:
        assert goal.values["text_sv"].startswith("Vi "), goal.code
        assert goal.values["text_nb"].startswith("Vi "), goal.code
        assert goal.values["text_en"].startswith("We "), goal.code


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=FRAMEWORKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_chips_of_a_framework_never_read_alike(framework, language):
    counts = Counter(goal.values[f"label_{language}"].casefold() for goal in framework.goals)
    assert [label for label, count in counts.items() if count > 1] == []


def test_lpfo_has_the_goals_of_the_three_headings():
    headings = Counter(goal.code.split("-")[0] for goal in LPFO.goals)
    assert headings == {"LPFO18:2.1": 6, "LPFO18:2.2": 25, "LPFO18:2.3": 3}
    for heading, count in headings.items():
        numbers = {int(goal.code.rsplit("-", 1)[1]) for goal in LPFO.goals if goal.code.startswith(f"{heading}-")}
        assert numbers == set(range(1, count + 1))


def test_the_long_heading_of_lpfo_is_browsed_in_parts():
    parts = [area for area in LPFO.areas if area.parent == "LPFO18:2.2"]
    assert len(parts) == 7
    assert {goal.area for goal in LPFO.goals if goal.code.startswith("LPFO18:2.2-")} == {area.code for area in parts}


def test_the_rammeplan_has_seven_areas_with_a_handful_of_goals_each():
    per_area = Counter(goal.area for goal in RAMMEPLAN.goals)
    assert list(per_area) == [f"RP17:{number}" for number in range(1, 8)]
    assert all(4 <= count <= 7 for count in per_area.values())
    for area, count in per_area.items():
        codes = [goal.code for goal in RAMMEPLAN.goals if goal.area == area]
        assert codes == [f"{area}-{number:02}" for number in range(1, count + 1)]


def test_each_framework_links_to_the_official_text_of_its_country():
    assert LPFO.values["source_url"].startswith("https://www.skolverket.se/")
    assert RAMMEPLAN.values["source_url"].startswith("https://www.udir.no/")
    assert (LPFO.values["country"], str(LPFO.values["valid_from"])) == ("SE", "2025-07-01")
    assert (RAMMEPLAN.values["country"], str(RAMMEPLAN.values["valid_from"])) == ("NO", "2017-08-01")
