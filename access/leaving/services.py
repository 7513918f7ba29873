"""The retention plan of guardians' reading: set by the owner, told to the guardians, followed day by day."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from access import notices
from access.models import NoticeMail
from access.recordings.services import NotPossible
from ground.clock import local_day
from people.models import AccessEvent, Child, Guardianship, Organisation, Placement
from people.models.organisation import LEAST_READING
from visibility import kinds, rule
from visibility.matrix import APPOINT
from visibility.viewer import Viewer

What = AccessEvent.What
# So long before the end the guardians are told of it, whatever the plan says.
TOLD_BEFORE = timedelta(days=60)
MOST_READING = 3650


@transaction.atomic
def set_plan(*, organisation: Organisation, days: int | None, by: Viewer) -> int | None:
    """For how many days guardians read about a child who has left every unit; None is without end.

    A shorter plan never brings a day nearer that was told; a longer one takes it back, to be told anew. Raises
    PermissionDenied, and NotPossible for fewer than sixty days or more than ten years.
    """
    units = kinds.by_name("UNIT").model._default_manager.filter(organisation=organisation)
    if not units.filter(rule.visible(kinds.by_name("UNIT"), by, APPOINT)).exists():
        raise PermissionDenied
    if days is not None and not LEAST_READING <= days <= MOST_READING:
        raise NotPossible("days")
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    was = row.reading_days
    if was != days:
        row.reading_days = days
        row.save(update_fields=["reading_days"])
        AccessEvent.objects.create(
            what=What.SETTING, organisation=row, at=by.at, by=by.person,
            before={"reading days": was}, after={"reading days": days},
        )  # fmt: skip
    return days


def follow(at: datetime) -> int:
    """Set and tell the day where it is near, take it back where a child has returned; how many children changed."""
    changed = 0
    for organisation in Organisation.objects.order_by("pk"):
        day = local_day(at, organisation.time_zone)
        for child in _to_look_at(organisation, day):
            changed += _follow(child.pk, organisation, day, at)
    return changed


def _places(day: date) -> QuerySet[Placement]:
    """Places of the child at hand that run at any unit, or have not ended by then."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return Placement.objects.filter(later, child=OuterRef("pk"))


def _to_look_at(organisation: Organisation, day: date) -> QuerySet[Child]:
    """Who has a day that may have to move, and whose day is near enough to be set."""
    rows = Child.objects.unblocked().filter(organisation=organisation)
    wanted = Q(reading_ends_on__gt=day) | Q(Exists(_places(day)), reading_ends_on__isnull=False)
    if organisation.reading_days is not None:
        near = day + TOLD_BEFORE - timedelta(days=organisation.reading_days)
        placed = Exists(Placement.objects.filter(child=OuterRef("pk")))
        wanted |= Q(placed, ~Exists(_places(min(near, day))), reading_ends_on__isnull=True)
    return rows.filter(wanted).order_by("pk")


@transaction.atomic
def _follow(key: int, organisation: Organisation, day: date, at: datetime) -> bool:
    child = Child.objects.select_for_update(of=("self",)).get(pk=key)
    was, wanted = child.reading_ends_on, _wanted(child, organisation.reading_days, day)
    if was == wanted:
        return False
    child.reading_ends_on = wanted
    child.save(update_fields=["reading_ends_on"])
    AccessEvent.objects.create(
        what=What.READING_ENDS, organisation=organisation, child=child, at=at, before=_told(was), after=_told(wanted)
    )
    if wanted is not None:
        active = Guardianship.objects.active(at).filter(child=child)
        for person in notices.reached(at).filter(pk__in=active.values("person")):
            notices.write(person=person, day=day, at=at, about=NoticeMail.About.READING_ENDS)
    return True


def _wanted(child: Child, days: int | None, day: date) -> date | None:
    """The day on which reading ends, once it is near enough to be told."""
    places, standing = list(Placement.objects.filter(child=child)), child.reading_ends_on
    ends: list[date] = [place.ends_on for place in places if place.ends_on is not None and place.ends_on <= day]
    if not ends or len(ends) < len(places):
        return None
    if standing is not None and standing <= day:
        # What has ended is not begun again by a longer plan: only the child's own return does that.
        return standing
    if days is None or max(ends) + timedelta(days=days) > day + TOLD_BEFORE:
        return None
    return max(max(ends) + timedelta(days=days), standing or day + TOLD_BEFORE)


def _told(day: date | None) -> dict[str, str]:
    return {"reading ends on": day.isoformat()} if day is not None else {}
