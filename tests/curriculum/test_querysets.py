from datetime import date

import pytest

from curriculum.models import Area, Framework, Goal
from tests.curriculum.conftest import TODAY, make_framework

pytestmark = pytest.mark.django_db


def codes(rows):
    return {row.code for row in rows}


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_an_edition_is_in_force_from_its_first_day_until_the_day_it_ends(goal_in, day, in_force):
    goal_in("T:1", "Leka")
    for rows in (Framework.objects, Area.objects, Goal.objects):
        assert rows.current("SE", day).exists() is in_force


def test_an_edition_without_an_end_stays_in_force(framework, goal_in):
    goal_in("T:1", "Leka")
    framework.valid_until = None
    framework.save()
    assert codes(Goal.objects.current("SE", date(2099, 1, 1))) == {"T:1"}


def test_a_country_sees_only_its_own_goals(goal_in):
    goal_in("T:1", "Leka")
    assert not Goal.objects.current("NO", TODAY).exists()


def test_a_goal_is_gone_on_the_day_it_is_retired(goal_in):
    goal_in("T:1", "Leka", retired_on=date(2026, 3, 2))
    assert codes(Goal.objects.current("SE", date(2026, 3, 1))) == {"T:1"}
    assert not Goal.objects.current("SE", date(2026, 3, 2)).exists()


@pytest.mark.parametrize("hidden", ["goal", "area", "heading", "framework"])
def test_a_draft_anywhere_above_a_goal_hides_it(framework, goal_in, hidden):
    heading = Area.objects.create(framework=framework, code="H", label_sv="Rubrik")
    area = Area.objects.create(framework=framework, parent=heading, code="P", label_sv="Del")
    goal = goal_in("T:1", "Leka", area=area)
    row = {"goal": goal, "area": area, "heading": heading, "framework": framework}[hidden]
    assert Goal.objects.current("SE", TODAY).exists()
    row.live = False
    row.save()
    assert not Goal.objects.current("SE", TODAY).exists()


@pytest.mark.parametrize("text", ["språk", "SPRAK", "Sprâk", "bro spr", "  språkens,  ", "T:7", "spr", "s"])
def test_typing_finds_a_goal_without_accents_or_case(goal_in, text):
    goal_in("T:7", "Språkens bro")
    goal_in("X:8", "Vatten och is")
    assert codes(Goal.objects.matching(text, "sv")) == {"T:7"}


@pytest.mark.parametrize("text", ["ærlig BØK", "aerlig", "bok", "ærlige bøker"])
def test_typing_finds_norwegian_letters_with_and_without_a_norwegian_keyboard(goal_in, text):
    goal_in("T:1", "Vatten", label_nb="Ærlige bøker")
    assert codes(Goal.objects.matching(text, "nb")) == {"T:1"}


def test_one_letter_is_the_start_of_a_word_and_three_also_stand_inside_one(goal_in):
    goal_in("T:1", "Teckenspråk")
    assert not Goal.objects.matching("k", "sv").exists()
    assert codes(Goal.objects.matching("språk", "sv")) == {"T:1"}


def test_typing_looks_in_the_language_of_the_reader_alone(goal_in):
    goal_in("T:1", "Skog", label_en="Forest")
    assert not Goal.objects.matching("skog", "en").exists()
    assert codes(Goal.objects.matching("forest", "en")) == {"T:1"}
    assert codes(Goal.objects.matching("skog")) == {"T:1"}


def test_a_goal_not_yet_translated_is_found_by_the_words_that_are_shown(goal_in):
    goal = goal_in("T:1", "Skog")
    assert goal.label("en") == "Skog"
    assert codes(Goal.objects.matching("skog", "en")) == {"T:1"}


def test_typing_the_area_finds_its_goals(framework, goal_in):
    area = Area.objects.create(framework=framework, code="M", label_sv="Matematik")
    goal_in("T:1", "Mönster", area=area)
    goal_in("T:2", "Sånger")
    assert codes(Goal.objects.matching("matematik mön", "sv")) == {"T:1"}


def test_every_word_must_be_there_and_signs_are_no_words(goal_in):
    goal_in("T:1", "Skog och sjö")
    assert not Goal.objects.matching("skog hav", "sv").exists()
    assert not Goal.objects.matching("sk%g", "sv").exists()
    assert Goal.objects.matching("  ", "sv").exists()


def test_a_long_pasted_text_asks_about_its_first_words_only(goal_in):
    goal_in("T:1", "Skog och sjö")
    query = Goal.objects.matching("skog " * 8 + "hav " * 500, "sv")
    assert codes(query) == {"T:1"}


def test_changing_a_label_changes_what_is_found_also_when_single_columns_are_saved(goal_in):
    goal = goal_in("T:1", "Skog")
    goal.label_sv = "Hav"
    goal.save(update_fields=["label_sv"])
    assert codes(Goal.objects.matching("hav", "sv")) == {"T:1"}
    assert not Goal.objects.matching("skog", "sv").exists()


def test_a_list_of_goals_takes_one_query_with_area_and_framework(shipped, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = [(goal.label("sv"), goal.area.label("sv")) for goal in Goal.objects.current("SE", TODAY).for_list()]
    assert len(rows) == 34


def test_the_list_follows_the_framework(shipped):
    found = [goal.code for goal in Goal.objects.current("NO", TODAY).for_list()]
    assert found == sorted(found)
    assert len(found) == 45


def test_the_newest_edition_of_a_family_stands_first(framework):
    make_framework("TEST-2027", valid_from=date(2027, 1, 1), valid_until=None)
    assert [row.code for row in Framework.objects.for_list()] == ["TEST-2027", "TEST-2026"]
