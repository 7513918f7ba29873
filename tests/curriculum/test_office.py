"""The office edits the public text in Wagtail: drafts, locks, revisions, previews, by the rights of its groups."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from curriculum.models import Area, Framework, Goal
from curriculum.services import allow_editing
from people.models import Duty, Organisation
from visibility.middleware import HAT_KEY
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


def page(model: str, name: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_curriculum_{model}:{name}", args=args)


def office_person(name: str, *groups: Group) -> Client:
    organisation = Organisation.objects.create(name="Lindby", country="SE")
    person = get_user_model().objects.create_user(name, organisation=organisation)
    person.groups.add(*groups)
    Duty.objects.create(person=person, organisation=organisation, role=Duty.Role.OFFICE, starts_on=date(2024, 1, 1))
    client = Client()
    client.force_login(person)
    session = client.session
    session[HAT_KEY] = Hat.OFFICE.value
    session.save()
    return client


@pytest.fixture
def staff_group() -> Group:
    group = Group.objects.create(name="Office")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


@pytest.fixture
def editor(staff_group: Group) -> Client:
    """Somebody of the office who may edit the curriculum."""
    editors = Group.objects.create(name="Curriculum")
    allow_editing(group=editors)
    return office_person("editor", staff_group, editors)


def form(goal: Goal, **changes: Any) -> dict[str, Any]:
    fields = ["code", "order", *(f"{stem}_{language}" for stem in ("label", "text") for language in ("sv", "nb", "en"))]
    return {**{name: getattr(goal, name) for name in fields}, "area": goal.area_id, "retired_on": "", **changes}


@pytest.mark.parametrize("model", ["framework", "area", "goal"])
@pytest.mark.parametrize("name", ["list", "add"])
def test_without_the_right_there_is_no_way_in(staff_group, model, name):
    response = office_person("communicator", staff_group).get(page(model, name))
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize(("model", "rows"), [(Framework, 3), (Area, 27), (Goal, 113)])
def test_the_lists_and_forms_open(editor, shipped, model, rows):
    name = model._meta.model_name
    listed = editor.get(page(name, "list"))
    assert listed.status_code == 200
    assert listed.context["paginator"].count == rows
    row = model.objects.for_list().first()
    for view in ("edit", "history", "usage"):
        assert editor.get(page(name, view, row.pk)).status_code == 200
    assert editor.get(page(name, "add")).status_code == 200


@pytest.mark.parametrize("typed", ["sprakljud", "SPRÅKLJUD", "språklyder", "RP17:1-04"])
def test_the_list_is_searched_without_accents_in_every_language(editor, shipped, typed):
    response = editor.get(page("goal", "list"), {"q": typed})
    assert "RP17:1-04" in [goal.code for goal in response.context["object_list"]]
    assert response.context["paginator"].count < 10


def test_a_framework_is_found_by_its_title(editor, shipped):
    response = editor.get(page("framework", "list"), {"q": "rammeplan"})
    assert [row.code for row in response.context["object_list"]] == ["RP-2017"]


def test_a_draft_changes_nothing_until_it_is_published(editor, goal_in):
    goal = goal_in("T:1", "Leka")
    assert editor.post(page("goal", "edit", goal.pk), form(goal, label_sv="Leka ute")).status_code == 302
    goal.refresh_from_db()
    assert (goal.label("sv"), goal.has_unpublished_changes) == ("Leka", True)
    assert not Goal.objects.matching("ute", "sv").exists()
    published = form(goal, label_sv="Leka ute", **{"action-publish": "1"})
    assert editor.post(page("goal", "edit", goal.pk), published).status_code == 302
    goal.refresh_from_db()
    assert (goal.label("sv"), goal.has_unpublished_changes) == ("Leka ute", False)
    assert Goal.objects.matching("ute", "sv").exists()


def test_a_new_goal_gets_the_framework_of_its_area(editor, framework):
    area = Area.objects.create(framework=framework, code="A", label_sv="Lek")
    values = {"area": area.pk, "code": "T:9", "order": 1, "label_sv": "Leka", "action-publish": "1"}
    assert editor.post(page("goal", "add"), values).status_code == 302
    assert Goal.objects.get(code="T:9").framework == framework


def test_a_code_that_is_taken_is_said_in_the_form(editor, goal_in):
    goal = goal_in("T:1", "Leka")
    other = goal_in("T:2", "Sjunga")
    response = editor.post(page("goal", "edit", other.pk), form(other, code="T:1"))
    assert response.status_code == 200
    assert "There is already a goal with this code in the framework." in str(response.context["form"].errors)
    response = editor.post(page("goal", "add"), {"area": "", "code": "T:1", "order": 1, "label_sv": "X"})
    assert list(response.context["form"].errors) == ["area"]
    assert Goal.objects.filter(code="T:1").get() == goal


def test_the_heading_of_an_area_is_chosen_among_headings(editor, framework):
    heading = Area.objects.create(framework=framework, code="H", label_sv="Rubrik")
    part = Area.objects.create(framework=framework, parent=heading, code="P", label_sv="Del")
    choices = editor.get(page("area", "edit", heading.pk)).context["form"].fields["parent"].queryset
    assert heading not in choices
    assert part not in choices
    assert heading in editor.get(page("area", "edit", part.pk)).context["form"].fields["parent"].queryset


def test_a_locked_goal_is_not_changed_by_others(editor, staff_group, goal_in):
    goal = goal_in("T:1", "Leka")
    assert editor.post(page("goal", "lock", goal.pk)).status_code == 302
    colleague = office_person("colleague", *Group.objects.all())
    colleague.post(page("goal", "edit", goal.pk), form(goal, label_sv="Annat", **{"action-publish": "1"}))
    goal.refresh_from_db()
    assert (goal.locked, goal.label("sv")) == (True, "Leka")


def test_an_older_wording_can_be_looked_at_and_brought_back(editor, shipped):
    goal = Goal.objects.get(code="RP17:4-07")
    first = goal.latest_revision_id
    editor.post(page("goal", "edit", goal.pk), form(goal, label_sv="Annat", **{"action-publish": "1"}))
    assert Goal.objects.get(pk=goal.pk).label("sv") == "Annat"
    assert editor.get(page("goal", "revisions_compare", goal.pk, first, "live")).status_code == 200
    assert editor.get(page("goal", "revisions_revert", goal.pk, first)).status_code == 200
    values = form(goal, revision=first, **{"action-publish": "1"})
    assert editor.post(page("goal", "revisions_revert", goal.pk, first), values).status_code == 302
    goal.refresh_from_db()
    assert goal.label("sv") == "Livets gång"


@pytest.mark.parametrize("model", [Framework, Area, Goal])
def test_the_preview_shows_the_words_in_every_language(editor, shipped, model):
    row = {
        Framework: Framework.objects.filter(code="RP-2017"),
        Area: Area.objects.filter(code="RP17:4"),
        Goal: Goal.objects.filter(code="RP17:4-01"),
    }[model].get()
    shown = row.make_preview_request().content.decode()
    for words in ("Naturens mångfald", "Naturens mangfold", "The variety of nature"):
        assert words in shown
    assert "https://www.udir.no/" in shown
    assert "<script>alert" not in shown


def test_a_half_written_goal_can_be_previewed(editor, framework):
    area = Area.objects.create(framework=framework, code="A", label_sv="Lek")
    url = page("goal", "preview_on_add")
    values = {"area": area.pk, "code": "T:9", "order": 1, "label_sv": "Leka <b>"}
    assert editor.post(url, values).json() == {"is_valid": True, "is_available": True}
    assert "Leka &lt;b&gt;" in editor.get(url).content.decode()


@pytest.mark.parametrize("model", ["framework", "area", "goal"])
def test_nobody_deletes_what_was_published_not_even_with_the_right(editor, goal_in, model):
    goal = goal_in("T:1", "Leka")
    row = {"framework": goal.framework, "area": goal.area, "goal": goal}[model]
    editors = Group.objects.get(name="Curriculum")
    editors.permissions.add(Permission.objects.get(codename=f"delete_{model}"))
    response = editor.post(page(model, "delete", row.pk), follow=True)
    assert "is kept, because entries may refer to it" in response.content.decode()
    bulk = reverse("wagtail_bulk_action", args=["curriculum", model, "delete"])
    editor.post(f"{bulk}?id={row.pk}")
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_draft_that_never_was_published_can_go(editor, goal_in):
    draft = goal_in("T:1", "Leka", live=False)
    editors = Group.objects.get(name="Curriculum")
    editors.permissions.add(Permission.objects.get(codename="delete_goal"))
    editor.post(page("goal", "delete", draft.pk))
    assert not Goal.objects.filter(pk=draft.pk).exists()
    assert editor.get(page("area", "delete", Area.objects.get().pk)).status_code == 302


def test_the_usage_of_a_goal_tells_nothing_about_entries():
    assert {Framework, Area, Goal}.isdisjoint(ReferenceIndex.indexed_models)
    assert all(model.wagtail_reference_index_ignore for model in (Framework, Area, Goal))
