"""Pictures from indoors: building, reading, playing."""

import math
import random
from collections.abc import Sequence

from portal.demo.painting import plants
from portal.demo.painting.colours import (
    BARK,
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
    NIGHT,
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
    WOOD,
    Colour,
    darker,
    lighter,
    mix,
    thin,
)
from portal.demo.painting.figures import Look, together
from portal.demo.painting.page import HEIGHT, WIDTH, Page, placed, smooth

Looks = Sequence[Look]


def room(page: Page, chance: random.Random, floor: float = 900) -> None:
    """A wall and a wooden floor."""
    wall = chance.choice(PASTEL)
    page.wash(lighter(wall, 0.3), wall, 0, floor)
    page.box(0, floor, WIDTH, HEIGHT - floor, mix(WOOD, SAND, 0.5))
    for row in range(3):
        page.box(0, floor + 6 + row * 100, WIDTH, 5, thin(EARTH, 34))
        for _joint in range(4):
            page.box(chance.uniform(0, WIDTH), floor + 10 + row * 100, 5, 96, thin(EARTH, 26))
    page.box(0, floor - 26, WIDTH, 30, CARD)
    if chance.random() < 0.6:
        _garland(page, chance)


def _garland(page: Page, chance: random.Random) -> None:
    line = [(-20, 90), (420, 170), (820, 120), (1220, 176), (1640, 80)]
    page.stroke(line, 4, STONE)
    for number, (x, y) in enumerate(smooth(line, closed=False)[2::3]):
        page.shape([(x - 38, y), (x + 38, y + 3), (x, y + 78)], BRIGHT[(number * 3) % len(BRIGHT)])


def blocks(page: Page, chance: random.Random, looks: Looks) -> None:
    room(page, chance, 880)
    x0 = 90 if looks else 330
    ground = 1080.0
    page.shadow(x0 + 370, ground, 450, 22)
    for tower in range(3):
        x, y = x0 + 130 + tower * 240, ground
        for level in range(chance.randint(2, 5)):
            y = _block(page, chance, x, y, level)
        _roof(page, chance, x, y)
    together(page, looks, 1110, 440, x=1190, gap=300, out=False, chance=chance)


def _block(page: Page, chance: random.Random, x: float, y: float, level: int) -> float:
    fill = chance.choice((LINGON, DUSK, SUN, MOSS, WOOD, RUST, LAKE, PLUM))
    wide, high = chance.choice(((150, 150), (200, 100), (130, 190), (210, 80))) if level else (210, 150)
    page.box(x - wide / 2, y - high, wide, high - 3, fill, 10)
    page.box(x + wide / 2 - 26, y - high, 26, high - 3, thin(INK, 24), 8)
    page.box(x - wide / 2 + 10, y - high + 10, wide - 46, 12, thin(CARD, 60), 6)
    if high >= 150 and chance.random() < 0.4:
        page.box(x - 34, y - high * 0.72, 68, high * 0.69, darker(fill, 0.35), 34)
    return y - high


def _roof(page: Page, chance: random.Random, x: float, y: float) -> None:
    fill = chance.choice((PINE, LINGON, SUN, DUSK))
    if chance.random() < 0.7:
        page.shape([(x - 100, y), (x, y - 130), (x + 100, y)], fill)
        page.shape([(x, y - 130), (x + 100, y), (x + 20, y)], thin(INK, 26))
    else:
        page.dot(x, y - 58, 58, fill)
        page.dot(x - 18, y - 76, 16, lighter(fill, 0.4))


def books(page: Page, chance: random.Random, looks: Looks) -> None:
    room(page, chance, 820)
    ground = 1060.0
    page.shadow(800, ground, 640, 26)
    for side in (-1, 1):
        y = ground
        highs = [chance.uniform(42, 68) for _book in range(chance.randint(5, 7))]
        for high in (each * 320 / sum(highs) for each in highs):
            wide = chance.uniform(250, 330)
            _book_lying(page, 800 + side * 440 + chance.uniform(-22, 22), y, wide, high, chance.choice(BRIGHT))
            y -= high
    top = ground - 320
    _book_lying(page, 800, top, 900, 52, chance.choice((LINGON, DUSK, PINE)))
    for number in range(chance.randint(2, 4)):
        _car(page, 520 + number * 190, top - 52, chance.choice(BRIGHT))


def _book_lying(page: Page, x: float, ground: float, wide: float, high: float, fill: Colour) -> None:
    page.box(x - wide / 2, ground - high, wide, high - 2, fill, 8)
    page.box(x - wide / 2 + 14, ground - high + 9, wide - 14, high - 20, mix(CARD, SAND, 0.3))
    for row in range(3):
        page.box(x - wide / 2 + 20, ground - high + 14 + row * (high - 28) / 3, wide - 26, 2, thin(EARTH, 60))
    page.box(x - wide / 2, ground - high, 30, high - 2, darker(fill), 8)


def _car(page: Page, x: float, ground: float, fill: Colour) -> None:
    page.blob(
        placed([(-78, -18), (-74, -52), (-40, -58), (-22, -94), (34, -94), (54, -56), (80, -48), (82, -18)], x, ground),
        fill,
    )
    page.shape(placed([(-26, -60), (-14, -84), (6, -84), (6, -60)], x, ground), SKY)
    page.shape(placed([(14, -60), (14, -84), (30, -84), (42, -60)], x, ground), SKY)
    for dx in (-42, 44):
        page.dot(x + dx, ground - 20, 22, INK)
        page.dot(x + dx, ground - 20, 9, LINE)


def mittens(page: Page, chance: random.Random, looks: Looks) -> None:
    room(page, chance, 980)
    rope = [(-20, 250), (400, 320), (800, 340), (1200, 318), (1640, 240)]
    page.stroke(rope, 9, BARK)
    for number, (x, y) in enumerate(smooth(rope, closed=False)[3::6]):
        fill, other = chance.sample(BRIGHT, 2)
        _mitten(page, chance, x + 30, y + 40, fill, other, flip=1 if number % 2 else -1)
        page.box(x + 18, y - 26, 22, 84, WOOD, 6)
    for number in range(3):
        fill = chance.choice((DUSK, PINE, RUST, LINGON, SUN))
        for side in (0, 130):
            _rubber_boot(page, 230 + number * 480 + side, 1130, fill)


def _rubber_boot(page: Page, x: float, ground: float, fill: Colour) -> None:
    page.shadow(x + 20, ground, 80, 12)
    page.blob(placed([(-44, -230), (40, -230), (44, -90), (96, -50), (100, 0), (-44, 0), (-48, -110)], x, ground), fill)
    page.box(x - 46, ground - 232, 88, 30, lighter(fill, 0.4), 14)
    page.box(x - 48, ground - 18, 146, 20, darker(fill, 0.4), 10)


def _mitten(page: Page, chance: random.Random, x: float, y: float, fill: Colour, other: Colour, *, flip: int) -> None:
    turn = chance.uniform(-7, 7)
    palm = [(-70, 20), (-82, 150), (-74, 290), (-30, 366), (30, 366), (76, 290), (84, 150), (70, 20)]
    thumb = [(66, 150), (124, 150), (150, 200), (132, 256), (92, 262), (62, 240)]
    page.blob(placed([(flip * dx, dy) for dx, dy in thumb], x, y, 1, turn), darker(fill, 0.1))
    page.blob(placed([(flip * dx, dy) for dx, dy in palm], x, y, 1, turn), fill)
    page.shape(placed([(-84, 0), (84, 0), (80, 84), (-80, 84)], x, y, 1, turn), other)
    for rib in range(-64, 80, 32):
        page.stroke(placed([(rib, 8), (rib, 78)], x, y, 1, turn), 6, darker(other, 0.15), curved=False)
    if chance.random() < 0.5:
        for row in (140, 190, 240, 290):
            page.stroke(
                placed([(-68, row), (-34, row - 18), (0, row), (34, row - 18), (68, row)], x, y, 1, turn),
                9,
                other,
                curved=False,
            )
    else:
        page.blob(placed([(0, 270), (-52, 196), (-40, 150), (0, 172), (40, 150), (52, 196)], x, y, 1, turn), other)


def lanterns(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(NIGHT, mix(NIGHT, PLUM, 0.45), 0, 900)
    for _star in range(50):
        page.dot(chance.uniform(0, 1600), chance.uniform(0, 700), chance.uniform(2, 6), thin(SUN, 200))
    page.hills(chance, 880, 24, mix(SKY, NIGHT, 0.35))
    together(page, looks, 1040, 400, x=820, gap=300, chance=chance)
    for number in range(5):
        x, y = 130 + number * 335 + chance.uniform(-30, 30), 1110 + (number % 2) * 40
        for reach, alpha in ((220, 22), (150, 34), (96, 50)):
            page.dot(x, y - 90, reach, thin(SUN, alpha))
        fill = chance.choice((LINGON, HONEY, LAKE, ROSE, MOSS))
        page.shape([(x - 70, y - 180), (x + 70, y - 180), (x + 56, y), (x - 56, y)], mix(fill, SUN, 0.35))
        page.blob([(x, y - 120), (x - 22, y - 56), (x, y - 30), (x + 22, y - 56)], SUN)
        page.dot(x, y - 52, 12, CARD)
        page.arc(x, y - 180, 66, 80, 180, 360, 6, CARD)


def den(page: Page, chance: random.Random, looks: Looks) -> None:
    room(page, chance, 900)
    cloth, patch = chance.sample((LINGON, DUSK, MOSS, RUST, PLUM, HONEY), 2)
    page.shadow(800, 1090, 620, 26)
    page.blob([(200, 1090), (330, 560), (560, 330), (800, 250), (1060, 340), (1290, 570), (1410, 1090)], cloth)
    page.blob([(540, 1092), (590, 740), (800, 600), (1010, 740), (1070, 1092)], darker(cloth, 0.62))
    for _patch in range(9):
        x, y = chance.choice((chance.uniform(330, 520), chance.uniform(1090, 1270))), chance.uniform(660, 1020)
        plants.flower(page, x, y, 34, 5, patch, SUN)
    for x in range(300, 1330, 128):
        y = 1090 - math.sin((x - 200) / 1210 * math.pi) ** 0.5 * 800
        page.dot(x, max(y, 280) + 34, 12, SUN)
    if looks:
        together(page, looks, 1080, 370, x=800, gap=220, out=False, chance=chance)
    else:
        page.box(640, 1000, 320, 80, PEACH, 36)
        page.oval(800, 960, 60, 44, thin(SUN, 120))
    page.box(1330, 980, 190, 120, patch, 40)
    page.box(90, 1000, 170, 100, lighter(patch, 0.4), 36)


def music(page: Page, chance: random.Random, looks: Looks) -> None:
    room(page, chance, 860)
    for number in range(7):
        wide, x = 420 - number * 34, 150 + number * 96
        fill = (LINGON, RUST, SUN, FERN, LAKE, DUSK, PLUM)[number]
        page.box(x, 1010 - wide / 2, 78, wide, fill, 20)
        page.dot(x + 39, 1030 - wide / 2, 9, CARD)
        page.dot(x + 39, 990 + wide / 2, 9, CARD)
    x = 1180 if not looks else 1420
    page.shadow(x, 1110, 170, 22)
    page.box(x - 150, 880, 300, 220, LINGON, 20)
    for step in range(5):
        page.stroke(
            [(x - 140 + step * 60, 900), (x - 110 + step * 60, 1080), (x - 80 + step * 60, 900)], 7, CARD, curved=False
        )
    page.oval(x, 880, 156, 46, mix(CARD, SAND, 0.4))
    page.stroke([(x - 60, 870), (x + 90, 700)], 14, WOOD, curved=False)
    page.dot(x + 96, 694, 26, HONEY)
    together(page, looks, 1100, 400, x=1010, gap=280, out=False, chance=chance)
    for _note in range(6):
        nx, ny, fill = chance.uniform(200, 1450), chance.uniform(220, 620), chance.choice(BRIGHT)
        page.oval(nx, ny, 30, 22, fill, -20)
        page.stroke([(nx + 27, ny - 4), (nx + 27, ny - 120)], 8, fill, curved=False)
        page.stroke([(nx + 27, ny - 120), (nx + 66, ny - 84)], 10, fill, curved=False)


def reading(page: Page, chance: random.Random, looks: Looks) -> None:
    room(page, chance, 820)
    sofa = chance.choice((DUSK, MOSS, RUST, PLUM, LAKE))
    page.shadow(800, 1090, 700, 30)
    page.box(160, 520, 1280, 420, darker(sofa, 0.1), 90)
    page.box(110, 700, 1380, 380, sofa, 80)
    for x in (110, 1290):
        page.box(x, 640, 200, 440, darker(sofa, 0.16), 80)
    together(page, looks, 960, 380, x=800, gap=280, out=False, chance=chance)
    y = 1000 if looks else 760
    left, right = chance.sample((SKY, MEADOW, PEACH, mix(SUN, CARD, 0.4)), 2)
    page.shape([(560, y - 90), (800, y - 60), (800, y + 150), (560, y + 110)], CARD)
    page.shape([(1040, y - 90), (800, y - 60), (800, y + 150), (1040, y + 110)], darker(CARD, 0.04))
    page.shape([(590, y - 60), (775, y - 36), (775, y + 60), (590, y + 34)], left)
    page.shape([(1010, y - 60), (825, y - 36), (825, y + 60), (1010, y + 34)], right)
    page.dot(690, y, 30, chance.choice((LINGON, PINE)))
    page.dot(910, y, 34, chance.choice((SUN, DUSK)))
    for row in (64, 84):
        page.stroke([(596, y + row - 14), (770, y + row + 8)], 6, LINE, curved=False)
        page.stroke([(1004, y + row - 14), (830, y + row + 8)], 6, LINE, curved=False)
