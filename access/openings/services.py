"""Opening a group to its families, and closing it again: the owner's decision, in force from the moment it is made."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.questions.services import put_due
from access.team import reach
from people.models import AccessEvent, Group, GroupOpening
from visibility.matrix import APPOINT
from visibility.viewer import Viewer


@transaction.atomic
def open_group(*, group: Group, by: Viewer) -> GroupOpening:
    """Let the families know of each other from now on, and put the question about other families to all of them.

    Twice is once. Raises PermissionDenied; a group that is closed for good is not opened.
    """
    row = _locked(group, by)
    running = _running(row, by)
    if running is not None:
        return running
    if row.closed_on is not None and row.closed_on <= by.day:
        raise PermissionDenied
    opening: GroupOpening = GroupOpening.objects.create(group=row, opened_at=by.at)
    _tell(AccessEvent.What.GROUP_OPENED, row, by)
    put_due(by.at)
    return opening


@transaction.atomic
def close_group(*, group: Group, by: Viewer) -> None:
    """Hide the members from each other again, from this moment. Twice is once. Raises PermissionDenied."""
    row = _locked(group, by)
    running = _running(row, by)
    if running is None:
        return
    running.closed_at = by.at
    running.save(update_fields=["closed_at"])
    _tell(AccessEvent.What.GROUP_CLOSED, row, by)


def _locked(group: Group, by: Viewer) -> Group:
    row = Group.objects.select_for_update(of=("self",)).select_related("unit__organisation").get(pk=group.pk)
    if not any(unit.pk == row.unit_id for unit in reach.units(by, APPOINT)):
        raise PermissionDenied
    return row


def _running(group: Group, by: Viewer) -> GroupOpening | None:
    return GroupOpening.objects.filter(group=group, opened_at__lte=by.at).exclude(closed_at__lte=by.at).first()


def _tell(what: AccessEvent.What, group: Group, by: Viewer) -> None:
    AccessEvent.objects.create(
        what=what, organisation=group.unit.organisation, group=group, at=by.at, by=by.person
    )  # fmt: skip
