"""Children as a picture book draws them. A child looks the same on every picture."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from portal.demo.painting.colours import (
    BARK,
    BRIGHT,
    CARD,
    EARTH,
    HONEY,
    INK,
    LINGON,
    ROSE,
    RUST,
    Colour,
    darker,
    lighter,
    paint,
    thin,
)
from portal.demo.painting.page import Page, placed

FLAX = paint("#e6cf94")
# Skin with the hair that may go with it.
PAIRS = tuple(
    (paint(skin), hair)
    for skin, hair in (
        ("#f6d9c3", FLAX), ("#f6d9c3", HONEY), ("#f6d9c3", RUST), ("#f3d0b0", FLAX), ("#f0c8a6", EARTH),
        ("#f0c8a6", HONEY), ("#f0c8a6", BARK), ("#f3d0b0", EARTH), ("#e8bd95", BARK), ("#e2b283", INK),
        ("#dba87d", INK), ("#b97f55", INK), ("#8a5a3c", INK), ("#a06c47", EARTH),
    )
)  # fmt: skip
STYLES = ("short", "bob", "curls", "braids", "bun")
HATS = ("bobble", "plain", "ears", "hood")


@dataclass(frozen=True)
class Look:
    skin: Colour
    hair: Colour
    style: str
    coat: Colour
    second: Colour
    hat: str


def look_of(number: int) -> Look:
    """How the child with this number looks."""
    chance = random.Random(f"look {number}")
    coat, second = chance.sample(BRIGHT, 2)
    skin, hair = chance.choice(PAIRS)
    return Look(skin, hair, chance.choice(STYLES), coat, second, chance.choice(HATS))


def child(
    page: Page, x: float, ground: float, tall: float, look: Look, *, out: bool = True, wave: bool = False
) -> None:
    """A child standing at (x, ground), `tall` units high; outdoors in overalls and a hat."""
    u = tall / 100
    page.shadow(x, ground, 24 * u, 5 * u)
    _legs(page, x, ground, u, look, out)
    _arms(page, x, ground, u, look, out=out, wave=wave)
    body = [(-11, -62), (11, -62), (16, -40), (18, -24), (0, -21), (-18, -24), (-16, -40)]
    page.blob(placed(body, x, ground, u), look.coat)
    if out:
        page.stroke([(x, ground - 60 * u), (x, ground - 26 * u)], 1.6 * u, darker(look.coat))
        page.box(x - 11 * u, ground - 43 * u, 7 * u, 1.8 * u, darker(look.coat), u)
        page.box(x + 4 * u, ground - 43 * u, 7 * u, 1.8 * u, darker(look.coat), u)
    else:
        for row in (-52, -44, -36):
            page.stroke([(x - 13 * u, ground + row * u), (x + 13 * u, ground + row * u)], 2.6 * u, look.second)
    _head(page, x, ground - 78 * u, u, look, out)


def _legs(page: Page, x: float, ground: float, u: float, look: Look, out: bool) -> None:
    cloth = look.coat if out else darker(look.second, 0.25)
    for side in (-1, 1):
        page.stroke(
            [(x + side * 8 * u, ground - 28 * u), (x + side * 9 * u, ground - 6 * u)], 12 * u, cloth, curved=False
        )
        foot = look.second if out else darker(look.second, 0.4)
        page.blob(
            placed([(-7, -9), (5, -9), (9, -3), (9, 1), (-7, 1)], x + side * 10 * u, ground, u), darker(foot, 0.3)
        )


def _arms(page: Page, x: float, ground: float, u: float, look: Look, *, out: bool, wave: bool) -> None:
    for side in (-1, 1):
        hand = (x + side * 27 * u, ground - (74 if wave and side > 0 else 36) * u)
        elbow = (x + side * 21 * u, ground - 50 * u)
        page.stroke([(x + side * 11 * u, ground - 58 * u), elbow, hand], 9 * u, darker(look.coat, 0.08))
        page.dot(*hand, 5.4 * u, look.second if out else look.skin)


def _head(page: Page, x: float, y: float, u: float, look: Look, out: bool) -> None:
    if look.style in {"bob", "curls"}:
        page.oval(x, y + 3 * u, 21 * u, 19 * u, look.hair)
    if look.style == "curls":
        for dx, dy in ((-19, -4), (-21, 6), (-16, 15), (19, -4), (21, 6), (16, 15)):
            page.dot(x + dx * u, y + dy * u, 7 * u, look.hair)
    if look.style == "braids":
        for side in (-1, 1):
            braid = placed([(side * 16, 2), (side * 22, 14), (side * 20, 25)], x, y, u)
            page.stroke(braid, 6 * u, look.hair)
            page.dot(x + side * 20 * u, y + 25 * u, 3.4 * u, LINGON)
    page.oval(x, y, 18.5 * u, 18 * u, look.skin)
    _face(page, x, y, u, look)
    if out:
        _hat(page, x, y, u, look)
    else:
        _hair(page, x, y, u, look)


def _face(page: Page, x: float, y: float, u: float, look: Look) -> None:
    for side in (-1, 1):
        page.oval(x + side * 7 * u, y + 1.5 * u, 1.9 * u, 2.5 * u, INK)
        page.dot(x + side * 7.6 * u, y + 0.6 * u, 0.7 * u, CARD)
        page.dot(x + side * 11.5 * u, y + 7 * u, 3.6 * u, thin(ROSE, 105))
    page.oval(x, y + 5 * u, 1.6 * u, 1.2 * u, darker(look.skin, 0.2))
    page.arc(x, y + 7 * u, 5 * u, 3.8 * u, 20, 160, 1.3 * u, darker(LINGON, 0.25))


def _hair(page: Page, x: float, y: float, u: float, look: Look) -> None:
    fringe = [(-19, 2), (-18, -12), (-8, -20), (4, -21), (15, -15), (19, 1), (13, -5), (5, -9), (-4, -6), (-12, -4)]
    page.blob(placed(fringe, x, y, u), look.hair)
    if look.style == "bun":
        page.dot(x + 2 * u, y - 22 * u, 8 * u, look.hair)
    if look.style == "curls":
        for dx in (-12, -4, 5, 13):
            page.dot(x + dx * u, y - 15 * u, 7 * u, look.hair)


def _hat(page: Page, x: float, y: float, u: float, look: Look) -> None:
    wool = look.second
    if look.hat == "hood":
        page.blob(placed([(-21, 6), (-21, -9), (-12, -21), (0, -25), (12, -21), (21, -9), (21, 6), (16, -6), (8, -12),
                          (0, -13), (-8, -12), (-16, -6)], x, y, u), darker(look.coat, 0.06))  # fmt: skip
        return
    if look.hat == "ears":
        for side in (-1, 1):
            page.dot(x + side * 14 * u, y - 19 * u, 6.5 * u, wool)
            page.dot(x + side * 14 * u, y - 19 * u, 3 * u, lighter(wool, 0.5))
    crown = [(-19, -4), (-18, -15), (-10, -23), (0, -26), (10, -23), (18, -15), (19, -4), (0, -7)]
    page.blob(placed(crown, x, y, u), wool)
    page.blob(placed([(-20, -3), (-19, -9), (0, -12), (19, -9), (20, -3), (0, -6)], x, y, u), lighter(wool, 0.35))
    if look.hat == "bobble":
        page.dot(x, y - 28 * u, 6.5 * u, lighter(wool, 0.6))


def together(page: Page, looks: Sequence[Look], ground: float, tall: float, *, x: float = 800, gap: float = 300,
             out: bool = True, chance: random.Random) -> None:  # fmt: skip
    """Children side by side around x, the middle of the group."""
    first = x - gap * (len(looks) - 1) / 2
    for number, look in enumerate(looks):
        sway = chance.uniform(-0.12, 0.12) * gap
        high = tall * chance.uniform(0.92, 1.06)
        child(page, first + number * gap + sway, ground + chance.uniform(-12, 12), high, look, out=out,
              wave=chance.random() < 0.4)  # fmt: skip
