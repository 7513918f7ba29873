"""Times kept for talks, which home each is offered to, and booking them. A home never learns of another's."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from conferences.homes import home_of, invited
from conferences.models import Conference, FreeTime, Offer
from conferences.services.locking import locked
from people.models import Duty, Guardianship, HomeMembership, Person, Unit
from visibility import kinds, rule, ties
from visibility.matrix import BOOK, KEEP, OFFER_IT, WITHDRAW, WRITE
from visibility.relations import TALK_HOME_NOW
from visibility.viewer import Viewer

_NOT_BOOKED: Final[dict[str, Any]] = {"booked_at": None, "booked_by": None, "said_by": None, "interpreter": ""}


class Taken(Exception):
    """The time is not this home's to book any more."""


class Changed(Exception):
    """Another guardian of the home has booked, moved or cancelled since this one looked."""


class TooLate(Exception):
    """The talk is so near, or over, that only a call to the preschool changes it."""


@dataclass(frozen=True)
class Kept:
    """How many times are kept now, and how many met others of the same person and were left."""

    made: int
    met: int


def change_until(time: FreeTime) -> datetime:
    """Until when a home may cancel a talk, or move it to another time."""
    return time.starts_at - timedelta(hours=settings.TALK_CHANGE_HOURS)


def may_keep(unit: Unit, by: Viewer) -> bool:
    """Whether the viewer works there, and so keeps times for talks."""
    return Unit.objects.filter(rule.visible(kinds.by_name("UNIT"), by, KEEP), pk=unit.pk).exists()


@transaction.atomic
def keep_times(
    *, unit: Unit, staff: Person, times: Iterable[tuple[datetime, datetime]], place: str, link: str, by: Viewer
) -> Kept:
    """Keep these times of somebody who works at the unit; those that are over are left. Raises PermissionDenied."""
    if not may_keep(unit, by) or not Duty.objects.unsuspended(by.day).filter(unit=unit, person=staff).exists():
        raise PermissionDenied
    made = met = 0
    for starts_at, ends_at in times:
        if starts_at <= by.at:
            continue
        row = FreeTime(
            unit=unit, staff=staff, starts_at=starts_at, ends_at=ends_at, place=place, link=link, kept_by=by.person,
            kept_at=by.at,
        )  # fmt: skip
        try:
            with transaction.atomic():
                row.save(force_insert=True)
            made += 1
        except IntegrityError:
            met += 1
    return Kept(made, met)


@transaction.atomic
def remove_time(*, time: FreeTime, by: Viewer) -> None:
    """Keep the time no longer. Raises PermissionDenied, and Taken while a home has booked it."""
    rows = FreeTime.objects.visible_to(by, WRITE).filter(pk=time.pk, removed_at__isnull=True)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise PermissionDenied
    standing = Offer.objects.filter(time=row, ended_at__isnull=True)
    standing.filter(booked_at__isnull=True).update(ended_at=by.at)
    if standing.exists():
        raise Taken
    FreeTime.objects.filter(pk=row.pk).update(removed_at=by.at)


def free(unit: Unit, at: datetime) -> QuerySet[FreeTime]:
    """Kept times ahead that no family waits with: not offered, or to one that has booked another."""
    booked_another = Offer.objects.filter(
        conference=OuterRef("conference"), home=OuterRef("home"), ended_at__isnull=True, booked_at__isnull=False
    ).exclude(pk=OuterRef("pk"))
    held = Offer.objects.filter(time=OuterRef("pk"), ended_at__isnull=True)
    held = held.filter(Q(booked_at__isnull=False) | ~Exists(booked_another))
    rows = FreeTime.objects.filter(unit=unit, removed_at__isnull=True, starts_at__gt=at)
    return rows.filter(~Exists(held)).order_by("starts_at", "pk")


@transaction.atomic
def offer(*, conference: Conference, tie: Guardianship, times: Iterable[FreeTime], by: Viewer) -> list[Offer]:
    """Offer free times to the home of one of the child's guardians; those that another family got meanwhile are left.

    Raises PermissionDenied.
    """
    row = locked(conference=conference, by=by, action=OFFER_IT)
    if not invited(by.at).filter(pk=tie.pk, child=row.child_id).exists():
        raise PermissionDenied
    home = home_of(tie, by.at)
    found = []
    for time in times:
        # Who waited here for somebody else's offer looks again at what is free.
        FreeTime.objects.select_for_update(of=("self",)).get(pk=time.pk)
        if not free(row.unit, by.at).filter(pk=time.pk).exists():
            continue
        Offer.objects.filter(time=time, ended_at__isnull=True, booked_at__isnull=True).update(ended_at=by.at)
        try:
            with transaction.atomic():
                made = Offer(time=time, conference=row, home=home, offered_by=by.person, offered_at=by.at)
                made.save(force_insert=True)
        except IntegrityError:
            # The family that had it booked it after all, in this moment.
            continue
        found.append(made)
    return found


@dataclass(frozen=True)
class Asked:
    """One guardian of a home that has not booked, how many times it has, and who holds the conference, if anybody."""

    conference: Conference
    tie: Guardianship
    holder: int | None
    has: int


def spread(*, asked: Sequence[Asked], unit: Unit, team: Collection[int], each: int, by: Viewer) -> int:
    """Give every home up to so many times of its own, from those that its teacher keeps; how many were offered.

    Where that teacher keeps none, or nobody is named, anybody of the `team` may hold the talk, and nobody else's times
    are given away. Neighbouring times go to different homes, so that each has some on several days. Raises
    PermissionDenied.
    """
    by_staff: dict[int | None, list[FreeTime]] = defaultdict(list)
    for time in free(unit, by.at):
        by_staff[time.staff_id].append(time)
        if time.staff_id in team:
            by_staff[None].append(time)
    used: set[int] = set()
    offered = 0
    for number in range(each):
        for one in asked:
            if one.has + number >= each:
                continue
            pile = by_staff[one.holder if one.holder in by_staff else None]
            found = next((time for time in pile if time.pk not in used), None)
            if found is None:
                continue
            used.add(found.pk)
            offered += len(offer(conference=one.conference, tie=one.tie, times=[found], by=by))
    return offered


@transaction.atomic
def take_back(*, offer: Offer, by: Viewer) -> None:
    """Offer it no longer; a booking ends too, and the home is told that something is new. Raises PermissionDenied."""
    row = _held(offer, by, WITHDRAW)
    Offer.objects.filter(pk=row.pk).update(ended_at=by.at)


@transaction.atomic
def book(*, offer: Offer, interpreter: str, instead_of: uuid.UUID | None, by: Viewer) -> Offer:
    """Book a time that the guardian's home was offered; the talk moves from the booked one, `instead_of`.

    Raises Taken, Changed, TooLate.
    """
    row = _held(offer, by, BOOK, Taken)
    before = booked(row.conference_id, row.home_id)
    if (before.public_id if before else None) != instead_of and before != row:
        raise Changed
    if before is not None and before != row and by.at > change_until(before.time):
        raise TooLate
    return _booked(row, before, interpreter, by)


@transaction.atomic
def book_for(*, offer: Offer, interpreter: str, said_by: Guardianship, by: Viewer) -> Offer:
    """The same by the staff, as a legal guardian of the home said in another way. Raises Taken, PermissionDenied."""
    row = _held(offer, by, WITHDRAW)
    if said_by.pk not in {tie.pk for tie in legal_in(row.home_id, by.at)}:
        raise PermissionDenied
    return _booked(row, booked(row.conference_id, row.home_id), interpreter, by, said_by)


def legal_in(home: int, at: datetime) -> list[Guardianship]:
    """The legal guardians of a home, who alone say when it comes."""
    members = HomeMembership.objects.running(at).filter(home=home)
    rows = invited(at).filter(kind=Guardianship.Kind.LEGAL, pk__in=members.values("guardianship"))
    return list(rows.select_related("person").order_by("pk"))


def has(conference: Conference, tie: Guardianship, time: FreeTime, at: datetime) -> bool:
    """Whether this time is offered to this guardian's home already."""
    homes = HomeMembership.objects.running(at).filter(guardianship=tie).values("home")
    return Offer.objects.filter(conference=conference, time=time, home__in=homes, ended_at__isnull=True).exists()


def taken_back(conference: Conference, by: Viewer) -> QuerySet[Offer]:
    """Booked times ahead that the staff took back from the home this guardian is in now: nothing else of it is told."""
    homes = [tie.home for tie in ties.of_viewer(by, [TALK_HOME_NOW])[TALK_HOME_NOW]]
    rows = Offer.objects.filter(conference=conference, home__in=homes, booked_at__isnull=False, ended_at__lte=by.at)
    return rows.filter(time__starts_at__gt=by.at).select_related("time", "home", "conference").order_by("-ended_at")


@transaction.atomic
def cancel(*, offer: Offer, by: Viewer) -> None:
    """Give the booked time back; it is offered to the home as before. Raises Taken, TooLate."""
    row = _held(offer, by, BOOK, Taken)
    if row.booked_at is None:
        return
    if by.at > change_until(row.time):
        raise TooLate
    Offer.objects.filter(pk=row.pk).update(**_NOT_BOOKED)


def _held(offer: Offer, by: Viewer, action: str, otherwise: type[Exception] = PermissionDenied) -> Offer:
    """The offer, and its conference locked: all that happens to the times of one conference waits for each other."""
    if not Offer.objects.visible_to(by, action).filter(pk=offer.pk).exists():
        raise otherwise
    Conference.objects.select_for_update(of=("self",)).get(pk=offer.conference_id)
    # Everywhere in this order: the conference, the time, the offer.
    FreeTime.objects.select_for_update(of=("self",)).get(pk=offer.time_id)
    rows = Offer.objects.visible_to(by, action).filter(pk=offer.pk, ended_at__isnull=True)
    # Read anew after waiting: what the rule saw before the lock may be gone.
    row: Offer | None = rows.select_for_update(of=("self",)).select_related("time", "conference").first()
    if row is None or not row.conference.is_open:
        raise otherwise
    return row


def booked(conference: int, home: int) -> Offer | None:
    """The time that this home has booked for the talk."""
    rows = Offer.objects.filter(conference=conference, home=home, ended_at__isnull=True, booked_at__isnull=False)
    found: Offer | None = rows.select_related("time__unit__organisation", "time__staff").first()
    return found


def _booked(
    row: Offer, before: Offer | None, interpreter: str, by: Viewer, said_by: Guardianship | None = None
) -> Offer:
    if row.time.removed_at is not None or row.time.starts_at <= by.at:
        raise Taken
    if before is not None and before != row:
        Offer.objects.filter(pk=before.pk).update(**_NOT_BOOKED)
    if row.booked_at is None:
        row.booked_at, row.booked_by = by.at, by.person
        row.said_by = said_by.person if said_by else None
    row.interpreter = interpreter
    row.save(update_fields=[*_NOT_BOOKED])
    return row
