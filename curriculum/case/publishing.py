"""What happens when a framework is published: the drafts that came in with it, and the links between goals."""

from typing import Any

from wagtail.signals import published

from curriculum.case.reading import node
from curriculum.models import Area, Framework, Goal, GoalLink

KINDS = {"replacedBy": GoalLink.Kind.REPLACED_BY, "isRelatedTo": GoalLink.Kind.RELATED_TO}


def follow_frameworks() -> None:
    published.connect(publish_what_came_along, sender=Framework, dispatch_uid="curriculum.case.publishing")


def publish_what_came_along(sender: Any, instance: Framework, **_signal: Any) -> None:
    """The whole package went through one review: its areas and goals are published with the framework.

    Whoever published the framework was asked for the right; the author of these drafts may have none.
    """
    user = instance.live_revision.user if instance.live_revision else None
    for model in (Area, Goal):
        waiting = model.objects.filter(framework=instance.pk, with_framework=True).order_by("pk")
        for row in waiting.select_related("latest_revision"):
            if row.latest_revision is not None and row.has_unpublished_changes:
                row.latest_revision.publish(user=user, skip_permission_checks=True)
        model.objects.filter(framework=instance.pk, with_framework=True).update(with_framework=False)
    link(instance)


def link(framework: Framework) -> None:
    """Make the links that the package tells of and that were not there; one that comes round is left out."""
    rows = [row for row in framework.case.get("associations", ()) if row["associationType"] in KINDS]
    keys = {key for row in rows for key in (node(row["originNodeURI"]), node(row["destinationNodeURI"])) if key}
    goals = {goal.public_id: goal for goal in Goal.objects.filter(public_id__in=keys)}
    for goal in Goal.objects.filter(framework=framework.pk).exclude(case={}):
        if key := node(goal.case.get("identifier")):
            goals.setdefault(key, goal)
    for row in rows:
        origin = goals.get(node(row["originNodeURI"]))
        destination = goals.get(node(row["destinationNodeURI"]))
        if origin is None or destination is None or origin == destination:
            continue
        made = GoalLink(origin=origin, destination=destination, kind=KINDS[row["associationType"]], case=row)
        there = GoalLink.objects.filter(origin=origin, destination=destination, kind=made.kind).exists()
        if not there and not (made.kind == GoalLink.Kind.REPLACED_BY and made.comes_round()):
            made.save()
