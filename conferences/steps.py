"""Where a conference is in its four steps, as both sides see it, and what is late."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import Conference

# A conference is to be with the home this long before its day, so that there is time to prepare.
TO_READ = timedelta(days=14)
# And what was said is sealed while it is remembered.
TO_SEAL = timedelta(days=14)


class Step(models.IntegerChoices):
    PREPARED = 1, gettext_lazy("Prepared")
    SHOWN = 2, gettext_lazy("Shown to the home")
    TALK = 3, gettext_lazy("The talk")
    AFTER = 4, gettext_lazy("Afterwards")


@dataclass(frozen=True)
class Place:
    """One of the four steps as it stands: done, here, or ahead."""

    step: Step
    label: str
    state: str


def step_of(conference: Conference, talked: bool) -> Step:
    """Where it is: shown once it was shown, at the talk once a talk was noted, afterwards once it is sealed."""
    if conference.sealed_at is not None:
        return Step.AFTER
    if talked:
        return Step.TALK
    return Step.SHOWN if conference.shown_at is not None else Step.PREPARED


def places(here: Step, *, closed: bool = False) -> list[Place]:
    """All four in order; in one that was closed unfinished nothing is ahead any more."""
    found = []
    for step in Step:
        state = "done" if step < here else "here" if step == here and not closed else "ahead"
        found.append(Place(step, str(step.label), state))
    return found


def late(conference: Conference, here: Step, held_on: date | None, day: date) -> str:
    """What is late, in words; nothing when all is in time or the conference is over."""
    if not conference.is_open:
        return ""
    if here == Step.TALK and held_on is not None:
        return _("To be sealed") if day > held_on + TO_SEAL else ""
    if day > conference.due_on:
        return _("The day has passed")
    if here == Step.PREPARED and day > conference.due_on - TO_READ:
        return _("Time to show it")
    return ""
