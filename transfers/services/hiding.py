"""The head hides from one guardian where a child goes: on every page, paper and mail, and in the reading log."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import Child, Guardianship, Person, Unit
from transfers.models import Handover, HiddenReceiver
from visibility import rule
from visibility.matrix import REVOKE
from visibility.models import ReadingLine
from visibility.viewer import Hat, Viewer


@transaction.atomic
def hide(*, handover: Handover, guardianship: Guardianship, by: Viewer) -> HiddenReceiver:
    """This guardian is no longer told where the child goes. Raises PermissionDenied."""
    row = _open_to(handover, guardianship, by)
    known = HiddenReceiver.objects.filter(handover=row, guardianship=guardianship, shown_at__isnull=True).first()
    if known is not None:
        return known
    made: HiddenReceiver = HiddenReceiver.objects.create(
        handover=row, guardianship=guardianship, hidden_at=by.at, hidden_by=by.person
    )
    return made


@transaction.atomic
def show(*, handover: Handover, guardianship: Guardianship, by: Viewer) -> None:
    """This guardian is told again. Raises PermissionDenied."""
    row = _open_to(handover, guardianship, by)
    hidden = HiddenReceiver.objects.filter(handover=row, guardianship=guardianship, shown_at__isnull=True)
    hidden.update(shown_at=by.at, shown_by=by.person)


def _open_to(handover: Handover, guardianship: Guardianship, by: Viewer) -> Handover:
    row: Handover = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if guardianship.child_id != row.child_id or not rule.may(by, REVOKE, row):
        raise PermissionDenied
    return row


def is_hidden_from(handover: Handover, person: Person) -> bool:
    """Whether somebody must not learn where the child goes: it was hidden from them as guardian of it."""
    return handover.hidden.filter(guardianship__person=person, shown_at__isnull=True).exists()


def hidden_units(person: Person, child_id: int) -> set[int]:
    """Keys of the receiving units of one child that this person must not learn of, whatever became of the transfer."""
    return set(unnamed_units(person, [child_id]).get(child_id, {}))


def unnamed_units(person: Person, children: Iterable[int]) -> dict[int, dict[int, str]]:
    """By child, the units this person must not learn of, and what is said instead of the name."""
    rows = HiddenReceiver.objects.filter(guardianship__person=person, shown_at__isnull=True)
    rows = rows.filter(handover__child__in=list(children), handover__unit__isnull=False)
    found: dict[int, dict[int, str]] = {}
    for row in rows.select_related("handover__unit").order_by("pk"):
        known = found.setdefault(row.handover.child_id, {})
        known[row.handover.unit_id or 0] = nameless(row.handover)
    return found


def receiver(handover: Handover, viewer: Viewer) -> str:
    """The receiver's name, or that there is one: names are for active guardians, and for those at work with it."""
    if viewer.hat == Hat.GUARDIAN and not _is_told(handover, viewer.person, viewer.at):
        return nameless(handover)
    return handover.unit.name if handover.unit is not None else handover.receiver_name


def _is_told(handover: Handover, person: Person, at: datetime) -> bool:
    active = Guardianship.objects.active(at).filter(child=handover.child_id, person=person)
    return active.exists() and not is_hidden_from(handover, person)


def unnamed(line: ReadingLine, child: Child, viewer: Viewer) -> str:
    """In the reading log nobody at a receiver is named to a guardian from whom it is hidden; one might know them."""
    if viewer.hat != Hat.GUARDIAN or line.hat != Hat.SCHOOL or line.person_id == viewer.person.pk:
        return ""
    rows = HiddenReceiver.objects.filter(guardianship__person=viewer.person, handover__child=child)
    hidden = rows.filter(shown_at__isnull=True).select_related("handover__unit").order_by("pk").last()
    return nameless(hidden.handover) if hidden is not None else ""


def nameless(handover: Handover) -> str:
    """What is said where the name must not be."""
    if handover.unit is not None and handover.unit.kind == Unit.Kind.PRESCHOOL:
        return _("a receiving preschool")
    return _("a receiving school")
