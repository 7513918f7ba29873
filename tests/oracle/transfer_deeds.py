"""What happens to transfers in a random world: moves come, are postponed and called off; families say what goes."""

from random import Random
from typing import TYPE_CHECKING, Any

from conferences.models import Conference
from conferences.services import writing
from learninglog.models import Entry, HomeWords
from media_policy.models import Picture
from people import models as people
from transfers.models import LeftOut, TransferSetting, WordsAlong
from transfers.services import handovers

if TYPE_CHECKING:
    from tests.oracle.worlds import World

Step = tuple[Any, ...]
# First days: gone by, today, soon; and so far ahead that the window begins among the days on which things happen.
FIRST = (-80, -20, -8, -2, 0, 1, 25, 25, 330, 345, 360)
QUESTIONS = ("school_log", "school_conferences", "preschool_log", "preschool_conferences")
SCHOOL, SCHOOL_GROUP = 2, 3


def steps(random: Random, children: int, persons: int) -> list[Step]:
    """Somebody works at the school; most children go somewhere, and most of their guardians have said something."""
    found: list[Step] = [
        ("duty", random.randrange(persons), SCHOOL, "pedagogue", -400, None, ((SCHOOL_GROUP, -400, None),))
    ]
    found.append(("duty", random.randrange(persons), SCHOOL, "head", -400, None, ()))
    if random.random() < 0.8:
        found.append(("transfer days", random.choice((0, 30, 366)), random.choice((1, 21, 90, 366))))
    for child in range(children):
        if random.random() < 0.8:
            group = random.choice((SCHOOL_GROUP, SCHOOL_GROUP, SCHOOL_GROUP, 0, 2))
            end = random.choice((None, None, None, -1, 0, 40))
            found.append(("move", child, group, random.choice(FIRST), end, random.random() < 0.7))
        if random.random() < 0.3:
            found.append(("leaves preschool", child, random.choice((-60, -30, -5, 0, 1))))
        found += _answers(random, child)
    for _ in range(random.randint(0, 2)):
        basis = random.choice(("consent", "objection"))
        found.append(("decide", random.choice(QUESTIONS), basis, random.random() < 0.6, -300))
    found.append(("follow", random.choice((-60, -9, -1))))
    found += [_item(random, children) for _ in range(random.randint(1, 6))]
    for _ in range(random.choice((0, 0, 1, 2))):
        what = random.choice(("start moves", "start moves", "place is gone"))
        found.append((what, random.randrange(children), random.choice((-30, -3, 2, 5, 320, 350))))
        found += [("follow", random.choice((-1, 0)))] if random.random() < 0.8 else []
    found += [("school elsewhere", random.randrange(children), random.choice(FIRST))] if random.random() < 0.6 else []
    return [*found, ("follow", 0)] if random.random() < 0.7 else found


def _answers(random: Random, child: int) -> list[Step]:
    found: list[Step] = []
    for question in QUESTIONS:
        if random.random() < 0.8:
            found += [("answer", child, number, question, "yes", -300) for number in range(4)]
        if random.random() < 0.25:
            value = random.choice(("yes", "no", "withdrawn"))
            found.append(("answer", child, random.randrange(4), question, value, random.choice((-9, -1, 0))))
    return found


def _item(random: Random, children: int) -> Step:
    what = random.choice(("entry", "entry", "picture", "conference", "words", "words"))
    child = random.randrange(children)
    if what == "words":
        return ("tick words", random.randrange(4), random.random() < 0.2)
    return ("keep back", child, what, random.randrange(7), random.random() < 0.3)


def transfer_days(world: "World", before: int, after: int) -> None:
    TransferSetting.objects.create(
        organisation=world.organisation, days_before=before, days_after=after, at=world.moment(-300)
    )


def move(world: "World", child: int, group: int, start: int, end: int | None, grouped: bool) -> None:
    row, where = world.children[child], world.groups[group]
    days = {"starts_on": world.day(start), "ends_on": world.day(end if end is None or end > start else None)}
    people.Placement.objects.create(child=row, unit=where.unit, **days)
    if grouped:
        people.GroupMembership.objects.create(child=row, group=where, **days)


def happened(world: "World", number: int, day: int) -> None:
    """Moved to another day before it is shared, as one does in the form."""
    Entry.objects.filter(pk=world.entries[number].pk).update(happened_on=world.day(day))


def leaves_preschool(world: "World", child: int, day: int) -> None:
    rows = people.Placement.objects.filter(child=world.children[child], ends_on__isnull=True)
    for row in rows.filter(unit__kind="preschool", starts_on__lt=world.day(day)):
        row.ends_on = world.day(day)
        row.save()


def follow(world: "World", day: int) -> None:
    at = world.moment(day)
    assert at is not None
    handovers.follow(at)


def _last_move(world: "World", child: int) -> Any:
    row = people.Placement.objects.filter(child=world.children[child], handovers__isnull=False).order_by("pk").last()
    if row is None:
        raise KeyError
    return row


def start_moves(world: "World", child: int, day: int) -> None:
    row = _last_move(world, child)
    row.starts_on = world.day(day)
    row.save()


def place_is_gone(world: "World", child: int, day: int) -> None:
    _last_move(world, child).delete()


def keep_back(world: "World", child: int, what: str, number: int, put_back: bool) -> None:
    """Whichever guardian did it, and whatever it is: who may is another test's."""
    row = world.children[child]
    ties = people.Guardianship.objects.filter(child=row, kind="legal").order_by("pk")
    rows: dict[str, Any] = {
        "entry": Entry.objects.filter(publications__child=row),
        "picture": Picture.objects.filter(version_pictures__version__publications__child=row),
        "conference": row.conferences.all(),
    }
    things = list(rows[what].order_by("pk").distinct())
    LeftOut.objects.create(
        child=row, guardianship=ties[number % ties.count()], at=world.moment(-1),
        put_back_at=world.moment(0) if put_back else None, **{what: things[number % len(things)]},
    )  # fmt: skip


def tick_words(world: "World", number: int, taken_back: bool) -> None:
    words = list(HomeWords.objects.order_by("pk"))
    row = words[number % len(words)]
    WordsAlong.objects.create(
        words=row, at=world.moment(0), by=row.written_by, taken_back_at=world.moment(0) if taken_back else None
    )


def school_elsewhere(world: "World", child: int, first_day: int) -> None:
    from tests.oracle import deeds

    day = world.day(first_day)
    assert day is not None
    deeds.at_work(world, 0, world.moment(0), lambda by: handovers.name_school(
        child=world.children[child], school="Elsewhere", first_day=day, by=by, requested_by="Somebody, by letter"
    ))  # fmt: skip


def pick_all(world: "World", number: int, at: int, person: int) -> None:
    """Every entry about the child becomes material of the talk, so that some of it lies at each edge."""
    from tests.oracle import deeds
    from tests.oracle.conference_deeds import key

    row = Conference.objects.get(pk=world.conferences[number].pk)
    for entry in Entry.objects.filter(publications__child=row.child).order_by("pk"):
        deeds.at_work(world, person, world.moment(at), lambda by, one=entry: writing.pick(
            conference=row, question=key("from log"), entry=one, by=by
        ))  # fmt: skip


DEEDS = {
    "transfer days": transfer_days, "move": move, "leaves preschool": leaves_preschool, "follow": follow,
    "happened": happened,
    "start moves": start_moves, "place is gone": place_is_gone, "keep back": keep_back, "tick words": tick_words,
    "school elsewhere": school_elsewhere, "pick all": pick_all,
}  # fmt: skip
