"""Transfers come by themselves: made when a place elsewhere is known, following a start that moves, ended when it goes.

A head names the others: another school, and the first day there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.recordings.services import NotPossible
from ground.clock import local_day
from people.models import Child, Organisation, Person, Placement, Unit
from transfers import receiving, windows
from transfers.models import Handover, MovedStart, OpenWindow
from transfers.windows import Reading
from visibility import rule, ties
from visibility.matrix import HAND_OVER, SEND
from visibility.relations import KEEPER
from visibility.viewer import Viewer
from visibility.window import Window

Ended = Handover.Ended
A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class _Stay:
    """Places at one unit that follow each other without a day between: `first` is the row it began with."""

    first: Placement
    until: date | None

    @property
    def first_day(self) -> date:
        return self.first.starts_on


def follow(at: datetime) -> int:
    """Look at every child that has a place at two units or a transfer under way; how many transfers there were.

    One child that cannot be followed stops no other; what went wrong is raised when all have been looked at.
    """
    looked, wrong = 0, []
    for organisation in Organisation.objects.order_by("pk"):
        for child in _moving(organisation, at):
            try:
                looked += len(follow_child(child, at))
            except Exception as error:
                wrong.append(error)
    if wrong:
        raise ExceptionGroup("Transfers that could not be followed", wrong)
    return looked


def follow_child(child: Child, at: datetime) -> list[Handover]:
    """Make, move, open, narrow and end the transfers of one child as its places stand; those that go on after it."""
    with transaction.atomic():
        # Two who look at the same child at once look one after the other.
        row = Child.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=child.pk)
        day = local_day(at, row.organisation.time_zone)
        settings = windows.reading(row.organisation)
        stays = _stays(row, day)
        standing: dict[int | None, Handover] = {one.unit_id: one for one in _standing(row)}
        for unit, stay in stays.items():
            if unit not in standing and row.blocked_at is None and settings.closes_on(stay.first_day) > day:
                made = _made(row, stay, at)
                if made is not None:
                    standing[unit] = made
        for place, one in standing.items():
            _followed(one, stays.get(place or 0), settings, day, at)
        return _standing(row)


def _standing(child: Child) -> list[Handover]:
    found = Handover.objects.filter(child=child, kind=Handover.Kind.IN_SYSTEM, ended_at__isnull=True)
    return list(found.select_related("child__organisation", "unit", "placement").order_by("first_day", "pk"))


def _moving(organisation: Organisation, at: datetime) -> list[Child]:
    """Children of whom a transfer is under way, or who have a place elsewhere that is new enough for one."""
    day = local_day(at, organisation.time_zone)
    since = day - timedelta(days=windows.reading(organisation).after)
    under_way = Handover.objects.filter(kind=Handover.Kind.IN_SYSTEM, ended_at__isnull=True, unit__isnull=False)
    coming = Placement.objects.filter(starts_on__gt=since, unit__organisation=organisation)
    keys = set(under_way.filter(child__organisation=organisation).values_list("child_id", flat=True))
    keys |= set(coming.filter(child__blocked_at__isnull=True).values_list("child_id", flat=True))
    return list(Child.objects.filter(pk__in=keys).order_by("pk"))


def _stays(child: Child, day: date) -> dict[int, _Stay]:
    """By unit, the stay there that runs or comes next, where the child was at a preschool elsewhere before it began."""
    places = Placement.objects.filter(child=child).select_related("unit").order_by("starts_on", "pk")
    by_unit: dict[int, list[Placement]] = {}
    for place in places:
        by_unit.setdefault(place.unit_id, []).append(place)
    preschools = [place for place in places if place.unit.kind == Unit.Kind.PRESCHOOL]
    found = {}
    for unit, mine in by_unit.items():
        stay = next((one for one in _joined(mine) if one.until is None or one.until > day), None)
        if stay and any(p.unit_id != unit and p.starts_on < stay.first_day for p in preschools):
            found[unit] = stay
    return found


def _joined(places: Iterable[Placement]) -> list[_Stay]:
    stays: list[_Stay] = []
    for place in places:
        if stays and (stays[-1].until is None or stays[-1].until >= place.starts_on):
            stays[-1] = _Stay(stays[-1].first, place.ends_on)
        else:
            stays.append(_Stay(place, place.ends_on))
    return stays


def _made(child: Child, stay: _Stay, at: datetime) -> Handover | None:
    """A transfer for a stay; None where the days for reading have been over once already."""
    earlier = list(Handover.objects.filter(child=child, unit=stay.first.unit).order_by("pk"))
    earlier = [one for one in earlier if abs(one.first_day - stay.first_day) < A_YEAR]
    if any(one.ended_because == Ended.OVER for one in earlier):
        return None
    made: Handover = Handover.objects.create(
        child=child, from_unit=_left(child, stay.first), kind=Handover.Kind.IN_SYSTEM, unit=stay.first.unit,
        placement=stay.first, first_day=stay.first_day, created_at=at,
    )  # fmt: skip
    # A place that was gone and is there again opens no more than it had open before.
    for window in OpenWindow.objects.filter(handover__in=earlier).order_by("at", "pk"):
        _kept(made, Window(window.starts, window.until, window.first_day), at)
    return made


def _left(child: Child, place: Placement) -> Unit:
    """The preschool that the child comes from: the one it was at last before that day."""
    before = Placement.objects.filter(child=child, unit__kind=Unit.Kind.PRESCHOOL, starts_on__lt=place.starts_on)
    last: Placement | None = (
        before.exclude(unit=place.unit_id).select_related("unit").order_by("starts_on", "pk").last()
    )
    assert last is not None  # noqa: S101  a stay is only found after one
    return last.unit


def _followed(one: Handover, stay: _Stay | None, settings: Reading, day: date, at: datetime) -> None:
    if stay is None:
        _end(one, Ended.GONE, at)
        return
    if one.placement_id != stay.first.pk:
        one.placement = stay.first
        one.save(update_fields=["placement"])
    _moved(one, stay.first_day, at)
    if settings.closes_on(one.first_day) <= day:
        _end(one, Ended.OVER, at)
        return
    if one.opened_at is not None:
        narrow(one, at)
    elif settings.holds(day, one.first_day) and receiving.may_receive(one, at):
        opened(one, at)


def _moved(one: Handover, first_day: date, at: datetime, by: Person | None = None) -> bool:
    """Take another first day, and write down that there was one before; whether it is another."""
    if one.first_day == first_day:
        return False
    MovedStart.objects.create(handover=one, was=one.first_day, first_day=first_day, at=at, by=by)
    one.first_day = first_day
    one.save(update_fields=["first_day"])
    return True


def _end(one: Handover, because: str, at: datetime) -> None:
    Handover.objects.filter(pk=one.pk, ended_at__isnull=True).update(ended_at=at, ended_because=because)


def opened(one: Handover, at: datetime) -> Window | None:
    """Write down that the receiver may read from now on, and which days; None where there is no window to open."""
    window = windows.effective(one)
    if window is None:
        return None
    if one.opened_at is None:
        one.opened_at = at
        one.save(update_fields=["opened_at"])
    _kept(one, window, at)
    return window


def narrow(one: Handover, at: datetime) -> None:
    """Write down a window that has become smaller, so that it never becomes larger again."""
    window = windows.effective(one)
    if window is not None:
        _kept(one, window, at)


def _kept(one: Handover, window: Window, at: datetime) -> None:
    known = windows.been(one)
    if not known or known[-1] != window:
        OpenWindow.objects.create(
            handover=one, starts=window.starts, until=min(window.until, window.first_day),
            first_day=window.first_day, at=at,
        )  # fmt: skip


def keeps_records_of(child: Child, by: Viewer) -> bool:
    """Whether this viewer is here for what no preschool can do any more, and for nothing else."""
    return child.pk in ties.children(by, KEEPER)


@transaction.atomic
def name_school(*, child: Child, school: str, first_day: date, by: Viewer, requested_by: str = "") -> Handover:
    """The head names another school and the first day there; the same school again is the same transfer.

    When the child has left, the records keeper does it, and has to say who asked. Raises PermissionDenied, and
    NotPossible for a child that has been at no preschool here, a day out of reach, or nobody who asked.
    """
    row = Child.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=child.pk)
    if not rule.may(by, HAND_OVER, row):
        raise PermissionDenied
    school = " ".join(school.split())
    if not school:
        raise NotPossible("receiver_name")
    if keeps_records_of(row, by) and not requested_by.strip():
        raise NotPossible("requested_by")
    left = _preschool_before(row, first_day, by.at)
    same = Handover.objects.filter(child=row, kind=Handover.Kind.PACKAGE, receiver_name__iexact=school)
    known = same.filter(ended_at__isnull=True).order_by("pk").first()
    if known is not None:
        return move_first_day(handover=known, first_day=first_day, by=by)
    made: Handover = Handover.objects.create(
        child=row, from_unit=left, kind=Handover.Kind.PACKAGE, receiver_name=school, first_day=first_day,
        requested_by=requested_by.strip(), created_at=by.at, created_by=by.person,
    )  # fmt: skip
    # What was cancelled and named again opens no more than it had open before.
    for window in OpenWindow.objects.filter(handover__in=same).order_by("at", "pk"):
        _kept(made, Window(window.starts, window.until, window.first_day), by.at)
    return made


def _preschool_before(child: Child, first_day: date, at: datetime) -> Unit:
    """The preschool that the child was at last before that day. Raises NotPossible for a day that cannot be one."""
    if not -A_YEAR <= first_day - local_day(at, child.organisation.time_zone) <= 2 * A_YEAR:
        raise NotPossible("first_day")
    places = Placement.objects.filter(child=child, unit__kind=Unit.Kind.PRESCHOOL, starts_on__lt=first_day)
    last = places.select_related("unit").order_by("starts_on", "pk").last()
    if last is None:
        raise NotPossible("first_day")
    found: Unit = last.unit
    return found


@transaction.atomic
def move_first_day(*, handover: Handover, first_day: date, by: Viewer) -> Handover:
    """The head corrects the first day of a package; once one was made, its window only becomes smaller.

    Raises PermissionDenied, and NotPossible for a day that could not have been named at first either.
    """
    row = _locked(handover)
    if row.is_in_system or not rule.may(by, SEND, row):
        raise PermissionDenied
    if row.first_day != first_day:
        _preschool_before(row.child, first_day, by.at)
    if _moved(row, first_day, by.at, by.person) and row.opened_at is not None:
        narrow(row, by.at)
    return row


@transaction.atomic
def cancel(*, handover: Handover, by: Viewer) -> Handover:
    """The head ends a transfer to another school; what was handed over cannot be taken back."""
    row = _locked(handover)
    if row.is_in_system or not rule.may(by, SEND, row):
        raise PermissionDenied
    _end(row, Ended.CANCELLED, by.at)
    row.refresh_from_db()
    return row


def _locked(handover: Handover) -> Handover:
    rows = Handover.objects.select_for_update(of=("self",)).select_related("child__organisation")
    found: Handover = rows.get(pk=handover.pk)
    return found
