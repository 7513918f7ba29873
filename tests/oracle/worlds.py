"""Random worlds: who was where, when, and what they wrote, drawn from few days so that dates touch and overlap.

A plan is a list of plain steps, so that a failing world can be made smaller by leaving steps out. `build` carries a
plan out through the models and the services; a step that the services or the database refuse leaves no trace.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from tests.oracle import at_answers, at_conferences, at_covers, at_films, at_plans, deeds, transfer_deeds

Step = tuple[Any, ...]

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 17)
# Days and hours from now; None is open. Few of them, so that ends and beginnings fall together.
STARTS = (-400, -400, -400, -400, -60, -10, -1, 0, 1)
ENDS = (None, None, None, None, -10, -3, -1, 0, 1, 30)
WRITTEN = (-300, -40, -9, -2, 0)
ZONES = ("Europe/Stockholm", "Europe/Oslo", "Atlantic/Azores", "Asia/Tokyo")
CHILDREN, PEOPLE, UNITS, GROUPS = 5, 9, 3, 4
NAMES = ("Albina", "Bertil", "Cornelia", "Dagny", "Egil")
ROLES = ("pedagogue", "pedagogue", "childcare_worker", "head", "special_educator")
TEACHER, WORKER, OTHER_TEACHER = 0, 1, 2


def plan(random: Random) -> list[Step]:
    """The steps of one world."""
    steps: list[Step] = [("organisation", random.choice(ZONES), random.choice((0, 0, 0, 2, 10)))]
    homes = [random.choice((0, 0, 0, 1, 2)) for _ in range(CHILDREN)]
    steps += _places(random, homes) + _staff(random) + _families(random) + at_answers.steps(random, CHILDREN)
    steps += _written(random, homes) + _later(random)
    # Drawn last: what was drawn before stays as it was.
    steps += at_plans.steps(random, GROUPS)
    steps += at_conferences.steps(random, CHILDREN, PEOPLE)
    steps += transfer_deeds.steps(random, CHILDREN, PEOPLE)
    if random.random() < 0.3:
        steps.append(("reading ends", random.randrange(CHILDREN), random.choice((-30, -1, 0, 1, 40))))
    for _ in range(random.choice((0, 0, 1, 2))):
        # Of a child who has left, mostly, with a keeper who can see to it.
        child, first = random.randrange(CHILDREN), random.choice((-300, -40, -9))
        steps.append(("leaves preschool", child, random.choice((-5, 0, 1))))
        steps.append(("officer", random.randrange(PEOPLE), "records_keeper", -100, None))
        last = random.choice((first, 0))
        steps.append(("ask to correct", child, first, last, random.choice((-31, -30, -2)), random.random() < 0.2))
    return steps


def _span(random: Random) -> tuple[int, int | None]:
    start, end = random.choice(STARTS), random.choice(ENDS)
    return (start, end) if end is None or end > start else (start, None)


def _places(random: Random, homes: list[int]) -> list[Step]:
    """Every child has been in one group all along; about half have been somewhere else too."""
    steps: list[Step] = []
    for child, group in enumerate(homes):
        steps.append(("place", child, group, -400, None))
        if random.random() < 0.5:
            steps.append(("place", child, random.randrange(GROUPS), *_span(random)))
        if random.random() < 0.2:
            steps.append(("member", child, random.randrange(GROUPS), *_span(random)))
    return steps


def _staff(random: Random) -> list[Step]:
    """Somebody always works in each group, so that there is something to ask about."""
    steps: list[Step] = [("duty", TEACHER, 0, "pedagogue", -400, None, ((0, -400, None), (1, -400, None)))]
    steps.append(("duty", WORKER, 0, "childcare_worker", -400, None, ((0, -400, None),)))
    steps.append(("duty", OTHER_TEACHER, 1, "pedagogue", -400, None, ((2, -400, None),)))
    for _ in range(random.randint(3, 6)):
        person, unit, role = random.randrange(PEOPLE), random.randrange(UNITS), random.choice(ROLES)
        groups = {0: (0, 1), 1: (2,), 2: (3,)}[unit]
        assigned = tuple((random.choice(groups), *_span(random)) for _ in range(random.randint(0, 2)))
        steps.append(("duty", person, unit, role, *_span(random), assigned))
    for _ in range(random.randint(0, 2)):
        steps.append(("leave", random.randrange(6), random.choice((-10, -1, 0, 1)), random.choice((None, 0, 1, 5))))
    for _ in range(random.randint(0, 3)):
        steps.append(("named", random.randrange(8), random.randrange(CHILDREN), *_span(random)))
    for _ in range(random.randint(0, 2)):
        person = random.randrange(PEOPLE)
        # By who it is, so that the worlds stay what they were before there were keepers.
        steps.append(("officer", person, ("owners_officer", "records_keeper")[person % 2], *_span(random)))
    for _ in range(random.randint(0, 2)):
        hours = random.choice(((-2, 3), (-5, 0), (0, 5), (-72, 48), (1, 4), (-24 * 300, 10)))
        steps.append(("pass", random.randrange(PEOPLE), random.randrange(GROUPS), *hours))
    return steps


def _families(random: Random) -> list[Step]:
    steps: list[Step] = []
    for child in range(CHILDREN):
        if random.random() < 0.85:
            parent = random.randrange(4, PEOPLE)
            steps.append(("guardian", parent, child, "legal", -400, None, -400, None, True))
    for _ in range(random.randint(2, 6)):
        person, child = random.choice((random.randrange(PEOPLE), *range(5, PEOPLE))), random.randrange(CHILDREN)
        kind = random.choice(("legal", "legal", "parent", "carer"))
        start, end = random.choice((-400, -400, -400, -5, 0)), random.choice((None, None, None, -3, 0, 4))
        active = random.choice((start, start, start, start, None, 0))
        inactive = random.choice((None, None, None, None, -2, 0, 3)) if active is not None else None
        steps.append(("guardian", person, child, kind, start, end, active, inactive, random.random() < 0.8))
    if random.random() < 0.5:
        steps.append(("join", random.randrange(CHILDREN), random.choice((-200, -5, 0))))
    if random.random() < 0.3:
        steps.append(("separate", random.randrange(CHILDREN), random.choice((-4, 0))))
    for _ in range(random.randint(0, 2)):
        steps.append(("record", random.randrange(CHILDREN), random.random() < 0.2))
    for _ in range(random.randint(0, 2)):
        steps.append(("open group", random.randrange(3), random.choice((-350, -8, 0)), random.choice((None, 0, -1, 2))))
    return steps


def _some(random: Random, most: int) -> tuple[int, ...]:
    return tuple(random.sample(range(CHILDREN), random.choice((1, 1, 2, 2, most))))


def _about(random: Random, homes: list[int], group: int) -> tuple[int, ...]:
    """Children of the group, now and then one of another; or nobody yet."""
    here = [child for child, home in enumerate(homes) if home == group]
    size = random.choice((0, 1, 1, 2, 2, 3, 4))
    chosen = random.sample(here, min(size, len(here)))
    if random.random() < 0.1:
        chosen.append(random.choice([child for child in range(CHILDREN) if child not in chosen]))
    return tuple(chosen)


def _written(random: Random, homes: list[int]) -> list[Step]:
    steps: list[Step] = []
    for number in range(random.randint(4, 7)):
        at, group = random.choice(WRITTEN), random.choice(homes)
        children = _about(random, homes, group)
        asked = tuple(random.choice(("", "", "yes", "no")) for _ in children)
        writer = random.choice((TEACHER, WORKER, OTHER_TEACHER, random.randrange(PEOPLE)))
        steps.append(("write", number, writer, at, group, children, asked, _some(random, 3)))
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            steps.append(("picture", number, *_mark(random, children)))
        steps += at_covers.steps(random, number, lambda about=children: _mark(random, about))
        steps += at_films.steps(random, number, lambda about=children: _mark(random, about))
        steps += _fate(random, number, at, children)
    for _ in range(random.randint(0, 3)):
        readers = random.choice(("home", "home", "home", "preschool"))
        steps.append(("words", random.randrange(CHILDREN), random.choice((-6, 0)), readers, random.random() < 0.3))
    for _ in range(random.randint(0, 2)):
        steps.append(("tray", random.randrange(3), random.random() < 0.3, _some(random, 2)))
    return steps


def _mark(random: Random, children: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    marked = random.choice(("unmarked", "nobody", "marked", "marked", "marked"))
    return marked, _some(random, 2) if random.random() < 0.3 else children[:1]


def _fate(random: Random, number: int, at: int, children: tuple[int, ...]) -> list[Step]:
    steps: list[Step] = []
    if random.random() < 0.85:
        steps.append(("share", number, at))
        steps += [("thread", number, child, random.random() < 0.5) for child in children if random.random() < 0.6]
    for _ in range(random.choice((0, 0, 1, 2))):
        steps.append(("mark again", number, 0, random.randrange(3), *_mark(random, children)))
    steps += at_films.again(random, number, lambda: _mark(random, children))
    if random.random() < 0.3:
        steps += at_covers.steps(random, number, lambda: _mark(random, children))
    fate = random.choice(("", "", "withdraw", "edit", "take off", "leave out", "picture gone", "discard"))
    if fate in {"edit", "take off", "leave out"}:
        steps.append((fate, number, random.choice((at, 0)), random.randrange(4)))
        steps += [("share", number, 0)] if random.random() < 0.6 else []
    elif fate:
        steps.append((fate, number, 0))
        steps += [("share", number, 0)] if random.random() < 0.3 else []
    return steps


def _later(random: Random) -> list[Step]:
    """What changed afterwards, up to today."""
    steps: list[Step] = []
    for _ in range(random.randint(0, 4)):
        what = random.choice(("membership", "placement", "assignment", "duty"))
        steps.append(("end", what, random.randrange(12), random.choice((-12, -9, -2, -1, 0, 1))))
    for _ in range(random.randint(0, 2)):
        steps.append(("inactivate", random.randrange(10), random.choice((-1, 0, 2))))
    if random.random() < 0.3:
        steps.append(("block", random.randrange(CHILDREN)))
    if random.random() < 0.3:
        person, child = random.randrange(3), random.randrange(CHILDREN)
        steps.append(("become guardian", person, child, random.random() < 0.5))
        if random.random() < 0.6:
            steps.append(("lift", person, child, *random.choice(((-2, 5), (-9, 0), (0, 4), (-30, 30)))))
    return steps


@dataclass
class World:
    """What a plan became; entries by the number in the plan."""

    organisation: Any = None
    units: list[Any] = field(default_factory=list)
    groups: list[Any] = field(default_factory=list)
    children: list[Any] = field(default_factory=list)
    people: list[Any] = field(default_factory=list)
    duties: list[Any] = field(default_factory=list)
    entries: dict[int, Any] = field(default_factory=dict)
    conferences: dict[int, Any] = field(default_factory=dict)
    refused: int = 0
    done: int = 0

    def day(self, offset: int | None) -> date | None:
        return None if offset is None else TODAY + timedelta(days=offset)

    def moment(self, offset: int | None, hours: int = 0) -> datetime | None:
        return None if offset is None else NOW + timedelta(days=offset, hours=hours)


def build(steps: list[Step]) -> World:
    """Carry the steps out; those that are refused are counted and leave nothing behind."""
    world = World()
    for step in steps:
        if deeds.do(world, step):
            world.done += 1
        else:
            world.refused += 1
    return world


def moments(random: Random, zone: str) -> list[datetime]:
    """When to ask: now, and just before and after a day or an hour begins somewhere near."""
    from zoneinfo import ZoneInfo

    midnight = datetime.combine(TODAY + timedelta(days=random.choice((-3, 0, 1, 2))), datetime.min.time())
    edge = midnight.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    hour = NOW + timedelta(hours=random.choice((-5, 0, 3, 4, 5, 24, 72)))
    tick = timedelta(microseconds=1)
    return [NOW, edge, edge - tick, hour, hour - tick, NOW + timedelta(days=random.choice((1, 5, 11)))]
