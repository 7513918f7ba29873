"""What guardians are told on their pages about the end of their reading."""

from collections.abc import Iterable
from datetime import date, timedelta

from people.models import Child, Guardianship
from visibility.viewer import Viewer

TOLD_FOR = timedelta(days=60)


def last_days(children: Iterable[Child], viewer: Viewer) -> dict[int, date]:
    """By child, the last day on which its guardians read, where the end is set and still to come."""
    return {
        child.pk: child.reading_ends_on - timedelta(days=1)
        for child in children
        if child.reading_ends_on is not None and child.reading_ends_on > viewer.day
    }


def is_over(viewer: Viewer) -> bool:
    """Whether this guardian’s time to read about a child who has left ended lately; says nothing about which."""
    mine = Guardianship.objects.active(viewer.at).filter(person=viewer.person, child__blocked_at__isnull=True)
    since = viewer.day - TOLD_FOR
    return mine.filter(child__reading_ends_on__lte=viewer.day, child__reading_ends_on__gt=since).exists()
