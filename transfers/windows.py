"""The window of one transfer as it stands now, and the days in which its receiver may read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ground.clock import local_day
from people.models import Organisation, Placement, Unit
from transfers.models import Handover, OpenWindow, TransferSetting
from visibility.window import Window, window

DAYS_BEFORE, DAYS_AFTER = 30, 90
# So long before a receiver may read, guardians are told what is new since their choice.
TOLD_BEFORE = timedelta(days=10)


@dataclass(frozen=True)
class Reading:
    """A receiver reads from so many days before the first day until so many after it, the last one left out."""

    before: int = DAYS_BEFORE
    after: int = DAYS_AFTER

    def opens_on(self, first_day: date) -> date:
        return first_day - timedelta(days=self.before)

    def closes_on(self, first_day: date) -> date:
        # A register writes the last day of the calendar where it knows none.
        return first_day + min(timedelta(days=self.after), date.max - first_day)

    def holds(self, day: date, first_day: date) -> bool:
        return self.opens_on(first_day) <= day < self.closes_on(first_day)


def reading(organisation: Organisation) -> Reading:
    """How this organisation has set it: the newest setting, or what is usual."""
    rows = TransferSetting.objects.filter(organisation=organisation).order_by("-at", "-pk")
    newest = rows.values_list("days_before", "days_after").first()
    return Reading(*newest) if newest else Reading()


def been(handover: Handover) -> list[Window]:
    """The windows that its receiver has had open."""
    rows = OpenWindow.objects.filter(handover=handover).order_by("at", "pk")
    return [Window(*row) for row in rows.values_list("starts", "until", "first_day")]


def effective(handover: Handover) -> Window | None:
    """The days that go along as of now; None where the child has been at no preschool here but the receiver's own."""
    preschools = Placement.objects.filter(child=handover.child_id, unit__kind=Unit.Kind.PRESCHOOL)
    ends = list(preschools.exclude(unit=handover.unit_id).order_by("pk").values_list("ends_on", flat=True))
    if not ends:
        return None
    known = [end for end in ends if end is not None]
    return window(handover.first_day, max(known) if len(known) == len(ends) else None, been=been(handover))


def is_placed(handover: Handover, day: date) -> bool:
    """Whether the place at the receiving unit is still there, running or to come, from the day that was known."""
    there = handover.placement
    if there is None or there.starts_on != handover.first_day:
        return False
    if (there.child_id, there.unit_id) != (handover.child_id, handover.unit_id):
        return False
    places = Placement.objects.filter(child=handover.child_id, unit=handover.unit_id)
    return (places.filter(ends_on__isnull=True) | places.filter(ends_on__gt=day)).exists()


def is_open(handover: Handover, at: datetime) -> bool:
    """Whether its receiver in the system may read at this moment, where the answers are a yes."""
    if handover.ended_at is not None or handover.opened_at is None or handover.opened_at > at:
        return False
    organisation = handover.child.organisation
    day = local_day(at, organisation.time_zone)
    inside = reading(organisation).holds(day, handover.first_day)
    return inside and is_placed(handover, day) and bool(been(handover))
