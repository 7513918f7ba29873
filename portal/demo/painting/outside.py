"""Pictures from the forest and the yard. Each scene takes a page, a chance and the children who are in it."""

import math
import random
from collections.abc import Sequence

from portal.demo.painting import animals, plants
from portal.demo.painting.backdrop import forest_air, sun, table
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
    ICE,
    INK,
    LAKE,
    LINGON,
    MEADOW,
    MOSS,
    PAPER,
    PEACH,
    PINE,
    PLUM,
    ROSE,
    RUST,
    SAND,
    SKY,
    SPRING,
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
from portal.demo.painting.page import HEIGHT, WIDTH, Page, round_about

Looks = Sequence[Look]


def big_leaf(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(WASH, mix(WASH, MEADOW, 0.35))
    sun(page, chance.uniform(1180, 1380), chance.uniform(200, 320), 110)
    page.hills(chance, 880, 60, MEADOW)
    page.hills(chance, 1040, 40, mix(MEADOW, FERN, 0.5))
    fill, kind = chance.choice((MOSS, FERN, *AUTUMN)), chance.choice(("birch", "maple", "oak", "birch"))
    plants.leaf(page, chance.uniform(620, 800), 600, 4.1, fill, kind=kind, turn=chance.uniform(-24, 30))
    for _each in range(4):
        plants.leaf(page, chance.uniform(80, 1520), chance.uniform(980, 1130), 0.5, chance.choice(AUTUMN),
                    kind=chance.choice(tuple(plants.SHAPES)), turn=chance.uniform(0, 360))  # fmt: skip


def leaf_sorting(page: Page, chance: random.Random, looks: Looks) -> None:
    table(page, chance, chance.choice((BLUSH, WASH, SAND)))
    page.box(110, 90, 1380, 1020, CARD, 18)
    kinds = list(plants.SHAPES)
    chance.shuffle(kinds)
    for row, kind in enumerate(kinds[:3]):
        count, tone = chance.randint(4, 7), chance.choice(AUTUMN)
        for number in range(count):
            x = 250 + number * 1100 / max(count - 1, 1)
            size = 0.62 + 0.5 * number / count
            fill = mix(tone, chance.choice(AUTUMN), 0.55)
            plants.leaf(page, x, 270 + row * 325, size, fill, kind=kind, turn=chance.uniform(-16, 16))


def leaf_ring(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(MOSS, EARTH, 0.35), mix(FERN, EARTH, 0.25))
    for row in range(6):
        plants.grass(page, chance, 120 + row * 210, 34, FERN, 40)
    for ring, (far, count) in enumerate(((470, 22), (330, 15), (190, 9))):
        tone, kind = AUTUMN[(ring * 2 + chance.randrange(7)) % 7], chance.choice(tuple(plants.SHAPES))
        for number in range(count):
            angle = number * math.tau / count
            fill = mix(tone, chance.choice(AUTUMN), 0.3)
            plants.leaf(page, 800 + math.cos(angle) * far * 1.2, 600 + math.sin(angle) * far, 0.72 - ring * 0.1, fill,
                        kind=kind, turn=math.degrees(angle) + 90)  # fmt: skip
    plants.cone(page, 800, 600, 1.1, turn=chance.uniform(0, 360))


def mushrooms(page: Page, chance: random.Random, looks: Looks) -> None:
    forest_air(page, chance, mix(WASH, PEACH, 0.3), PINE)
    page.hills(chance, 900, 30, mix(MOSS, EARTH, 0.25))
    plants.litter(page, chance, 930, 1180, 16)
    together(page, looks, 1000, 400, x=1130, gap=260, chance=chance)
    caps = ((LINGON, True), (BARK, False), (HONEY, False), (RUST, False))
    for number in range(6):
        cap, dots = caps[0] if number == 2 else chance.choice(caps)
        plants.mushroom(
            page,
            110 + number * 128 + chance.uniform(-22, 22),
            1130 - (number % 2) * 60,
            chance.uniform(170, 330),
            cap,
            dots=dots,
        )


def cones(page: Page, chance: random.Random, looks: Looks) -> None:
    table(page, chance, chance.choice((SAND, MEADOW, SKY)))
    rows = chance.choice(((3, 4), (4, 5), (2, 3, 4), (3, 4, 5)))
    gap = HEIGHT / (len(rows) + 0.5)
    for row, count in enumerate(rows):
        for number in range(count):
            x = 800 + (number - (count - 1) / 2) * 300
            plants.cone(page, x, gap * (row + 0.75), 1.75 if len(rows) == 3 else 2.3, turn=chance.uniform(-14, 14),
                        fill=mix(BARK, RUST, chance.random() * 0.4))  # fmt: skip


def ladybird(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(SKY, CARD, 0.4), WASH)
    plants.leaf(page, 760, 700, 6.2, mix(MOSS, SPRING, chance.random()), turn=chance.uniform(52, 80))
    for number in range(chance.randint(1, 3)):
        animals.ladybird(page, 560 + number * 260, 620 - number * 90 + chance.uniform(-40, 40), 2.0 - number * 0.45,
                         turn=chance.uniform(20, 110), dots=chance.choice((2, 5, 7, 9)))  # fmt: skip


def bugs(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(SAND, BARK, 0.2), mix(SAND, BARK, 0.35))
    for _stone in range(26):
        x, y, radius = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT), chance.uniform(12, 54)
        page.blob(round_about(chance, x, y, radius * 1.3, radius), mix(STONE, SAND, chance.uniform(0.3, 0.8)))
    plants.litter(page, chance, 60, 1150, 14, 0.34)
    for number in range(7):
        animals.ant(page, 90 + number * 120, 980 + math.sin(number) * 60, 1.2, turn=80 + chance.uniform(-20, 20))
    animals.worm(page, chance, 1050, 1060, 1.3)
    _magnifier(page, chance, 800, 500, 330)


def _magnifier(page: Page, chance: random.Random, x: float, y: float, radius: float) -> None:
    page.stroke(
        [(x + radius * 0.78, y + radius * 0.78), (x + radius * 1.55, y + radius * 1.5)],
        76,
        darker(WOOD, 0.3),
        curved=False,
    )
    page.stroke([(x + radius * 0.8, y + radius * 0.76), (x + radius * 1.54, y + radius * 1.46)], 46, WOOD, curved=False)
    page.dot(x, y, radius, mix(SAND, CARD, 0.55))
    if chance.random() < 0.5:
        animals.beetle(page, x, y, 3.4, chance.choice((PINE, DUSK, PLUM)), turn=chance.uniform(-50, 50))
    else:
        animals.ladybird(page, x, y, 3.6, turn=chance.uniform(-50, 50))
    page.ring(x, y, radius, 44, LINGON)
    page.arc(x, y, radius * 0.78, radius * 0.78, 200, 250, 20, CARD)


def forest(page: Page, chance: random.Random, looks: Looks) -> None:
    forest_air(page, chance, SKY, PINE)
    page.hills(chance, 880, 26, FERN)
    for x in (140, 430, 1440):
        plants.birch(page, chance, x + chance.uniform(-40, 40), 960, 760, mix(SPRING, MOSS, chance.random()))
    page.hills(chance, 1010, 24, MOSS)
    plants.grass(page, chance, 1050, 80, PINE, 50)
    together(page, looks, 1120, 430, x=900, gap=280, chance=chance)


def autumn_forest(page: Page, chance: random.Random, looks: Looks) -> None:
    forest_air(page, chance, mix(BLUSH, SUN, 0.18), mix(RUST, PINE, 0.5))
    page.hills(chance, 880, 26, mix(HONEY, FERN, 0.4))
    for number, x in enumerate((150, 470, 1180, 1450)):
        crown = AUTUMN[(number + chance.randrange(4)) % 4]
        if chance.random() < 0.5:
            plants.birch(page, chance, x, 960, 720, crown)
        else:
            plants.tree(page, chance, x, 960, 700, crown)
    page.hills(chance, 1000, 20, mix(HONEY, EARTH, 0.25))
    plants.litter(page, chance, 1000, 1190, 34)
    together(page, looks, 1120, 430, x=800, gap=290, chance=chance)


def birds(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(SKY, CARD, 0.2), ICE)
    y = chance.uniform(720, 800)
    plants.twig(page, [(-20, y + 40), (420, y), (900, y + 30), (1640, y - 60)], 34)
    for x, up in ((300, -160), (1180, -130), (1400, 120)):
        plants.twig(page, [(x, y), (x + 70, y + up * 0.6), (x + 150, y + up)], 14)
        for step in range(4):
            page.dot(x + 60 + step * 28, y + up * (0.5 + step * 0.14), 15, LINGON)
    kinds = (
        (LAKE, SUN, DUSK), (MOSS, SUN, INK), (STONE, LINGON, INK), (BARK, PEACH, None), (DUSK, CARD, INK),
    )  # fmt: skip
    for number in range(chance.randint(2, 3)):
        back, breast, cap = chance.choice(kinds)
        animals.bird(page, 330 + number * 440 + chance.uniform(-40, 40), y - 110, 1.35, back, breast, cap=cap,
                     flip=chance.choice((-1, 1)))  # fmt: skip


def berries(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(MOSS, PINE, 0.3), mix(PINE, EARTH, 0.3))
    plants.grass(page, chance, 700, 200, MOSS, 90)
    for number in range(11):
        fill = LINGON if chance.random() < 0.55 else mix(DUSK, PLUM, 0.4)
        plants.berries(page, chance, 90 + number * 145, 760 + chance.uniform(-160, 320), chance.uniform(1.2, 2.0), fill)
    page.shape([(980, 720), (1520, 720), (1440, 1130), (1060, 1130)], LAKE)
    page.shape([(1300, 720), (1520, 720), (1440, 1130), (1330, 1130)], thin(INK, 22))
    page.oval(1250, 720, 270, 66, darker(LAKE, 0.3))
    for _berry in range(46):
        page.dot(1250 + chance.gauss(0, 110), 705 + chance.gauss(0, 20), 26, mix(LINGON, PLUM, chance.random() * 0.6))
    page.arc(1250, 700, 268, 330, 190, 350, 14, CARD)


def sprouts(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(SKY, mix(SKY, CARD, 0.7), 0, 820)
    page.hills(chance, 700, 40, MEADOW)
    for x in (0, 780, 1560):
        page.box(x - 20, 0, 60, 830, CARD)
    page.box(0, 0, WIDTH, 40, CARD)
    page.box(0, 820, WIDTH, 380, PAPER)
    page.box(0, 820, WIDTH, 34, thin(INK, 18))
    for number in range(5):
        _pot(page, chance, 190 + number * 305, 1050, chance.choice((RUST, LAKE, LINGON, HONEY, PINE)), 60 + number * 62)


def _pot(page: Page, chance: random.Random, x: float, ground: float, fill: Colour, tall: float) -> None:
    page.shadow(x, ground, 110, 16)
    tip = (x + chance.uniform(-24, 24), ground - 200 - tall)
    page.stroke([(x, ground - 190), (x + 8, ground - 190 - tall * 0.5), tip], 12, MOSS)
    for step in range(1 + round(tall / 70)):
        y = ground - 200 - tall * (1 - step * 0.3)
        for side in (-1, 1):
            page.oval(x + side * 42, y, 44, 20, mix(FERN, SPRING, chance.random()), -30 * side)
    page.shape([(x - 96, ground - 190), (x + 96, ground - 190), (x + 72, ground), (x - 72, ground)], fill)
    page.shape([(x + 20, ground - 190), (x + 96, ground - 190), (x + 72, ground), (x + 28, ground)], thin(INK, 24))
    page.box(x - 108, ground - 214, 216, 48, lighter(fill, 0.12), 12)
    page.box(x - 34, ground - 118, 68, 48, CARD, 6)
    page.dot(x, ground - 94, 13, chance.choice(BRIGHT))


def spring_flowers(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(SKY, CARD, 0, 700)
    sun(page, chance.uniform(200, 500), 190)
    page.hills(chance, 640, 40, SPRING)
    for x in (180, 1420):
        plants.birch(page, chance, x, 740, 560, mix(SPRING, SUN, 0.25))
    page.hills(chance, 800, 20, FERN)
    together(page, looks, 930, 390, x=820, gap=290, chance=chance)
    plants.grass(page, chance, 1060, 90, MOSS, 70)
    petals, heart = chance.choice(((CARD, SUN), (SUN, HONEY), (LAKE, CARD), (ROSE, SUN)))
    for row in range(3):
        for _flower in range(9):
            size = 34 + row * 14
            plants.flower(
                page,
                chance.uniform(30, 1570),
                940 + row * 75 + chance.uniform(-20, 20),
                size,
                chance.choice((6, 7)),
                petals,
                heart,
                stem=90,
            )


def snails(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(mix(SKY, STONE, 0.12), WASH)
    page.hills(chance, 800, 26, FERN)
    plants.grass(page, chance, 860, 120, MOSS, 100)
    page.blob(round_about(chance, 800, 1060, 700, 150, 0.05), mix(STONE, SAND, 0.5))
    for number in range(chance.randint(2, 3)):
        animals.snail(page, 330 + number * 460, 990 + chance.uniform(-10, 30), 1.7 + chance.random() * 0.8,
                      chance.choice((HONEY, RUST, ROSE, PLUM, LAKE)), flip=chance.choice((-1, 1)))  # fmt: skip
    for _drop in range(26):
        x, y = chance.uniform(0, 1600), chance.uniform(40, 760)
        page.stroke([(x, y), (x - 8, y + 34)], 5, lighter(LAKE, 0.4), curved=False)


def butterflies(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(SKY, CARD, 0, 760)
    sun(page, 1330, 210)
    page.hills(chance, 720, 50, MEADOW)
    page.hills(chance, 860, 30, FERN)
    together(page, looks, 1030, 390, x=780, gap=290, chance=chance)
    plants.grass(page, chance, 1120, 100, MOSS, 90)
    for _flower in range(16):
        plants.flower(
            page,
            chance.uniform(20, 1580),
            chance.uniform(1000, 1110),
            40,
            8,
            chance.choice((ROSE, CARD, SUN, LINGON)),
            HONEY,
            stem=110,
        )
    for _each in range(5):
        animals.butterfly(page, chance.uniform(120, 1480), chance.uniform(140, 640), chance.uniform(0.8, 1.7),
                          chance.choice((HONEY, LAKE, LINGON, PLUM, RUST)), turn=chance.uniform(-40, 40))  # fmt: skip


def pond(page: Page, chance: random.Random, looks: Looks) -> None:
    page.wash(BLUSH, PAPER)
    page.box(0, 900, WIDTH, 300, WOOD)
    page.box(0, 900, WIDTH, 16, thin(INK, 30))
    page.shadow(800, 1060, 470, 30)
    page.box(370, 260, 860, 810, lighter(SKY, 0.5), 90)
    page.box(390, 420, 820, 630, mix(LAKE, MEADOW, 0.45), 80)
    page.oval(800, 424, 408, 34, lighter(LAKE, 0.45))
    for number in range(6):
        x = 460 + number * 130
        bend = chance.uniform(-60, 60)
        page.stroke([(x, 1030), (x + bend, 880), (x - bend * 0.5, 740 - chance.uniform(0, 120))], 16, MOSS)
    for _each in range(chance.randint(7, 12)):
        animals.tadpole(page, chance.uniform(470, 1090), chance.uniform(500, 980), chance.uniform(0.8, 1.3),
                        turn=chance.uniform(-40, 200))  # fmt: skip
    page.box(440, 300, 34, 640, thin(CARD, 120), 17)
    page.ring(800, 262, 0, 0, CARD)
    page.box(350, 230, 900, 70, thin(CARD, 190), 34)
