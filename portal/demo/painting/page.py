"""A sheet to paint on, 1600 wide and 1200 high whatever its pixels: filled shapes, smooth curves, soft skies."""

import math
import random
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw

from portal.demo.painting.colours import INK, PAPER, Colour, Paint, mix, thin

WIDTH, HEIGHT = 1600, 1200
Point = tuple[float, float]


def placed(points: Sequence[Point], x: float, y: float, size: float = 1.0, turn: float = 0.0) -> list[Point]:
    """A shape drawn around the origin, moved to its place; `turn` in degrees, clockwise."""
    cos, sin = math.cos(math.radians(turn)) * size, math.sin(math.radians(turn)) * size
    return [(x + px * cos - py * sin, y + px * sin + py * cos) for px, py in points]


def smooth(points: Sequence[Point], *, closed: bool, steps: int = 8) -> list[Point]:
    """A curve through all points (Catmull-Rom)."""
    count = len(points)
    if count < 3:
        return list(points)
    found: list[Point] = []
    weights = _weights(steps)
    for number in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(number + step) % count] for step in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(number + step, 0), count - 1)] for step in (-1, 0, 1, 2))
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d
        found += [(p * ax + q * bx + r * cx + s * dx, p * ay + q * by + r * cy + s * dy) for p, q, r, s in weights]
    if not closed:
        found.append(points[-1])
    return found


@cache
def _weights(steps: int) -> tuple[tuple[float, float, float, float], ...]:
    """How much each of four neighbours counts on the way from the second to the third."""
    found = []
    for step in range(steps):
        t = step / steps
        t2, t3 = t * t, t * t * t
        found.append(((-t3 + 2 * t2 - t) / 2, (3 * t3 - 5 * t2 + 2) / 2, (-3 * t3 + 4 * t2 + t) / 2, (t3 - t2) / 2))
    return tuple(found)


def round_about(chance: random.Random, x: float, y: float, rx: float, ry: float, uneven: float = 0.08) -> list[Point]:
    """The outline of something that is nearly an ellipse."""
    found = []
    for number in range(10):
        angle, reach = number * math.tau / 10, 1 + chance.uniform(-uneven, uneven)
        found.append((x + math.cos(angle) * rx * reach, y + math.sin(angle) * ry * reach))
    return found


def star(points: int, outer: float, inner: float) -> list[Point]:
    """A star around the origin; the same reach twice gives an even polygon."""
    reach = (outer, inner)
    turns = (number * math.pi / points - math.pi / 2 for number in range(points * 2))
    return [(math.cos(a) * reach[n % 2], math.sin(a) * reach[n % 2]) for n, a in enumerate(turns)]


class Page:
    """`scale` is pixels a unit. Paint may be thinned (an alpha); then it lies over what is there."""

    def __init__(self, scale: float, ground: Colour = PAPER) -> None:
        self.scale = scale
        self.image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), ground)
        # Thinned paint has to be mixed dot by dot, which takes several times as long.
        self.thick, self.thinned = ImageDraw.Draw(self.image), ImageDraw.Draw(self.image, "RGBA")

    def _brush(self, fill: Paint) -> ImageDraw.ImageDraw:
        return self.thick if len(fill) == 3 else self.thinned

    def _at(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def shape(self, points: Sequence[Point], fill: Paint) -> None:
        self._brush(fill).polygon(self._at(points), fill=fill)

    def blob(self, points: Sequence[Point], fill: Paint) -> None:
        """A shape with a smooth outline through the points."""
        self.shape(smooth(points, closed=True), fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Paint, turn: float = 0) -> None:
        if turn:
            edge = [(math.cos(a * math.tau / 40) * rx, math.sin(a * math.tau / 40) * ry) for a in range(40)]
            self.shape(placed(edge, x, y, 1, turn), fill)
            return
        (x0, y0), (x1, y1) = self._at([(x - rx, y - ry), (x + rx, y + ry)])
        self._brush(fill).ellipse((x0, y0, x1, y1), fill=fill)

    def dot(self, x: float, y: float, radius: float, fill: Paint) -> None:
        self.oval(x, y, radius, radius, fill)

    def box(self, x: float, y: float, wide: float, high: float, fill: Paint, corner: float = 0) -> None:
        """A rectangle from its upper left corner."""
        (x0, y0), (x1, y1) = self._at([(x, y), (x + wide, y + high)])
        self._brush(fill).rounded_rectangle((x0, y0, x1, y1), corner * self.scale, fill=fill)

    def stroke(self, points: Sequence[Point], width: float, fill: Colour, *, curved: bool = True) -> None:
        """A brush stroke with round ends."""
        path = self._at(smooth(points, closed=False) if curved else points)
        wide = max(1, round(width * self.scale))
        self.thick.line(path, fill=fill, width=wide, joint="curve")
        if wide > 2:
            half = wide / 2
            for x, y in (path[0], path[-1]):
                self.thick.ellipse((x - half, y - half, x + half, y + half), fill=fill)

    def ring(self, x: float, y: float, radius: float, width: float, fill: Paint) -> None:
        outer = (radius + width / 2) * self.scale
        x, y = x * self.scale, y * self.scale
        box = (x - outer, y - outer, x + outer, y + outer)
        self._brush(fill).ellipse(box, outline=fill, width=max(1, round(width * self.scale)))

    def arc(self, x: float, y: float, rx: float, ry: float, start: float, end: float, width: float,
            fill: Colour) -> None:  # fmt: skip
        """Part of an ellipse's edge; degrees clockwise from three o'clock."""
        steps = [start + (end - start) * number / 24 for number in range(25)]
        edge = [(x + math.cos(math.radians(a)) * rx, y + math.sin(math.radians(a)) * ry) for a in steps]
        self.stroke(edge, width, fill, curved=False)

    def wash(self, top: Colour, bottom: Colour, y0: float = 0, y1: float = HEIGHT) -> None:
        """From one colour to another, downwards."""
        first, last = round(y0 * self.scale), round(y1 * self.scale)
        column = Image.new("RGB", (1, 64))
        column.putdata([mix(top, bottom, row / 63) for row in range(64)])
        tall = column.resize((1, last - first), Image.Resampling.BILINEAR)
        self.image.paste(tall.resize((self.image.width, last - first), Image.Resampling.NEAREST), (0, first))

    def shadow(self, x: float, y: float, rx: float, ry: float, alpha: int = 26) -> None:
        """What stands on the ground darkens it, softly: two ovals."""
        self.oval(x, y, rx * 1.25, ry * 1.3, thin(INK, alpha // 2))
        self.oval(x, y, rx, ry, thin(INK, alpha))

    def hills(self, chance: random.Random, y: float, rise: float, fill: Colour) -> None:
        """A rolling line across the page, and everything below it."""
        crest = [(x, y + chance.uniform(-rise, rise)) for x in range(-200, WIDTH + 401, 300)]
        self.shape([*smooth(crest, closed=False), (WIDTH + 200, HEIGHT), (-200, HEIGHT)], fill)
