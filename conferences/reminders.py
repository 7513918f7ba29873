"""What a home is told of its times for talks: new ones, a booking that was taken back, and the talk the day before.

Nothing of it stands in the mail, which only says that there is something to read.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from conferences.models import Offer
from people.models import Person
from visibility import ties
from visibility.relations import TALK_HOME_NOW
from visibility.viewer import Hat, Strength, Viewer


def about_times(person: Person, since: datetime, at: datetime) -> bool:
    """Whether this guardian is to be told of the times of their home: those new in (since, at], or a talk tomorrow."""
    viewer = Viewer(person=person, hat=Hat.GUARDIAN, strength=Strength.LOW, at=at)
    homes = [tie.home for tie in ties.of_viewer(viewer, [TALK_HOME_NOW])[TALK_HOME_NOW]]
    if not homes:
        return False
    return _talks_tomorrow(viewer) or _may_choose(viewer, since) or _was_taken_back(homes, since, at)


def _talks_tomorrow(viewer: Viewer) -> bool:
    """There is one mail a day, so the day before is told once."""
    organisation = viewer.person.organisation
    zone = ZoneInfo(organisation.time_zone) if organisation else None
    begins = datetime.combine(viewer.day + timedelta(days=1), time(), tzinfo=zone)
    ends = datetime.combine(viewer.day + timedelta(days=2), time(), tzinfo=zone)
    booked = Offer.objects.visible_to(viewer).filter(booked_at__isnull=False)
    return booked.filter(time__starts_at__gte=begins, time__starts_at__lt=ends).exists()


def _may_choose(viewer: Viewer, since: datetime) -> bool:
    """New times for a talk that the home has not booked yet."""
    mine = Offer.objects.visible_to(viewer).filter(time__starts_at__gt=viewer.at)
    booked = mine.filter(booked_at__isnull=False).values_list("conference_id", "home_id")
    fresh = mine.filter(booked_at__isnull=True, offered_at__gt=since, offered_at__lte=viewer.at)
    return bool(set(fresh.values_list("conference_id", "home_id")) - set(booked))


def _was_taken_back(homes: list[int | None], since: datetime, at: datetime) -> bool:
    """What has ended is in no list of the home's any more; that something is new is all that is said of it."""
    ended = Offer.objects.filter(home__in=homes, booked_at__isnull=False, ended_at__gt=since, ended_at__lte=at)
    return ended.filter(time__starts_at__gt=at).exists()
