"""Children who begin school in the autumn before anybody has said where: in spring they are asked about all the same.

In Sweden and in Norway a child begins school in the autumn of the year in which it turns six.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import Child, Placement, Unit
from transfers.models import Handover

TURNS = 6
EVERY = 14


def begins(year: int) -> date:
    """The first of March."""
    return date(year, 3, 1)


def is_spring(day: date) -> bool:
    """From March until school begins, and not in August."""
    return begins(day.year) <= day < date(day.year, 8, 1)


def is_a_day_to_ask(day: date) -> bool:
    """Once a fortnight, and never more."""
    return is_spring(day) and (day - begins(day.year)).days % EVERY == 0


def beginners(children: QuerySet[Child], day: date) -> QuerySet[Child]:
    """Those at a preschool today who begin school in the autumn, and of whom no school is known; in spring only."""
    if not is_spring(day):
        return children.none()
    places = Placement.objects.filter(child=OuterRef("pk"))
    here = places.running(day).filter(unit__kind=Unit.Kind.PRESCHOOL)
    to_come = places.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), unit__kind=Unit.Kind.SCHOOL)
    named = Handover.objects.filter(Q(unit__isnull=True) | Q(unit__kind=Unit.Kind.SCHOOL), child=OuterRef("pk"))
    return children.filter(
        Exists(here), ~Exists(to_come), ~Exists(named.filter(ended_at__isnull=True)), born_on__year=day.year - TURNS,
    )  # fmt: skip


def is_beginner(child: Child, day: date) -> bool:
    """Whether this child is one of them."""
    return beginners(Child.objects.filter(pk=child.pk), day).exists()
