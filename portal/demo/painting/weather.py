"""Pictures of rain, ice and snow."""

import math
import random
from collections.abc import Sequence

from portal.demo.painting import plants
from portal.demo.painting.backdrop import clouds, sun
from portal.demo.painting.colours import (
    AUTUMN,
    BARK,
    CARD,
    DUSK,
    EARTH,
    FERN,
    ICE,
    INK,
    LAKE,
    LINGON,
    MOSS,
    NIGHT,
    PEACH,
    PINE,
    PLUM,
    ROSE,
    RUST,
    SAND,
    SHADOW_ON_SNOW,
    SKY,
    SNOW,
    STONE,
    SUN,
    Colour,
    darker,
    lighter,
    mix,
    thin,
)
from portal.demo.painting.figures import Look, together
from portal.demo.painting.page import HEIGHT, WIDTH, Page, placed, round_about, smooth

Looks = Sequence[Look]


def puddle(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(SKY, STONE, 0.25), mix(SKY, CARD, 0.4), 0, 800)
    clouds(page, chance, 4, mix(STONE, CARD, 0.55))
    page.hills(chance, 700, 30, mix(FERN, STONE, 0.25))
    page.hills(chance, 830, 16, mix(SAND, EARTH, 0.35))
    together(page, looks, 1000, 440, gap=320, chance=chance)
    for x, y, rx in ((780.0, 1060.0, 520), (260.0, 960.0, 170), (1390.0, 980.0, 190)):
        page.blob(round_about(chance, x, y, rx, rx * 0.2, 0.1), mix(LAKE, SKY, 0.35))
        page.blob(round_about(chance, x - rx * 0.06, y - rx * 0.03, rx * 0.74, rx * 0.11, 0.1), lighter(SKY, 0.35))
        for _ripple in range(4):
            dx, dy = chance.uniform(-0.6, 0.6) * rx, chance.uniform(-0.06, 0.06) * rx
            page.arc(x + dx, y + dy, 44, 12, 0, 360, 4, lighter(LAKE, 0.55))
    for _drop in range(70):
        x, y = chance.uniform(0, WIDTH), chance.uniform(0, 900)
        page.stroke([(x, y), (x - 12, y + 46)], 5, lighter(LAKE, 0.35), curved=False)


def boats(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(lighter(LAKE, 0.35), LAKE)
    for row in range(9):
        middle = 90 + row * 130
        wave = [(x, middle + (18 if (x // 100 + row) % 2 else -18)) for x in range(-100, 1801, 100)]
        page.stroke(wave, 7, lighter(LAKE, 0.45 if row % 2 else 0.25))
    fleet = chance.choice((((800, 640),), ((470, 430), (1120, 800)), ((330, 380), (1230, 420), (780, 880)),
                           ((340, 340), (1180, 300), (420, 880), (1240, 860))))  # fmt: skip
    for near, far in fleet:
        x, y = near + chance.uniform(-50, 50), far + chance.uniform(-40, 40)
        _boat(
            page,
            x,
            y,
            (3.4, 2.4, 1.9, 1.7)[len(fleet) - 1],
            chance.choice((CARD, SUN, LINGON, PEACH, ROSE)),
            chance.uniform(-9, 9),
        )
    for _leaf in range(5):
        plants.leaf(page, chance.uniform(60, 1540), chance.uniform(60, 1140), 0.5, chance.choice(AUTUMN),
                    turn=chance.uniform(0, 360))  # fmt: skip


def _boat(page: Page, x: float, y: float, size: float, fill: Colour, turn: float) -> None:
    """A folded paper boat."""
    page.oval(x, y + 76 * size, 150 * size, 22 * size, thin(INK, 30))
    page.shape(placed([(0, -130), (-78, 10), (78, 10)], x, y, size, turn), fill)
    page.shape(placed([(0, -130), (0, 10), (78, 10)], x, y, size, turn), darker(fill, 0.12))
    page.shape(placed([(-170, -20), (0, 20), (170, -20), (104, 78), (-104, 78)], x, y, size, turn), lighter(fill, 0.25))
    page.shape(placed([(0, 20), (170, -20), (104, 78), (0, 78)], x, y, size, turn), darker(fill, 0.06))


def snowman(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(SKY, DUSK, 0.12), ICE, 0, 820)
    for _tree in range(9):
        plants.spruce(
            page,
            chance.uniform(-20, 1620),
            chance.uniform(740, 800),
            chance.uniform(250, 430),
            mix(PINE, SKY, 0.35),
            snow=True,
        )
    page.hills(chance, 780, 30, SNOW)
    page.hills(chance, 950, 20, mix(SNOW, SHADOW_ON_SNOW, 0.4))
    x = 420 if looks else 800
    _snowman(page, chance, x, 1080)
    together(page, looks, 1110, 420, x=1060, gap=290, chance=chance)
    _flakes(page, chance, 60)


def _snowman(page: Page, chance: random.Random, x: float, ground: float) -> None:
    scarf, hat = chance.sample((LINGON, PINE, DUSK, RUST, PLUM), 2)
    page.shadow(x, ground, 230, 30)
    for y, radius in ((ground - 170, 190), (ground - 420, 140), (ground - 620, 105)):
        page.dot(x, y, radius, SNOW)
        page.oval(x + radius * 0.26, y + radius * 0.2, radius * 0.7, radius * 0.74, thin(DUSK, 18))
    for side in (-1, 1):
        hand = (x + side * 300, ground - 560)
        page.stroke([(x + side * 120, ground - 450), (x + side * 210, ground - 480), hand], 14, BARK)
        for finger in (-40, 0, 36):
            page.stroke([hand, (hand[0] + side * 40, hand[1] - 40 + finger)], 8, BARK, curved=False)
    page.blob(placed([(-112, -30), (0, 0), (112, -30), (118, 14), (0, 44), (-118, 14)], x, ground - 525), scarf)
    page.shape(
        [(x + 40, ground - 520), (x + 104, ground - 532), (x + 120, ground - 350), (x + 62, ground - 344)],
        darker(scarf),
    )
    for dx, dy in ((-36, -640), (36, -640), (0, -470), (0, -410), (0, -350)):
        page.dot(x + dx, ground + dy, 14, INK)
    page.shape([(x - 4, ground - 626), (x + 130, ground - 596), (x, ground - 588)], RUST)
    page.arc(x, ground - 592, 50, 34, 30, 150, 9, INK)
    page.blob(placed([(-96, -680), (-70, -760), (0, -790), (70, -760), (96, -680), (0, -700)], x, ground), hat)
    page.dot(x, ground - 796, 30, lighter(hat, 0.6))


def _flakes(page: Page, chance: random.Random, count: int) -> None:
    for _flake in range(count):
        page.dot(chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT), chance.uniform(5, 13), SNOW)


def ice_bucket(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(ICE, SHADOW_ON_SNOW)
    for _stone in range(16):
        page.blob(round_about(chance, chance.uniform(0, 1600), chance.uniform(0, 1200), 90, 50), thin(SNOW, 150))
    fill = chance.choice((LINGON, LAKE, SUN, PINE))
    page.oval(830, 640, 540, 500, thin(INK, 26))
    page.dot(800, 600, 500, darker(fill, 0.1))
    page.dot(800, 600, 462, lighter(fill, 0.15))
    page.dot(800, 600, 436, mix(LAKE, ICE, 0.55))
    page.blob(round_about(chance, 770, 570, 370, 350, 0.06), mix(ICE, LAKE, 0.18))
    for _leaf in range(3):
        leaf = (chance.uniform(620, 960), chance.uniform(440, 760))
        plants.leaf(
            page,
            *leaf,
            chance.uniform(0.9, 1.4),
            mix(chance.choice(AUTUMN), ICE, 0.25),
            turn=chance.uniform(0, 360),
            kind=chance.choice(("birch", "maple", "rowan")),
        )
    for _bubble in range(34):
        page.ring(chance.gauss(800, 150), chance.gauss(600, 150), chance.uniform(6, 20), 4, CARD)
    crack = [(470.0, 480.0)]
    for _step in range(6):
        crack.append((crack[-1][0] + chance.uniform(70, 120), crack[-1][1] + chance.uniform(-70, 80)))
    page.stroke(crack, 6, CARD, curved=False)
    page.arc(800, 600, 400, 400, 200, 262, 20, CARD)


def icicles(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(LAKE, ICE)
    sun(page, chance.uniform(1100, 1400), 560, 120)
    page.hills(chance, 960, 40, SNOW)
    page.box(0, 0, WIDTH, 150, mix(LINGON, EARTH, 0.3))
    for seam in range(0, WIDTH, 160):
        page.box(seam, 0, 8, 150, darker(LINGON, 0.5))
    edge = [(-60, 120), (200, 96), (520, 130), (900, 100), (1300, 130), (1680, 104), (1680, 190), (1200, 206),
            (800, 186), (400, 210), (-60, 190)]  # fmt: skip
    page.blob(edge, SNOW)
    x = 40.0
    while x < WIDTH:
        wide, long = chance.uniform(26, 58), chance.uniform(120, 620)
        page.shape([(x, 180), (x + wide, 180), (x + wide * 0.5, 180 + long)], mix(ICE, SKY, 0.5))
        page.shape([(x, 180), (x + wide * 0.42, 180), (x + wide * 0.5, 180 + long)], thin(CARD, 190))
        page.oval(x + wide * 0.5, 206 + long + chance.uniform(20, 140), 8, 13, lighter(SKY, 0.3))
        x += wide + chance.uniform(10, 70)


def snow_tracks(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(SNOW, SHADOW_ON_SNOW)
    for _drift in range(7):
        x, y = chance.uniform(0, 1600), chance.uniform(0, 1200)
        page.blob(round_about(chance, x, y, 330, 70), thin(SHADOW_ON_SNOW, 130))
    for lane, maker in enumerate(chance.sample((_boot, _hare, _paw, _bird_foot), 3)):
        x, y, turn = 180 + lane * 420 + chance.uniform(-40, 40), 1150.0, chance.uniform(-6, 16)
        for step in range(9):
            maker(page, x + (44 if step % 2 else -44), y, turn)
            x, y = x + math.sin(math.radians(turn)) * 140, y - 138
    for x, y in ((1380, 240), (1480, 330), (110, 120)):
        plants.spruce(page, x, y + 100, 250, PINE, snow=True)


_TRACK = mix(SHADOW_ON_SNOW, DUSK, 0.35)


def _boot(page: Page, x: float, y: float, turn: float) -> None:
    page.blob(placed([(-26, -60), (0, -76), (26, -60), (24, 0), (20, 14), (-20, 14), (-24, 0)], x, y, 1, turn), _TRACK)
    page.blob(placed([(-20, 24), (20, 24), (20, 58), (-20, 58)], x, y, 1, turn), _TRACK)
    for row in (-48, -30, -12):
        page.stroke(placed([(-18, row), (18, row)], x, y, 1, turn), 6, lighter(_TRACK, 0.4), curved=False)


def _hare(page: Page, x: float, y: float, turn: float) -> None:
    for dx, dy, rx, ry in ((-24, -40, 13, 34), (24, -40, 13, 34), (-4, 34, 11, 15), (4, 66, 11, 15)):
        page.oval(*placed([(dx, dy)], x, y, 1, turn)[0], rx, ry, _TRACK, turn)


def _paw(page: Page, x: float, y: float, turn: float) -> None:
    page.oval(*placed([(0, 14)], x, y, 1, turn)[0], 26, 22, _TRACK, turn)
    for dx, dy in ((-30, -14), (-11, -32), (11, -32), (30, -14)):
        page.oval(*placed([(dx, dy)], x, y, 1, turn)[0], 10, 14, _TRACK, turn)


def _bird_foot(page: Page, x: float, y: float, turn: float) -> None:
    for lean in (-34, 0, 34):
        page.stroke(placed([(0, 20), (lean, -44)], x, y, 1, turn), 8, _TRACK, curved=False)
    page.stroke(placed([(0, 20), (0, 50)], x, y, 1, turn), 8, _TRACK, curved=False)


def snowflakes(page: Page, chance: random.Random, looks: Looks) -> None:
    cloth = chance.choice((NIGHT, DUSK, mix(PINE, INK, 0.4), mix(LINGON, INK, 0.35)))
    page.wash(cloth, darker(cloth, 0.2))
    for row in range(0, HEIGHT, 46):
        page.stroke(
            [(x, row + (10 if (x // 40) % 2 else 0)) for x in range(0, WIDTH + 1, 40)],
            4,
            lighter(cloth, 0.08),
            curved=False,
        )
    for number in range(6):
        x, y = 270 + (number % 3) * 530 + chance.uniform(-50, 50), 330 + (number // 3) * 540 + chance.uniform(-40, 40)
        _crystal(page, chance, x, y, chance.uniform(130, 225))


def _crystal(page: Page, chance: random.Random, x: float, y: float, reach: float) -> None:
    rungs = [(chance.uniform(0.3, 0.9), chance.uniform(0.14, 0.34)) for _each in range(3)]
    first = chance.uniform(0, 60)
    for arm in range(6):
        turn = first + arm * 60
        page.stroke(placed([(0, 0), (0, -reach)], x, y, 1, turn), 9, SNOW, curved=False)
        for far, long in rungs:
            for side in (-1, 1):
                rung = [(0, -reach * far), (side * reach * long * 0.86, -reach * (far + long * 0.5))]
                page.stroke(placed(rung, x, y, 1, turn), 7, SNOW, curved=False)
    page.dot(x, y, reach * 0.1, SNOW)


def sledding(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(SKY, ROSE, 0.12), ICE, 0, 700)
    for _tree in range(7):
        plants.spruce(
            page,
            chance.uniform(-20, 1620),
            chance.uniform(560, 640),
            chance.uniform(220, 360),
            mix(PINE, DUSK, 0.25),
            snow=True,
        )
    page.box(0, 680, WIDTH, HEIGHT - 680, mix(SNOW, SHADOW_ON_SNOW, 0.35))
    slope = smooth([(-20, 540), (300, 600), (760, 830), (1200, 1010), (1640, 1060)], closed=False)
    page.shape([*slope, (1640, 1220), (-20, 1220)], SNOW)
    for lane in (0, 66):
        page.stroke([(180, 640 + lane), (700, 880 + lane), (1180, 1060 + lane)], 12, SHADOW_ON_SNOW)
    together(page, looks, 1130, 400, x=960, gap=300, chance=chance)
    for number in range(1 if looks else 3):
        _pulk(page, 300 + number * 460, 900 + number * 80, chance.choice((LINGON, LAKE, SUN, MOSS)))
    _flakes(page, chance, 40)


def _pulk(page: Page, x: float, y: float, fill: Colour) -> None:
    """A sledge of the plastic kind, with its string."""
    page.shadow(x + 10, y + 62, 230, 20)
    page.blob(placed([(-230, -40), (-190, 10), (140, 46), (236, -20), (214, 34), (140, 76), (-190, 60)], x, y), fill)
    page.blob(placed([(-214, -22), (-184, 14), (136, 48), (206, 0), (140, 62), (-190, 40)], x, y), darker(fill))
    page.stroke(placed([(226, -4), (320, -90), (390, -60)], x, y), 8, BARK)
