"""Who is looking, as what, how surely signed in, and when."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.clock import local_day

if TYPE_CHECKING:
    from people.models import Organisation, Person


class Hat(models.TextChoices):
    GUARDIAN = "guardian", _("Guardian")
    STAFF = "staff", _("Staff")
    SCHOOL = "school", _("School")
    OFFICE = "office", _("Office")


class Strength(models.IntegerChoices):
    """How surely the sign-in tells who it is, as eIDAS names the levels."""

    LOW = 1, _("low")
    SUBSTANTIAL = 2, _("substantial")
    HIGH = 3, _("high")


@dataclass(frozen=True)
class Moment:
    """A point in time as one organisation lives it: its day, and for how long begun work may be finished."""

    at: datetime
    day: date
    tail_days: int = 0

    @classmethod
    def of(cls, at: datetime, organisation: "Organisation | None") -> "Moment":
        if organisation is None:
            return cls(at, at.date())
        return cls(at, local_day(at, organisation.time_zone), organisation.finishing_tail_days)


@dataclass(frozen=True)
class Viewer:
    person: "Person"
    hat: Hat
    strength: Strength
    at: datetime
    moment: Moment = field(init=False, compare=False)
    # What `visibility.ties` has read for this look, by relation.
    ties: dict[Any, Any] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "moment", Moment.of(self.at, self.person.organisation))

    @property
    def day(self) -> date:
        return self.moment.day
