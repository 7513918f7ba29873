"""Ties an adult to a child, in every way there is: active or not, running or ended, in one home or in two."""

from datetime import datetime, timedelta

from people.models import AccessEvent, Child, Guardianship, Home, HomeMembership, Person
from portal.demo.families import Family, Kind
from portal.demo.lindby import World
from portal.demo.staff import PERSONAS

LEGAL, PARENT, CARER = Guardianship.Kind.LEGAL, Guardianship.Kind.PARENT, Guardianship.Kind.CARER
LAST_IS = {Kind.CARER: CARER, Kind.ENDED: CARER, Kind.OTHER: PARENT, Kind.INACTIVE: LEGAL}
ALONE = frozenset({Kind.TWO_HOMES, Kind.WAITING, Kind.CARER, Kind.ENDED, Kind.INACTIVE})
MOVED_APART_DAYS_AGO = 190
GROUNDS = ("Personbevis, visat vid inskolningen.", "Utdrag ur folkbokföringen.")


def tie(world: World, row: Family, child: Child) -> None:
    """All adults of one family. The last named carries what is particular about it."""
    first = child.placements.earliest("starts_on").starts_on
    since = world.dates.at(first, 9)
    shared: Home | None = None
    for number, written in enumerate(row.adults):
        name, _colon, label = written.partition(": ")
        person = world.person(name, PERSONAS.get(name, ""))
        last = number == len(row.adults) - 1 and number > 0
        guardianship = _guardianship(world, row, child, label, since, person=person, last=last)
        world.ties[row.given, name] = guardianship
        alone = last and row.kind in ALONE
        home = shared if shared is not None and not alone else Home.objects.create(child=child)
        shared = shared or home
        if row.kind == Kind.SEPARATED:
            _moved_apart(world, guardianship, home)
        else:
            HomeMembership.objects.create(
                home=home, guardianship=guardianship, begins_at=since, ends_at=guardianship.ends_at
            )
    if shared is not None and row.kind not in ALONE and len(row.adults) > 1:
        world.event(AccessEvent.What.HOMES_JOINED, since, _head(world, child), child=child, after={"home": shared.pk})


def _guardianship(
    world: World, row: Family, child: Child, label: str, since: datetime, *, person: Person, last: bool
) -> Guardianship:
    kind = LAST_IS.get(row.kind, LEGAL) if last else LEGAL
    waiting = last and row.kind == Kind.WAITING
    dates = world.dates
    ends_at = dates.at(dates.ago(75), 12) if last and row.kind == Kind.ENDED else None
    inactivated_at = dates.at(dates.ago(40), 11) if last and row.kind == Kind.INACTIVE else None
    made = Guardianship.objects.create(
        person=person,
        child=child,
        kind=kind,
        label=label,
        begins_at=since,
        ends_at=ends_at,
        activated_at=None if waiting else since,
        inactivated_at=inactivated_at,
        reads_conferences=kind != CARER,
    )
    head = _head(world, child)
    if not waiting:
        reason = GROUNDS[last] if kind == LEGAL else "consents"
        world.event(AccessEvent.What.ACTIVATED, since, head, child=child, person=person, reason=reason)
    if inactivated_at:
        world.event(AccessEvent.What.INACTIVATED, inactivated_at, head, child=child, person=person)
    if ends_at:
        world.event(AccessEvent.What.ENDED, ends_at, head, child=child, person=person)
    return made


def _moved_apart(world: World, guardianship: Guardianship, home: Home) -> None:
    """Together until half a year ago; the old home keeps its threads, and each has a new one."""
    dates = world.dates
    moved = dates.at(dates.ago(MOVED_APART_DAYS_AGO), 14)
    begins = min(guardianship.begins_at, moved - timedelta(days=1))
    HomeMembership.objects.create(home=home, guardianship=guardianship, begins_at=begins, ends_at=moved)
    own = Home.objects.create(child=guardianship.child)
    HomeMembership.objects.create(home=own, guardianship=guardianship, begins_at=moved)
    world.event(
        AccessEvent.What.HOMES_SEPARATED,
        moved,
        _head(world, guardianship.child),
        child=guardianship.child,
        person=guardianship.person,
        before={"home": home.pk},
        after={"home": own.pk},
    )


def _head(world: World, child: Child) -> Person:
    return world.head_of(child.placements.earliest("starts_on").unit)
