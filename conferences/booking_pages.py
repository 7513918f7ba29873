"""What the pages about times for talks show: to the staff by home, to a home its own few."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import get_language

from conferences import booking_homes
from conferences.booking_homes import HomeLine
from conferences.models import Conference, FreeTime, Offer
from conferences.overview import responsible
from conferences.services import booking
from ground.clock import local_day
from ground.names import sort_names
from learninglog import groups
from people.models import Duty, Group, GroupAssignment, Person, ResponsibleTeacher, Unit
from visibility import rule
from visibility.matrix import BOOK, OFFER_IT
from visibility.viewer import Viewer


@dataclass
class ChildLine:
    conference: Conference
    name: str
    holder: str
    offers_here: bool
    homes: list[HomeLine]


@dataclass(frozen=True)
class KeptTime:
    """A kept time ahead; `who` has it, in words for the staff, and `booked` says whether that is settled."""

    time: FreeTime
    who: str
    booked: bool


@dataclass
class Page:
    lines: list[ChildLine]
    days: list[tuple[date, list[KeptTime]]]
    free: list[FreeTime]

    @property
    def child_ids(self) -> list[int]:
        return [line.conference.child_id for line in self.lines]

    @property
    def waiting(self) -> int:
        return sum(home.booked is None for home in self._invited)

    @property
    def homes(self) -> int:
        return len(self._invited)

    @property
    def _invited(self) -> list[HomeLine]:
        return [home for line in self.lines for home in line.homes if home.tie is not None]

    @property
    def may_offer(self) -> bool:
        return any(line.offers_here for line in self.lines)


def of_group(group: Group, viewer: Viewer) -> Page:
    """The conferences under way of today's children of a group, by home, and the times that its preschool keeps."""
    children = groups.children_today(group, viewer)
    names = groups.called(children)
    rows = Conference.objects.visible_to(viewer).open().filter(child__in=children, unit=group.unit)
    found = list(rows.select_related("child").order_by("pk"))
    offering = Conference.objects.visible_to(viewer, OFFER_IT).filter(pk__in=[row.pk for row in found])
    may_offer = set(offering.values_list("pk", flat=True))
    holders = responsible(children, group.unit_id, viewer.day)
    homes = booking_homes.of(found, viewer)
    lines = [
        ChildLine(row, names[row.child_id], holders.get(row.child_id, ""), row.pk in may_offer, homes[row.pk])
        for row in found
    ]
    place = {child.pk: number for number, child in enumerate(children)}
    lines.sort(key=lambda line: place[line.conference.child_id])
    return Page(
        lines, _days(group.unit, lines, viewer), list(booking.free(group.unit, viewer.at).select_related("staff"))
    )


def _days(unit: Unit, lines: list[ChildLine], viewer: Viewer) -> list[tuple[date, list[KeptTime]]]:
    """Kept times ahead by day. Of families of other groups only that a time is taken is said."""
    held: dict[int, tuple[str, bool]] = {}
    for line in lines:
        for home in line.homes:
            for offer in home.offers:
                held[offer.time_id] = (f"{line.name} · {home.names}", offer.booked_at is not None)
    rows = FreeTime.objects.visible_to(viewer).filter(unit=unit, removed_at__isnull=True, ends_at__gt=viewer.at)
    times = list(rows.select_related("staff", "unit__organisation").order_by("starts_at", "pk"))
    elsewhere = set(Offer.objects.filter(time__in=times, ended_at__isnull=True).values_list("time_id", flat=True))
    shown = [KeptTime(time, *held.get(time.pk, ("", time.pk in elsewhere))) for time in times]
    return [(day, list(kept)) for day, kept in groupby(shown, key=lambda one: _day(one.time))]


def asked(page: Page, unit: Unit, viewer: Viewer) -> list[booking.Asked]:
    """The homes without a talk to whom the viewer may offer times, with who holds each conference."""
    teachers = ResponsibleTeacher.objects.running(viewer.day).filter(child__in=page.child_ids, duty__unit=unit)
    holds = dict(teachers.order_by("pk").values_list("child", "duty__person"))
    return [
        booking.Asked(
            line.conference, home.tie, line.conference.stand_in_id or holds.get(line.conference.child_id),
            len(home.offers),
        )
        for line in page.lines
        if line.offers_here
        for home in line.homes
        if home.booked is None and home.tie is not None
    ]  # fmt: skip


def team(group: Group, viewer: Viewer) -> set[int]:
    """Who works in the group today."""
    rows = GroupAssignment.objects.running(viewer.day).filter(group=group)
    return set(rows.order_by().values_list("duty__person", flat=True))


def colleagues(unit: Unit, viewer: Viewer) -> list[Person]:
    """Who can hold talks there: those with a running duty as pedagogue or special educator; the viewer first."""
    roles = [Duty.Role.PEDAGOGUE, Duty.Role.SPECIAL_EDUCATOR, Duty.Role.HEAD]
    duties = Duty.objects.unsuspended(viewer.day).filter(unit=unit, role__in=roles)
    people = {row.pk: row for row in Person.objects.filter(pk__in=duties.values("person")).order_by("pk")}
    mine = people.pop(viewer.person.pk, None)
    rest = sort_names(people.values(), lambda person: person.get_full_name(), get_language() or "en")
    return [*([mine] if mine else []), *rest]


@dataclass(frozen=True)
class HomePage:
    """A home's own times; `fixed` says that the booked one is too near to change here."""

    booked: Offer | None
    offers: list[Offer]
    fixed: bool
    until: datetime | None
    may_book: bool
    phone: str
    # The booking that the preschool took back last, until another stands: a calendar may still hold it.
    taken_back: Offer | None


def of_home(conference: Conference, viewer: Viewer) -> HomePage:
    """The times that this home was offered for its talk, those ahead, in order."""
    rows = Offer.objects.visible_to(viewer).filter(conference=conference, time__removed_at__isnull=True)
    rows = rows.select_related("time__staff", "time__unit__organisation", "home", "said_by")
    offers = list(rows.order_by("time__starts_at", "pk"))
    booked = next((offer for offer in offers if offer.booked_at), None)
    until = booking.change_until(booked.time) if booked else None
    may_book = any(rule.may(viewer, BOOK, offer) for offer in offers[:1])
    return HomePage(
        booked=booked,
        offers=[offer for offer in offers if offer.time.starts_at > viewer.at and offer != booked],
        fixed=until is not None and viewer.at > until,
        until=until,
        may_book=may_book,
        phone=conference.unit.phone,
        taken_back=None if booked else booking.taken_back(conference, viewer).first(),
    )


def offer_of(conference: Conference, viewer: Viewer, key: uuid.UUID, action: str) -> Offer | None:
    rows = Offer.objects.visible_to(viewer, action).filter(conference=conference, public_id=key)
    found: Offer | None = rows.select_related("time", "home", "conference").first()
    return found


def on_the_wall(unit: Unit, viewer: Viewer) -> list[tuple[date, list[FreeTime]]]:
    """Every kept time of the coming weeks by day, whoever has it."""
    rows = FreeTime.objects.visible_to(viewer).filter(unit=unit, removed_at__isnull=True, ends_at__gt=viewer.at)
    times = rows.select_related("staff", "unit__organisation").order_by("starts_at", "staff__given_name", "pk")
    return [(day, list(kept)) for day, kept in groupby(times, key=_day)]


def _day(time: FreeTime) -> date:
    return local_day(time.starts_at, time.unit.organisation.time_zone)
