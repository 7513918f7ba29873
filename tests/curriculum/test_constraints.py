from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from curriculum.models import Area, Framework, Goal
from tests.curriculum.conftest import make_framework

pytestmark = pytest.mark.django_db


def refused(row: models.Model, sentence: str) -> None:
    """The form says the sentence, and the database refuses the row even without a form."""
    with pytest.raises(ValidationError) as said:
        row.full_clean()
    assert sentence in " ".join(str(message) for messages in said.value.message_dict.values() for message in messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_two_areas_of_a_framework_cannot_have_one_code(framework):
    Area.objects.create(framework=framework, code="A", label_sv="Lek")
    refused(Area(framework=framework, code="A", label_sv="Sång"), "already an area with this code")


def test_two_goals_of_a_framework_cannot_have_one_code_even_in_different_areas(framework, goal_in):
    goal_in("T:1", "Leka")
    other = Area.objects.create(framework=framework, code="B", label_sv="Sång")
    refused(Goal(area=other, code="T:1", label_sv="Sjunga"), "already a goal with this code")


def test_another_edition_may_use_the_same_codes(goal_in):
    goal_in("T:1", "Leka")
    later = make_framework("TEST-2027", valid_from=date(2027, 1, 1), valid_until=None)
    area = Area.objects.create(framework=later, code="area-T:1", label_sv="Lek")
    Goal.objects.create(area=area, code="T:1", label_sv="Leka mer")
    assert Goal.objects.filter(code="T:1").count() == 2


@pytest.mark.parametrize("until", [date(2026, 1, 1), date(2025, 1, 1)])
def test_an_edition_ends_after_it_begins(framework, until):
    framework.valid_until = until
    refused(framework, "ends after the day it came into force")


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2026, 12, 31), None),
        (date(2025, 1, 1), date(2026, 1, 2)),
        (date(2026, 5, 1), date(2026, 6, 1)),
        (date(2020, 1, 1), None),
    ],
)
def test_two_editions_of_one_curriculum_are_never_in_force_at_once(framework, begins, ends):
    another = Framework(
        code="TEST-X", family="TEST", country="SE", language="sv", title_sv="X", valid_from=begins, valid_until=ends
    )
    refused(another, "Another edition of this curriculum")


def test_the_next_edition_begins_on_the_day_the_last_one_ends(framework):
    make_framework("TEST-2027", valid_from=date(2027, 1, 1), valid_until=None)
    assert Framework.objects.current("SE", date(2027, 1, 1)).get().code == "TEST-2027"


def test_other_families_and_countries_may_be_in_force_beside_it(framework):
    make_framework("OTHER", family="OTHER")
    make_framework("TEST-NO", country="NO")
    assert Framework.objects.current("SE", date(2026, 3, 1)).count() == 2


def test_something_must_be_readable(framework, goal_in):
    goal = goal_in("T:1", "Leka")
    goal.label_sv = ""
    refused(goal, "short label in at least one language")
    area = goal.area
    area.label_sv = ""
    refused(area, "label in at least one language")
    framework.title_sv = ""
    refused(framework, "title in at least one language")


def test_an_area_is_no_part_of_itself(framework):
    area = Area.objects.create(framework=framework, code="A", label_sv="Lek")
    area.parent = area
    refused(area, "part of itself")


def test_the_official_text_is_linked_over_https_only(framework):
    framework.source_url = "javascript:alert(1)"
    with pytest.raises(ValidationError, match="URL"):
        framework.full_clean()


def test_a_heading_stands_in_the_same_framework(framework):
    other = make_framework("TEST-2027", valid_from=date(2027, 1, 1), valid_until=None)
    heading = Area.objects.create(framework=other, code="H", label_sv="Rubrik")
    with pytest.raises(ValidationError, match="same framework"):
        Area(framework=framework, parent=heading, code="A", label_sv="Del").full_clean()


def test_parts_have_no_parts(framework):
    heading = Area.objects.create(framework=framework, code="H", label_sv="Rubrik")
    part = Area.objects.create(framework=framework, parent=heading, code="P", label_sv="Del")
    with pytest.raises(ValidationError, match="no parts of its own"):
        Area(framework=framework, parent=part, code="Q", label_sv="Del av del").full_clean()
    other = Area.objects.create(framework=framework, code="O", label_sv="Annan")
    heading.parent = other
    with pytest.raises(ValidationError, match="no parts of its own"):
        heading.full_clean()


def test_an_area_stays_in_its_framework(framework):
    area = Area.objects.create(framework=framework, code="A", label_sv="Lek")
    area.framework = make_framework("TEST-2027", valid_from=date(2027, 1, 1), valid_until=None)
    with pytest.raises(ValidationError, match="stays in its framework"):
        area.full_clean()


def test_a_goal_follows_its_area_into_the_framework(framework, goal_in):
    goal = goal_in("T:1", "Leka")
    later = make_framework("TEST-2027", valid_from=date(2027, 1, 1), valid_until=None)
    goal.area = Area.objects.create(framework=later, code="A", label_sv="Lek")
    goal.save(update_fields=["area"])
    goal.refresh_from_db()
    assert goal.framework == later


def test_nothing_that_carries_goals_is_deleted(framework, goal_in):
    goal = goal_in("T:1", "Leka")
    for row in (framework, goal.area):
        with pytest.raises(models.ProtectedError):
            row.delete()
