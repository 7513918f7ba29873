"""Pictures of wind and warm days."""

import math
import random
from collections.abc import Sequence

from portal.demo.painting import plants
from portal.demo.painting.backdrop import clouds, sun
from portal.demo.painting.colours import (
    BRIGHT,
    CARD,
    DUSK,
    EARTH,
    FERN,
    HONEY,
    INK,
    LAKE,
    LINGON,
    MEADOW,
    MOSS,
    PAPER,
    PEACH,
    PLUM,
    ROSE,
    RUST,
    SAND,
    SKY,
    STONE,
    SUN,
    WASH,
    WOOD,
    Colour,
    darker,
    lighter,
    mix,
    thin,
)
from portal.demo.painting.figures import Look, together
from portal.demo.painting.page import WIDTH, Page, placed, smooth

Looks = Sequence[Look]


def rainbow(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(SKY, LAKE, 0.25), CARD, 0, 860)
    x, y = chance.uniform(600, 1000), 900.0
    for number, fill in enumerate((LINGON, RUST, SUN, FERN, LAKE, DUSK, PLUM)):
        radius = 800 - number * 56
        edge = [
            (x + math.cos(a * math.pi / 40) * radius, y - math.sin(a * math.pi / 40) * radius * 0.92) for a in range(41)
        ]
        inner = [
            (x + (px - x) * (radius - 56) / radius, y + (py - y) * (radius - 56) / radius) for px, py in reversed(edge)
        ]
        page.shape([*edge, *inner], thin(fill, 178))
    clouds(page, chance, 3, CARD)
    page.hills(chance, 850, 30, MEADOW)
    page.hills(chance, 980, 24, FERN)
    together(page, looks, 1130, 400, gap=300, chance=chance)


def kites(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(SKY, CARD, 0, 860)
    clouds(page, chance, 3, CARD)
    page.hills(chance, 840, 50, MEADOW)
    page.hills(chance, 980, 30, mix(MEADOW, FERN, 0.6))
    for number in range(max(2, len(looks))):
        x, y = 330 + number * 460 + chance.uniform(-70, 70), chance.uniform(200, 380)
        fill, other = chance.sample(BRIGHT, 2)
        turn = chance.uniform(-24, 30)
        tail = [
            placed([(0, 140)], x, y, 1, turn)[0],
            (x - 60, y + 260),
            (x + 10, y + 380),
            (x - 40, y + 560),
            (x - 30, y + 700),
        ]
        page.stroke(tail, 4, STONE)
        for px, py in smooth(tail, closed=False)[5:26:6]:
            page.shape(placed([(-24, -12), (24, 12), (24, -12), (-24, 12)], px, py), other)
        page.shape(placed([(0, -130), (92, 0), (0, 150), (-92, 0)], x, y, 1, turn), fill)
        page.shape(placed([(0, -130), (92, 0), (0, 0)], x, y, 1, turn), other)
        page.shape(placed([(0, 150), (-92, 0), (0, 0)], x, y, 1, turn), other)
    together(page, looks, 1130, 410, gap=420, chance=chance)


def beach(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(SKY, CARD, 0, 480)
    sun(page, chance.uniform(1150, 1400), 170)
    page.box(0, 470, WIDTH, 260, LAKE)
    for row in range(4):
        page.stroke(
            [(x, 510 + row * 56 + (9 if (x // 80) % 2 else -9)) for x in range(-80, 1761, 80)], 6, lighter(LAKE, 0.4)
        )
    sail = chance.uniform(300, 900)
    page.shape([(sail, 300), (sail, 470), (sail + 110, 470)], CARD)
    page.shape([(sail - 90, 478), (sail + 140, 478), (sail + 96, 520), (sail - 60, 520)], LINGON)
    page.hills(chance, 720, 16, SAND)
    together(page, looks, 1030, 410, x=1000, gap=290, chance=chance)
    _bucket(page, 300, 1090, chance.choice(BRIGHT))
    for _shell in range(8):
        x, y = chance.uniform(60, 1540), chance.uniform(1040, 1170)
        page.blob(
            placed([(0, -30), (30, -8), (20, 18), (-20, 18), (-30, -8)], x, y),
            chance.choice((PEACH, ROSE, CARD, PAPER)),
        )


def _bucket(page: Page, x: float, ground: float, fill: Colour) -> None:
    page.shadow(x, ground, 120, 18)
    page.arc(x, ground - 190, 100, 90, 180, 360, 10, CARD)
    page.shape([(x - 110, ground - 190), (x + 110, ground - 190), (x + 80, ground), (x - 80, ground)], fill)
    page.shape([(x + 30, ground - 190), (x + 110, ground - 190), (x + 80, ground), (x + 34, ground)], thin(INK, 26))
    page.oval(x, ground - 190, 110, 26, darker(fill, 0.25))
    page.stroke([(x + 20, ground - 150), (x + 130, ground - 330)], 16, WOOD, curved=False)


def shadows(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(SKY, SUN, 0.15), CARD, 0, 560)
    sun(page, 800 + chance.uniform(-300, 300), 250, 120)
    page.hills(chance, 520, 14, MEADOW)
    page.box(0, 640, WIDTH, 560, mix(SAND, STONE, 0.2))
    standing = list(looks)
    first = 800 - 320 * (len(standing) - 1) / 2
    for number in range(max(1, len(standing))):
        x = first + number * 320
        page.blob(
            [(x - 60, 850), (x + 60, 850), (x + 140, 1130), (x + 90, 1240), (x - 40, 1240), (x + 10, 1130)],
            thin(INK, 60),
        )
    if standing:
        together(page, standing, 860, 440, gap=320, chance=chance)
    else:
        plants.tree(page, chance, 800, 860, 600, MOSS)
    for _line in range(3):
        x = chance.uniform(100, 1500)
        page.ring(x, 1120, 46, 9, chance.choice((ROSE, SUN, LAKE)))


def garden(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(SKY, WASH, 0, 600)
    page.hills(chance, 520, 26, MEADOW)
    picket = [(0, 640), (0, 440), (42, 400), (84, 440), (84, 640)]
    for left in range(-20, WIDTH, 130):
        page.shape(placed(picket, left, 0), CARD)
    page.box(0, 500, WIDTH, 30, CARD)
    together(page, looks, 850, 390, gap=300, chance=chance)
    for row in range(2):
        y = 900 + row * 170
        page.box(60, y, 1480, 120, EARTH, 26)
        page.box(60, y + 70, 1480, 60, WOOD, 10)
        for number in range(9):
            x = 150 + number * 162 + chance.uniform(-14, 14)
            if row:
                page.shape([(x - 26, y + 10), (x + 26, y + 10), (x, y + 66)], RUST)
            for lean in (-34, 0, 34):
                page.oval(x + lean, y - 30, 16, 46, mix(FERN, MOSS, chance.random()), lean)
            if not row and number % 2:
                page.dot(x, y - 20, 28, chance.choice((LINGON, HONEY)))
