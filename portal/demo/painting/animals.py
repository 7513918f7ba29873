"""What creeps, flies and swims."""

import math
import random

from portal.demo.painting.colours import (
    BARK,
    CARD,
    EARTH,
    HONEY,
    INK,
    LINGON,
    PEACH,
    RUST,
    STONE,
    SUN,
    Colour,
    darker,
    lighter,
    thin,
)
from portal.demo.painting.page import Page, placed


def ladybird(page: Page, x: float, y: float, size: float, *, turn: float = 0, dots: int = 7) -> None:
    """Seen from above, 100 units long at size 1."""
    for row in (-16, 8, 30):
        for side in (-1, 1):
            page.stroke(
                placed([(side * 30, row), (side * 58, row - 8), (side * 66, row + 8)], x, y, size, turn), 6 * size, INK
            )
    page.oval(*placed([(5, 9)], x, y, size, turn)[0], 50 * size, 56 * size, thin(INK, 34), turn)
    page.oval(*placed([(0, -44)], x, y, size, turn)[0], 27 * size, 21 * size, INK, turn)
    for side in (-1, 1):
        page.stroke(placed([(side * 10, -58), (side * 20, -78)], x, y, size, turn), 4 * size, INK, curved=False)
        page.dot(*placed([(side * 15, -48)], x, y, size, turn)[0], 5 * size, CARD)
    page.oval(x, y, 48 * size, 54 * size, LINGON, turn)
    page.oval(*placed([(-16, -20)], x, y, size, turn)[0], 15 * size, 20 * size, thin(CARD, 46), turn)
    page.stroke(placed([(0, -50), (0, 52)], x, y, size, turn), 4 * size, darker(LINGON, 0.6), curved=False)
    spots = [(0, -34), (-24, -14), (24, -14), (-28, 16), (28, 16), (-16, 38), (16, 38), (-10, 4), (10, 4)]
    for dx, dy in spots[:dots]:
        page.dot(*placed([(dx, dy)], x, y, size, turn)[0], 8.5 * size, INK)


def beetle(page: Page, x: float, y: float, size: float, fill: Colour, *, turn: float = 0) -> None:
    for row in (-22, 4, 30):
        for side in (-1, 1):
            page.stroke(
                placed([(side * 24, row), (side * 52, row - 14), (side * 64, row + 10)], x, y, size, turn),
                6 * size,
                darker(fill, 0.5),
            )
    page.oval(x, y, 36 * size, 56 * size, fill, turn)
    page.oval(*placed([(0, -58)], x, y, size, turn)[0], 24 * size, 20 * size, darker(fill, 0.4), turn)
    page.oval(*placed([(-13, -8)], x, y, size, turn)[0], 7 * size, 30 * size, thin(lighter(fill, 0.8), 120), turn)
    page.stroke(placed([(0, -46), (0, 54)], x, y, size, turn), 4 * size, darker(fill, 0.5), curved=False)


def ant(page: Page, x: float, y: float, size: float, *, turn: float = 0) -> None:
    for side in (-1, 1):
        for lean in (-16, 0, 16):
            page.stroke(
                placed([(0, lean * 0.5), (side * 20, lean), (side * 28, lean * 1.7 + 4)], x, y, size, turn),
                3 * size,
                INK,
            )
    for dy, rx, ry in ((22, 11, 16), (0, 7, 9), (-18, 9, 10)):
        page.oval(*placed([(0, dy)], x, y, size, turn)[0], rx * size, ry * size, darker(EARTH, 0.4), turn)


def snail(page: Page, x: float, ground: float, size: float, shell: Colour, *, flip: int = 1) -> None:
    body = [(-90, 0), (-60, -20), (20, -26), (70, -40), (98, -80), (118, -84), (122, -60), (104, -20), (80, 0)]
    page.shadow(x, ground, 100 * size, 9 * size)
    page.blob([(x + flip * dx * size, ground + dy * size) for dx, dy in body], PEACH)
    for dx in (106, 120):
        page.stroke(
            [(x + flip * dx * size, ground - 78 * size), (x + flip * (dx + 10) * size, ground - 118 * size)],
            5 * size,
            PEACH,
        )
        page.dot(x + flip * (dx + 10) * size, ground - 120 * size, 6 * size, INK)
    cx, cy = x - flip * 8 * size, ground - 68 * size
    page.dot(cx, cy, 64 * size, shell)
    page.dot(cx + 6 * size, cy + 8 * size, 54 * size, thin(darker(shell, 0.6), 36))
    spiral = []
    for number in range(44):
        angle, far = number * 0.36, 54 - number * 1.2
        spiral.append((cx + flip * math.cos(angle) * far * size, cy + math.sin(angle) * far * size))
    page.stroke(spiral, 8 * size, darker(shell, 0.35))


def bird(page: Page, x: float, y: float, size: float, back: Colour, breast: Colour, *, cap: Colour | None = None,
         flip: int = 1) -> None:  # fmt: skip
    """A small round bird from the side, 200 units long at size 1."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + flip * dx * size, y + dy * size) for dx, dy in points]

    for dx in (-8, 16):
        page.stroke(at((dx, 52), (dx + 3, 82)), 6 * size, EARTH, curved=False)
    page.blob(at((-70, 8), (-128, 40), (-138, 26), (-88, -12)), darker(back, 0.25))
    page.blob(at((-84, 4), (-50, -44), (10, -66), (58, -48), (72, -4), (48, 44), (0, 60), (-50, 44)), back)
    page.blob(at((-30, 46), (10, 8), (66, -2), (60, 30), (36, 54), (0, 62)), breast)
    page.blob(at((-84, 6), (-30, -26), (20, -14), (-8, 24), (-60, 30)), darker(back, 0.2))
    page.dot(*at((62, -50))[0], 42 * size, back)
    page.blob(at((40, -38), (70, -52), (100, -44), (90, -18), (60, -14)), lighter(breast, 0.55))
    if cap is not None:
        page.blob(at((22, -60), (40, -88), (66, -96), (94, -78), (102, -56), (70, -62)), cap)
    page.shape(at((100, -54), (130, -44), (100, -36)), HONEY)
    page.dot(*at((78, -52))[0], 7 * size, INK)
    page.dot(*at((80, -54))[0], 2.4 * size, CARD)


def butterfly(page: Page, x: float, y: float, size: float, fill: Colour, *, turn: float = 0) -> None:
    for side in (-1, 1):
        page.blob(
            placed([(0, -8), (side * 30, -60), (side * 78, -66), (side * 84, -20), (side * 30, 6)], x, y, size, turn),
            fill,
        )
        page.blob(
            placed([(0, 2), (side * 42, 6), (side * 62, 40), (side * 34, 64), (side * 6, 30)], x, y, size, turn),
            darker(fill),
        )
        page.dot(*placed([(side * 56, -40)], x, y, size, turn)[0], 11 * size, lighter(fill, 0.7))
        page.dot(*placed([(side * 38, 38)], x, y, size, turn)[0], 7 * size, lighter(fill, 0.7))
        page.stroke(placed([(0, -30), (side * 10, -56), (side * 20, -66)], x, y, size, turn), 3 * size, INK)
    page.oval(x, y, 6 * size, 36 * size, INK, turn)


def worm(page: Page, chance: random.Random, x: float, y: float, size: float) -> None:
    path = [(x + step * 34 * size, y + chance.uniform(-22, 22) * size) for step in range(6)]
    page.stroke([(px + 3, py + 6) for px, py in path], 20 * size, darker(BARK, 0.3))
    page.stroke(path, 19 * size, lighter(RUST, 0.35))
    page.stroke(path[2:4], 21 * size, lighter(RUST, 0.15))


def fish(page: Page, x: float, y: float, size: float, fill: Colour, *, flip: int = 1) -> None:
    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + flip * dx * size, y + dy * size) for dx, dy in points]

    page.blob(at((-50, 0), (-92, -34), (-84, 0), (-92, 34)), darker(fill))
    page.blob(at((-64, 0), (-20, -34), (40, -30), (72, 0), (40, 30), (-20, 34)), fill)
    page.blob(at((-10, -32), (14, -54), (30, -30)), darker(fill))
    page.dot(*at((46, -8))[0], 8 * size, CARD)
    page.dot(*at((48, -8))[0], 4 * size, INK)


def tadpole(page: Page, x: float, y: float, size: float, *, turn: float = 0) -> None:
    page.stroke(placed([(0, 0), (34, 8), (62, -6), (92, 8)], x, y, size, turn), 8 * size, darker(STONE, 0.5))
    page.oval(x, y, 22 * size, 17 * size, darker(STONE, 0.6), turn)
    page.dot(*placed([(-10, -6)], x, y, size, turn)[0], 3.6 * size, SUN)
