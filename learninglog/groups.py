"""The groups and children of somebody of the staff: found through the ties themselves, 404 for everything else."""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from ground.names import sort_names
from learninglog import mentions
from people.models import Child, Duty, Group, Unit
from visibility import kinds, rule, ties
from visibility.matrix import READ
from visibility.relations import ASSIGNED, PASSED
from visibility.viewer import Viewer


def working(viewer: Viewer) -> "QuerySet[Group]":
    """Groups the viewer works in at this moment, by assignment or pass."""
    return Group.objects.filter(pk__in=ties.groups(viewer, ASSIGNED, PASSED))


def reading(viewer: Viewer) -> "QuerySet[Group]":
    """Those, and the groups of preschools the viewer heads."""
    heads = Duty.objects.unsuspended(viewer.day).filter(person=viewer.person, role=Duty.Role.HEAD)
    if viewer.hat != ASSIGNED.hat:
        heads = heads.none()
    headed = Group.objects.filter(unit__in=heads.values("unit"), unit__kind=Unit.Kind.PRESCHOOL)
    return Group.objects.filter(Q(pk__in=working(viewer).values("pk")) | Q(pk__in=headed.values("pk")))


def one(rows: "QuerySet[Group]", public_id: uuid.UUID) -> Group | None:
    """The group with this address among these."""
    return rows.filter(public_id=public_id).select_related("unit__organisation").first()


def child(viewer: Viewer, public_id: uuid.UUID) -> Child | None:
    """The child with this address, when the viewer may read of it now."""
    visible = rule.visible(kinds.by_name("CHILD"), viewer, READ)
    return Child.objects.filter(visible, public_id=public_id).first()


def children_today(group: Group, viewer: Viewer) -> list[Child]:
    """Today's children of a group that the viewer reads of, by name."""
    visible = rule.visible(kinds.by_name("CHILD"), viewer, READ)
    rows = Child.objects.in_group(group, viewer.day).filter(visible)
    return sort_names(rows, lambda child: child.given_name, get_language() or "en")


def called(children: list[Child]) -> dict[int, str]:
    """What these children are called among each other, by key."""
    rows = [(child.pk, child.given_name, child.family_name) for child in children]
    return {label.child_id: label.text for label in mentions.labels(rows)}


def works_in(group: Group, viewer: Viewer) -> bool:
    """Whether the viewer works in the group now; who heads it only reads."""
    return working(viewer).filter(pk=group.pk).exists()
