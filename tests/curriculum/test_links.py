"""Links between goals, goals of one's own, and what comes with the product of both."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from curriculum import lines
from curriculum.choices import areas_with_goals
from curriculum.models import Area, Framework, Goal, GoalLink
from people.models import Organisation, Unit
from tests.curriculum.conftest import make_framework

pytestmark = pytest.mark.django_db
REPLACED, RELATED = GoalLink.Kind.REPLACED_BY, GoalLink.Kind.RELATED_TO


def test_every_goal_of_the_older_edition_leads_to_the_newer(shipped):
    ends = lines.newest()
    old = Goal.objects.filter(framework__code="LPFO18-2019")
    assert old.count() == 34
    for goal in old:
        (key,) = ends[goal.pk]
        newer = Goal.objects.get(pk=key)
        assert newer.framework.code == "LPFO18-2025"
        assert newer.code.split(":")[1] == goal.code.split(":")[1]
        assert lines.of(newer.pk) == sorted([goal.pk, newer.pk])


def test_the_editions_of_a_curriculum_take_turns_on_a_day(shipped):
    before = Framework.objects.current("SE", date(2025, 6, 30)).get()
    after = Framework.objects.current("SE", date(2025, 7, 1)).get()
    assert (before.code, after.code) == ("LPFO18-2019", "LPFO18-2025")


def test_related_goals_are_found_from_both_sides(shipped):
    swedish, norwegian = Goal.objects.get(code="LPFO18:2.2-05"), Goal.objects.get(code="RP17:2-01")
    assert lines.related([swedish.pk]) == {swedish.pk: [norwegian]}
    assert lines.related([norwegian.pk]) == {norwegian.pk: [swedish]}


def test_a_link_that_the_office_switched_off_stays_off(shipped):
    GoalLink.objects.filter(origin__code="LPFO18-19:2.1-01").update(in_use=False)
    call_command("load_frameworks", verbosity=0)
    assert Goal.objects.get(code="LPFO18-19:2.1-01").pk not in lines.newest()
    assert GoalLink.objects.filter(origin__code="LPFO18-19:2.1-01").count() == 1


def test_a_goal_replaced_by_two_counts_for_both_and_over_several_editions(goal_in):
    one, two, three, four = (goal_in(f"T:{number}", f"Mål {number}") for number in range(1, 5))
    for origin, destination in ((one, two), (two, three), (two, four)):
        GoalLink.objects.create(origin=origin, destination=destination, kind=REPLACED)
    assert lines.newest() == {one.pk: [three.pk, four.pk], two.pk: [three.pk, four.pk]}
    assert lines.of(four.pk) == [one.pk, two.pk, four.pk]


def test_replacements_never_come_round(goal_in):
    one, two, three = (goal_in(f"T:{number}", f"Mål {number}") for number in range(1, 4))
    GoalLink.objects.create(origin=one, destination=two, kind=REPLACED)
    GoalLink.objects.create(origin=two, destination=three, kind=REPLACED)
    with pytest.raises(ValidationError, match="itself replaced by this one"):
        GoalLink(origin=three, destination=one, kind=REPLACED).full_clean()
    GoalLink(origin=three, destination=one, kind=RELATED).full_clean()


def test_a_goal_is_not_linked_to_itself_nor_twice(goal_in):
    one, two = goal_in("T:1", "Ett"), goal_in("T:2", "Två")
    GoalLink.objects.create(origin=one, destination=two, kind=RELATED)
    for origin, destination in ((one, one), (one, two)):
        with pytest.raises(IntegrityError), transaction.atomic():
            GoalLink.objects.create(origin=origin, destination=destination, kind=RELATED)


@pytest.fixture
def places(db):
    organisation = Organisation.objects.create(name="Lindby", country="SE")
    other = Organisation.objects.create(name="Annanby", country="SE")
    here, there = (Unit.objects.create(organisation=organisation, name=name, kind="preschool") for name in "AB")
    return organisation, here, there, Unit.objects.create(organisation=other, name="C", kind="preschool")


@pytest.mark.parametrize(("whose", "seen"), [("unit", [True, False, False]), ("organisation", [True, True, False])])
def test_goals_of_ones_own_are_chosen_where_they_belong(places, whose, seen):
    organisation, here, *others = places
    own = {"unit": here} if whose == "unit" else {"organisation": organisation}
    local = make_framework("OUR-2026", family="OUR", **own)
    Goal.objects.create(
        area=Area.objects.create(framework=local, code="A", label_sv="Vårt"), code="O:1", label_sv="Ute"
    )
    day = date(2026, 3, 2)
    found = [bool(areas_with_goals("SE", day, "sv", unit)) for unit in (here, *others)]
    assert found == seen
    assert areas_with_goals("SE", day, "sv") == []


def test_goals_of_ones_own_have_one_place(places):
    organisation, here, *_others = places
    with pytest.raises(ValidationError, match="not both"):
        make_framework("X", family="X", unit=here).__class__(
            code="Y", family="Y", country="SE", language="sv", title_sv="Y", valid_from=date(2026, 1, 1),
            unit=here, organisation=organisation,
        ).full_clean()  # fmt: skip


@pytest.fixture
def replaced(goal_in):
    one, two, three = (goal_in(f"T:{number}", f"Mål {number}") for number in range(1, 4))
    link = GoalLink.objects.create(origin=one, destination=two, kind=REPLACED)
    assert lines.newest() == {one.pk: [two.pk]}
    return one, two, three, link


def test_lines_are_asked_for_once_and_anew_when_a_link_or_a_goal_is_changed_here(replaced, django_assert_num_queries):
    one, two, three, link = replaced
    with django_assert_num_queries(0):
        assert lines.newest() == {one.pk: [two.pk]}
        assert lines.of(two.pk) == [one.pk, two.pk]
    added = GoalLink.objects.create(origin=two, destination=three, kind=REPLACED)
    assert lines.newest() == {one.pk: [three.pk], two.pk: [three.pk]}
    three.live = False
    three.save()
    assert lines.newest() == {one.pk: [two.pk]}
    added.delete()
    link.in_use = False
    link.save()
    assert lines.newest() == {}


def test_an_edition_that_another_process_publishes_is_followed_after_a_minute(replaced, monkeypatch):
    one, two, three, _link = replaced
    # As another process does it: nothing of it is told here.
    GoalLink.objects.bulk_create([GoalLink(origin=two, destination=three, kind=REPLACED)])
    assert lines.newest() == {one.pk: [two.pk]}
    real = lines.time.monotonic()
    monkeypatch.setattr(lines.time, "monotonic", lambda: real + lines.LASTS)
    assert lines.newest() == {one.pk: [three.pk], two.pk: [three.pk]}
