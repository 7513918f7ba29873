"""The office drafts, reviews, previews, publishes and copies templates; once one is used its words stay."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import ReferenceIndex, Revision

from conferences.models import ConferenceTemplate
from conferences.office.freezing import content_of, frozen
from conferences.office.rights import allow_drafting
from tests.conferences.office.conftest import form, office_person, question, section, texts

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PUBLISH = {"action-publish": "1"}

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"wagtailsnippets_conferences_conferencetemplate:{name}", args=args)


def now(template):
    return ConferenceTemplate.objects.get(pk=template.pk)


def other_words(template):
    body = template.body.get_prep_value()
    body[0]["value"]["title"] = texts("En annan rubrik")
    return body


def heading(template):
    return content_of(now(template))["sections"][0]["title"]["sv"]


@pytest.fixture
def used(template_of):
    template = template_of()
    frozen(template, AT)
    return template


def test_without_the_right_there_is_no_way_in(staff_group):
    for name in ("list", "add"):
        assert office_person(f"communicator {name}", staff_group).get(page(name)).status_code == 302


def test_the_pages_open(editor, used):
    listed = editor.get(page("list"), {"q": "Samt"})
    assert [row.pk for row in listed.context["object_list"]] == [used.pk]
    for name in ("edit", "copy", "history", "usage"):
        assert editor.get(page(name, used.pk)).status_code == 200
    assert editor.get(page("add")).status_code == 200


def test_a_draft_is_nothing_until_it_is_published(editor, template_of):
    template = template_of()
    body = other_words(template)
    assert editor.post(page("edit", template.pk), form(template, *body)).status_code == 302
    assert (heading(template), now(template).has_unpublished_changes) == ("Dagarna", True)
    assert editor.post(page("edit", template.pk), form(template, *body, **PUBLISH)).status_code == 302
    assert (heading(template), now(template).has_unpublished_changes) == ("En annan rubrik", False)


def test_what_is_half_written_is_saved_as_a_draft_and_not_published(editor, template_of):
    template = template_of(live=False)
    half = form(template, section("", question({"en": "What?"}, "choice")))
    assert editor.post(page("edit", template.pk), half).status_code == 302
    refused = editor.post(page("edit", template.pk), {**half, **PUBLISH})
    assert refused.status_code == 200
    assert not now(template).live


def test_a_fault_is_said_beside_the_question(editor, template_of):
    template = template_of()
    shown_to_all = section("Hemma", question("Vad vill ni?", "text", "home", "shown"))
    refused = editor.post(page("edit", template.pk), form(template, shown_to_all, **PUBLISH))
    [error] = refused.context["form"].errors.as_data()["body"]
    beside = error.block_errors[0].block_errors["questions"].block_errors[0].block_errors
    assert list(beside) == ["seen"]
    # The page hands the sentence to the very block.
    assert "no other home may read it" in refused.content.decode()
    assert heading(template) == "Dagarna"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_from": "2026-08-01", "valid_until": "2026-08-01"}, "valid_until"),
        ({"language": "svenska!"}, "language"),
        ({"language": "so"}, "names"),
        ({"name_sv": "", "name_en": "Talk"}, "name_sv"),
        ({"code": ""}, "code"),
    ],
)
def test_what_is_wrong_around_the_questions_is_said_too(editor, template_of, changes, field):
    template = template_of()
    refused = editor.post(page("edit", template.pk), form(template, **changes, **PUBLISH))
    assert field in refused.context["form"].errors
    assert now(template).language == "sv"


def test_a_template_may_be_written_in_any_language(editor):
    asked = section({"ar": "أيام الطفل"}, question({"ar": "ماذا رأينا؟", "so": "Maxaan aragnay?"}))
    draft = ConferenceTemplate(code="AR", country="SE", language="ar", name_en="Talk")
    name = {"names-count": 1, "names-0-type": "name", "names-0-id": "a", "names-0-order": 0, "names-0-deleted": "",
            "names-0-value-language": "ar", "names-0-value-text": "محادثة"}  # fmt: skip
    answer = editor.post(page("add"), {**form(draft, asked), **name, **PUBLISH})
    assert answer.status_code == 302
    made = ConferenceTemplate.objects.get(code="AR")
    assert (made.live, made.name("ar"), made.name("so"), made.name("en")) == (True, "محادثة", "محادثة", "Talk")


def test_the_words_of_a_used_template_stay_and_the_form_says_to_copy(editor, used):
    warned = editor.get(page("edit", used.pk)).content.decode()
    assert "copy it to change its words" in warned
    assert page("copy", used.pk) in warned
    for sent in ({}, PUBLISH):
        refused = editor.post(page("edit", used.pk), form(used, *other_words(used), **sent))
        assert "Make a copy" in str(refused.context["form"].errors)
    for changes in ({"name_sv": "Annat"}, {"country": "NO"}):
        assert editor.post(page("edit", used.pk), form(used, **changes, **PUBLISH)).status_code == 200
    assert (heading(used), now(used).name_sv, now(used).country) == ("Dagarna", "Samtal", "SE")
    assert Revision.objects.for_instance(used).count() == 1


def test_the_days_of_a_used_template_may_be_changed(editor, used):
    sent = form(used, valid_until="2027-06-30", **PUBLISH)
    assert editor.post(page("edit", used.pk), sent).status_code == 302
    assert str(now(used).valid_until) == "2027-06-30"
    assert frozen(now(used), AT).content == content_of(used)


def test_a_draft_from_before_it_was_used_cannot_be_published_by_any_way(editor, template_of):
    template = template_of()
    editor.post(page("edit", template.pk), form(template, *other_words(template)))
    frozen(now(template), AT)
    draft = now(template).latest_revision
    # A review that is passed publishes without the form, and so does the timetable.
    with pytest.raises(PublishPermissionError, match="copy it"):
        draft.publish(user=get_user_model().objects.get(login="editor"))
    Revision.objects.filter(pk=draft.pk).update(approved_go_live_at=AT)
    Revision.objects.get(pk=draft.pk).publish()
    assert heading(template) == "Dagarna"
    assert Revision.objects.get(pk=draft.pk).approved_go_live_at is None
    copied = editor.get(page("copy", template.pk)).context["form"].instance
    assert content_of(copied)["sections"][0]["title"] == {"sv": "En annan rubrik"}


def test_a_copy_is_a_new_template_with_the_same_keys(editor, used):
    opened = editor.get(page("copy", used.pk))
    assert (opened.context["form"].instance.pk, opened.context["form"].initial["code"]) == (None, "")
    sent = form(used, *other_words(used), code="COPY", **PUBLISH)
    for address in (page("copy", used.pk), page("add")):
        assert editor.post(address, {**sent, "code": f"COPY-{len(address)}"}).status_code == 302
    first, *copies = ConferenceTemplate.objects.order_by("pk")
    assert (first.pk, heading(first), len(copies)) == (used.pk, "Dagarna", 2)
    for copy in copies:
        assert (heading(copy), copy.shipped, copy.is_used) == ("En annan rubrik", "", False)
        assert copy.public_id != used.public_id
        keys = [[one["key"] for one in content_of(row)["sections"][0]["questions"]] for row in (used, copy)]
        assert keys[0] == keys[1]


def test_a_code_is_one_templates(editor, used):
    refused = editor.post(page("add"), form(used, **PUBLISH))
    assert list(refused.context["form"].errors) == ["code"]


def test_who_drafts_sends_to_review_and_publishes_nothing(staff_group, template_of, editor):
    drafters = Group.objects.create(name="Drafters")
    allow_drafting(group=drafters)
    drafter = office_person("drafter", staff_group, drafters)
    template = template_of()
    body = other_words(template)
    drafter.post(page("edit", template.pk), form(template, *body, **PUBLISH))
    assert heading(template) == "Dagarna"
    drafter.post(page("edit", template.pk), form(template, *body, **{"action-submit": "1"}))
    waiting = now(template).current_workflow_state
    assert waiting.status == "in_progress"
    task = waiting.current_task_state
    approve = page("workflow_action", template.pk, "approve", task.pk)
    assert editor.post(approve, {"comment": ""}).status_code in (200, 302)
    assert heading(template) == "En annan rubrik"


def test_a_locked_template_is_not_changed_by_others(editor, template_of):
    template = template_of()
    assert editor.post(page("lock", template.pk)).status_code == 302
    colleague = office_person("colleague", *Group.objects.all())
    colleague.post(page("edit", template.pk), form(template, *other_words(template), **PUBLISH))
    assert (now(template).locked, heading(template)) == (True, "Dagarna")


def test_an_older_wording_can_be_compared_and_brought_back(editor, template_of):
    template = template_of()
    first = template.latest_revision_id
    before = form(template)
    editor.post(page("edit", template.pk), form(template, *other_words(template), **PUBLISH))
    assert editor.get(page("revisions_compare", template.pk, first, "live")).status_code == 200
    back = page("revisions_revert", template.pk, first)
    assert editor.get(back).status_code == 200
    assert editor.post(back, {**before, "revision": first, **PUBLISH}).status_code == 302
    assert heading(template) == "Dagarna"


def test_both_sides_are_previewed_in_every_language(template_of):
    template = template_of(
        section("Bara vi", question("Att tänka på", "text", "staff", "staff")),
        section(
            {"sv": "Hemma", "ar": "في البيت"},
            question({"sv": "Välj <b>", "ar": "اختر"}, "choices", "home", "home", options=["Lek", "Mat"]),
        ),
    )
    shown = {side: template.make_preview_request(preview_mode=side).content.decode() for side in ("staff", "home")}
    assert ("Att tänka på" in shown["staff"], "Att tänka på" in shown["home"]) == (True, False)
    for page_of_side in shown.values():
        assert 'lang="ar" dir="rtl"' in page_of_side
        assert "في البيت" in page_of_side
        assert "Välj &lt;b&gt;" in page_of_side
    assert "only your home reads it" in shown["home"].lower()


def test_a_half_written_template_can_be_previewed(editor):
    draft = ConferenceTemplate(code="NEW", country="SE", language="ar", name_sv="Samtal")
    sent = form(draft, section({"sv": None}, question({"sv": None}, "choice")))
    url = page("preview_on_add")
    assert editor.post(url, sent).json() == {"is_valid": True, "is_available": True}
    assert editor.get(url).status_code == 200


def test_nobody_deletes_what_was_published_not_even_with_the_right(editor, used, template_of):
    draft = template_of(live=False)
    Group.objects.get(name="Templates").permissions.add(Permission.objects.get(codename="delete_conferencetemplate"))
    said = editor.post(page("delete", used.pk), follow=True).content.decode()
    assert "is kept, because conferences may use it" in said
    bulk = reverse("wagtail_bulk_action", args=["conferences", "conferencetemplate", "delete"])
    editor.post(f"{bulk}?id={used.pk}&id={draft.pk}")
    assert ConferenceTemplate.objects.count() == 2
    editor.post(page("delete", draft.pk))
    assert list(ConferenceTemplate.objects.all()) == [used]


def test_the_usage_of_a_template_tells_nothing_about_conferences():
    assert ConferenceTemplate not in ReferenceIndex.indexed_models
    assert ConferenceTemplate.wagtail_reference_index_ignore
