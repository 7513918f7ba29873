import pytest

from curriculum import spoken
from curriculum.models import Goal

pytestmark = pytest.mark.django_db


def test_goals_in_words_are_asked_for_once(shipped, django_assert_num_queries):
    keys = list(Goal.objects.filter(code__in=["LPFO18:2.2-17", "RP17:4-01"]).values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert {goal.label for goal in spoken.in_words(keys, "en").values()} == {
            "Nature's cycles",
            "The variety of nature",
        }
        assert spoken.in_words(keys[:1], "en").keys() == {keys[0]}


def test_what_the_office_changes_here_is_read_anew(goal_in):
    goal = goal_in("T:1", "Leka")
    assert spoken.in_words([goal.pk], "sv")[goal.pk].label == "Leka"
    goal.label_sv = "Leka mer"
    goal.save()
    assert spoken.in_words([goal.pk], "sv")[goal.pk].label == "Leka mer"


def test_what_another_process_publishes_is_read_after_a_minute(goal_in, monkeypatch):
    goal = goal_in("T:1", "Leka")
    spoken.in_words([goal.pk], "sv")
    Goal.objects.filter(pk=goal.pk).update(label_sv="Leka mer")
    assert spoken.in_words([goal.pk], "sv")[goal.pk].label == "Leka"
    real = spoken.time.monotonic()
    monkeypatch.setattr(spoken.time, "monotonic", lambda: real + spoken.LASTS)
    assert spoken.in_words([goal.pk], "sv")[goal.pk].label == "Leka mer"


def test_a_goal_that_came_meanwhile_is_found_and_an_unknown_one_left_out(goal_in):
    first = goal_in("T:1", "Leka")
    spoken.in_words([first.pk], "sv")
    spoken_before = spoken.in_words([10**9], "sv")
    assert spoken_before == {}
    later = goal_in("T:2", "Sjunga")
    assert [goal.label for goal in spoken.in_words([later.pk, first.pk], "sv").values()] == ["Leka", "Sjunga"]
