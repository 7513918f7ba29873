"""Everything about a child is behind the rule, and out of reach of the office's machinery."""

import pytest
from django.apps import apps
from django.db import models
from wagtail.admin.viewsets import viewsets
from wagtail.models import DraftStateMixin, ReferenceIndex, RevisionMixin
from wagtail.search import index
from wagtail.snippets.models import get_snippet_models

from people.models import Child, Person
from tests.architecture.house import room_of
from visibility import kinds
from visibility.models import ReadingLine

OURS = [model for model in apps.get_models() if room_of(model.__module__)]


def forward(model):
    """The models that rows of this one point to."""
    return {
        field.related_model
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
    }


def about_children():
    """Models from which a path of foreign keys leads to a child, and those that such rows are parts of.

    A path does not go on through a person: everybody knows people who know children.
    """
    found = {Child, ReadingLine} | {kind.model for kind in kinds.all_kinds() if not kind.unit}
    while True:
        pointing = {model for model in OURS if forward(model) & (found - {Person})}
        parts = {
            field.related_model
            for model in found
            for field in model._meta.get_fields()
            if field.many_to_one and field.remote_field.on_delete is models.CASCADE
        }
        wider = found | pointing | (parts & set(OURS)) - {Person}
        if wider == found:
            return sorted(found, key=lambda model: model._meta.label)
        found = wider


ABOUT_CHILDREN = about_children()

FACT = "a fact that the rule itself is made of; screens show it through the child or the duty that it belongs to"
GROUND = "why somebody has access, or is to; shown with the child's adults, after the rule let the child through"
PART = "a part of its row, fetched with it and only after the rule let the row through"
OWN = "belongs to one signed-in person and is fetched by that person alone"
TOLD = "written by the machinery, shown by the rule of what it tells about"
CASE = "the head's case, fetched for the child that the rule has let through"
CHOICE = "what a family chose or what was made for it, fetched for the child that the rule has let through"
# Model → why it has no `visible_to` of its own. Whoever adds a line says how the rows are reached.
REACHED_OTHERWISE = {
    "people.Child": "people holds no rules; doors narrow children by rule.visible(CHILD)",
    "people.AccessEvent": FACT,
    "people.Answer": FACT,
    "people.GroupMembership": FACT,
    "people.Guardianship": FACT,
    "people.Home": FACT,
    "people.HomeMembership": FACT,
    "people.NamedChild": FACT,
    "people.OwnChildLift": FACT,
    "people.Placement": FACT,
    "people.ResponsibleTeacher": FACT,
    "people.RoundChild": FACT,
    "access.Consent": GROUND,
    "access.FamilyWord": GROUND,
    "access.HomeAsking": GROUND,
    "access.OneGuardianNote": GROUND,
    "access.RecordedAnswer": PART,
    "access.RecordedPage": PART,
    "access.Reminder": GROUND,
    "access.WishedAdult": GROUND,
    "visibility.ErasureReceipt": TOLD,
    "visibility.ReadingChild": TOLD,
    "visibility.ReadingLine": TOLD,
    "visibility.RefusedChild": TOLD,
    "visibility.RefusedLook": TOLD,
    "visibility.SealedLine": TOLD,
    "access.ReviewLine": PART,
    "access.HeldLine": "beside a line of the reading log, fetched for the child that the rule has let through",
    "access.LineQuestion": "beside a line of the reading log, fetched for the child that the rule has let through",
    "media_policy.ClipErasure": "a receipt: when and why, nothing of what was seen or heard",
    "media_policy.PictureErasure": "a receipt: when and why, nothing of what the picture showed",
    "learninglog.Correction": PART,
    "learninglog.CorrectionRequest": "fetched for the child whose records the viewer keeps, by their own tie",
    "learninglog.EntryChild": PART,
    "learninglog.EntryGoal": PART,
    "learninglog.EntryClip": PART,
    "learninglog.EntryPicture": PART,
    "learninglog.Quote": PART,
    "learninglog.Remark": PART,
    "learninglog.SecondLine": PART,
    "learninglog.SecondWords": PART,
    "learninglog.PlanEntry": PART,
    "learninglog.PlanGoal": PART,
    "learninglog.Presence": PART,
    "learninglog.Reflection": "beside an entry or a plan, after the rule let that through for NOTE",
    "learninglog.HomeWordsPicture": PART,
    "learninglog.Message": PART,
    "learninglog.TrayPicture": PART,
    "learninglog.SharedVersion": PART,
    "learninglog.VersionAudience": PART,
    "learninglog.VersionChild": PART,
    "learninglog.VersionClip": PART,
    "learninglog.VersionClipSubject": PART,
    "learninglog.VersionPicture": PART,
    "learninglog.VersionSubject": PART,
    "conferences.FollowUp": PART,
    "learninglog.Publication": "what stands shared; the feeds, held to the rule by their tests, and the rule read it",
    "transfers.DisclosedItem": PART,
    "transfers.Disclosure": CASE,
    "transfers.HiddenReceiver": PART,
    "transfers.Highlight": PART,
    "transfers.LeftOut": CHOICE,
    "transfers.MovedStart": PART,
    "transfers.OpenWindow": PART,
    "transfers.Package": CHOICE,
    "transfers.Receipt": PART,
    "transfers.WordsAlong": CHOICE,
    "learninglog.HomeChange": OWN,
    "learninglog.Visit": OWN,
}


def ids(model):
    return model._meta.label


def is_scoped(model):
    return hasattr(model._default_manager.get_queryset(), "visible_to")


@pytest.mark.parametrize("model", ABOUT_CHILDREN, ids=ids)
def test_rows_about_a_child_are_fetched_through_the_rule_or_say_how(model):
    assert is_scoped(model) != (model._meta.label in REACHED_OTHERWISE)


def test_every_reason_belongs_to_a_model_about_children():
    assert set(REACHED_OTHERWISE) <= {model._meta.label for model in ABOUT_CHILDREN}


def test_the_walk_finds_what_holds_children_and_what_is_held():
    labels = {model._meta.label for model in ABOUT_CHILDREN}
    assert labels >= {"learninglog.Entry", "learninglog.Quote", "media_policy.Picture", "people.Guardianship"}
    assert "curriculum.Goal" not in labels
    assert "people.Person" not in labels


def test_every_kind_is_fetched_through_the_rule():
    for kind in kinds.all_kinds():
        # `people` stands below the rule and knows nothing of it.
        assert room_of(kind.model.__module__) == "people" or is_scoped(kind.model), kind.name


@pytest.mark.parametrize("model", [*ABOUT_CHILDREN, Person], ids=ids)
def test_nothing_about_a_child_lies_in_the_offices_index(model):
    assert not issubclass(model, index.Indexed | RevisionMixin | DraftStateMixin)
    assert not ReferenceIndex.model_is_indexable(model)


def test_nothing_about_a_child_can_be_chosen_or_edited_in_the_office():
    shown = set(get_snippet_models()) | {getattr(viewset, "model", None) for viewset in viewsets.viewsets}
    assert shown & {*ABOUT_CHILDREN} == set()
    assert not apps.is_installed("django.contrib.admin")


@pytest.mark.parametrize("model", [*ABOUT_CHILDREN, Person], ids=ids)
def test_what_a_row_is_called_in_a_log_tells_no_name(model):
    words = {
        field.attname: "Alma"
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    }
    row = model(**words, pk=42)
    assert "Alma" not in str(row)
    assert "Alma" not in repr(row)
    assert "42" in str(row)
