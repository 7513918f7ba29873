"""Two tabs, two taps, an old page: nothing that was saved is lost, and nothing stands twice."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from curriculum.models import Area, Framework, Goal
from learninglog import plan_pages
from learninglog.models import Plan, PlanEntry, Reflection
from learninglog.services import plans
from learninglog.services.plans import PlanInput
from people.models import GroupMembership, Placement
from tests.cast import TODAY
from tests.entries import shared, write
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast, goals):
    data = PlanInput("Water", TODAY, TODAY + timedelta(days=40), aim="To meet water.", goals=[goals[2], goals[4]])
    return plans.make(unit=cast.unit, group=cast.granen, data=data, by=cast.viewer("cecilia"))


@pytest.fixture
def teacher(cast, sign_in):
    return sign_in(cast.cecilia, Hat.STAFF, fresh=True)


def href(name, **kwargs):
    return reverse(f"staff:{name}", kwargs={key: getattr(value, "public_id", value) for key, value in kwargs.items()})


def ticked(page):
    """Keys of the goals that are ticked on a form."""
    return {int(key) for key in re.findall(r'name="goals" value="(\d+)"\s+checked', page)}


def form(plan, **changes):
    given = plans.input_of(plan)
    words = {name: getattr(given, name) for name in ("title", "aim", "activities", "questions")}
    days = {"starts_on": given.starts_on.isoformat(), "ends_on": given.ends_on.isoformat()}
    return {**words, **days, "goals": list(given.goals), "seen": plans.mark_of(given), **changes}


def test_of_two_tabs_the_second_is_shown_what_stands_before_it_is_written_over(teacher, plan, goals):
    first, second = form(plan, aim="Ice above all."), form(plan, aim="Steam above all.", goals=[goals[4]])
    address = href("edit_plan", plan=plan)
    assert teacher.post(address, first).status_code == 302
    met = teacher.post(address, second)
    page = met.content.decode()
    assert met.status_code == 409
    assert "Ice above all." in page
    assert "Steam above all." in page
    assert ticked(page) == {goals[4]}, "what the second took away is not ticked again"
    plan.refresh_from_db()
    assert plan.aim == "Ice above all."
    # Somebody who has seen it decides.
    assert f'name="seen" value="{plans.mark_of(plans.input_of(plan))}"' in page
    assert teacher.post(address, {**second, "seen": plans.mark_of(plans.input_of(plan))}).status_code == 302
    plan.refresh_from_db()
    assert (plan.aim, plans.input_of(plan).goals) == ("Steam above all.", (goals[4],))


def test_a_second_tap_on_save_meets_nobody(teacher, plan):
    twice = form(plan, aim="Ice\r\nand steam.")
    for _tap in range(2):
        assert teacher.post(href("edit_plan", plan=plan), twice).status_code == 302
    plan.refresh_from_db()
    assert plan.aim == "Ice\nand steam."


def test_an_evaluation_is_not_written_over_unseen_either(teacher, plan):
    address, mark = href("conclusions", plan=plan), plans.mark_of("")
    assert teacher.post(address, {"text": "Water was everywhere.", "seen": mark}).status_code == 302
    # Another change of the plan is no change of the evaluation.
    teacher.post(href("edit_plan", plan=plan), form(plan, aim="Ice."))
    assert teacher.post(address, {"text": "Water was everywhere.", "seen": mark}).status_code == 302
    met = teacher.post(address, {"text": "They were tired.", "seen": mark})
    assert met.status_code == 409
    assert "Water was everywhere." in met.content.decode()
    assert "They were tired." in met.content.decode()
    seen = plans.mark_of("Water was everywhere.")
    assert teacher.post(address, {"text": "Both.", "seen": seen}).status_code == 302
    plan.refresh_from_db()
    assert plan.conclusions == "Both."


def test_two_taps_make_one_plan_and_other_words_another(teacher, cast, goals):
    sent = {"title": "Ice", "starts_on": "2026-11-01", "ends_on": "2026-12-01", "form_key": str(uuid.uuid4())}
    there = {teacher.post(href("new_plan", group=cast.granen), {**sent, "goals": goals[4]}).url for _tap in range(2)}
    assert there == {href("plan", plan=Plan.objects.get())}
    teacher.post(href("new_plan", group=cast.granen), {**sent, "title": "Snow"})
    assert sorted(Plan.objects.values_list("title", flat=True)) == ["Ice", "Snow"]


def test_a_key_of_somebody_else_opens_nothing(teacher, cast, plan):
    Plan.objects.filter(pk=plan.pk).update(created_by=cast.karin)
    sent = {**form(plan), "form_key": str(plan.public_id)}
    assert teacher.post(href("new_plan", group=cast.granen), sent).url != href("plan", plan=plan)
    assert Plan.objects.count() == 2


def test_two_taps_copy_once_and_two_groups_get_one_each(teacher, cast, plan):
    cast.make.duty(cast.cecilia, "pedagogue", cast.other_unit, cast.klovern)
    key = str(uuid.uuid4())
    for group in (cast.klovern, cast.klovern, cast.granen):
        teacher.post(href("copy_plan", plan=plan), {"group": str(group.public_id), "form_key": key})
    copies = Plan.objects.filter(copied_from=plan)
    assert sorted(copies.values_list("group__name", flat=True)) == [cast.granen.name, cast.klovern.name]


def test_two_taps_on_a_plan_in_the_composer_join_once(cast, plan, monkeypatch):
    entry, by = write(cast, cast.bo), cast.viewer("cecilia")
    real = PlanEntry.objects.filter

    def before_the_other_tap(*args, **kwargs):
        # The second save looked before the first had written.
        return real(*args, **kwargs).none() if set(kwargs) == {"entry"} else real(*args, **kwargs)

    plans.join(entry=entry, plans=[plan.public_id], by=by)
    monkeypatch.setattr(PlanEntry.objects, "filter", before_the_other_tap)
    plans.join(entry=entry, plans=[plan.public_id], by=by)
    monkeypatch.undo()
    assert PlanEntry.objects.count() == 1


def test_new_words_under_an_old_key_are_a_thought_of_their_own(teacher, cast, plan):
    entry, key = write(cast, cast.bo), str(uuid.uuid4())
    teacher.post(href("reflect", entry=entry), {"text": "First.", "client_key": key})
    teacher.post(href("reflect", entry=entry), {"text": "Second.", "client_key": key})
    teacher.post(href("reflect_on_plan", plan=plan), {"text": "First.", "client_key": key})
    assert sorted(Reflection.objects.values_list("text", flat=True)) == ["First.", "First.", "Second."]


def test_a_thought_that_is_too_long_is_given_back_and_not_thrown_away(teacher, cast):
    entry, words = write(cast, cast.bo), "They wondered. " * 300
    response = teacher.post(href("reflect", entry=entry), {"text": words, "client_key": str(uuid.uuid4())})
    assert response.status_code == 422
    assert words.strip() in response.content.decode()
    # Lines are counted as the browser counts them.
    lines = "\r\n".join(["a"] * 2000)
    assert teacher.post(href("reflect", entry=entry), {"text": lines}).status_code == 302


def test_goals_that_went_out_of_use_stay_in_the_plan_that_has_them(teacher, plan, goals):
    Goal.objects.filter(pk=goals[2]).update(retired_on=TODAY - timedelta(days=1))
    page = teacher.get(href("edit_plan", plan=plan)).content.decode()
    assert "Goals from before" in page
    assert ticked(page) == {goals[2], goals[4]}
    teacher.post(href("edit_plan", plan=plan), form(plan, aim="Ice."))
    assert set(plans.input_of(plan).goals) == {goals[2], goals[4]}
    plan.refresh_from_db()
    teacher.post(href("edit_plan", plan=plan), form(plan, goals=[goals[4]]))
    assert plans.input_of(plan).goals == (goals[4],)


def test_a_form_with_something_amiss_keeps_what_was_ticked(teacher, cast, goals):
    sent = {"title": "", "starts_on": "2026-11-01", "ends_on": "2026-12-01", "goals": goals[4]}
    response = teacher.post(href("new_plan", group=cast.granen), sent)
    assert response.status_code == 422
    assert ticked(response.content.decode()) == {goals[4]}


def test_a_plan_lasts_two_years_at_most(teacher, cast):
    sent = {"title": "Ever", "starts_on": "0001-01-01", "ends_on": "9999-12-31"}
    assert teacher.post(href("new_plan", group=cast.granen), sent).status_code == 422


def test_goals_of_a_preschool_s_own_do_not_come_along_to_another(cast, plan, goals):
    goal = Goal.objects.get(pk=goals[4])
    own = Framework.objects.create(
        code="OWN", family="OWN", country="SE", language="sv", title_sv="OWN", valid_from=date(2020, 1, 1),
        unit=cast.unit,
    )  # fmt: skip
    area = Area.objects.create(framework=own, code="OWN-1", label_sv="Eget")
    Goal.objects.filter(pk=goal.pk).update(framework=own, area=area)
    here = plans.copy(plan=plan, group=cast.granen, by=cast.viewer("cecilia"))
    assert set(plans.input_of(here).goals) == {goals[2], goals[4]}
    cast.make.duty(cast.cecilia, "pedagogue", cast.other_unit, cast.klovern)
    there = plans.copy(plan=plan, group=cast.klovern, by=cast.viewer("cecilia"))
    assert plans.input_of(there).goals == (goals[2],)


def test_a_copy_has_the_goals_that_replaced_those_of_the_older_edition(cast, goals):
    data = PlanInput("Then", TODAY, TODAY, goals=[goals[0], goals[3]])
    plan = plans.make(unit=cast.unit, group=cast.granen, data=data, by=cast.viewer("cecilia"))
    Goal.objects.filter(pk__in=[goals[0], goals[3]]).update(retired_on=TODAY)
    made = plans.copy(plan=plan, group=cast.granen, by=cast.viewer("cecilia"))
    assert plans.input_of(made).goals == (goals[2], goals[4])


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "2026-11-01", "=1"])
def test_an_odd_month_in_the_address_asks_for_all_or_for_nothing(teacher, cast, goals, month):
    goal = Goal.objects.get(pk=goals[4])
    response = teacher.get(href("covered", group=cast.granen, goal=goal), {"month": month})
    assert response.status_code == 200


def test_a_goal_taken_out_of_use_is_told_of_and_a_draft_is_not(teacher, goals):
    address = reverse("goals:goal", kwargs={"goal": Goal.objects.get(pk=goals[4]).public_id})
    assert teacher.get(address).status_code == 200
    Goal.objects.filter(pk=goals[4]).update(live=False)
    assert teacher.get(address).status_code == 404, "it was never published"
    Goal.objects.filter(pk=goals[4]).update(first_published_at="2025-01-01T00:00Z")
    assert "no longer in use" in teacher.get(address).content.decode()


def test_a_plan_of_another_preschool_is_nowhere_whatever_one_sends(cast, sign_in, plan):
    lena = cast.make.person("lena", "Lena", "Extra")
    cast.make.duty(lena, "pedagogue", cast.other_unit, cast.klovern)
    for person, hat in ((lena, Hat.STAFF), (cast.astrid, Hat.GUARDIAN), (cast.gun, Hat.SCHOOL)):
        client = sign_in(person, hat, fresh=True)
        group = {"group": str(cast.klovern.public_id)}
        sent = {"copy_plan": group, "reflect_on_plan": {"text": "x"}, "conclusions": {"text": "x"}}
        for name in ("plan", "edit_plan", "conclusions"):
            assert client.get(href(name, plan=plan)).status_code == 404, (person, name)
        for name, data in {**sent, "edit_plan": form(plan, aim="Mine now.")}.items():
            assert client.post(href(name, plan=plan), data).status_code == 404, (person, name)
        made = {**form(plan), "form_key": str(plan.public_id)}
        assert client.post(href("new_plan", group=cast.granen), made).status_code == 404
        assert client.post(href("new_plan_of_unit", unit=cast.unit), made).status_code == 404
    plan.refresh_from_db()
    assert (Plan.objects.count(), plan.aim, plan.conclusions) == (1, "To meet water.", "")
    assert not Reflection.objects.exists()


def test_when_a_child_has_left_its_entries_leave_the_plan_s_page(cast, plan):
    entry = shared(cast, cast.bo, goals=plans.input_of(plan).goals[:1])
    plans.join(entry=entry, plans=[plan.public_id], by=cast.viewer("cecilia"))
    assert len(plan_pages.page(plan, cast.viewer("cecilia")).cards) == 1
    Placement.objects.filter(child=cast.bo).update(ends_on=TODAY)
    GroupMembership.objects.filter(child=cast.bo).update(ends_on=TODAY)
    left = plan_pages.page(plan, cast.viewer("cecilia"))
    assert (left.cards, [one.cards for one in left.goals]) == ([], [[], []])
    assert PlanEntry.objects.exists(), "nothing was thrown away"
