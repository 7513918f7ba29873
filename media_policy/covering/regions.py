"""What somebody drew over a picture: spots to cover and a frame to keep, in fractions of its width and height.

Read from a form and handed to the painter; no table and no log ever holds where a face was.
"""

import json
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

MOST_SPOTS = 40
# Smaller than this nobody can have meant to cover anything, or to keep anything.
SMALLEST_SPOT = 0.005
SMALLEST_FRAME = 0.1
LONGEST = 20_000
# Fractions that a browser rounded may end a hair outside.
_HAIR = 1e-6


class Shape(StrEnum):
    OVAL = "oval"
    BOX = "box"


class Wrong(StrEnum):
    NOTHING = "nothing"
    UNREADABLE = "unreadable"
    TOO_MANY = "too_many"
    OUTSIDE = "outside"
    TOO_SMALL = "too_small"
    SMALL_FRAME = "small_frame"


SENTENCES = {
    Wrong.NOTHING: _("Nothing is covered or cut away yet. Put a spot on what shall not be seen, or draw the frame in."),
    Wrong.UNREADABLE: _("What you drew did not arrive whole. Please draw it once more."),
    Wrong.TOO_MANY: _("At most %(most)s spots fit on one picture. Larger spots cover more."),
    Wrong.OUTSIDE: _("Something you drew lies outside of the picture. Please move it in."),
    Wrong.TOO_SMALL: _("A spot is too small to cover anything. Please make it larger or take it away."),
    Wrong.SMALL_FRAME: _("The frame keeps too little of the picture. Please make it larger."),
}


class Unfit(Exception):
    """Drawn in a way that cannot be painted; `sentence` is for the person who drew it."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong

    @property
    def sentence(self) -> str:
        text = str(SENTENCES[self.wrong])
        return text % {"most": MOST_SPOTS} if self.wrong is Wrong.TOO_MANY else text


@dataclass(frozen=True)
class Frame:
    """A rectangle: its upper left corner, width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Spot:
    shape: Shape
    frame: Frame


@dataclass(frozen=True)
class Plan:
    """What becomes of a picture: spots are covered first, then the frame is cut out."""

    spots: tuple[Spot, ...] = ()
    frame: Frame | None = None


def read(text: str) -> Plan:
    """The plan that a form sent as JSON, checked; raises Unfit."""
    try:
        sent = json.loads(text[:LONGEST] or "{}", parse_constant=_refuse)
        spots = tuple(Spot(Shape(one["shape"]), _frame(one)) for one in sent.get("spots") or ())
        frame = _frame(sent["crop"]) if sent.get("crop") else None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise Unfit(Wrong.UNREADABLE) from None
    return checked(Plan(spots, frame))


def checked(plan: Plan) -> Plan:
    """The plan, when it can be painted and changes something; raises Unfit."""
    if len(plan.spots) > MOST_SPOTS:
        raise Unfit(Wrong.TOO_MANY)
    for spot in plan.spots:
        _within(spot.frame, SMALLEST_SPOT, Wrong.TOO_SMALL)
    if plan.frame is not None:
        _within(plan.frame, SMALLEST_FRAME, Wrong.SMALL_FRAME)
    whole = plan.frame is None or min(plan.frame.width, plan.frame.height) > 1 - SMALLEST_SPOT
    if whole and not plan.spots:
        raise Unfit(Wrong.NOTHING)
    return plan


def _within(frame: Frame, least: float, wrong: Wrong) -> None:
    numbers = (frame.x, frame.y, frame.width, frame.height)
    if not all(math.isfinite(number) for number in numbers):
        raise Unfit(Wrong.UNREADABLE)
    inside = min(frame.x, frame.y) >= -_HAIR and max(frame.x + frame.width, frame.y + frame.height) <= 1 + _HAIR
    if not inside:
        raise Unfit(Wrong.OUTSIDE)
    if min(frame.width, frame.height) < least:
        raise Unfit(wrong)


def _frame(sent: Any) -> Frame:
    return Frame(*(_number(sent[name]) for name in ("x", "y", "width", "height")))


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _refuse(name: str) -> float:
    raise ValueError(name)
