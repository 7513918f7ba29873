"""Decides what is written when, by whom and about whom, before anything is saved."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from portal.demo import painter
from portal.demo.families import QUIET
from portal.demo.lindby import World
from portal.demo.painter import Shot
from portal.demo.staff import CLUB, SUMMER
from portal.demo.stories import Story, stories

FULL = {
    "Granen": 96, "Tallen": 80, "Klövern": 72, "Blåklinten": 68, "Snäckan": 64, "Måsen": 56, CLUB: 18, SUMMER: 16,
}  # fmt: skip
SMALL = {"Granen": 12, "Blåklinten": 3, CLUB: 2, SUMMER: 2}
PICTURES_OF_AN_ENTRY, HOW_OFTEN = (0, 1, 2, 3), (18, 44, 27, 11)
TWELVE_MEGAPIXELS = 24
QUIET_FOR = timedelta(days=36)
OWN = {"Ines Ek": ("Elsa", "William")}


@dataclass
class Planned:
    """One entry to come. `children` are those it is about, those whom its text names first."""

    day: date
    hour: int
    group: str
    author: str
    story: Story
    children: list[str]
    whole: bool
    shots: list[Shot] = field(default_factory=list)


def plan(world: World, *, small: bool) -> list[Planned]:
    """All entries of the eighteen months, oldest first."""
    planned: list[Planned] = []
    for group, count in (SMALL if small else FULL).items():
        planned += _of_group(world, group, count)
    planned.sort(key=lambda entry: (entry.day, entry.hour, entry.group))
    _photograph(world, planned, small=small)
    return planned


def _of_group(world: World, group: str, count: int) -> list[Planned]:
    chance, told, turns = world.chance, Counter[str](), Counter[str]()
    planned = []
    for day in _days(world, group, count):
        members, workers = world.members(group, day), world.workers(group, day)
        if len(members) < 2 or not workers:
            continue
        story = _story(chance, group, day, told, len(members))
        author = chance.choice(workers)
        told[story.key] += 1
        children = _children(world, story, members, author, day, turns)
        turns.update(children)
        planned.append(Planned(day, chance.randint(9, 14), group, author, story, children, story.size == "group"))
    return planned


def _days(world: World, group: str, count: int) -> list[date]:
    """Working days, evenly spread with a little chance; the departments rest while the summer group runs."""
    dates = world.dates
    begins, ends = dates.summer
    first, last = (begins, ends - timedelta(days=1)) if group == SUMMER else (dates.opened, dates.today)
    if group == CLUB:
        first = dates.term + timedelta(days=16)
    every = [first + timedelta(days=number) for number in range((min(last, dates.today) - first).days + 1)]
    open_days = [day for day in every if day.weekday() < 5 and (group == SUMMER or not _closed(day))]
    if dates.now < dates.clock(dates.today, 10):
        open_days = [day for day in open_days if day < dates.today]
    step = len(open_days) / count if count else 0
    places = {min(int((number + world.chance.random()) * step), len(open_days) - 1) for number in range(count)}
    return [open_days[place] for place in sorted(places)] if open_days else []


def _closed(day: date) -> bool:
    return day.month == 7 or (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 6)


def _story(chance: random.Random, group: str, day: date, told: Counter[str], members: int) -> Story:
    """One that fits the month and the kind of group, and that the group has heard least of."""
    kind = {CLUB: "club", SUMMER: "summer"}.get(group, "")
    fitting = [
        story for story in stories() if day.month in story.months and story.only == kind and story.told_of <= members
    ]
    fewest = min(told[story.key] for story in fitting)
    return chance.choice([story for story in fitting if told[story.key] == fewest])


def _children(world: World, story: Story, members: list[str], author: str, day: date, turns: Counter[str]) -> list[str]:
    """Whoever has been written about least comes first, a few of them left quiet, and nobody's own child alone."""
    chance = world.chance
    if story.size == "group":
        return sorted(members, key=lambda name: (turns[name], chance.random()))
    lately = day > world.dates.today - QUIET_FOR
    seen = [name for name in members if not (lately and name in QUIET) and name not in OWN.get(author, ())]
    wanted = max(story.told_of, 1 if story.size == "one" else chance.choice((2, 2, 3, 3, 4, 5)))
    return sorted(seen, key=lambda name: (turns[name], chance.random()))[:wanted]


def _photograph(world: World, planned: list[Planned], *, small: bool) -> None:
    chance = world.chance
    for entry in planned:
        wanted = chance.choices(PICTURES_OF_AN_ENTRY, HOW_OFTEN)[0]
        scenes = list(entry.story.scenes)
        chance.shuffle(scenes)
        taken_at = world.dates.at(entry.day, entry.hour - 1, chance.randint(0, 50))
        for scene in scenes[:wanted]:
            entry.shots.append(shot_of(world, scene, _faces(chance, scene, entry), taken_at, small=small))
    every = [(entry, place) for entry in planned for place in range(len(entry.shots))]
    for entry, place in chance.sample(every, min(len(every), 2 if small else TWELVE_MEGAPIXELS)):
        entry.shots[place] = entry.shots[place].from_a_better_camera()


def shot_of(world: World, scene: str, names: list[str], taken_at: datetime, *, small: bool) -> Shot:
    """One picture to be painted: who is on it stays recognisable from picture to picture."""
    order = list(world.children)
    faces = tuple(order.index(name) for name in names)
    return Shot(scene, world.chance.getrandbits(32), taken_at, faces, small=small)


def _faces(chance: random.Random, scene: str, entry: Planned) -> list[str]:
    room = painter.room_for_children(scene)
    if not room or chance.random() < 0.25:
        return []
    wanted = 1 if len(entry.children) == 1 else chance.choices((1, 2, 3), (60, 28, 12))[0]
    return entry.children[: min(wanted, room)]
