"""What stands behind or under the things that a picture is about."""

import random

from portal.demo.painting import plants
from portal.demo.painting.colours import (
    CARD,
    INK,
    SUN,
    Colour,
    lighter,
    mix,
    thin,
)
from portal.demo.painting.page import HEIGHT, WIDTH, Page, placed


def sun(page: Page, x: float, y: float, radius: float = 90) -> None:
    page.dot(x, y, radius * 1.5, thin(SUN, 46))
    page.dot(x, y, radius, SUN)


def clouds(page: Page, chance: random.Random, count: int, fill: Colour) -> None:
    for _cloud in range(count):
        x, y, size = chance.uniform(60, 1540), chance.uniform(90, 330), chance.uniform(0.7, 1.3)
        for dx, dy, radius in ((-110, 20, 62), (-40, -14, 88), (50, -4, 78), (124, 24, 56)):
            page.dot(x + dx * size, y + dy * size, radius * size, fill)
        page.box(x - 150 * size, y + 20 * size, 310 * size, 62 * size, fill, 31 * size)


def forest_air(page: Page, chance: random.Random, sky: Colour, far: Colour) -> None:
    page.wash(sky, CARD, 0, 800)
    for layer in range(3):
        tone = mix(far, sky, 0.66 - layer * 0.2)
        for _tree in range(9):
            plants.spruce(page, chance.uniform(-40, 1640), 860 + layer * 30, chance.uniform(300, 520), tone)


def table(page: Page, chance: random.Random, cloth: Colour) -> None:
    """A table seen from above."""
    page.wash(lighter(cloth, 0.25), cloth)
    if chance.random() < 0.5:
        for x in range(0, WIDTH, 200):
            page.box(x, 0, 90, HEIGHT, thin(lighter(cloth, 0.7), 70))
    else:
        for y in range(0, HEIGHT, 240):
            page.shape(placed([(-900, -3), (900, -3), (900, 3), (-900, 3)], 800, y + 120, 1), thin(INK, 16))
