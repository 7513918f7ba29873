"""What a group of the office may do with the templates."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_noop
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from conferences.models.templates import ConferenceTemplate

REVIEW = gettext_noop("Review of conference templates")
EDITING = ("add", "change", "view", "publish", "lock", "unlock")
DRAFTING = ("add", "change", "view")


@transaction.atomic
def allow_editing(*, group: Group) -> None:
    """Let a group draft, publish and lock templates, and review what others draft; nobody needs to delete one."""
    _allow(group, EDITING)
    _set_up_review().groups.add(group)


@transaction.atomic
def allow_drafting(*, group: Group) -> None:
    """Let a group draft templates and send them to review, and publish nothing."""
    _set_up_review()
    _allow(group, DRAFTING)


def _allow(group: Group, verbs: Iterable[str]) -> None:
    names = [f"{verb}_conferencetemplate" for verb in verbs]
    rights = Permission.objects.filter(content_type__app_label="conferences", codename__in=names)
    group.permissions.add(*rights.order_by("pk"))


def _set_up_review() -> GroupApprovalTask:
    """One step of review; made once, and the office may change it."""
    task = GroupApprovalTask.objects.filter(name=REVIEW).first() or GroupApprovalTask.objects.create(name=REVIEW)
    workflow = Workflow.objects.filter(name=REVIEW).first() or Workflow.objects.create(name=REVIEW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(ConferenceTemplate), defaults={"workflow": workflow}
    )
    return task
