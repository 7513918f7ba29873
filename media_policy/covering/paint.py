"""From a master and what was drawn over it to new pixels. Pure: no database, no storage.

A spot is filled with one flat colour, the same for all: what is blurred or put in squares can be guessed back, and
the mean colour of a face would say something of it.
"""

import io
import math
from typing import NamedTuple

from PIL import Image, ImageDraw

from media_policy import intake
from media_policy.covering.regions import Frame, Plan, Shape, Spot
from media_policy.intake import Piece
from media_policy.purposes import Purpose

COLOUR = (216, 207, 186)
# A finger draws the edge of a face; hair and ears lie a little outside of it.
_WIDER, _AT_LEAST = 0.06, 4


class Painted(NamedTuple):
    """`covered` tells whether any of the fill can be seen in what is left."""

    width: int
    height: int
    pieces: dict[Purpose, Piece]
    covered: bool


def paint(master: bytes, plan: Plan) -> Painted:
    """Cover, cut out, and make all derivatives, with one decoded picture in memory."""
    with intake.ONE_AT_A_TIME, Image.open(io.BytesIO(master), formats=("WEBP",)) as opened:
        image = opened.convert("RGB")
        covered = covers(plan, image.size)
        draw = ImageDraw.Draw(image)
        for spot in plan.spots:
            fill = draw.ellipse if spot.shape is Shape.OVAL else draw.rectangle
            fill(_pixels(spot, image.size), fill=COLOUR)
        image = image.crop(_kept(plan.frame, image.size))
        return Painted(image.width, image.height, intake.derivatives(image), covered)


def covers(plan: Plan, size: tuple[int, int]) -> bool:
    """Whether any of the fill could be seen in what is left of a master of this size."""
    left = _kept(plan.frame, size)
    return any(_meet(_pixels(spot, size), left) for spot in plan.spots)


def _pixels(spot: Spot, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The spot in whole pixels, a little wider than it was drawn."""
    frame, (width, height) = spot.frame, size
    by_x = max(_AT_LEAST, frame.width * width * _WIDER)
    by_y = max(_AT_LEAST, frame.height * height * _WIDER)
    return (
        math.floor(frame.x * width - by_x),
        math.floor(frame.y * height - by_y),
        math.ceil((frame.x + frame.width) * width + by_x),
        math.ceil((frame.y + frame.height) * height + by_y),
    )


def _kept(frame: Frame | None, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The frame in whole pixels, never a pixel more than was drawn; of a narrow strip at least one."""
    width, height = size
    if frame is None:
        return 0, 0, width, height
    left, top = math.ceil(frame.x * width - 1e-6), math.ceil(frame.y * height - 1e-6)
    right = math.floor((frame.x + frame.width) * width + 1e-6)
    bottom = math.floor((frame.y + frame.height) * height + 1e-6)
    left, top = min(max(left, 0), width - 1), min(max(top, 0), height - 1)
    return left, top, min(max(right, left + 1), width), min(max(bottom, top + 1), height)


def _meet(box: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return box[0] < other[2] and other[0] <= box[2] and box[1] < other[3] and other[1] <= box[3]
