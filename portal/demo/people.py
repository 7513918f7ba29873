"""Writes the organisation, its units and groups, the staff, the children and their families."""

import random
from datetime import date, timedelta

from people.models import (
    AccessEvent,
    Child,
    Duty,
    DutyLeave,
    Group,
    GroupAssignment,
    GroupMembership,
    GroupOpening,
    NamedChild,
    Organisation,
    Pass,
    Placement,
    ResponsibleTeacher,
    Unit,
)
from portal.demo import staff
from portal.demo.dates import Dates
from portal.demo.families import FAMILIES, Family
from portal.demo.lindby import World
from portal.demo.ties import tie
from portal.office.rights import join_office

PASSES_AHEAD = 14


def build_people(dates: Dates, chance: random.Random, *, small: bool) -> World:
    """Everybody and everything that is dated; no words yet."""
    organisation = Organisation.objects.create(
        name="Lindby kommun", country=Organisation.Country.SWEDEN, time_zone=dates.zone, language="sv"
    )
    world = World(dates, chance, organisation)
    _places(world)
    _staff(world)
    for row in FAMILIES:
        if row.in_small or not small:
            _child(world, row)
    _open_group(world)
    _special(world)
    _passes(world)
    world.person(*staff.STRANGER)
    return world


def _places(world: World) -> None:
    for place in staff.PLACES:
        unit = Unit.objects.create(
            organisation=world.organisation, name=place.name, kind=place.kind, phone=place.phone, address=place.address
        )
        world.units[place.name] = unit
        for number, (name, kind) in enumerate(place.groups, start=1):
            world.groups[name] = Group.objects.create(
                unit=unit,
                name=name,
                kind=kind,
                phone=f"{place.phone[:-1]}{number}",
                has_children_outside=name in staff.WITH_CHILDREN_OUTSIDE,
            )


def _staff(world: World) -> None:
    dates = world.dates
    for job in staff.JOBS:
        person = world.person(job.name, job.login)
        starts = dates.ago(job.since)
        ends = dates.ago(job.ended) if job.ended is not None else None
        duty = Duty.objects.create(
            person=person,
            organisation=world.organisation,
            unit=world.units.get(job.unit),
            role=job.role,
            starts_on=starts,
            ends_on=ends,
        )
        world.event(AccessEvent.What.DUTY, dates.at(starts, 8), person=person, after={"role": job.role})
        for group in job.groups:
            GroupAssignment.objects.create(duty=duty, group=world.groups[group], starts_on=starts, ends_on=ends)
        if job.on_leave:
            DutyLeave.objects.create(duty=duty, starts_on=dates.ago(staff.LEAVE_BEGAN), ends_on=dates.ago(-240))
        if job.role == Duty.Role.OFFICE:
            person.is_staff = True
            person.save(update_fields=["is_staff"])
            join_office(person=person)
    world.person(*staff.SUBSTITUTE)


def _child(world: World, row: Family) -> None:
    born = world.dates.today - timedelta(days=round(row.age * 365.25))
    child = Child.objects.create(
        organisation=world.organisation, given_name=row.given, family_name=row.surname, born_on=born
    )
    world.children[row.given], world.families[row.given] = child, row
    _places_of(world, row, child, first=max(world.dates.long_ago, born + timedelta(days=400)))
    tie(world, row, child)


def _places_of(world: World, row: Family, child: Child, first: date) -> None:
    dates, group = world.dates, world.groups[row.group]
    gone_on = {"school": dates.term - timedelta(days=5), "away": dates.ago(staff.WENT_AWAY)}.get(row.before)
    Placement.objects.create(child=child, unit=group.unit, starts_on=first, ends_on=gone_on)
    GroupMembership.objects.create(child=child, group=group, starts_on=first, ends_on=gone_on)
    _responsible(world, child, group, first, gone_on)
    if row.before == "away":
        return
    if row.before == "school":
        _at_school(world, child, dates.term)
    elif row.given == "Alma":
        _at_school(world, child, dates.ago(10))
    elif row.age >= 5 and group.unit.name == "Skogsgläntan":
        _member(child, world.groups[staff.CLUB], max(first, dates.term + timedelta(days=14)), None)
    if row.given == "Alma":
        _member(child, world.groups[staff.CLUB], dates.term + timedelta(days=14), None)
    begins, ends = dates.summer
    if group.unit.name == "Skogsgläntan" and first < begins and row.given not in ("Alma", "Amina"):
        _member(child, world.groups[staff.SUMMER], begins, ends)


def _at_school(world: World, child: Child, starts: date) -> None:
    school_class = world.groups[staff.SCHOOL_CLASS]
    Placement.objects.create(child=child, unit=school_class.unit, starts_on=starts)
    _member(child, school_class, starts, None)


def _member(child: Child, group: Group, starts: date, ends: date | None) -> None:
    GroupMembership.objects.create(child=child, group=group, starts_on=starts, ends_on=ends)


def _responsible(world: World, child: Child, group: Group, first: date, ends: date | None) -> None:
    here = Duty.objects.filter(
        assignments__group=group, role=Duty.Role.PEDAGOGUE, ends_on__isnull=True, leaves__isnull=True
    )
    # Ines is not her own child's teacher, so the one who has been here longest holds the conferences.
    duty = here.order_by("starts_on", "pk").first()
    if duty is not None:
        ResponsibleTeacher.objects.create(child=child, duty=duty, starts_on=first, ends_on=ends)


def _open_group(world: World) -> None:
    group = world.groups[staff.OPEN_GROUP]
    at = world.dates.at(world.dates.ago(400), 10)
    GroupOpening.objects.create(group=group, opened_at=at)
    world.event(AccessEvent.What.GROUP_OPENED, at, world.head_of(group.unit), group=group)


def _special(world: World) -> None:
    duty = Duty.objects.get(person__login="frans")
    for name in staff.NAMED_BY_FRANS:
        NamedChild.objects.create(duty=duty, child=world.children[name], starts_on=world.dates.ago(60))


def _passes(world: World) -> None:
    """Siri's passes: the one that runs now, for some hours at least, and those of the coming days until 17."""
    dates, group = world.dates, world.groups["Granen"]
    person, by = world.people[staff.SUBSTITUTE[0]], world.people["Cecilia Sund"]
    begins = min(dates.clock(dates.today, 6), dates.now - timedelta(hours=3))
    days = (dates.ago(-number) for number in range(PASSES_AHEAD))
    for ends in (dates.clock(day, 17) for day in days):
        if ends - dates.now >= timedelta(hours=6):
            Pass.objects.create(person=person, group=group, begins_at=begins, ends_at=ends, given_by=by)
            begins = dates.clock(ends.date() + timedelta(days=1), 6)
    world.event(AccessEvent.What.PASS, dates.now - timedelta(hours=3), by, person=person, group=group)
