"""Times for the talks of the demo: a week of afternoons, each home offered its own few, some of them booked."""

from datetime import date, timedelta

from conferences import booking_pages
from conferences.models import Offer
from conferences.services import booking
from people.models import Group, Guardianship
from portal.demo.lindby import World
from visibility.viewer import Hat

PLACES = {"Granen": "Lilla rummet", "Tallen": "Ateljén", "Klövern": "Biblioteket"}
BEGINNINGS = ((12, 30), (13, 10), (13, 50), (14, 30), (15, 10), (15, 50))
LONG = timedelta(minutes=30)
AFTERNOONS, EACH = 7, 3
# Who has booked, and the interpreter they asked for.
BOOKED = {"Tora Dahl": "", "Ture Lindgren": "", "Elif Kaya": "Turkiska", "Hanna Strand": ""}


def make(world: World, group: Group, holder: str) -> None:
    """Keep the times of whoever holds the group's conferences, offer them to every home, and let some homes book."""
    by = world.viewer(holder, world.dates.now)
    slots = [world.dates.clock(day, *begins) for day in _days(world.dates.today) for begins in BEGINNINGS]
    pairs = [(begins, begins + LONG) for begins in slots]
    booking.keep_times(unit=group.unit, staff=by.person, times=pairs, place=PLACES[group.name], link="", by=by)
    page = booking_pages.of_group(group, by)
    asked, team = booking_pages.asked(page, group.unit, by), booking_pages.team(group, by)
    booking.spread(asked=asked, unit=group.unit, team=team, each=EACH, by=by)
    for adult, interpreter in BOOKED.items():
        if adult in world.people:
            _book(world, group, adult, interpreter)


def _days(today: date) -> list[date]:
    """The coming working days, from the day after tomorrow: a home has until the day before to change its mind."""
    days = (today + timedelta(days=number) for number in range(2, 2 * AFTERNOONS + 2))
    return [day for day in days if day.weekday() < 5][:AFTERNOONS]


def _book(world: World, group: Group, adult: str, interpreter: str) -> None:
    by = world.viewer(adult, world.dates.now, Hat.GUARDIAN)
    mine = Guardianship.objects.active(by.at).filter(person=by.person)
    rows = Offer.objects.visible_to(by).filter(
        conference__unit=group.unit, conference__child__in=mine.values("child"), time__starts_at__gt=by.at
    )
    found = rows.select_related("time").order_by("time__starts_at").first()
    if found is not None and booking.booked(found.conference_id, found.home_id) is None:
        booking.book(offer=found, interpreter=interpreter, instead_of=None, by=by)
