"""What a review puts on top: each source looks at one unit and says what somebody should look at.

A later part of the house adds its own with `register`; what a source finds goes by its keys, never by names.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Exists, OuterRef

from access.models import ReviewLine
from ground.clock import local_day
from people.models import (
    Duty,
    GroupAssignment,
    GroupMembership,
    GroupOpening,
    OwnChildLift,
    Pass,
    Placement,
    Unit,
)

Kind = ReviewLine.Kind
LONG_AWAY = timedelta(days=60)
IN_GROUPS = (Duty.Role.PEDAGOGUE, Duty.Role.CHILDCARE_WORKER)


@dataclass(frozen=True)
class Point:
    """One thing to look at. Two points with the same key are the same thing, seen again."""

    kind: str
    person_id: int | None = None
    child_id: int | None = None
    group_id: int | None = None
    day: date | None = None
    detail: str = ""

    @property
    def key(self) -> str:
        parts = (self.kind, self.person_id, self.child_id, self.group_id, self.day, self.detail)
        return "-".join("" if part is None else str(part) for part in parts)


@dataclass(frozen=True)
class Look:
    """One unit, since when, and now."""

    unit: Unit
    since: datetime
    at: datetime

    @property
    def day(self) -> date:
        return local_day(self.at, self.unit.organisation.time_zone)

    def day_of(self, moment: datetime) -> date:
        return local_day(moment, self.unit.organisation.time_zone)


Source = Callable[[Look], Iterable[Point]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Have `source(look)` asked in every review; the same one again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def points(look: Look) -> list[Point]:
    """Everything odd about the unit, in the order of the kinds."""
    order = {kind: place for place, kind in enumerate(Kind.values)}
    found = dict.fromkeys(point for source in (*OURS, *_sources) for point in source(look))
    return sorted(found, key=lambda point: (order[point.kind], point.key))


def duties(look: Look) -> list[Duty]:
    """The duties at the unit that run now, at rest or not."""
    rows = Duty.objects.running(look.day).filter(unit=look.unit)
    return list(rows.select_related("person").order_by("person__given_name", "person__family_name", "pk"))


def _no_sign_in(look: Look) -> Iterable[Point]:
    """Not those who are on leave, nor those who have begun lately."""
    working = Duty.objects.unsuspended(look.day).filter(unit=look.unit, starts_on__lte=look.day - LONG_AWAY)
    for duty in working.select_related("person").order_by("pk"):
        last = duty.person.last_login or datetime.min.replace(tzinfo=UTC)
        if last < look.at - LONG_AWAY:
            yield Point(Kind.NO_SIGN_IN, person_id=duty.person_id)


def _without_group(look: Look) -> Iterable[Point]:
    covered = GroupAssignment.objects.running(look.day).filter(duty=OuterRef("pk"))
    rows = Duty.objects.unsuspended(look.day).filter(unit=look.unit, role__in=IN_GROUPS).exclude(Exists(covered))
    for duty in rows.order_by("pk"):
        yield Point(Kind.WITHOUT_GROUP, person_id=duty.person_id, detail=duty.role)


def _rules_not_shown(look: Look) -> Iterable[Point]:
    for duty in Duty.objects.running(look.day).filter(unit=look.unit, shown_rules_on__isnull=True).order_by("pk"):
        yield Point(Kind.RULES_NOT_SHOWN, person_id=duty.person_id)


def _ended_placements(look: Look) -> Iterable[Point]:
    placed = Placement.objects.running(look.day).filter(child=OuterRef("child"), unit=look.unit)
    left = GroupMembership.objects.running(look.day).filter(group__unit=look.unit, child__blocked_at__isnull=True)
    for row in left.exclude(Exists(placed)).order_by("pk"):
        yield Point(Kind.ENDED_PLACEMENT, child_id=row.child_id, group_id=row.group_id)


def _passes(look: Look) -> Iterable[Point]:
    rows = Pass.objects.filter(group__unit=look.unit, begins_at__gte=look.since, begins_at__lte=look.at)
    for row in rows.order_by("begins_at", "pk"):
        yield Point(Kind.PASS_GIVEN, person_id=row.person_id, group_id=row.group_id, day=look.day_of(row.begins_at))


def _open_groups(look: Look) -> Iterable[Point]:
    rows = GroupOpening.objects.filter(group__unit=look.unit, opened_at__lte=look.at)
    for row in rows.exclude(closed_at__lte=look.at).order_by("pk"):
        yield Point(Kind.OPEN_GROUP, group_id=row.group_id, day=look.day_of(row.opened_at))


def _lifted_ties(look: Look) -> Iterable[Point]:
    here = Placement.objects.running(look.day).filter(child=OuterRef("child"), unit=look.unit)
    rows = OwnChildLift.objects.filter(Exists(here), begins_at__gte=look.since, begins_at__lte=look.at)
    for row in rows.order_by("begins_at", "pk"):
        yield Point(Kind.LIFTED_TIE, person_id=row.person_id, child_id=row.child_id, day=look.day_of(row.begins_at))


OURS: tuple[Source, ...] = (
    _no_sign_in,
    _without_group,
    _rules_not_shown,
    _ended_placements,
    _passes,
    _open_groups,
    _lifted_ties,
)
