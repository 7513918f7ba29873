"""The picture of coverage: a strip of months for every goal, drawn on the server so that it can be printed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from curriculum.spoken import GoalWords
from learninglog.coverage.figures import Counts
from learninglog.coverage.rows import AreaRows

WIDTH, GAP, TALL = 360, 2, 22
# Shades say "some", "more", "often" beside the number itself; they stop early, for more is not better.
STEPS = (1, 3, 6, 10)
FIRST = 3


@dataclass(frozen=True)
class Cell:
    """One goal in one month. `href` leads to the entries, and is empty where there are none."""

    month: date
    count: int
    x: float
    width: float
    href: str

    @property
    def shade(self) -> int:
        return sum(self.count >= step for step in STEPS)

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Strip:
    goal: GoalWords
    cells: list[Cell]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)

    @property
    def href(self) -> str:
        """The way to all entries that show the goal, or nothing."""
        return next((cell.href for cell in self.cells if cell.href), "").partition("?")[0]


@dataclass(frozen=True)
class Part:
    label: str
    framework: str
    strips: list[Strip]


@dataclass(frozen=True)
class Drawing:
    months: list[date]
    parts: list[Part]
    width: int = WIDTH
    tall: int = TALL

    @property
    def strips(self) -> list[Strip]:
        return [strip for part in self.parts for strip in part.strips]

    @property
    def shown(self) -> bool:
        return any(strip.total for strip in self.strips)

    @property
    def often(self) -> list[Strip]:
        """A few goals that were shown most, to begin reading from."""
        return sorted((strip for strip in self.strips if strip.total), key=lambda strip: -strip.total)[:FIRST]

    @property
    def never(self) -> list[Strip]:
        """Goals that nothing of these months shows, in the order of their frameworks."""
        return [strip for strip in self.strips if not strip.total]

    @property
    def years(self) -> list[tuple[float, int]]:
        """Where a year begins in the picture; the first month says its own unless the next year is close."""
        begins = [place for place, month in enumerate(self.months) if month.month == 1]
        if not begins or begins[0] > 2:
            begins.insert(0, 0)
        each = (self.width + GAP) / len(self.months)
        return [(round(place * each, 2), self.months[place].year) for place in begins]


def draw(areas: list[AreaRows], months: list[date], counts: Counts, href: Callable[[GoalWords, date], str]) -> Drawing:
    """Every goal over the months; a cell without entries is drawn empty and leads nowhere."""
    each = (WIDTH + GAP) / len(months)

    def cell(goal: GoalWords, place: int, month: date) -> Cell:
        count = counts.get(goal.pk, {}).get(month, 0)
        x, width = round(place * each, 2), round(each - GAP, 2)
        return Cell(month, count, x, width, href(goal, month) if count else "")

    parts = [
        Part(
            area.label,
            area.framework,
            [Strip(goal, [cell(goal, place, month) for place, month in enumerate(months)]) for goal in area.goals],
        )
        for area in areas
    ]
    return Drawing(months, parts)
