"""What other rooms ask of the curriculum, and the few writes it has."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from curriculum.languages import LANGUAGES, said
from curriculum.models import Area, Framework, Goal, GoalLink, Guidance
from curriculum.models.base import SearchedText


def goal_labels(goal_ids: Iterable[int], language: str) -> dict[int, str]:
    """The short labels of these goals by id, in one query; retired goals keep theirs, unknown ids are left out."""
    wanted = set(goal_ids)
    if not wanted:
        return {}
    columns = [f"label_{code}" for code in LANGUAGES]
    rows = Goal.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "framework__language", *columns)
    return {pk: said(dict(zip(LANGUAGES, texts, strict=True)), language, origin) for pk, origin, *texts in rows}


@transaction.atomic
def refresh_copies() -> int:
    """Bring copied columns that differ from their source in line; returns the number of rows that differed."""
    return sum(_refresh(model.objects.for_list().select_for_update(of=("self",))) for model in (Area, Goal))


def _refresh(rows: Iterable[SearchedText]) -> int:
    stale = 0
    for row in rows:
        before = [getattr(row, name) for name in sorted(row.COPIES)]
        row.copy_over()
        if before != [getattr(row, name) for name in sorted(row.COPIES)]:
            row.save(update_fields=sorted(row.COPIES))
            stale += 1
    return stale


REVIEW = gettext_noop("Review of the curriculum")
EDITING = ("add", "change", "view", "publish", "lock", "unlock")
DRAFTING = ("add", "change", "view")


@transaction.atomic
def allow_editing(*, group: Group) -> None:
    """Let a group of the office draft, publish and lock the curriculum, and review what others draft.

    Nobody needs to delete any of it; a link between goals that does not hold is switched off.
    """
    _allow(group, EDITING)
    _set_up_review().groups.add(group)


@transaction.atomic
def allow_drafting(*, group: Group) -> None:
    """Let a group draft the curriculum and send it to review, and publish nothing."""
    _set_up_review()
    _allow(group, DRAFTING)


def _allow(group: Group, verbs: Iterable[str]) -> None:
    group.permissions.add(*_permissions((Framework, Area, Goal, GoalLink, Guidance), verbs))


def _permissions(models: Iterable[type], verbs: Iterable[str]) -> Iterable[Permission]:
    names = Q()
    for model in models:
        names |= Q(codename__in=[f"{verb}_{model.__name__.lower()}" for verb in verbs])
    return Permission.objects.filter(names, content_type__app_label="curriculum").order_by("pk")


def _set_up_review() -> GroupApprovalTask:
    """One step of review for whatever is drafted in the curriculum; made once, and the office may change it."""
    task = GroupApprovalTask.objects.filter(name=REVIEW).first() or GroupApprovalTask.objects.create(name=REVIEW)
    workflow = Workflow.objects.filter(name=REVIEW).first() or Workflow.objects.create(name=REVIEW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for model in (Framework, Area, Goal, Guidance):
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )
    return task
