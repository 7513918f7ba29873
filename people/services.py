"""Facts about access, each written with its event. The rule reads the facts; the events tell how they came about.

Who may do these things is decided by the screens' rooms, above; here stands only what must hold whoever does it.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from people import endings, erasure
from people.models import (
    AccessEvent,
    Child,
    Duty,
    Group,
    GroupOpening,
    Guardianship,
    Home,
    HomeMembership,
    NamedChild,
    Organisation,
    OwnChildLift,
    Pass,
    Person,
)


class NotAllowed(Exception):
    """What was asked would break a rule of the register; the text is a machine word."""


def _event(what: str, *, organisation: Organisation, at: datetime, by: Person | None, **more: Any) -> AccessEvent:
    return AccessEvent.objects.create(what=what, organisation=organisation, at=at, by=by, **more)


def note(
    *, what: str, child: Child, at: datetime, by: Person | None, person: Person | None = None, reason: str = "",
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
) -> AccessEvent:  # fmt: skip
    """Write down what happened around a child's access where the fact itself stands in a room above."""
    return _event(
        what, organisation=child.organisation, at=at, by=by, person=person, child=child,
        before=before or {}, after=after or {}, reason=reason,
    )  # fmt: skip


def _locked(guardianship: Guardianship) -> Guardianship:
    row: Guardianship = Guardianship.objects.select_for_update().get(pk=guardianship.pk)
    return row


@transaction.atomic
def add_guardianship(
    *, person: Person, child: Child, kind: str, at: datetime, by: Person | None = None, label: str = ""
) -> Guardianship:
    """Tie an adult to a child, inactive, in a home of their own."""
    row: Guardianship = Guardianship.objects.create(person=person, child=child, kind=kind, label=label, begins_at=at)
    HomeMembership.objects.create(home=Home.objects.create(child=child), guardianship=row, begins_at=at)
    note(what=AccessEvent.What.ADDED, child=child, at=at, by=by, person=person, after={"kind": kind})
    return row


@transaction.atomic
def activate(
    *, guardianship: Guardianship, at: datetime, by: Person, reason: str, reads_conferences: bool | None = None
) -> Guardianship:
    """Open the log to a guardian, on a ground that is written down; also after having been made inactive.

    `reads_conferences` is what the consents name; None leaves it as it stands, as for a legal guardian.
    """
    row = _locked(guardianship)
    before = _of_activation(row)
    row.activated_at, row.inactivated_at = at, None
    if reads_conferences is not None:
        row.reads_log, row.reads_conferences = True, reads_conferences
    row.save(update_fields=["activated_at", "inactivated_at", "reads_log", "reads_conferences"])
    _event(
        AccessEvent.What.ACTIVATED,
        organisation=row.child.organisation,
        at=at,
        by=by,
        person=row.person,
        child=row.child,
        before=before,
        after=_of_activation(row),
        reason=reason,
    )
    return row


def _of_activation(row: Guardianship) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "activated_at": str(row.activated_at),
        "inactivated_at": str(row.inactivated_at),
        "reads_log": row.reads_log,
        "reads_conferences": row.reads_conferences,
    }


@transaction.atomic
def make_inactive(*, guardianship: Guardianship, at: datetime, by: Person | None, reason: str) -> Guardianship:
    """Close the log to a guardian from this instant; only `activate` opens it again."""
    row = _locked(guardianship)
    if row.activated_at is None or row.inactivated_at is not None:
        return row
    row.inactivated_at = at
    row.save(update_fields=["inactivated_at"])
    _close(row, AccessEvent.What.INACTIVATED, at, by, reason)
    return row


@transaction.atomic
def end_guardianship(*, guardianship: Guardianship, at: datetime, by: Person | None, reason: str) -> Guardianship:
    """The tie itself ends from this instant."""
    row = _locked(guardianship)
    if row.ends_at is not None and row.ends_at <= at:
        return row
    row.ends_at = at
    row.save(update_fields=["ends_at"])
    HomeMembership.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), guardianship=row).update(ends_at=at)
    _close(row, AccessEvent.What.ENDED, at, by, reason)
    return row


def _close(row: Guardianship, what: str, at: datetime, by: Person | None, reason: str) -> None:
    _event(
        what,
        organisation=row.child.organisation,
        at=at,
        by=by,
        person=row.person,
        child=row.child,
        before={"activated_at": str(row.activated_at)},
        after={"at": str(at)},
        reason=reason,
    )
    endings.stop(row, at)


@transaction.atomic
def join_homes(*, guardianships: list[Guardianship], at: datetime, by: Person) -> Home:
    """Guardians of one child who have all asked read together from now on, in a new home; old threads stay behind."""
    if len({row.child_id for row in guardianships}) != 1:
        raise NotAllowed("one-child")
    child = guardianships[0].child
    home: Home = Home.objects.create(child=child)
    for row in guardianships:
        _move(row, home, at)
    _event(
        AccessEvent.What.HOMES_JOINED,
        organisation=child.organisation,
        at=at,
        by=by,
        child=child,
        after={"guardianships": [row.pk for row in guardianships]},
    )
    return home


@transaction.atomic
def separate_home(*, guardianship: Guardianship, at: datetime, by: Person) -> Home:
    """One guardian leaves: from now on everyone of the old home reads alone again in a new one."""
    running = HomeMembership.objects.running(at)
    mine = running.get(guardianship=guardianship)
    members = list(running.filter(home=mine.home).select_related("guardianship").order_by("pk"))
    homes = {}
    for member in members:
        homes[member.guardianship_id] = Home.objects.create(child=mine.home.child)
        _move(member.guardianship, homes[member.guardianship_id], at)
    _event(
        AccessEvent.What.HOMES_SEPARATED,
        organisation=mine.home.child.organisation,
        at=at,
        by=by,
        child=mine.home.child,
        before={"guardianships": [member.guardianship_id for member in members]},
    )
    home: Home = homes[guardianship.pk]
    return home


def _move(row: Guardianship, home: Home, at: datetime) -> None:
    HomeMembership.objects.running(at).filter(guardianship=row).update(ends_at=at)
    HomeMembership.objects.create(home=home, guardianship=row, begins_at=at)


@transaction.atomic
def open_group(*, group: Group, at: datetime, by: Person, reason: str) -> GroupOpening:
    """Let the families of a group know of each other, for what is shared from now on."""
    opening: GroupOpening = GroupOpening.objects.create(group=group, opened_at=at)
    _event(
        AccessEvent.What.GROUP_OPENED, organisation=group.unit.organisation, at=at, by=by, group=group, reason=reason
    )
    return opening


@transaction.atomic
def close_group(*, group: Group, at: datetime, by: Person, reason: str) -> int:
    """Hide the members again, at once, also in what was shared while the group was open."""
    closed = GroupOpening.objects.filter(group=group, closed_at__isnull=True, opened_at__lt=at).update(closed_at=at)
    _event(
        AccessEvent.What.GROUP_CLOSED, organisation=group.unit.organisation, at=at, by=by, group=group, reason=reason
    )
    return closed


@transaction.atomic
def give_pass(
    *, person: Person, group: Group, begins_at: datetime, ends_at: datetime, at: datetime, by: Person
) -> Pass:
    """A substitute's key to a group until it ends by itself."""
    row: Pass = Pass.objects.create(person=person, group=group, begins_at=begins_at, ends_at=ends_at, given_by=by)
    _event(
        AccessEvent.What.PASS,
        organisation=group.unit.organisation,
        at=at,
        by=by,
        person=person,
        group=group,
        after={"begins_at": str(begins_at), "ends_at": str(ends_at)},
    )
    return row


@transaction.atomic
def name_special_educator(
    *, duty: Duty, child: Child, starts_on: date, ends_on: date | None, at: datetime, by: Person
) -> NamedChild:
    """A special educator works with this child from a day on, until another day or until further notice."""
    if duty.role != Duty.Role.SPECIAL_EDUCATOR:
        raise NotAllowed("special-educator")
    row: NamedChild = NamedChild.objects.create(duty=duty, child=child, starts_on=starts_on, ends_on=ends_on)
    days = {"starts_on": str(starts_on), "ends_on": str(ends_on)}
    note(what=AccessEvent.What.NAMED, child=child, at=at, by=by, person=duty.person, after=days)
    return row


@transaction.atomic
def end_naming(*, named: NamedChild, ends_on: date, at: datetime, by: Person) -> None:
    """The special educator's work with the child ends: `ends_on` is the first day without it."""
    row: NamedChild = NamedChild.objects.select_for_update().get(pk=named.pk)
    days = {"starts_on": str(row.starts_on), "ends_on": str(row.ends_on)}
    after = {"starts_on": str(row.starts_on), "ends_on": str(ends_on)}
    note(
        what=AccessEvent.What.NAMED, child=row.child, at=at, by=by, person=row.duty.person, before=days, after=after
    )  # fmt: skip
    if row.starts_on >= ends_on:
        row.delete()
    else:
        NamedChild.objects.filter(pk=row.pk).update(ends_on=ends_on)


@transaction.atomic
def lift_own_child(
    *, person: Person, child: Child, at: datetime, ends_at: datetime, by: Person, reason: str
) -> OwnChildLift:
    """Let a guardian at work be tied to their own child as a colleague is, until a moment of the same day."""
    if person.pk == by.pk:
        raise NotAllowed("own-tie")
    row: OwnChildLift = OwnChildLift.objects.create(
        person=person, child=child, begins_at=at, ends_at=ends_at, lifted_by=by
    )
    note(
        what=AccessEvent.What.OWN_CHILD_LIFTED, child=child, at=at, by=by, person=person, reason=reason,
        after={"ends_at": str(ends_at)},
    )  # fmt: skip
    return row


@transaction.atomic
def block_child(*, child: Child, at: datetime, by: Person | None) -> Child:
    """Protected identity was discovered: nobody sees anything of the child from this instant.

    The event holds the child's own key and nothing that says why, to whom or where.
    """
    row: Child = Child.objects.select_for_update().get(pk=child.pk)
    if row.blocked_at is None:
        row.blocked_at = at
        row.save(update_fields=["blocked_at"])
        _event(AccessEvent.What.BLOCKED, organisation=row.organisation, at=at, by=by, child=row)
        for tie in Guardianship.objects.running(at).filter(child=row):
            endings.stop(tie, at)
    return row


@transaction.atomic
def erase_child(*, child: Child, at: datetime, by: Person | None, because: str) -> Child:
    """Erase what every room keeps of a child; an empty row stays, so that the register cannot bring the child back.

    Whether that is lawful is confirmed before, by a named person; `because` says the ground in a few words.
    """
    row = block_child(child=child, at=at, by=by)
    for erase in erasure.registered().values():
        erase(row, at)
    for dated in (
        row.own_child_lifts,
        row.placements,
        row.group_memberships,
        row.special_educators,
        row.responsible_teachers,
    ):
        dated.all().delete()
    row.answers.filter(erased_at__isnull=True).update(value="", wording="", erased_at=at)
    row.rounds.filter(erased_at__isnull=True).update(child=None, erased_at=at)
    Guardianship.objects.filter(child=row).update(label="")
    for tie in Guardianship.objects.running(at).filter(child=row):
        end_guardianship(guardianship=tie, at=at, by=by, reason="")
    AccessEvent.objects.filter(child=row, erased_at__isnull=True).update(before={}, after={}, reason="", erased_at=at)
    row.given_name = row.family_name = row.national_id = ""
    row.born_on = row.reading_ends_on = None
    row.save()
    _event(AccessEvent.What.ERASED, organisation=row.organisation, at=at, by=by, child=row, reason=because)
    return row
