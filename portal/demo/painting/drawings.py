"""Children's own drawings: wax crayon on white paper, lying on a table."""

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from portal.demo.painting.colours import (
    BLUSH,
    CARD,
    CRAYONS,
    INK,
    MEADOW,
    PEACH,
    SAND,
    SKY,
    WASH,
    WOOD,
    Colour,
    lighter,
    mix,
    paint,
    thin,
)
from portal.demo.painting.figures import Look
from portal.demo.painting.page import Page, Point, placed, smooth

Looks = Sequence[Look]
RED, BLUE, YELLOW, GREEN, VIOLET, ORANGE, BLACK = CRAYONS
SKINS = (paint("#f0c8a6"), paint("#dba87d"), paint("#8a5a3c"))


class Sheet:
    """A sheet of drawing paper, a little askew, with a hand that shakes a little."""

    def __init__(self, page: Page, chance: random.Random) -> None:
        self.page, self.chance = page, chance
        cloth = chance.choice((SAND, WASH, SKY, BLUSH, MEADOW, PEACH, mix(WOOD, SAND, 0.4)))
        page.wash(lighter(cloth, 0.15), cloth)
        self.turn = chance.uniform(-3, 3)
        edge = [(-660, -480), (660, -480), (660, 480), (-660, 480)]
        page.shape(placed(edge, 812, 616, 1, self.turn), thin(INK, 34))
        page.shape(placed(edge, 800, 600, 1, self.turn), CARD)

    def at(self, points: Sequence[Point]) -> list[Point]:
        return placed([(x - 800, y - 600) for x, y in points], 800, 600, 1, self.turn)

    def line(self, points: Sequence[Point], colour: Colour, width: float = 15, *, closed: bool = False) -> None:
        """A crayon's line: a firm one and a paler one beside it, neither quite where it was meant."""
        for number, tone in enumerate((lighter(colour, 0.3), colour)):
            shaken = [(x + self.chance.uniform(-5, 5), y + self.chance.uniform(-5, 5)) for x, y in points]
            curve = smooth(shaken, closed=closed, steps=6)
            curve = [*curve, curve[0]] if closed else curve
            self.page.stroke(self.at(curve), width * (1.25 - number * 0.35), tone, curved=False)

    def straight(self, points: Sequence[Point], colour: Colour, width: float = 15) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            self.line([(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2), (x1, y1)], colour, width)

    def round(self, x: float, y: float, rx: float, ry: float, colour: Colour, width: float = 15) -> None:
        edge = [(x + math.cos(a * math.tau / 9) * rx, y + math.sin(a * math.tau / 9) * ry) for a in range(9)]
        self.line(edge, colour, width, closed=True)

    def scribble(self, x: float, y: float, wide: float, high: float, colour: Colour, *, tight: float = 26) -> None:
        """Filled in as one does with a crayon: to and fro."""
        points, side, row = [], -1, -high / 2
        while row < high / 2:
            points.append((x + side * wide / 2 * self.chance.uniform(0.82, 1.04), y + row))
            row, side = row + tight / 2, -side
        if len(points) > 1:
            self.page.stroke(self.at(points), tight * 0.62, lighter(colour, 0.22), curved=False)

    def sun(self, x: float = 1240, y: float = 330) -> None:
        self.scribble(x, y, 120, 130, YELLOW)
        self.round(x, y, 80, 80, YELLOW)
        for ray in range(11):
            angle = ray * math.tau / 11
            near, far = 110, self.chance.uniform(160, 210)
            self.line([(x + math.cos(angle) * near, y + math.sin(angle) * near),
                       (x + math.cos(angle) * far, y + math.sin(angle) * far)], YELLOW, 13)  # fmt: skip

    def grass(self, y: float = 960) -> None:
        zigzag = [(220 + step * 30, y + (0 if step % 2 else 60) + self.chance.uniform(-14, 14)) for step in range(40)]
        self.straight(zigzag, GREEN, 14)

    def person(self, x: float, ground: float, tall: float) -> None:
        """A head with legs, arms like rakes, and a big smile."""
        u, pen, dress = tall / 100, self.chance.choice((BLACK, BLUE, RED, VIOLET)), self.chance.choice(CRAYONS[:6])
        self.scribble(x, ground - 45 * u, 30 * u, 34 * u, dress)
        self.straight([(x - 10 * u, ground - 64 * u), (x - 20 * u, ground - 26 * u), (x + 20 * u, ground - 26 * u),
                       (x + 10 * u, ground - 64 * u)], dress)  # fmt: skip
        for side in (-1, 1):
            self.line([(x + side * 8 * u, ground - 26 * u), (x + side * 9 * u, ground)], pen, 13)
            self.line([(x + side * 9 * u, ground), (x + side * 18 * u, ground + u)], pen, 13)
            hand = (x + side * 34 * u, ground - 60 * u)
            self.line([(x + side * 13 * u, ground - 56 * u), hand], pen, 13)
            for finger in (-7, 0, 7):
                self.line([hand, (hand[0] + side * 7 * u, hand[1] + finger * u)], pen, 8)
        self.page.oval(*self.at([(x, ground - 80 * u)])[0], 19 * u, 18 * u, self.chance.choice(SKINS))
        self.round(x, ground - 80 * u, 20 * u, 19 * u, pen, 12)
        for lock in range(-4, 5):
            root = (x + lock * 4 * u, ground - (97 - abs(lock) * 1.6) * u)
            self.line([root, (x + lock * 6 * u, ground - (108 - abs(lock) * 3) * u)], dress, 9)
        for side in (-1, 1):
            self.page.dot(*self.at([(x + side * 7 * u, ground - 84 * u)])[0], 2.6 * u, BLACK)
        smile = [(x - 9 * u, ground - 75 * u), (x, ground - 69 * u), (x + 9 * u, ground - 75 * u)]
        self.line(smile, RED, 10)


def family(page: Page, chance: random.Random, looks: Looks) -> None:
    sheet = Sheet(page, chance)
    sheet.grass()
    sheet.sun(chance.choice((370, 1240)), 330)
    count = chance.randint(2, 4)
    for number in range(count):
        sheet.person(420 + number * 760 / max(count - 1, 1), 960, chance.choice((330, 420, 520)))


def house(page: Page, chance: random.Random, looks: Looks) -> None:
    sheet = Sheet(page, chance)
    wall, roof = chance.sample(CRAYONS[:6], 2)
    sheet.scribble(760, 720, 480, 440, wall, tight=40)
    sheet.straight([(510, 490), (510, 950), (1010, 950), (1010, 490), (510, 490)], wall)
    sheet.scribble(760, 430, 300, 110, roof, tight=30)
    sheet.straight([(450, 500), (760, 250), (1070, 500), (450, 500)], roof, 18)
    sheet.straight([(900, 350), (900, 240), (970, 240), (970, 410)], BLACK)
    smoke = [(940 + step * 26, 220 - step * 14 + math.sin(step) * 30) for step in range(8)]
    sheet.line(smoke, BLUE, 10)
    for x in (600, 880):
        sheet.straight([(x - 60, 570), (x + 60, 570), (x + 60, 690), (x - 60, 690), (x - 60, 570)], BLUE)
        sheet.straight([(x, 570), (x, 690)], BLUE, 10)
    sheet.straight([(710, 950), (710, 760), (820, 760), (820, 950)], BLACK)
    page.dot(*sheet.at([(796, 860)])[0], 10, YELLOW)
    sheet.line([(1190, 960), (1200, 700)], ORANGE, 34)
    sheet.round(1200, 600, 120, 130, GREEN)
    sheet.scribble(1200, 600, 190, 210, GREEN, tight=36)
    sheet.sun(370, 330)
    sheet.grass()


def animal(page: Page, chance: random.Random, looks: Looks) -> None:
    sheet = Sheet(page, chance)
    pen = chance.choice((ORANGE, BLACK, VIOLET, BLUE))
    if chance.random() < 0.5:
        _cat(sheet, pen)
    else:
        _dinosaur(sheet, chance.choice((GREEN, VIOLET, BLUE)))
    sheet.grass(970)


def _cat(sheet: Sheet, pen: Colour) -> None:
    sheet.scribble(820, 740, 480, 240, pen, tight=38)
    sheet.round(820, 740, 290, 150, pen)
    for x in (630, 740, 910, 1020):
        sheet.line([(x, 850), (x, 960)], pen, 18)
    sheet.line([(1100, 700), (1240, 560), (1190, 420), (1270, 360)], pen, 22)
    sheet.page.oval(*sheet.at([(500, 560)])[0], 150, 130, lighter(pen, 0.72))
    sheet.round(500, 560, 160, 140, pen)
    sheet.straight([(370, 480), (360, 340), (460, 430)], pen)
    sheet.straight([(540, 430), (640, 340), (630, 480)], pen)
    for x in (440, 560):
        sheet.page.dot(*sheet.at([(x, 540)])[0], 16, BLACK)
    sheet.line([(470, 620), (500, 640), (530, 620)], RED, 10)
    for side in (-1, 1):
        for lean in (-24, 0, 24):
            sheet.line([(500 + side * 40, 600), (500 + side * 210, 600 + lean)], BLACK, 6)


def _dinosaur(sheet: Sheet, pen: Colour) -> None:
    sheet.scribble(800, 720, 520, 250, pen, tight=40)
    back = [(300, 880), (430, 760), (600, 600), (800, 560), (980, 600), (1080, 480), (1120, 320), (1230, 280),
            (1320, 340), (1290, 410), (1190, 430), (1170, 600), (1080, 800), (800, 860), (520, 850)]  # fmt: skip
    sheet.line(back, pen, 17, closed=True)
    for x, y in ((470, 700), (580, 590), (700, 545), (820, 530), (930, 550), (1020, 520), (1070, 420)):
        sheet.straight([(x - 36, y + 26), (x, y - 50), (x + 36, y + 24)], RED, 12)
    for x in (560, 700, 900, 1020):
        sheet.line([(x, 850), (x - 6, 960)], pen, 26)
    sheet.page.dot(*sheet.at([(1230, 330)])[0], 14, BLACK)
    sheet.line([(1240, 400), (1290, 390)], BLACK, 9)
    for x, y in ((620, 700), (760, 760), (880, 690), (1000, 760)):
        sheet.round(x, y, 26, 24, YELLOW, 11)


def boat(page: Page, chance: random.Random, looks: Looks) -> None:
    sheet = Sheet(page, chance)
    hull, sail = chance.sample((RED, ORANGE, VIOLET, GREEN, YELLOW), 2)
    for row in range(4):
        wave = [(220 + step * 62, 880 + row * 56 + (24 if step % 2 else -24)) for step in range(20)]
        sheet.line(wave, BLUE, 14)
    sheet.scribble(780, 770, 460, 130, hull, tight=32)
    sheet.straight([(460, 700), (1120, 700), (1000, 850), (560, 850), (460, 700)], hull, 17)
    sheet.line([(790, 700), (790, 300)], BLACK, 17)
    sheet.scribble(900, 560, 150, 160, sail, tight=32)
    sheet.straight([(810, 320), (1060, 660), (810, 660), (810, 320)], sail)
    sheet.straight([(770, 380), (580, 660), (770, 660), (770, 380)], sail)
    sheet.sun(370, 330)
    for x, y in ((1150, 300), (1270, 380)):
        sheet.line([(x - 60, y - 20), (x - 26, y - 50), (x, y), (x + 26, y - 50), (x + 60, y - 20)], BLACK, 9)


def rocket(page: Page, chance: random.Random, looks: Looks) -> None:
    sheet = Sheet(page, chance)
    body, fin = chance.sample((RED, BLUE, VIOLET, ORANGE, GREEN), 2)
    sheet.scribble(790, 600, 170, 380, body, tight=36)
    sheet.line(
        [(790, 230), (690, 400), (680, 600), (700, 800), (880, 800), (900, 600), (890, 400)], body, 17, closed=True
    )
    for side in (-1, 1):
        sheet.straight([(790 + side * 105, 640), (790 + side * 230, 840), (790 + side * 96, 790)], fin, 16)
    for middle in (440, 570):
        sheet.page.dot(*sheet.at([(790, middle)])[0], 46, SKY)
        sheet.round(790, middle, 50, 50, BLACK, 12)
    fire = (ORANGE, YELLOW, RED)
    for lean in (-70, -30, 10, 50, 80):
        flame = [(790 + lean * 0.6, 830), (790 + lean, 905), (790 + lean * 1.3, 990)]
        sheet.line(flame, chance.choice(fire), 18)
    for _star in range(9):
        x, y = chance.choice((chance.uniform(220, 560), chance.uniform(1040, 1380))), chance.uniform(190, 980)
        for turn in (0, 60, 120):
            dx, dy = math.cos(math.radians(turn)) * 34, math.sin(math.radians(turn)) * 34
            sheet.line([(x - dx, y - dy), (x + dx, y + dy)], YELLOW, 9)
    sheet.scribble(330, 330, 120, 130, VIOLET)
    sheet.round(330, 330, 88, 84, VIOLET)
    sheet.line([(200, 370), (330, 400), (470, 300)], ORANGE, 11)


def squiggles(page: Page, chance: random.Random, looks: Looks) -> None:
    """A very young child's: round and round and up and down."""
    sheet = Sheet(page, chance)
    for colour in chance.sample(CRAYONS, 4):
        x, y, reach = chance.uniform(450, 1150), chance.uniform(400, 800), chance.uniform(110, 260)
        loops = []
        for step in range(60):
            angle, far = step * 0.55, reach * (0.35 + 0.65 * step / 60) * chance.uniform(0.85, 1.1)
            loops.append((x + math.cos(angle) * far * 1.2 + step * 2, y + math.sin(angle) * far * 0.8))
        sheet.line(loops, colour, 14)
    for _dot in range(24):
        page.dot(
            *sheet.at([(chance.uniform(240, 1360), chance.uniform(200, 1000))])[0],
            chance.uniform(8, 15),
            chance.choice(CRAYONS),
        )


def finger_paint(page: Page, chance: random.Random, looks: Looks) -> None:
    """A tree whose leaves are fingertips."""
    sheet = Sheet(page, chance)
    sheet.line([(790, 1030), (780, 820), (800, 640)], ORANGE, 76)
    for side, fork in ((-1, 760), (1, 700), (-1, 650), (1, 610)):
        sheet.line([(790, fork), (790 + side * 150, fork - 110), (790 + side * 250, fork - 130)], ORANGE, 28)
    tones = chance.choice(((RED, ORANGE, YELLOW), (GREEN, paint("#8fb174"), YELLOW), (paint("#e7a3b5"), CARD, RED)))
    for _tip in range(130):
        angle, far = chance.uniform(0, math.tau), math.sqrt(chance.random()) * 330
        x, y = 790 + math.cos(angle) * far * 1.35, 470 + math.sin(angle) * far * 0.85
        tone = chance.choice(tones)
        page.oval(*sheet.at([(x, y)])[0], 25, 33, tone, chance.uniform(0, 180))
        page.oval(*sheet.at([(x - 4, y - 4)])[0], 13, 18, thin(CARD, 60), chance.uniform(0, 180))
    sheet.grass(1000)
