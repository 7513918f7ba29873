"""Where somebody may begin a draft about one child: also who works in no group, with children by name."""

from collections.abc import Collection

from people.models import Group, GroupMembership
from visibility import matrix, ties
from visibility.matrix import ENTRY, WRITE
from visibility.relations import ASSIGNED, FINISHING, GROUP_RELATIONS, OWN_CHILD, PASSED
from visibility.viewer import Hat, Viewer

# Whoever writes about a child begins too; but to finish is not to begin, and an own child needs another beside it.
BEGINNERS = tuple(
    relation for relation, _if in matrix.cells(ENTRY, WRITE) if relation not in GROUP_RELATIONS | {FINISHING, OWN_CHILD}
)


def groups_about(child_ids: Collection[int], by: Viewer) -> dict[int, list[Group]]:
    """By child, today's groups of it in which the viewer may begin a draft about it; where they work themselves first.

    Children about whom they may not are left out.
    """
    if by.hat != Hat.STAFF:
        return {}
    tied = ties.of_viewer(by, BEGINNERS).values()
    units = {(tie.child, tie.unit) for rows in tied for tie in rows if tie.child in child_ids}
    members = GroupMembership.objects.running(by.day).filter(child__in=[child for child, _unit in units])
    mine = ties.groups(by, ASSIGNED, PASSED)
    found: dict[int, list[Group]] = {}
    for member in members.select_related("group__unit__organisation").order_by("starts_on", "pk"):
        if (member.child_id, member.group.unit_id) in units:
            found.setdefault(member.child_id, []).append(member.group)
    return {child: sorted(groups, key=lambda group: group.pk not in mine) for child, groups in found.items()}
