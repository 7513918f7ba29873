"""Verbs about who works where: duties, their groups, leave and end, substitutes' passes; each written with its event.

As in `people/services.py`: who may do these things is decided by the rooms above.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from people.models import (
    AccessEvent,
    Child,
    Duty,
    DutyLeave,
    Group,
    GroupAssignment,
    Organisation,
    Pass,
    Person,
    ResponsibleTeacher,
    Unit,
)
from people.national_ids import hash_of
from people.services import NotAllowed, note


def _note(duty: Duty, at: datetime, by: Person | None, before: Any, after: Any, reason: str = "") -> None:
    AccessEvent.objects.create(
        what=AccessEvent.What.DUTY,
        organisation=duty.organisation,
        at=at,
        by=by,
        person=duty.person,
        before=before,
        after={"duty": duty.pk, "unit": duty.unit_id, "role": duty.role, **after},
        reason=reason,
    )


def _days(row: Any) -> dict[str, str]:
    return {"starts_on": str(row.starts_on), "ends_on": str(row.ends_on)}


def _locked(duty: Duty) -> Duty:
    row: Duty = Duty.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=duty.pk)
    return row


@transaction.atomic
def note_person(
    *, organisation: Organisation, given_name: str, family_name: str, phone: str = "", email: str = "",
    national_id: str = "", language: str = "",
) -> Person:  # fmt: skip
    """The adult with this national id as the register has them, or a new one; a known one's details stay untouched."""
    if national_id:
        known = Person.objects.filter(organisation=organisation, national_id_hash=hash_of(national_id)).first()
        if known is not None:
            return known
    return Person.objects.create_user(
        organisation=organisation, given_name=given_name, family_name=family_name, phone=phone, email=email,
        national_id=national_id, language=language or organisation.language,
    )  # fmt: skip


@transaction.atomic
def give_duty(
    *, person: Person, unit: Unit, role: str, starts_on: date, ends_on: date | None, at: datetime, by: Person | None,
    reason: str = "",
) -> Duty:  # fmt: skip
    """A person works at a unit, as this, from a day until another or until further notice."""
    duty: Duty = Duty.objects.create(
        person=person, organisation=unit.organisation, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on
    )
    _note(duty, at, by, {}, _days(duty), reason)
    return duty


@transaction.atomic
def work_in(*, duty: Duty, groups: Collection[Group], day: date, at: datetime, by: Person) -> None:
    """From this day the duty covers exactly these groups of its unit; what it covered before ends that day."""
    row = _locked(duty)
    if any(group.unit_id != row.unit_id for group in groups):
        raise NotAllowed("other-unit")
    # What begins later counts as covered: it is what the head sees and unticks.
    standing = {held.group_id: held for held in row.assignments.order_by("pk") if _open_on(held, day)}
    wanted = {group.pk: group for group in groups}
    if set(standing) == set(wanted):
        return
    for key in standing.keys() - wanted.keys():
        _close(standing[key], day)
    for key in wanted.keys() - standing.keys():
        GroupAssignment.objects.create(duty=row, group=wanted[key], starts_on=max(day, row.starts_on))
    _note(row, at, by, {"groups": sorted(standing)}, {"groups": sorted(wanted)})


def _open_on(row: Any, day: date) -> bool:
    return row.ends_on is None or row.ends_on > day


def _close(row: Any, day: date) -> None:
    """The first day without it; what never had a day of its own goes, and the event tells that it was there."""
    if row.starts_on >= day:
        row.delete()
    else:
        row.ends_on = day
        row.save(update_fields=["ends_on"])


@transaction.atomic
def rest(*, duty: Duty, starts_on: date, ends_on: date | None, at: datetime, by: Person) -> DutyLeave:
    """The duty opens nothing in these days, and runs again by itself on the last."""
    row = _locked(duty)
    others = row.leaves.order_by("pk")
    if any(_open_on(other, starts_on) and (ends_on is None or other.starts_on < ends_on) for other in others):
        raise NotAllowed("leave-already")
    leave: DutyLeave = DutyLeave.objects.create(duty=row, starts_on=starts_on, ends_on=ends_on)
    _note(row, at, by, {}, {"leave": _days(leave)})
    return leave


@transaction.atomic
def come_back(*, duty: Duty, day: date, at: datetime, by: Person) -> int:
    """Leave that stands or is planned ends on this day; how many there were."""
    row = _locked(duty)
    standing = [leave for leave in row.leaves.order_by("pk") if _open_on(leave, day)]
    for leave in standing:
        _note(row, at, by, {"leave": _days(leave)}, {"leave": "ended", "day": str(day)})
        _close(leave, day)
    return len(standing)


@transaction.atomic
def end_duty(*, duty: Duty, ends_on: date, at: datetime, by: Person, reason: str = "") -> None:
    """`ends_on` is the first day without it. A duty that would never have had a day is taken back altogether."""
    row = _locked(duty)
    _note(row, at, by, _days(row), {"ends_on": str(ends_on)}, reason)
    if row.starts_on < ends_on:
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        return
    for parts in (row.assignments, row.leaves, row.named_children, row.responsibilities):
        parts.all().delete()
    row.delete()


@transaction.atomic
def show_rules(*, duty: Duty, day: date, at: datetime, by: Person) -> None:
    """Note the day on which the person was shown the rules."""
    row = _locked(duty)
    before = {"shown_rules_on": str(row.shown_rules_on)}
    row.shown_rules_on = day
    row.save(update_fields=["shown_rules_on"])
    _note(row, at, by, before, {"shown_rules_on": str(day)})


@transaction.atomic
def end_pass(*, given: Pass, at: datetime, by: Person) -> bool:
    """A pass ends now; one that has not begun is taken back. Says whether there was anything left to end."""
    rows = Pass.objects.select_for_update(of=("self",)).select_related("group__unit__organisation")
    row: Pass = rows.get(pk=given.pk)
    if row.ends_at <= at:
        return False
    AccessEvent.objects.create(
        what=AccessEvent.What.PASS_ENDED,
        organisation=row.group.unit.organisation,
        at=at,
        by=by,
        person=row.person,
        group=row.group,
        before={"begins_at": str(row.begins_at), "ends_at": str(row.ends_at)},
        after={"ends_at": str(at)},
    )
    if row.begins_at >= at:
        row.delete()
    else:
        row.ends_at = at
        row.save(update_fields=["ends_at"])
    return True


@transaction.atomic
def hold_conferences(
    *, child: Child, duty: Duty | None, day: date, at: datetime, by: Person | None
) -> ResponsibleTeacher | None:
    """From this day the duty's person holds the child's conferences, or nobody; whoever held them does no more."""
    if duty is not None and duty.role != Duty.Role.PEDAGOGUE:
        raise NotAllowed("pedagogue")
    standing = [row for row in child.responsible_teachers.order_by("starts_on", "pk") if _open_on(row, day)]
    if duty is not None and [row.duty_id for row in standing] == [duty.pk] and standing[0].starts_on <= day:
        return standing[0]
    for row in standing:
        _close(row, day)
    made: ResponsibleTeacher | None = None
    if duty is not None:
        made = ResponsibleTeacher.objects.create(child=child, duty=duty, starts_on=day)
    if standing or made is not None:
        note(
            what=AccessEvent.What.RESPONSIBLE, child=child, at=at, by=by, person=duty.person if duty else None,
            before={"duties": [row.duty_id for row in standing]},
            after={"duty": duty.pk if duty else None, "starts_on": str(day)},
        )  # fmt: skip
    return made
