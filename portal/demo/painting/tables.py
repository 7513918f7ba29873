"""What lies on a table, a floor or in the sand, seen from above."""

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from portal.demo.painting import plants
from portal.demo.painting.backdrop import table
from portal.demo.painting.colours import (
    AUTUMN,
    BARK,
    BLUSH,
    BRIGHT,
    CARD,
    DUSK,
    EARTH,
    FERN,
    HONEY,
    INK,
    LAKE,
    LINE,
    LINGON,
    MEADOW,
    MOSS,
    PAPER,
    PASTEL,
    PEACH,
    PINE,
    PLUM,
    ROSE,
    RUST,
    SAND,
    SKY,
    STONE,
    SUN,
    WASH,
    WOOD,
    darker,
    lighter,
    mix,
    paint,
    thin,
)
from portal.demo.painting.figures import Look
from portal.demo.painting.page import HEIGHT, WIDTH, Page, placed, round_about, smooth, star

Looks = Sequence[Look]


def beads(page: Page, chance: random.Random, looks: Looks) -> None:
    table(page, chance, chance.choice((SAND, WASH, BLUSH)))
    for row in range(4):
        colours = chance.sample(BRIGHT, chance.choice((2, 3, 3)))
        wave = [(x, 210 + row * 255 + math.sin(x / 260 + row) * 46) for x in range(60, 1581, 20)]
        page.stroke(wave, 5, STONE, curved=False)
        stop = len(wave) - (chance.randint(4, 26) if row else 0)
        for number, (x, y) in enumerate(wave[:stop:3]):
            fill = colours[number % len(colours)]
            page.dot(x + 3, y + 6, 30, thin(INK, 30))
            page.dot(x, y, 29, fill)
            page.dot(x - 9, y - 10, 8, lighter(fill, 0.6))


def baking(page: Page, chance: random.Random, looks: Looks) -> None:
    table(page, chance, chance.choice((LINGON, LAKE, MOSS, SUN)))
    page.box(150, 120, 1300, 960, mix(STONE, CARD, 0.35), 46)
    page.box(176, 146, 1248, 908, mix(CARD, LINE, 0.7), 34)
    shape = chance.choice(("bun", "heart", "cat", "star"))
    for number in range(12):
        x, y = 350 + (number % 4) * 300, 320 + (number // 4) * 280
        _bun(page, chance, x + chance.uniform(-14, 14), y + chance.uniform(-14, 14), shape)


def _bun(page: Page, chance: random.Random, x: float, y: float, shape: str) -> None:
    dough = mix(HONEY, paint("#b9773a"), chance.uniform(0.1, 0.6))
    page.oval(x + 6, y + 12, 96, 90, thin(EARTH, 34))
    if shape == "bun":
        page.dot(x, y, 108, dough)
        spiral = [(x + math.cos(n * 0.5) * (8 + n * 3.2), y + math.sin(n * 0.5) * (8 + n * 3.2)) for n in range(28)]
        page.stroke(spiral, 11, darker(dough, 0.35))
        for _sugar in range(12):
            page.dot(x + chance.gauss(0, 46), y + chance.gauss(0, 46), 8, CARD)
    elif shape == "heart":
        page.blob(
            placed([(0, 100), (-104, -10), (-90, -86), (-36, -96), (0, -54), (36, -96), (90, -86), (104, -10)], x, y),
            dough,
        )
    elif shape == "cat":
        curl = [(-90, 20), (-96, -60), (-40, -78), (-30, -30), (0, 0), (30, 30), (40, 78), (96, 60), (90, -20)]
        page.stroke(placed(curl, x, y), 44, mix(dough, SUN, 0.5))
        for dx, dy in ((-62, -34), (62, 34)):
            page.dot(x + dx, y + dy, 14, EARTH)
    else:
        page.dot(x, y, 60, dough)
        page.shape(placed(star(5, 122, 66), x, y, 1, 18), dough)


def loose_parts(page: Page, chance: random.Random, looks: Looks) -> None:
    table(page, chance, chance.choice((PAPER, SAND, SKY)))
    page.dot(800, 600, 545, CARD)
    page.ring(800, 600, 545, 14, LINE)
    makers = [_stone, _button, _acorn, _lid]
    chance.shuffle(makers)
    for ring, (far, count) in enumerate(((455, 18), (320, 13), (185, 8))):
        for number in range(count):
            angle = number * math.tau / count + ring * 0.2
            makers[(ring + (number % 2 if ring == 1 else 0)) % 4](
                page, chance, 800 + math.cos(angle) * far, 600 + math.sin(angle) * far
            )
    plants.flower(page, 800, 600, 92, 8, chance.choice((SUN, ROSE, LAKE)), chance.choice((LINGON, HONEY)))


def _stone(page: Page, chance: random.Random, x: float, y: float) -> None:
    fill = mix(STONE, chance.choice((CARD, SAND, DUSK)), chance.uniform(0.25, 0.6))
    page.blob(round_about(chance, x + 4, y + 8, 58, 48, 0.1), thin(INK, 30))
    page.blob(round_about(chance, x, y, 58, 48, 0.1), fill)
    page.oval(x - 14, y - 14, 20, 10, lighter(fill, 0.4), -20)


def _button(page: Page, chance: random.Random, x: float, y: float) -> None:
    fill = chance.choice(BRIGHT)
    page.dot(x + 4, y + 7, 52, thin(INK, 34))
    page.dot(x, y, 52, fill)
    page.ring(x, y, 38, 6, darker(fill))
    for dx, dy in ((-12, -12), (12, -12), (-12, 12), (12, 12)):
        page.dot(x + dx, y + dy, 7, darker(fill, 0.5))


def _acorn(page: Page, chance: random.Random, x: float, y: float) -> None:
    turn = chance.uniform(-50, 50)
    page.blob(placed([(-30, -4), (-24, 40), (0, 66), (24, 40), (30, -4)], x, y, 1, turn), HONEY)
    page.blob(placed([(-42, -6), (-30, -38), (0, -48), (30, -38), (42, -6), (0, 6)], x, y, 1, turn), BARK)
    page.stroke(placed([(0, -46), (4, -66)], x, y, 1, turn), 8, EARTH, curved=False)


def _lid(page: Page, chance: random.Random, x: float, y: float) -> None:
    fill = chance.choice((LAKE, SUN, LINGON, MOSS, ROSE))
    page.dot(x + 4, y + 7, 60, thin(INK, 34))
    page.dot(x, y, 60, darker(fill))
    page.dot(x, y, 47, fill)
    page.arc(x, y, 36, 36, 190, 260, 7, lighter(fill, 0.5))


def train(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(WOOD, SAND, 0.6), mix(WOOD, SAND, 0.35))
    for y in range(0, HEIGHT, 150):
        page.box(0, y, WIDTH, 6, thin(EARTH, 30))
    page.blob(round_about(chance, 420, 800, 290, 210), mix(MOSS, CARD, 0.35))
    page.blob(round_about(chance, 1160, 330, 280, 190), mix(LAKE, CARD, 0.3))
    bends = [(170, 420), (420, 190), (800, 300), (1180, 560), (1450, 780), (1300, 1030), (900, 960), (620, 700),
             (260, 680)]  # fmt: skip
    path = [(x + chance.uniform(-40, 40), y + chance.uniform(-30, 30)) for x, y in bends]
    loop = [*smooth(path, closed=True), path[0]]
    page.stroke(loop, 96, BARK, curved=False)
    page.stroke(loop, 82, WOOD, curved=False)
    for (x0, y0), (x1, y1) in zip(loop[::2], loop[1::2], strict=False):
        turn = math.degrees(math.atan2(y1 - y0, x1 - x0))
        page.shape(placed([(-3, -40), (3, -40), (3, 40), (-3, 40)], x0, y0, 1, turn), thin(EARTH, 70))
    for side in (-22, 22):
        rail = []
        for (x0, y0), (x1, y1) in pairwise(loop):
            long = math.hypot(x1 - x0, y1 - y0) or 1
            rail.append((x0 - (y1 - y0) / long * side, y0 + (x1 - x0) / long * side))
        page.stroke([*rail, rail[0]], 10, darker(WOOD, 0.3), curved=False)
    first = chance.randrange(0, 30)
    for number in range(4):
        (x0, y0), (x1, y1) = loop[first + number * 4], loop[first + number * 4 + 1]
        turn = math.degrees(math.atan2(y1 - y0, x1 - x0))
        fill = LINGON if number == 3 else BRIGHT[(first + number) % len(BRIGHT)]
        page.shape(placed([(-72, -38), (72, -38), (72, 38), (-72, 38)], x0, y0, 1, turn), fill)
        page.shape(placed([(-50, -24), (30, -24), (30, 24), (-50, 24)], x0, y0, 1, turn), lighter(fill, 0.3))
        if number == 3:
            page.dot(*placed([(50, 0)], x0, y0, 1, turn)[0], 18, INK)


def shapes(page: Page, chance: random.Random, looks: Looks) -> None:
    table(page, chance, chance.choice(PASTEL))
    page.box(150, 100, 1300, 1000, CARD, 10)
    page.box(420, 470, 560, 460, chance.choice((LINGON, LAKE, SUN)))
    page.shape([(360, 470), (700, 190), (1040, 470)], chance.choice((PINE, PLUM, DUSK)))
    page.box(640, 690, 130, 240, chance.choice((HONEY, RUST)))
    for left in (480, 830):
        page.box(left, 560, 100, 100, SKY)
    page.dot(1270, 270, 90, SUN)
    for number in range(3):
        foot = 1080 + number * 120
        fir = [(foot - 66, 930), (foot, 640 + number * 44), (foot + 66, 930)]
        page.shape(fir, mix(MOSS, FERN, number / 3))
    page.box(200, 930, 1200, 90, FERN)
    for _bit in range(12):
        x, y = chance.uniform(210, 1390), chance.uniform(140, 1060)
        size, fill = chance.uniform(18, 40), chance.choice(BRIGHT)
        kind = chance.randrange(3)
        if kind == 0:
            page.dot(x, y, size, fill)
        else:
            sides = 3 if kind == 1 else 4
            edge = ((math.cos(a * math.tau / sides), math.sin(a * math.tau / sides)) for a in range(sides))
            page.shape(placed(list(edge), x, y, size * 1.2, chance.uniform(0, 90)), fill)


def fruit(page: Page, chance: random.Random, looks: Looks) -> None:
    table(page, chance, chance.choice((SKY, MEADOW, PEACH, BLUSH)))
    page.dot(812, 622, 520, thin(INK, 30))
    page.dot(800, 600, 520, CARD)
    page.ring(800, 600, 430, 10, mix(SKY, LAKE, 0.3))
    for number in range(8):
        angle = number * math.tau / 8 + chance.uniform(-0.1, 0.1)
        x, y = 800 + math.cos(angle) * 320, 600 + math.sin(angle) * 320
        turn = math.degrees(angle) + 90
        kind = number % 3
        if kind == 0:
            page.blob(placed([(0, -96), (-92, -30), (-70, 60), (0, 84), (70, 60), (92, -30)], x, y, 1, turn), LINGON)
            page.blob(
                placed([(0, -82), (-76, -26), (-58, 50), (0, 70), (58, 50), (76, -26)], x, y, 1, turn),
                mix(CARD, SUN, 0.15),
            )
            for dx in (-12, 12):
                page.oval(*placed([(dx, 0)], x, y, 1, turn)[0], 7, 15, BARK, turn)
        elif kind == 1:
            page.dot(x, y, 84, HONEY)
            page.dot(x, y, 70, mix(SUN, CARD, 0.3))
            for slice_ in range(8):
                page.shape(placed([(0, -8), (-20, -60), (20, -60)], x, y, 1, slice_ * 45), mix(HONEY, RUST, 0.25))
        else:
            page.blob(
                placed(
                    [(0, -110), (-36, -50), (-74, 20), (-50, 86), (0, 98), (50, 86), (74, 20), (36, -50)], x, y, 1, turn
                ),
                FERN,
            )
            page.stroke(placed([(0, -104), (10, -136)], x, y, 1, turn), 9, BARK, curved=False)
    for _grape in range(15):
        page.dot(800 + chance.gauss(0, 62), 600 + chance.gauss(0, 62), 38, mix(PLUM, DUSK, chance.random() * 0.7))


def sand_shapes(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(lighter(SAND, 0.2), mix(SAND, WOOD, 0.4))
    for _grain in range(70):
        page.dot(chance.uniform(0, 1600), chance.uniform(0, 1200), chance.uniform(4, 9), thin(BARK, 50))
    tone = mix(SAND, BARK, 0.22)
    for number in range(8):
        x, y = 270 + (number % 4) * 350 + chance.uniform(-30, 30), 360 + (number // 4) * 480 + chance.uniform(-40, 40)
        points = chance.choice((4, 5, 6, 24))
        ring = star(points, 132, 132 if points > 9 else 78)
        page.shape(placed(ring, x + 12, y + 18), thin(EARTH, 60))
        page.shape(placed(ring, x, y), darker(tone, 0.1))
        page.shape(placed(ring, x, y - 12, 0.86), lighter(tone, 0.25))
        for _shell in range(chance.randint(1, 4)):
            page.blob(placed([(0, -18), (18, -4), (12, 12), (-12, 12), (-18, -4)], x + chance.uniform(-46, 46),
                             y + chance.uniform(-46, 40)), chance.choice((CARD, ROSE, PEACH, DUSK)))  # fmt: skip
        if chance.random() < 0.4:
            page.stroke([(x, y - 20), (x + 6, y - 150)], 9, BARK, curved=False)
            plants.leaf(page, x + 12, y - 180, 0.42, chance.choice((FERN, *AUTUMN)), turn=chance.uniform(-30, 30))
    page.stroke([(1330, 1130), (1540, 960)], 30, LINGON, curved=False)
    page.blob(placed([(-70, -60), (60, -70), (90, 0), (40, 90), (-60, 80)], 1270, 1150, 1, 40), LINGON)
