import random

import pytest

from ground.names import name_key, sort_names


def in_order(names, language):
    mixed = list(names)
    random.Random(7).shuffle(mixed)
    return sort_names(mixed, key=str, language=language)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("sv", ["Adam", "Zara", "Åsa", "Älva", "Östen"]),
        ("nb", ["Adam", "Zara", "Ærlend", "Øyvind", "Åse"]),
        ("en", ["Adam", "Åsa", "Östen", "Zara"]),
        ("sv", ["Zara", "Åke", "Ærlend", "Ävar", "Öke", "Øyvind"]),
        ("nb", ["Zara", "Äda", "Ærlend", "Øde", "Östen", "Åke"]),
        ("nb", ["Anders", "Zara", "Aase", "Åste"]),
        ("sv", ["Aase", "Anders", "Zara", "Åste"]),
        ("sv", ["Yla", "Ylva", "Ülve", "Yngve"]),
        ("sv", ["Andre", "André", "Andréa", "Andrea Z", "Andreas"]),
        ("sv", ["Anna", "Anna Berg", "Anna-Karin", "Annabel", "Annika"]),
        ("en", ["Darcy A", "D'Arcy B", "Darcy C"]),
        ("sv", ["Avdelning 2", "Avdelning A"]),
        ("sv", ["Vera", "Vilma", "Wilma"]),
        ("sv", ["Åsa", "Александр", "محمد"]),
    ],
)
def test_names_stand_as_people_of_the_language_expect(language, names):
    assert in_order(names, language) == names


@pytest.mark.parametrize(
    ("language", "like"), [("sv-SE", "sv"), ("nb_NO", "nb"), ("nn", "nb"), ("no", "nb"), ("da", "nb")]
)
def test_a_region_or_a_sister_language_orders_alike(language, like):
    names = ["Åse", "Ärla", "Øyvind", "Zara", "Aage"]
    assert in_order(names, language) == in_order(names, like)


def test_capitals_and_composition_do_not_part_the_same_name():
    assert in_order(["åsa", "Åsa", "A\u030asa B", "Åsa C"], "sv") == ["Åsa", "åsa", "A\u030asa B", "Åsa C"]


def test_any_object_can_be_sorted_by_its_name():
    rows = [{"name": "Öjvind"}, {"name": "Alma"}]
    assert sort_names(rows, key=lambda row: row["name"], language="sv") == [rows[1], rows[0]]


def test_a_key_is_the_same_for_the_same_name_only():
    assert name_key("Alma", "sv") == name_key("Alma", "sv")
    assert name_key("Alma", "sv") != name_key("alma", "sv")
    assert name_key("", "sv") < name_key(" a", "sv")
