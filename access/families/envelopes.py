"""What the head does with one adult's access to one child: note, open, make inactive, end; and the notes around it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.families import consents
from access.models import OneGuardianNote, Reminder
from people import services, staffing
from people.models import AccessEvent, Child, Guardianship
from visibility import rule
from visibility.matrix import ACCESS, ACTIVATE, END, INACTIVATE
from visibility.viewer import Viewer


class NotYet(Exception):
    """What must be there before this envelope is opened is not there: a consent, or the ground."""


def _child_for(by: Viewer, action: str, child: Child) -> Child:
    if not rule.may(by, action, child):
        raise PermissionDenied
    return child


@transaction.atomic
def note_adult(
    *, child: Child, kind: str, given_name: str, family_name: str, national_id: str, by: Viewer, label: str = "",
    phone: str = "", email: str = "",
) -> Guardianship:  # fmt: skip
    """Tie an adult to the child as a closed envelope; who is known by national id stays as the register has them."""
    _child_for(by, ACTIVATE, child)
    person = staffing.note_person(
        organisation=child.organisation, given_name=given_name, family_name=family_name, phone=phone, email=email,
        national_id=national_id,
    )  # fmt: skip
    known = Guardianship.objects.running(by.at).filter(person=person, child=child).first()
    if known is not None:
        raise NotYet("known")
    row = services.add_guardianship(
        person=person, child=child, kind=kind, at=by.at, by=by.person, label=label
    )  # fmt: skip
    if kind != Guardianship.Kind.LEGAL:
        # Nothing is read before the consents have named it.
        Guardianship.objects.filter(pk=row.pk).update(reads_conferences=False)
        row.reads_conferences = False
    return row


@transaction.atomic
def open_envelope(*, guardianship: Guardianship, ground: str, by: Viewer) -> Guardianship:
    """Activate an adult on a ground; raises NotYet without one, or while a consent is lacking."""
    child = _child_for(by, ACTIVATE, guardianship.child)
    row: Guardianship = Guardianship.objects.select_for_update(of=("self",)).get(pk=guardianship.pk)
    if not Guardianship.objects.running(by.at).filter(pk=row.pk).exists():
        raise PermissionDenied
    if not ground.strip():
        raise NotYet("ground")
    # Locked, so that no consent is taken back between the look and the opening.
    list(row.consents.select_for_update().order_by("pk"))
    row.child = child
    if not consents.enough(row, by.at):
        raise NotYet("consent")
    if Guardianship.objects.active(by.at).filter(pk=row.pk).exists():
        return row
    opened = services.activate(
        guardianship=row, at=by.at, by=by.person, reason=ground.strip(),
        reads_conferences=consents.reads_conferences(row),
    )  # fmt: skip
    Reminder.objects.filter(guardianship=row, done_at__isnull=True).update(done_at=by.at)
    return opened


@transaction.atomic
def make_inactive(*, guardianship: Guardianship, reason: str, remind_on: date | None, by: Viewer) -> Guardianship:
    """Close an adult's access at this moment; the date only reminds the head to look again."""
    _child_for(by, INACTIVATE, guardianship.child)
    row = services.make_inactive(guardianship=guardianship, at=by.at, by=by.person, reason=reason)
    if remind_on is not None:
        Reminder.objects.create(guardianship=row, remind_on=remind_on, written_by=by.person)
    return row


@transaction.atomic
def end(*, guardianship: Guardianship, reason: str, by: Viewer) -> Guardianship:
    """End the tie itself; it is never opened again, and a new one would begin anew."""
    _child_for(by, END, guardianship.child)
    Reminder.objects.filter(guardianship=guardianship, done_at__isnull=True).update(done_at=by.at)
    return services.end_guardianship(guardianship=guardianship, at=by.at, by=by.person, reason=reason)


@transaction.atomic
def looked_again(*, reminder: Reminder, by: Viewer) -> None:
    """The head has seen to a reminder."""
    _child_for(by, ACCESS, reminder.guardianship.child)
    Reminder.objects.filter(pk=reminder.pk, done_at__isnull=True).update(done_at=by.at)


@transaction.atomic
def note_one_guardian(*, child: Child, why: str, by: Viewer) -> OneGuardianNote:
    """Write down why only one guardian of the child is known."""
    _child_for(by, ACTIVATE, child)
    note: OneGuardianNote = OneGuardianNote.objects.create(
        child=child, why=why, noted_by=by.person, noted_at=by.at
    )  # fmt: skip
    services.note(what=AccessEvent.What.NOTED, child=child, at=by.at, by=by.person, reason=why)
    return note
