"""Somebody who only drafts brings a package, looks at it, sends it to review; somebody else publishes it."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState

from curriculum.case import views
from curriculum.case.text import LARGEST, decoded
from curriculum.case.uploads import AtMost
from curriculum.models import Framework, Goal, Package
from curriculum.services import allow_drafting, allow_editing
from tests.curriculum.case.packages import raw, small
from tests.curriculum.test_office import office_person, page, staff_group  # noqa: F401

pytestmark = pytest.mark.django_db
BRING, HOME = reverse("curriculum_case_bring"), reverse("wagtailadmin_home")


@pytest.fixture
def drafter(staff_group):  # noqa: F811
    group = Group.objects.create(name="Drafts")
    allow_drafting(group=group)
    return office_person("drafter", staff_group, group)


@pytest.fixture
def reviewer(staff_group):  # noqa: F811
    group = Group.objects.create(name="Curriculum reviewers")
    allow_editing(group=group)
    return office_person("reviewer", staff_group, group)


def bring(client, content=None, **more):
    file = SimpleUploadedFile("package.json", raw(small()) if content is None else content)
    return client.post(BRING, {"file": file, "country": "", "valid_from": "", **more})


def test_whoever_has_no_right_to_the_curriculum_brings_nothing(staff_group):  # noqa: F811
    client = office_person("communicator", staff_group)
    assert client.get(BRING).status_code == 302
    assert bring(client).status_code == 302
    assert not Package.objects.exists()


def test_a_package_is_looked_at_before_anything_changes(drafter):
    looked = bring(drafter)
    assert looked.status_code == 302
    shown = drafter.get(looked.url)
    assert "W:2-a-01" in shown.content.decode()
    assert not Framework.objects.exists()


def test_a_wrong_file_is_told_with_line_and_place_and_not_kept(drafter):
    content = small()
    content["CFItems"][1]["fullStatement"] = ""
    response = bring(drafter, raw(content))
    assert response.status_code == 400
    assert "<code>/CFItems/1/fullStatement</code>" in response.content.decode()
    assert not Package.objects.exists()


def test_of_a_file_that_is_far_too_large_no_more_is_kept_than_tells_so(drafter, monkeypatch):
    sizes = []
    monkeypatch.setattr(views.writing, "bring", lambda raw, **_: sizes.append(len(raw)) or decoded(raw))
    response = bring(drafter, b" " * 12_000_000)
    assert response.status_code == 400
    assert "larger than 5 MB" in response.content.decode()
    assert sizes == [LARGEST + 1]
    upload = AtMost(10)
    assert [upload.receive_data_chunk(b"x" * 8, start) for start in (0, 8, 16)] == [b"x" * 8, b"xxx", None]


def test_a_form_from_elsewhere_brings_nothing(drafter):
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.cookies = drafter.cookies
    assert bring(elsewhere).status_code == 403
    assert not Package.objects.exists()


def test_an_edition_that_overlaps_is_told_on_the_page(drafter):
    looked = bring(drafter)
    Framework.objects.create(
        code="X", family="WEATHER-PLAN", country="SE", language="en", title_en="X", valid_from=date(2026, 3, 1)
    )
    response = drafter.post(looked.url)
    assert response.status_code == 409
    assert "in force in that time" in response.content.decode()
    assert Framework.objects.count() == 1


def framework_form(row, action):
    names = ["code", "family", "country", "language", "title_sv", "title_nb", "title_en", "valid_from", "source_url"]
    values = {name: getattr(row, name) for name in names}
    return {**values, "valid_until": "", "organisation": "", "unit": "", action: "1"}


def test_the_whole_package_goes_through_one_review(drafter, reviewer):
    written = drafter.post(bring(drafter).url)
    framework = Framework.objects.get()
    assert written.url == page("framework", "edit", framework.pk)
    assert Package.objects.get().applied_at is not None
    drafter.post(written.url, framework_form(framework, "action-publish"))
    framework.refresh_from_db()
    assert not framework.live, "whoever drafts cannot publish"
    drafter.post(written.url, framework_form(framework, "action-submit"))
    state = WorkflowState.objects.get()
    assert (state.content_object, state.status) == (framework, "in_progress")
    assert not Goal.objects.filter(live=True).exists()
    # The reviewer's button sends the form along, as Wagtail's pages do.
    sent = {**framework_form(framework, "action-workflow-action"), "workflow-action-name": "approve"}
    assert reviewer.post(written.url, sent).status_code == 302
    framework.refresh_from_db()
    assert framework.live
    assert Goal.objects.filter(live=True, with_framework=False).count() == 3


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_reviewer_answers_from_the_start_page_of_the_office(drafter, reviewer, action):
    written = drafter.post(bring(drafter).url)
    framework = Framework.objects.get()
    drafter.post(written.url, framework_form(framework, "action-submit"))
    state = WorkflowState.objects.get().current_task_state
    address = reverse("wagtailsnippets_curriculum_framework:workflow_action", args=[framework.pk, action, state.pk])
    assert address not in drafter.get(HOME).content.decode()
    assert address in reviewer.get(HOME).content.decode()
    assert drafter.post(address, {"comment": ""}).status_code == 302
    framework.refresh_from_db()
    assert not framework.live, "whoever drafts answers no review"
    assert reviewer.post(address, {"comment": "Look at W:2 again."}).status_code == 302
    framework.refresh_from_db()
    assert framework.live is (action == "approve")
    assert Goal.objects.filter(live=True).exists() is (action == "approve")


def test_a_framework_is_taken_out_as_a_file(drafter, shipped):
    framework = Framework.objects.get(code="RP-2017")
    assert "RP-2017" not in drafter.get(BRING).content.decode()
    response = drafter.get(reverse("curriculum_case_export", args=[framework.public_id]))
    assert response["Content-Type"] == "application/json"
    assert response.json()["CFDocument"]["extensions"]["learningLog"]["code"] == "RP-2017"
    Framework.objects.filter(pk=framework.pk).update(live=False)
    assert drafter.get(reverse("curriculum_case_export", args=[framework.public_id])).status_code == 404


def test_a_link_that_came_with_the_product_is_switched_off_and_not_deleted(reviewer, shipped):
    from curriculum.models import GoalLink

    link = GoalLink.objects.first()
    Group.objects.get(name="Curriculum reviewers").permissions.add(Permission.objects.get(codename="delete_goallink"))
    listed = reviewer.get(reverse("wagtailsnippets_curriculum_goallink:list"))
    assert listed.status_code == 200
    response = reviewer.post(page("goallink", "delete", link.pk), follow=True)
    assert "Switch it off instead" in response.content.decode()
    values = {"origin": link.origin_id, "kind": link.kind, "destination": link.destination_id}
    assert reviewer.post(page("goallink", "edit", link.pk), values).status_code == 302
    link.refresh_from_db()
    assert not link.in_use
