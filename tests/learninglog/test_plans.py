"""Plans fill themselves and hold no child; what the team thinks is the team's."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from learninglog import plan_pages
from learninglog.erasure import erase_child
from learninglog.models import Entry, Plan, PlanEntry, Reflection
from learninglog.services import plans
from learninglog.services.plans import PlanInput
from tests.cast import NOW, TODAY
from tests.entries import shared, write
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast, goals):
    data = PlanInput(
        "Water all around", TODAY - timedelta(days=20), TODAY + timedelta(days=40), aim="To meet water in many ways.",
        questions="What do they wonder about?", goals=[goals[2], goals[4]],
    )  # fmt: skip
    return plans.make(unit=cast.unit, group=cast.granen, data=data, by=cast.viewer("cecilia"))


@pytest.fixture
def open_as(cast, sign_in):
    return lambda name, hat=Hat.STAFF: sign_in(getattr(cast, name), hat, fresh=True)


def href(name, **kwargs):
    return reverse(f"staff:{name}", kwargs={key: getattr(value, "public_id", value) for key, value in kwargs.items()})


def think(cast, on, text, by="cecilia"):
    return plans.reflect(on=on, text=text, by=cast.viewer(by), client_key=uuid.uuid4())


def page(cast, plan, by="cecilia"):
    return plan_pages.page(plan, cast.viewer(by))


def test_an_entry_joins_with_one_tap_and_leaves_with_another(cast, plan, open_as):
    entry = write(cast, cast.bo)
    client = open_as("cecilia")
    shown = client.get(href("compose", entry=entry)).content.decode()
    assert f'name="plans" value="{plan.public_id}" ' in shown
    form = {"revision": entry.revision, "happened_on": TODAY.isoformat(), "children": str(cast.bo.public_id)}
    client.post(href("save", entry=entry), {**form, "plans_asked": "1", "plans": str(plan.public_id)})
    assert list(PlanEntry.objects.values_list("plan", "entry")) == [(plan.pk, entry.pk)]
    # A form that did not ask says nothing; one that asked and has no tick takes it out.
    entry.refresh_from_db()
    client.post(href("save", entry=entry), {**form, "revision": entry.revision})
    assert PlanEntry.objects.exists()
    entry.refresh_from_db()
    client.post(href("save", entry=entry), {**form, "revision": entry.revision, "plans_asked": "1"})
    assert not PlanEntry.objects.exists()


def test_only_plans_of_the_group_and_the_unit_are_offered_while_they_run(cast, plan):
    other = plans.make(
        unit=cast.unit, group=None, data=PlanInput("All of us", TODAY, TODAY), by=cast.viewer("eva")
    )  # fmt: skip
    plans.make(unit=cast.unit, group=None, data=PlanInput("Past", TODAY, TODAY), by=cast.viewer("eva"))
    Plan.objects.filter(title="Past").update(starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=2))
    elsewhere = Plan.objects.create(
        unit=cast.unit, group=cast.tallen, title="Tallen's", starts_on=TODAY, ends_on=TODAY, created_by=cast.eva,
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    entry = write(cast, cast.bo)
    assert set(plans.offered(entry)) == {plan, other}
    plans.join(entry=entry, plans=[elsewhere.public_id], by=cast.viewer("cecilia"))
    assert not PlanEntry.objects.exists()


def test_the_page_fills_itself(cast, plan, goals):
    entry = shared(cast, cast.bo, goals=[goals[0]], quotes={cast.bo: ["The water is sleeping."]})
    plans.join(entry=entry, plans=[plan.public_id], by=cast.viewer("cecilia"))
    think(cast, entry, "They came back to the ice.")
    think(cast, plan, "More time outdoors.", by="karin")
    shown = page(cast, plan)
    assert [(one.goal.label, one.planned, len(one.cards)) for one in shown.goals] == [
        ("Goal 2", True, 1),
        ("Goal 4", True, 0),
    ]
    assert [quote for quote, _card in shown.quotes] == ["The water is sleeping."]
    assert [thought.text for _card, thought in shown.beside] == ["They came back to the ice."]
    assert [(thought.by, thought.text) for thought in shown.thoughts] == [("Karin", "More time outdoors.")]


def test_the_draft_of_the_evaluation_names_goals_and_no_child(cast, plan, goals, open_as):
    entry = shared(cast, cast.bo, title="@Bo and the ice", goals=[goals[2]], quotes={cast.bo: ["Cold!"]})
    plans.join(entry=entry, plans=[plan.public_id], by=cast.viewer("cecilia"))
    draft = plan_pages.draft_of_conclusions(page(cast, plan))
    assert "Goal 2" in draft
    assert "Planned, and not in an entry yet: Goal 4." in draft
    assert "Bo" not in draft
    client = open_as("cecilia")
    shown = client.get(href("conclusions", plan=plan)).content.decode()
    assert href("entry", entry=entry) in shown, "the evidence stands beside it"
    client.post(href("conclusions", plan=plan), {"text": "Water was everywhere."})
    assert "Water was everywhere." in client.get(href("plan", plan=plan)).content.decode()
    assert "Water was everywhere." in client.get(href("conclusions", plan=plan)).content.decode()


def test_a_copy_takes_along_what_was_meant_and_nothing_about_any_child(cast, plan, goals):
    cast.make.duty(cast.karin, "pedagogue", cast.unit, cast.tallen)
    entry = shared(cast, cast.bo, goals=goals[:1])
    plans.join(entry=entry, plans=[plan.public_id], by=cast.viewer("cecilia"))
    plans.conclude(plan=plan, text="Bo said cold.", by=cast.viewer("cecilia"))
    think(cast, plan, "Bo loves it.")
    made = plans.copy(plan=plan, group=cast.tallen, by=cast.viewer("karin"))
    assert (made.title, made.aim, made.questions, made.starts_on) == (plan.title, plan.aim, plan.questions, TODAY)
    assert made.ends_on - made.starts_on == plan.ends_on - plan.starts_on
    assert sorted(made.plan_goals.values_list("goal", flat=True)) == sorted([goals[2], goals[4]])
    assert (made.conclusions, made.plan_entries.count(), made.reflections.count()) == ("", 0, 0)
    with pytest.raises(PermissionDenied):
        plans.copy(plan=plan, group=cast.tallen, by=cast.viewer("cecilia"))


def test_of_a_plan_entries_each_reads_what_the_rule_lets_through(cast, plan):
    entry = shared(cast, cast.elsa)
    plans.join(entry=entry, plans=[plan.public_id], by=cast.viewer("cecilia"))
    assert len(page(cast, plan).cards) == 1
    assert page(cast, plan, "ines").cards == [], "Elsa is her own child"
    assert page(cast, plan, "frans").cards == [], "he works with Alma alone"


def test_no_family_ever_sees_what_the_team_thinks(cast, plan, open_as):
    entry = shared(cast, cast.alma)
    plans.join(entry=entry, plans=[plan.public_id], by=cast.viewer("cecilia"))
    think(cast, entry, "SECRETTHOUGHT")
    think(cast, plan, "SECRETTHOUGHT")
    guardian = open_as("astrid", Hat.GUARDIAN)
    for address in ("family:log", "family:landmarks", "family:settings", "readings:family"):
        response = guardian.get(reverse(address, kwargs={"child": cast.alma.public_id}))
        assert response.status_code == 200
        assert "SECRETTHOUGHT" not in response.content.decode()
    own = {"child": cast.alma.public_id, "entry": entry.public_id}
    assert "SECRETTHOUGHT" not in guardian.get(reverse("family:entry", kwargs=own)).content.decode()
    assert guardian.get(href("plan", plan=plan)).status_code == 404
    assert "SECRETTHOUGHT" in open_as("karin").get(href("entry", entry=entry)).content.decode()


def test_of_an_entry_with_ones_own_child_one_reads_no_note(cast, open_as):
    entry = shared(cast, cast.elsa, cast.bo)
    think(cast, entry, "About Elsa.")
    ines = open_as("ines")
    shown = ines.get(href("entry", entry=entry))
    assert shown.status_code == 200
    assert "About Elsa." not in shown.content.decode()
    assert ines.post(href("reflect", entry=entry), {"text": "x"}).status_code == 404
    # Nor a substitute for a day, nor the special educator of one child of two.
    both = shared(cast, cast.alma, cast.bo)
    for name in ("siri", "frans"):
        assert plan_pages.of_entry(both, cast.viewer(name)) is None


def test_a_thought_is_taken_back_by_whoever_had_it_and_kept_once(cast, open_as):
    entry = shared(cast, cast.bo)
    client, key = open_as("cecilia"), str(uuid.uuid4())
    for _tap in range(2):
        client.post(href("reflect", entry=entry), {"text": "Again?", "client_key": key})
    thought = Reflection.objects.get()
    assert open_as("karin").post(href("take_back", reflection=thought)).status_code == 404
    assert client.post(href("take_back", reflection=thought)).status_code == 302
    assert not Reflection.objects.exists()


def test_a_note_goes_with_the_child_it_may_be_about(cast, plan):
    entry = shared(cast, cast.alma, cast.bo)
    plans.join(entry=entry, plans=[plan.public_id], by=cast.viewer("cecilia"))
    think(cast, entry, "Alma led the way.")
    think(cast, kept := shared(cast, cast.bo), "Bo too.")
    erase_child(cast.alma, NOW)
    assert list(Reflection.objects.values_list("entry", flat=True)) == [kept.pk]
    assert Entry.objects.filter(pk=entry.pk).exists()


def test_a_plan_is_written_by_its_group_and_the_whole_unit_s_by_the_head(cast, plan, open_as):
    data = {"title": "Ice", "starts_on": "2026-11-01", "ends_on": "2026-12-01"}
    assert open_as("cecilia").post(href("new_plan", group=cast.granen), data).status_code == 302
    assert open_as("eva").post(href("new_plan_of_unit", unit=cast.unit), data).status_code == 302
    assert open_as("eva").post(href("edit_plan", plan=plan), data).status_code == 404
    assert open_as("cecilia").get(href("plan", plan=Plan.objects.get(group=None))).status_code == 200
    wrong = open_as("cecilia").post(href("new_plan", group=cast.granen), {**data, "ends_on": "2026-10-01"})
    assert wrong.status_code == 422
    assert "The last day comes after the first." in wrong.content.decode()


def test_the_goals_of_a_plan_stand_first_in_the_composer(cast, plan, goals, open_as):
    entry = write(cast, cast.bo)
    plans.join(entry=entry, plans=[plan.public_id], by=cast.viewer("cecilia"))
    shown = open_as("cecilia").get(href("compose", entry=entry)).content.decode()
    first = shown[shown.index("data-goals>") : shown.index("All goals")]
    assert "Goal 2" in first
    assert "Goal 0" not in first
