"""What has come since a guardian's choice, told in the ten days before a receiver may read."""

from datetime import datetime, timedelta

from ground.clock import local_day
from learninglog.models import Publication
from people.models import Guardianship
from transfers import choosing, rows, windows
from transfers.models import Handover


def is_due(handover: Handover, at: datetime) -> bool:
    """Whether these are the last days before the receiver may read; of a package, before the first day there."""
    organisation = handover.child.organisation
    day = local_day(at, organisation.time_zone)
    opens = handover.first_day
    if handover.is_in_system:
        opens = windows.reading(organisation).opens_on(handover.first_day)
    return handover.ended_at is None and opens - windows.TOLD_BEFORE <= day < opens


def count(handover: Handover, tie: Guardianship, at: datetime) -> int:
    """How many entries and conferences would go that stand there since this guardian chose."""
    return _since(handover, choosing.chosen_at(tie, choosing.kind_of(handover)), at)


def newest(handover: Handover, tie: Guardianship, at: datetime, since: datetime) -> int:
    """The same, of those that have come after `since`."""
    chosen = choosing.chosen_at(tie, choosing.kind_of(handover))
    # The first look of the ten days tells everything at once.
    opening = at - since < timedelta(days=2) and not is_due(handover, since)
    return _since(handover, chosen if opening or chosen is None else max(chosen, since), at)


def _since(handover: Handover, since: datetime | None, at: datetime) -> int:
    if since is None:
        return 0
    going = rows.in_window(handover)
    standing = Publication.objects.filter(child=handover.child_id, entry__in=going.entries.values("pk"))
    entries = standing.filter(shared_at__gt=since, shared_at__lte=at).count()
    return entries + going.conferences.filter(sealed_at__gt=since, sealed_at__lte=at).count()
