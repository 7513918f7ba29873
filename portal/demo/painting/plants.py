"""What grows: leaves, trees, mushrooms, cones, flowers."""

import math
import random
from collections.abc import Sequence

from portal.demo.painting.colours import (
    AUTUMN,
    BARK,
    CARD,
    EARTH,
    FERN,
    HONEY,
    LINGON,
    MOSS,
    PINE,
    RUST,
    SNOW,
    Colour,
    darker,
    lighter,
    mix,
    thin,
)
from portal.demo.painting.page import Page, Point, placed, smooth

BIRCH = [(0, 100), (-30, 84), (-56, 40), (-60, 4), (-44, -40), (-20, -78), (0, -110), (20, -78), (44, -40), (60, 4),
         (56, 40), (30, 84)]  # fmt: skip
OAK = [(0, 104), (-22, 84), (-46, 82), (-42, 56), (-66, 40), (-48, 18), (-64, -10), (-42, -24), (-46, -58), (-20, -60),
       (-10, -98), (10, -98), (20, -60), (46, -58), (42, -24), (64, -10), (48, 18), (66, 40), (42, 56), (46, 82),
       (22, 84)]  # fmt: skip
MAPLE = [(0, 84), (-16, 60), (-60, 74), (-50, 44), (-92, 34), (-62, 4), (-96, -34), (-50, -30), (-48, -62),
         (-24, -46), (0, -108), (24, -46), (48, -62), (50, -30), (96, -34), (62, 4), (92, 34), (50, 44), (60, 74),
         (16, 60)]  # fmt: skip
ROWAN = [(0, 60), (-26, 30), (-30, -20), (-14, -64), (0, -84), (14, -64), (30, -20), (26, 30)]
SHAPES = {"birch": BIRCH, "oak": OAK, "maple": MAPLE, "rowan": ROWAN}


def leaf(page: Page, x: float, y: float, size: float, fill: Colour, *, kind: str = "birch", turn: float = 0) -> None:
    """A leaf about 200 units long at size 1, with its veins; the stalk points downwards unturned."""
    outline = SHAPES[kind] if kind == "maple" else smooth(SHAPES[kind], closed=True)
    vein = lighter(fill, 0.45)
    page.stroke(placed([(0, 70), (3, 118), (10, 152)], x, y, size, turn), 7 * size, darker(fill, 0.25))
    page.shape(placed(outline, x, y, size, turn), fill)
    half = [point for point in outline if point[0] >= 0]
    page.shape(placed([(0, -100), *half, (0, 90)], x, y, size, turn), thin(darker(fill, 0.5), 22))
    page.stroke(placed([(0, 92), (0, -84)], x, y, size, turn), 5 * size, vein, curved=False)
    reach = 0.62 if kind != "rowan" else 0.36
    for row in (-44, -14, 18, 48):
        spread = (58 - abs(row - 6) * 0.45) * reach
        for side in (-1, 1):
            page.stroke(
                placed([(0, row + 18), (side * spread, row - 12)], x, y, size, turn), 3 * size, vein, curved=False
            )


def twig(page: Page, points: Sequence[Point], width: float, fill: Colour = BARK) -> None:
    page.stroke(points, width, fill)


def spruce(page: Page, x: float, ground: float, tall: float, fill: Colour = PINE, *, snow: bool = False) -> None:
    """A fir in four skirts."""
    u = tall / 100
    page.box(x - 4 * u, ground - 14 * u, 8 * u, 14 * u, EARTH)
    for row, (low, wide, high) in enumerate(((10, 34, 36), (30, 28, 34), (52, 21, 30), (72, 14, 28))):
        edge = [
            (-wide, -low),
            (-wide * 0.5, -low - 3),
            (0, -low + 1),
            (wide * 0.5, -low - 3),
            (wide, -low),
            (0, -low - high),
        ]
        page.shape(placed(edge, x, ground, u), mix(fill, MOSS, row * 0.13))
        if snow:
            cap = [(-wide * 0.62, -low - high * 0.36), (0, -low - high), (wide * 0.62, -low - high * 0.36),
                   (wide * 0.2, -low - high * 0.5), (0, -low - high * 0.3),
                   (-wide * 0.25, -low - high * 0.52)]  # fmt: skip
            page.shape(placed(cap, x, ground, u), SNOW)


def birch(page: Page, chance: random.Random, x: float, ground: float, tall: float, crown: Colour | None) -> None:
    """A white stem with dark marks; bare when there is no colour for the crown."""
    wide = tall * 0.055
    top = ground - tall
    for side in (-1, 1):
        for step in range(4):
            y = top + tall * (0.16 + step * 0.12)
            reach = tall * (0.24 - step * 0.025)
            tip = (x + side * reach, y - tall * 0.16)
            page.stroke([(x, y), (x + side * reach * 0.5, y - tall * 0.05), tip], wide * 0.28, BARK)
    page.shape([(x - wide, ground), (x - wide * 0.45, top), (x + wide * 0.45, top), (x + wide, ground)], CARD)
    page.shape(
        [(x + wide * 0.1, ground), (x + wide * 0.1, top), (x + wide * 0.45, top), (x + wide, ground)], thin(EARTH, 26)
    )
    for _mark in range(11):
        y, reach = top + chance.uniform(0.08, 0.97) * tall, wide * chance.uniform(0.3, 0.8)
        edge = x + chance.choice((-1, 1)) * wide * 0.5
        page.oval(edge, y, reach, wide * 0.16, EARTH)
    if crown is not None:
        _crown(page, chance, x, top + tall * 0.2, tall * 0.33, crown)


def _crown(page: Page, chance: random.Random, x: float, y: float, reach: float, fill: Colour) -> None:
    for number in range(26):
        angle, far = number * 2.4, reach * math.sqrt(number / 26)
        at = (x + math.cos(angle) * far * 1.05, y + math.sin(angle) * far)
        tone = mix(fill, chance.choice((lighter(fill), darker(fill), fill)), 0.5)
        page.oval(*at, reach * 0.27, reach * 0.22, tone, chance.uniform(0, 180))


def tree(page: Page, chance: random.Random, x: float, ground: float, tall: float, crown: Colour) -> None:
    """A round tree on a brown stem, as children draw it."""
    stem = [(-0.06, 0), (-0.03, -0.6), (0.03, -0.6), (0.06, 0)]
    page.shape(placed(stem, x, ground, tall), BARK)
    for side in (-1, 1):
        page.stroke([(x, ground - tall * 0.38), (x + side * tall * 0.13, ground - tall * 0.58)], tall * 0.025, BARK)
    _crown(page, chance, x, ground - tall * 0.68, tall * 0.34, crown)


def mushroom(page: Page, x: float, ground: float, tall: float, cap: Colour, *, dots: bool) -> None:
    u = tall / 100
    page.shadow(x, ground, 30 * u, 6 * u)
    page.blob(placed([(-11, 0), (-9, -40), (-12, -66), (12, -66), (9, -40), (12, 0), (0, 4)], x, ground, u), CARD)
    page.blob(placed([(4, 0), (5, -40), (6, -64), (12, -66), (9, -40), (12, 0)], x, ground, u), thin(EARTH, 30))
    page.blob(placed([(-15, -52), (0, -46), (15, -52), (12, -60), (-12, -60)], x, ground, u), lighter(CARD, 0.2))
    page.blob(placed([(-42, -62), (-34, -84), (-14, -99), (12, -100), (33, -85), (42, -62), (20, -55), (-20, -55)], x,
                     ground, u), cap)  # fmt: skip
    page.blob(placed([(-42, -62), (-20, -58), (20, -58), (42, -62), (20, -55), (-20, -55)], x, ground, u), darker(cap))
    if dots:
        for dx, dy, radius in ((-22, -76, 5), (-4, -88, 6), (16, -78, 5), (28, -68, 3.4), (-32, -66, 3), (0, -70, 4)):
            page.oval(x + dx * u, ground + dy * u, radius * u, radius * 0.85 * u, CARD)


def cone(page: Page, x: float, y: float, size: float, *, turn: float = 0, fill: Colour = BARK) -> None:
    """A pine cone about 120 units long at size 1."""
    page.oval(*placed([(6, 10)], x, y, size, turn)[0], 46 * size, 60 * size, thin(EARTH, 36), turn)
    body = [(0, -66), (-30, -40), (-40, 4), (-30, 42), (0, 58), (30, 42), (40, 4), (30, -40)]
    page.blob(placed(body, x, y, size, turn), darker(fill, 0.3))
    for row in range(7):
        y0, wide = 46 - row * 16, (24, 34, 38, 36, 30, 22, 12)[row]
        scales = max(2, round(wide / 9))
        for number in range(scales):
            dx = (number - (scales - 1) / 2) * wide * 2 / scales
            edge = [(dx - 12, y0 - 4), (dx, y0 + 9), (dx + 12, y0 - 4), (dx, y0 - 14)]
            page.blob(placed(edge, x, y, size, turn), darker(fill, 0.45))
            scale = [(dx - 11, y0 - 6), (dx, y0 + 4), (dx + 11, y0 - 6), (dx, y0 - 14)]
            page.blob(placed(scale, x, y, size, turn), mix(fill, HONEY, 0.25 + 0.12 * ((number + row) % 2)))


def flower(page: Page, x: float, y: float, size: float, petals: int, fill: Colour, heart: Colour, *,
           stem: float = 0) -> None:  # fmt: skip
    if stem:
        page.stroke([(x, y), (x + size * 0.2, y + stem * 0.5), (x, y + stem)], size * 0.14, MOSS)
        page.oval(x + size * 0.5, y + stem * 0.62, size * 0.46, size * 0.16, MOSS, -32)
    for number in range(petals):
        turn = number * 360 / petals
        middle = placed([(0, -size * 0.56)], x, y, 1, turn)[0]
        page.oval(*middle, size * 0.3, size * 0.5, fill, turn)
        page.oval(
            *placed([(0, -size * 0.3)], x, y, 1, turn)[0], size * 0.07, size * 0.24, thin(darker(fill, 0.6), 40), turn
        )
    page.dot(x, y, size * 0.32, heart)
    page.dot(x - size * 0.07, y - size * 0.07, size * 0.16, lighter(heart, 0.4))


def grass(page: Page, chance: random.Random, y: float, count: int, fill: Colour = MOSS, tall: float = 60) -> None:
    for _blade in range(count):
        x, high = chance.uniform(0, 1600), tall * chance.uniform(0.5, 1.1)
        y0 = y + chance.uniform(-tall * 0.3, tall * 0.5)
        lean = chance.uniform(-0.5, 0.5) * high
        tone = mix(fill, FERN, chance.random())
        page.shape([(x - 5, y0), (x + lean, y0 - high), (x + 5, y0)], tone)


def berries(page: Page, chance: random.Random, x: float, y: float, size: float, fill: Colour) -> None:
    """A sprig with small glossy leaves and a cluster of berries."""
    stem = [(x, y), (x + 10 * size, y - 60 * size), (x - 6 * size, y - 130 * size), (x + 14 * size, y - 200 * size)]
    page.stroke(stem, 5 * size, RUST)
    for number, (sx, sy) in enumerate(smooth(stem, closed=False)[3::4]):
        side = 1 if number % 2 else -1
        page.oval(
            sx + side * 22 * size, sy - 8 * size, 24 * size, 12 * size, mix(PINE, MOSS, chance.random()), -28 * side
        )
    for _berry in range(7):
        bx, by = x + chance.uniform(-42, 46) * size, y - chance.uniform(40, 150) * size
        page.dot(bx, by, 16 * size, fill)
        page.dot(bx + 3 * size, by + 4 * size, 12 * size, thin(darker(fill, 0.5), 46))
        page.dot(bx - 5 * size, by - 6 * size, 4 * size, lighter(fill, 0.7))


def litter(page: Page, chance: random.Random, y0: float, y1: float, count: int, size: float = 0.22) -> None:
    """Fallen leaves on the ground, larger towards the reader."""
    for row in range(count):
        depth = row / count
        y = y0 + (y1 - y0) * depth
        leaf(page, chance.uniform(-20, 1620), y, size * (0.55 + 0.8 * depth), chance.choice(AUTUMN),
             kind=chance.choice(tuple(SHAPES)), turn=chance.uniform(0, 360))  # fmt: skip


RED_CAP, BROWN_CAP, YELLOW_CAP = LINGON, BARK, HONEY
