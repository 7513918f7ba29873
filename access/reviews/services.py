"""Opening, walking through and signing reviews."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.models import Letter, Review, ReviewLine, RoutineReview
from access.reviews import odd
from access.reviews.odd import Look, Point
from access.team import letters
from ground.clock import local_day
from people.models import AccessEvent, Child, Duty, Organisation, Person, Unit
from visibility import rule
from visibility.matrix import SIGN
from visibility.viewer import Viewer

# Who has not signed by these days of the month is reminded, and the owner with them.
REMINDED_ON = (10, 20)
HALVES = (1, 8)


class StillOdd(Exception):
    """Something on top has not been looked at."""


def open_due(*, at: datetime) -> int:
    """Open this month's review of every unit with staff, and the owner's of the routine; how many were opened."""
    opened = 0
    for organisation in Organisation.objects.order_by("pk"):
        day = local_day(at, organisation.time_zone)
        staffed = Duty.objects.running(day).filter(unit__organisation=organisation).values("unit")
        for unit in Unit.objects.filter(pk__in=staffed).select_related("organisation").order_by("pk"):
            opened += _open(unit, day, at)
        _open_routine(organisation, day, at)
        if day.day in REMINDED_ON:
            _remind(organisation, day, at)
    return opened


@transaction.atomic
def _open(unit: Unit, day: date, at: datetime) -> bool:
    _review, new = Review.objects.get_or_create(unit=unit, month=day.replace(day=1), defaults={"opened_at": at})
    if new:
        for head in letters.heads_of(unit, at):
            letters.write(person=head, kind=Letter.Kind.REVIEW_OPEN, at=at)
    return new


def half_of(day: date) -> date:
    """The first day of the half-year that a day lies in: January and August begin one."""
    return date(day.year, HALVES[1] if day.month >= HALVES[1] else HALVES[0], 1)


@transaction.atomic
def _open_routine(organisation: Organisation, day: date, at: datetime) -> None:
    officers = _officers(organisation, day)
    if not officers:
        return
    half = half_of(day)
    _row, new = RoutineReview.objects.get_or_create(organisation=organisation, half=half, defaults={"opened_at": at})
    if new:
        for officer in officers:
            letters.write(person=officer, kind=Letter.Kind.REVIEW_OPEN, at=at)


def _officers(organisation: Organisation, day: date) -> list[Person]:
    duties = Duty.objects.unsuspended(day).filter(organisation=organisation, role=Duty.Role.OWNERS_OFFICER)
    found = Person.objects.filter(pk__in=duties.values("person"), is_active=True).exclude(email="")
    return list(found.select_related("organisation").order_by("pk"))


@transaction.atomic
def _remind(organisation: Organisation, day: date, at: datetime) -> None:
    unsigned = Review.objects.filter(unit__organisation=organisation, signed_at__isnull=True, month=day.replace(day=1))
    waiting = list(unsigned.select_related("unit__organisation").order_by("pk"))
    people = {head.pk: head for review in waiting for head in letters.heads_of(review.unit, at)}
    if waiting:
        people |= {officer.pk: officer for officer in _officers(organisation, day)}
    for person in people.values():
        letters.write(person=person, kind=Letter.Kind.REVIEW_WAITS, at=at)


def look_of(review: Review, at: datetime) -> Look:
    """What a review looks at: from the moment the one before was signed, or from a month before it was opened."""
    before = Review.objects.filter(unit=review.unit, month__lt=review.month, signed_at__isnull=False)
    last = before.order_by("-month").first()
    since = last.signed_at if last and last.signed_at else review.opened_at - timedelta(days=31)
    return Look(review.unit, since, at)


def open_points(review: Review, at: datetime) -> list[Point]:
    """What is odd now and has not been looked at in this review."""
    seen = {point_of(line).key for line in review.lines.order_by("pk")}
    return [point for point in odd.points(look_of(review, at)) if point.key not in seen]


def point_of(line: ReviewLine) -> Point:
    """The thing that a line says was looked at."""
    return Point(line.kind, line.person_id, line.child_id, line.group_id, line.day, line.detail)


@transaction.atomic
def see(*, review: Review, key: str, note: str, by: Viewer) -> bool:
    """Note that an odd thing is as it should be; False when it is not odd any more. Raises PermissionDenied."""
    row = _signable(review, by)
    point = next((one for one in open_points(row, by.at) if one.key == key), None)
    if point is not None:
        _keep(row, point, by, note)
    return point is not None


@transaction.atomic
def sign(*, review: Review, remark: str, by: Viewer) -> Review:
    """One tap: what is not odd is right; signing twice changes nothing. Raises StillOdd, PermissionDenied."""
    row = _signable(review, by)
    if row.signed_at is not None:
        return row
    if open_points(row, by.at):
        raise StillOdd
    for duty in odd.duties(look_of(row, by.at)):
        _keep(row, Point("duty", person_id=duty.person_id, detail=duty.role), by)
    row.signed_at, row.signed_by, row.remark = by.at, by.person, remark
    row.save(update_fields=["signed_at", "signed_by", "remark"])
    AccessEvent.objects.create(
        what=AccessEvent.What.REVIEW, organisation=row.unit.organisation, at=by.at, by=by.person,
        after={"unit": row.unit_id, "month": str(row.month)},
    )  # fmt: skip
    return row


def _signable(review: Review, by: Viewer) -> Review:
    row: Review = Review.objects.select_for_update(of=("self",)).select_related("unit__organisation").get(pk=review.pk)
    if not rule.may(by, SIGN, row):
        raise PermissionDenied
    return row


def _keep(review: Review, point: Point, by: Viewer, note: str = "") -> ReviewLine:
    return ReviewLine.objects.create(
        review=review, kind=point.kind, person_id=point.person_id, child_id=point.child_id, group_id=point.group_id,
        day=point.day, detail=point.detail, note=note, seen_at=by.at, seen_by=by.person,
    )  # fmt: skip


@transaction.atomic
def sign_routine(*, routine: RoutineReview, holds: str, changes: str, by: Viewer) -> RoutineReview:
    """The owner has looked at the routine itself; signing twice changes nothing."""
    row: RoutineReview = RoutineReview.objects.select_for_update().get(pk=routine.pk)
    if row.signed_at is None:
        row.signed_at, row.signed_by, row.holds, row.changes = by.at, by.person, holds, changes
        row.save()
        AccessEvent.objects.create(
            what=AccessEvent.What.REVIEW, organisation=row.organisation, at=by.at, by=by.person,
            after={"routine": str(row.half)},
        )  # fmt: skip
    return row


def erase_child(child: Child, at: datetime) -> None:
    """The reviews' part when a child is erased: the line stays without child or words."""
    ReviewLine.objects.filter(child=child).update(child=None, note="")
