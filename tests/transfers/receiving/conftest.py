"""Alma has begun at the school, in Gun's class; what her family says decides what Gun sees."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from learninglog.models import Entry
from people.models import Answer, Placement
from tests.cast import NOW, TODAY, Cast
from tests.entries import shared
from transfers.models import Handover
from transfers.services import handovers

FIRST_DAY = TODAY - timedelta(days=10)
A_YEAR_BEFORE = date(2025, 11, 7)
AUTUMN = date(2026, 10, 1)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


class Move(SimpleNamespace):
    """The cast, and verbs for what happens on the way to school."""

    cast: Cast

    @property
    def place(self) -> Placement:
        return Placement.objects.get(child=self.cast.alma, unit=self.cast.school)

    def says(self, question: str, value: str = "yes", *, tie: Any = None, at: datetime = NOW) -> Answer:
        tie = tie or self.cast.astrid_alma
        return Answer.objects.create(
            child=tie.child, guardianship=tie, question=question, value=value, given_at=at, given_by=tie.person
        )

    def follow(self, at: datetime = NOW, child: Any = None) -> list[Handover]:
        return handovers.follow_child(child or self.cast.alma, at)

    def entry(self, *children: Any, on: date = AUTUMN, at: datetime | None = None) -> Entry:
        """Happened on a day, and shared at noon of it unless otherwise said."""
        return shared(self.cast, *(children or (self.cast.alma,)), at=at or noon(on), happened_on=on)

    def seen(self, name: str = "gun", model: Any = Entry, at: datetime = NOW) -> set[Any]:
        """What somebody at the school reads."""
        viewer = self.cast.viewer(name, self.cast.HATS.get(name), at=at)
        return set(model.objects.visible_to(viewer))


@pytest.fixture
def move(cast: Cast) -> Move:
    """The first day was ten days ago."""
    return Move(cast=cast)


@pytest.fixture
def open_log(move: Move) -> Move:
    """Everybody has said yes to the log, and the transfer is open."""
    move.says("school_log")
    move.follow()
    return move
