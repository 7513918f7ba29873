from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import chain

import pytest
from django.contrib.auth.models import Group

from curriculum.choices import areas_with_goals
from curriculum.models import Area, Goal
from curriculum.services import allow_editing, goal_labels, refresh_copies
from ground import jobs
from tests.curriculum.conftest import TODAY

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 3, 2, 2, tzinfo=UTC)


def test_labels_come_in_one_query_in_the_language_asked_for(shipped, django_assert_num_queries):
    goals = list(Goal.objects.filter(code__in=["LPFO18:2.2-17", "RP17:4-01"]))
    with django_assert_num_queries(1):
        labels = goal_labels([goal.pk for goal in goals], "en")
    assert sorted(labels.values()) == ["Nature's cycles", "The variety of nature"]
    assert goal_labels([goals[0].pk, goals[0].pk], "sv-SE").keys() == {goals[0].pk}


def test_no_goals_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert goal_labels([], "sv") == {}


def test_an_entry_keeps_the_label_of_a_goal_that_is_retired_or_withdrawn(goal_in):
    goal = goal_in("T:1", "Leka", retired_on=date(2020, 1, 1), live=False)
    assert goal_labels([goal.pk, 10**9], "nb") == {goal.pk: "Leka"}


def test_the_composer_gets_its_tree_in_two_queries(shipped, django_assert_num_queries):
    with django_assert_num_queries(2):
        tree = areas_with_goals("SE", TODAY, "en")
    assert [area.label for area in tree] == ["Norms and belonging", "Care, development and learning", "Influence"]
    assert [part.label for part in tree[1].parts] == [
        "Identity and togetherness",
        "Play and curiosity",
        "Body and movement",
        "Language and stories",
        "Creating and expressing",
        "Nature and science",
        "Mathematics",
    ]
    goals = list(chain.from_iterable(area.goals for area in chain(tree, tree[1].parts)))
    assert len(goals) == 34
    assert {goal.id for goal in goals} == set(Goal.objects.current("SE", TODAY).values_list("pk", flat=True))
    assert all(asdict(goal).values() for goal in goals)


def test_an_empty_area_is_not_offered(framework, goal_in):
    Area.objects.create(framework=framework, code="E", label_sv="Tomt")
    goal_in("T:1", "Leka")
    assert [area.code for area in areas_with_goals("SE", TODAY, "sv")] == ["area-T:1"]


def test_before_any_edition_there_is_nothing_to_choose(shipped):
    assert areas_with_goals("NO", date(2017, 7, 31), "nb") == []
    assert len(areas_with_goals("NO", date(2017, 8, 1), "nb")) == 7


def test_copies_that_went_astray_are_found_and_mended(goal_in):
    goal = goal_in("T:1", "Skog")
    assert refresh_copies() == 0
    Goal.objects.filter(pk=goal.pk).update(label_sv="Hav")
    Area.objects.filter(pk=goal.area_id).update(search_nb="something old")
    assert refresh_copies() == 2
    assert Goal.objects.matching("hav", "sv").exists()
    assert refresh_copies() == 0


def test_a_group_of_the_office_edits_and_publishes_but_deletes_nothing():
    group = Group.objects.create(name="Curriculum")
    allow_editing(group=group)
    allowed = {codename.split("_")[0] for codename in group.permissions.values_list("codename", flat=True)}
    assert allowed == {"add", "change", "view", "publish", "lock", "unlock"}
    assert group.permissions.count() == 27


def test_at_night_copies_are_proved_and_what_was_mended_is_told(goal_in, caplog):
    job = next(job for job in jobs.registered() if job.name == "curriculum: copies")
    goal = goal_in("T:1", "Skog")
    job.func(at=NIGHT)
    assert caplog.messages == []
    Goal.objects.filter(pk=goal.pk).update(search_sv="")
    job.func(at=NIGHT)
    assert caplog.messages == ["1 rows of the curriculum had copies that differed from their source."]
    assert Goal.objects.matching("skog", "sv").exists()
