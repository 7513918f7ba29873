"""Worlds in which everybody is about to move on: few people, and everything drawn close to the edges of the window."""

import uuid
from random import Random
from typing import Any

from tests.oracle import transfer_deeds
from tests.oracle.worlds import OTHER_TEACHER, TEACHER, ZONES

Step = tuple[Any, ...]
HERE, THERE = 3, 4
SCHOOL_TEACHER, SCHOOL_HEAD = 3, 2
# Days of a place elsewhere that begins, from now; 330 with a year to read in puts the far edge into last month.
FIRST = (-20, -8, -2, 0, 1, 25, 330)
ALONE = (0, 1, 2)


def plan(random: Random) -> list[Step]:
    """The steps of one world: three children of one group, a fourth of another preschool."""
    first = [random.choice(FIRST) for _ in range(HERE)] + [random.choice((-8, 0, 25))]
    steps: list[Step] = [("organisation", random.choice(ZONES), 0), *_people(random)]
    steps.append(("transfer days", random.choice((30, 366, 366)), random.choice((21, 90))))
    for child, day in enumerate(first):
        group = random.choice((3, 3, 3, 2)) if child < HERE else random.choice((3, 0))
        steps.append(("move", child, group, day, random.choice((None, None, None, None, 40)), random.random() < 0.8))
        steps += _said(random, child)
    for number in range(random.randint(5, 8)):
        steps += _entry(random, number, first)
    for number in range(random.randint(2, 4)):
        steps += _talk(random, number, first)
    for child in range(HERE):
        steps += [("words", child, random.choice((-60, -9, -1, 0)), "home", False)] if random.random() < 0.7 else []
    steps += [("tick words", number, random.random() < 0.2) for number in range(random.randint(1, 3))]
    return steps + _onwards(random)


def _people(random: Random) -> list[Step]:
    steps: list[Step] = [("place", child, 0, -400, None) for child in range(HERE)]
    steps.append(("place", HERE, 2, -400, None))
    steps.append(("duty", TEACHER, 0, "pedagogue", -400, None, ((0, -400, None), (1, -400, None))))
    steps.append(("duty", OTHER_TEACHER, 1, "pedagogue", -400, None, ((2, -400, None),)))
    steps.append(("duty", SCHOOL_TEACHER, 2, "pedagogue", -400, None, ((3, -400, random.choice((None, None, 2))),)))
    steps.append(("duty", SCHOOL_HEAD, 2, "head", -400, None, ()))
    steps.append(("duty", 1, 0, "head", -400, None, ()))
    for child in range(THERE):
        steps.append(("guardian", 4 + child, child, "legal", -400, None, -400, None, True))
        if random.random() < 0.4:
            end, active = random.choice((None, None, -3, 2)), random.choice((-400, -400, None, -5))
            inactive = random.choice((None, None, -2, 1)) if active is not None else None
            steps.append(("guardian", 8, child, "legal", -400, end, active, inactive, True))
    # Somebody at the school is family of one of them: never its receiver.
    if random.random() < 0.2:
        steps.append(("guardian", SCHOOL_TEACHER, random.randrange(HERE), "carer", -400, -300, None, None, True))
    return steps


def _said(random: Random, child: int) -> list[Step]:
    steps: list[Step] = []
    for question in transfer_deeds.QUESTIONS:
        steps += [("answer", child, number, question, "yes", -300) for number in (0, 1) if random.random() < 0.92]
        if random.random() < 0.1:
            steps.append(("answer", child, random.randrange(2), question, random.choice(("no", "withdrawn")), -1))
    return steps


def _near(random: Random, first: int) -> int:
    """A day at one of the edges, or well inside; never one that is still to come."""
    return min(-1, random.choice((first - 366, first - 365, first - 364, first - 2, first - 1, first, -30, -3)))


def _when(random: Random, first: int) -> int:
    """When it was shared or sealed: long before, just before, on the day, after; never in days to come."""
    return max(-300, min(0, random.choice((first - 5, first - 1, first, first + 3, -40))))


def _entry(random: Random, number: int, first: list[int]) -> list[Step]:
    about = tuple(random.sample(range(HERE), random.choice((1, 1, 1, 2))))
    group, writer = 0, TEACHER
    if random.random() < 0.15:
        about, group, writer = (HERE,), 2, OTHER_TEACHER
    day, shared = _near(random, first[about[0]]), _when(random, first[about[0]])
    steps: list[Step] = [("write", number, writer, -300, group, about, ("",) * len(about), ())]
    for _ in range(random.choice((0, 1, 2))):
        steps.append(("picture", number, random.choice(("nobody", "marked", "marked", "unmarked")), about[:1]))
    if len(about) > 1:
        steps.append(("picture", number, "marked", about))
    steps += [("film", number, "marked", about[:1])] if random.random() < 0.4 else []
    steps += [("happened", number, day), ("share", number, shared)]
    fate = random.random()
    if fate < 0.3:
        again = max(shared, _when(random, first[about[0]]))
        steps += [("edit", number, shared, 1), ("happened", number, day), ("share", number, again)]
    elif fate < 0.4:
        steps += [("withdraw", number, 0)]
    return steps


def _talk(random: Random, number: int, first: list[int]) -> list[Step]:
    child = random.randrange(THERE)
    day, sealed = max(-300, _near(random, first[child])), _when(random, first[child])
    steps: list[Step] = [("conference", number, TEACHER if child < HERE else OTHER_TEACHER, child, -300)]
    for name in ("joy", "notes", "watch"):
        steps.append(("value", number, name, -300, uuid.UUID(int=random.getrandbits(128)).hex))
    steps += [
        ("value at home", number, "at home", -300, 0, "ourwords"),
        ("hand in", number, -300, 0),
        ("show", number, -300),
    ]
    if random.random() < 0.9:
        steps.append(("note talk", number, day, TEACHER, False))
    if random.random() < 0.2:
        steps.append(("note talk", number, max(-300, _near(random, first[child])), TEACHER, True))
    steps += [("agree", number, -300, TEACHER, False), ("pick all", number, min(sealed, -1), TEACHER)]
    steps += [("seal", number, sealed)] if random.random() < 0.85 else []
    return steps + ([("add to it", number, _when(random, first[child]))] if random.random() < 0.4 else [])


def _onwards(random: Random) -> list[Step]:
    """What is kept back, and how the moves are followed, postponed and called off."""
    steps: list[Step] = [("follow", random.choice((-60, -9, -1)))]
    for _ in range(random.randint(0, 3)):
        what = random.choice(("entry", "entry", "picture", "conference"))
        steps.append(("keep back", random.randrange(HERE), what, random.randrange(7), random.random() < 0.3))
    if random.random() < 0.3:
        steps.append(("start moves", random.randrange(HERE), random.choice((-30, -3, 2, 5, 320))))
    if random.random() < 0.15:
        steps.append(("place is gone", random.randrange(HERE), 0))
    if random.random() < 0.25:
        steps.append(("leaves preschool", random.randrange(HERE), random.choice((-30, -5, -1))))
    if random.random() < 0.15:
        steps.append(("decide", random.choice(transfer_deeds.QUESTIONS), "consent", True, -200))
    if random.random() < 0.15:
        steps.append(("decide", random.choice(transfer_deeds.QUESTIONS[2:]), "objection", False, -200))
    if random.random() < 0.1:
        steps.append(("block", random.randrange(THERE)))
    steps.append(("school elsewhere", random.randrange(HERE), random.choice((-5, 0, 30, 330))))
    return [*steps, ("follow", 0)] if random.random() < 0.85 else steps
