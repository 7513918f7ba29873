"""Times that Cecilia keeps the week after, and what is offered of them."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from conferences.models import Conference, FreeTime, Offer
from conferences.services import booking
from tests.cast import NOW
from tests.conferences.talks import shown
from visibility.viewer import Hat

NEXT_WEEK = NOW.replace(hour=13, minute=0) + timedelta(days=7)


class Talks(SimpleNamespace):
    """Shortcuts: who keeps, offers and books, by name."""

    def keep(self, *hours: int, at: datetime = NEXT_WEEK, staff: str = "cecilia") -> list[FreeTime]:
        """Times of forty minutes that begin so many hours after `at`."""
        begins = [at + timedelta(hours=hour) for hour in hours]
        booking.keep_times(
            unit=self.cast.unit, staff=getattr(self.cast, staff), by=self.cast.viewer("cecilia"),
            times=[(begin, begin + timedelta(minutes=40)) for begin in begins], place="The library", link="",
        )  # fmt: skip
        return list(FreeTime.objects.filter(starts_at__in=begins).order_by("starts_at", "pk"))

    def offer(self, conference: Conference, tie: Any, *times: FreeTime, by: str = "cecilia") -> list[Offer]:
        return booking.offer(conference=conference, tie=tie, times=times, by=self.cast.viewer(by))

    def book(self, offer: Offer, name: str, instead_of: Offer | None = None, **more: Any) -> Offer:
        by = self.cast.viewer(name, Hat.GUARDIAN, at=more.pop("at", NOW))
        before = instead_of.public_id if instead_of else None
        return booking.book(offer=offer, interpreter=more.get("interpreter", ""), instead_of=before, by=by)

    def cancel(self, offer: Offer, name: str, at: datetime = NOW) -> None:
        booking.cancel(offer=offer, by=self.cast.viewer(name, Hat.GUARDIAN, at=at))

    def standing(self, **where: Any) -> list[Offer]:
        return list(Offer.objects.filter(ended_at__isnull=True, **where).order_by("time__starts_at", "pk"))

    def booked(self, **where: Any) -> list[Offer]:
        return self.standing(booked_at__isnull=False, **where)


def with_homes(cast: Any) -> Any:
    """The cast with a second home of Alma's, Ulf's, where the fixtures of tests without a transaction do not reach."""
    cast.ulf = cast.make.person("ulf", "Ulf", "Extra")
    cast.make.guardian(cast.ulf, cast.alma)
    return cast


def talks_of(cast: Any) -> Talks:
    """Alma's and Bo's conferences, shown; Alma has two homes, Astrid's and Ulf's."""
    ulf = cast.alma.guardianships.get(person=cast.ulf)
    return Talks(
        cast=cast, alma=shown(cast, cast.alma), bo=shown(cast, cast.bo), astrid=cast.astrid_alma, ulf=ulf,
        birger=cast.birger_bo,
    )  # fmt: skip


@pytest.fixture
def talks(world: Any) -> Talks:
    return talks_of(world)
