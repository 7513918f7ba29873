"""A conference stays at its preschool: when the child is placed there no more, it is closed as unfinished."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from conferences.models import Conference, Offer
from people.models import Organisation, Placement
from visibility.viewer import Moment


@transaction.atomic
def close_moved(at: datetime) -> int:
    """Close what was left open about children who have moved; how many.

    Where the organisation gives days to finish what was begun, its old staff have them first. Until this has run
    nobody reads more for it: the rule itself asks where the child is placed.
    """
    closed = 0
    for organisation in Organisation.objects.order_by("pk"):
        moment = Moment.of(at, organisation)
        since = moment.day - timedelta(days=moment.tail_days)
        here = Placement.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=since), child=OuterRef("child"), unit=OuterRef("unit")
        )
        moved = Conference.objects.open().filter(~Exists(here), unit__organisation=organisation)
        keys = list(moved.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        Offer.objects.filter(conference__in=keys, ended_at__isnull=True).update(ended_at=at)
        closed += Conference.objects.filter(pk__in=keys, sealed_at__isnull=True, closed_at__isnull=True).update(
            closed_at=at, closed_because=Conference.Closed.MOVED
        )
    return closed
