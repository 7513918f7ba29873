"""What happens to conferences in a random world, carried out by the first person who may."""

import uuid
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from conferences.models import Conference, FreeTime, Offer
from conferences.services import issuing, sealing, showing, writing
from learninglog.models import Entry
from people import models as people
from tests.conferences.talks import begun_by, key
from visibility.viewer import Hat, Viewer

if TYPE_CHECKING:
    from tests.oracle.worlds import World

Step = tuple[Any, ...]
WHEN = (-300, -40, -9, -2, 0)
OURS, THEIRS = ("watch", "joy", "after", "words", "notes"), ("at home", "words")


def steps(random: Random, children: int, persons: int) -> list[Step]:
    """Who holds whose conferences, and some of them at every step."""
    found: list[Step] = []
    for _ in range(random.randint(0, 3)):
        found.append(("reads conferences", random.randrange(12), random.random() < 0.5))
    for _ in range(random.randint(1, 4)):
        start, end = random.choice((-400, -10, 0)), random.choice((None, None, -3, -1, 0, 2))
        found.append(("responsible", random.randrange(8), random.randrange(children), start, end))
    for number in range(random.randint(2, 4)):
        when = random.choice(WHEN)
        found.append(("conference", number, random.randrange(persons), random.randrange(children), when))
        for _ in range(random.randint(3, 8)):
            found.append(_deed(random, number, persons, max(when, random.choice(WHEN))))
        fate = random.choice(("", "", "seal", "seal", "close"))
        found += [(fate, number, max(when, random.choice((-2, 0))))] if fate else []
        found += [("add to it", number, 0)] if random.random() < 0.3 else []
    found += [("keep time", random.randrange(persons), random.randrange(2)) for _ in range(random.choice((0, 1, 2)))]
    return found


def _deed(random: Random, number: int, persons: int, at: int) -> Step:
    what = random.choice(("value", "value", "show", "show", "at home", "at home", "hand in", "more"))
    if what == "value":
        return ("value", number, random.choice(OURS), at, uuid.UUID(int=random.getrandbits(128)).hex)
    if what == "at home":
        word = uuid.UUID(int=random.getrandbits(128)).hex
        return ("value at home", number, random.choice(THEIRS), at, random.randrange(3), word)
    if what == "hand in":
        return ("hand in", number, at, random.randrange(3))
    if what == "show":
        return ("show", number, at)
    more = random.choice(("stand in", "agree", "note talk", "offer", "pick"))
    return (more, number, at, random.randrange(persons), random.random() < 0.5)


def reads_conferences(world: "World", number: int, reads: bool) -> None:
    tie = people.Guardianship.objects.order_by("pk")[number]
    tie.reads_conferences = reads or tie.kind == "legal"
    tie.save(update_fields=["reads_conferences"])


def responsible(world: "World", number: int, child: int, start: int, end: int | None) -> None:
    people.ResponsibleTeacher.objects.create(
        duty=world.duties[number], child=world.children[child], starts_on=world.day(start),
        ends_on=world.day(end) if end is not None and end > start else None,
    )  # fmt: skip


def conference(world: "World", number: int, person: int, child: int, at: int) -> None:
    row = world.children[child]

    def attempt(by: Viewer) -> Conference:
        units = issuing.places([row], by, None)
        if not units:
            raise PermissionDenied
        return begun_by(by, row, people.Unit.objects.get(pk=units[row.pk]))

    world.conferences[number] = _at_work(world, person, at, attempt)


def _at_work(world: "World", first: int, at: int, attempt: Any, hours: int = 0) -> Any:
    from tests.oracle import deeds

    return deeds.at_work(world, first, world.moment(at, hours), attempt)


def _row(world: "World", number: int) -> Any:
    return Conference.objects.get(pk=world.conferences[number].pk)


def _as_guardian(world: "World", row: Any, at: int, which: int, attempt: Any) -> Any:
    """As one of those who read the child's conferences at that moment."""
    from tests.oracle import deeds

    moment = world.moment(at, 2)
    ties = people.Guardianship.objects.active(moment).filter(child=row.child, reads_conferences=True).order_by("pk")
    found = list(ties.select_related("person"))
    if not found:
        raise PermissionDenied
    return attempt(deeds.viewer(world, found[which % len(found)].person, Hat.GUARDIAN, moment))


def _number(row: Any, name: str, home: Any) -> int:
    last = row.values.filter(question=key(name), home=home).order_by("-number").first()
    return last.number if last else 0


def value(world: "World", number: int, name: str, at: int, word: str) -> None:
    row = _row(world, number)
    saved = {"conference": row, "question": key(name), "value": word, "number": _number(row, name, None)}
    _at_work(world, 0, at, lambda by: writing.save(by=by, **saved), 1)


def value_at_home(world: "World", number: int, name: str, at: int, which: int, word: str) -> None:
    row = _row(world, number)

    def attempt(by: Viewer) -> Any:
        home = writing.home_of(by, row, None)
        return writing.save(
            conference=row, question=key(name), value=word, number=_number(row, name, home), by=by
        )  # fmt: skip

    _as_guardian(world, row, at, which, attempt)


def hand_in(world: "World", number: int, at: int, which: int) -> None:
    row = _row(world, number)
    _as_guardian(world, row, at, which, lambda by: writing.hand_in(conference=row, by=by))


def show(world: "World", number: int, at: int) -> None:
    row = _row(world, number)
    _at_work(world, 0, at, lambda by: showing.show(conference=row, by=by), 1)


def seal(world: "World", number: int, at: int) -> None:
    row = _row(world, number)
    _at_work(world, 0, at, lambda by: sealing.seal(conference=row, by=by), 3)


def close(world: "World", number: int, at: int) -> None:
    row = _row(world, number)
    because = Conference.Closed.MISTAKE if number % 2 else Conference.Closed.NOT_WANTED
    _at_work(world, 0, at, lambda by: issuing.close(conference=row, because=because, by=by), 3)


def add(world: "World", number: int, at: int) -> None:
    row = _row(world, number)
    _at_work(world, 0, at, lambda by: sealing.add(conference=row, text="Later", by=by), 4)


def stand_in(world: "World", number: int, at: int, person: int, some: bool) -> None:
    """Whoever it is: that only a pedagogue is named is another test's."""
    Conference.objects.filter(pk=_row(world, number).pk).update(stand_in=world.people[person])


def agree(world: "World", number: int, at: int, person: int, some: bool) -> None:
    row = _row(world, number)
    _at_work(world, person, at, lambda by: writing.agree(
        conference=row, question=key("agree"), what="Read", who="both", by_when=None, client_key=uuid.uuid4(), by=by
    ))  # fmt: skip


def _some_home(row: Any, number: int) -> Any:
    rows = list(people.Home.objects.filter(child=row.child).order_by("pk"))
    if not rows:
        raise PermissionDenied
    return rows[number % len(rows)]


def note_talk(world: "World", number: int, at: int, person: int, some: bool) -> None:
    row = _row(world, number)
    home = _some_home(row, person) if some else None
    _at_work(world, person, at, lambda by: writing.note_talk(
        conference=row, home=home, held_on=world.day(at), took_part="", interpreter="", by=by
    ))  # fmt: skip


def pick(world: "World", number: int, at: int, person: int, some: bool) -> None:
    row = _row(world, number)
    entry = Entry.objects.filter(publications__child=row.child).order_by("pk").first()
    if entry is None:
        raise PermissionDenied
    if some:
        _as_guardian(world, row, at, person, lambda by: writing.pick(
            conference=row, question=key("home log"), entry=entry, by=by
        ))  # fmt: skip
    else:
        _at_work(world, person, at, lambda by: writing.pick(
            conference=row, question=key("from log"), entry=entry, by=by
        ))  # fmt: skip


def offer(world: "World", number: int, at: int, person: int, some: bool) -> None:
    row = _row(world, number)
    time = _kept(world, person, row.unit, Offer.objects.count())
    Offer.objects.create(
        time=time, conference=row, home=_some_home(row, person), offered_by=world.people[0], offered_at=time.kept_at,
        booked_at=time.kept_at if some else None, ended_at=time.kept_at if person % 3 == 0 else None,
    )  # fmt: skip


def _kept(world: "World", person: int, unit: Any, number: int) -> FreeTime:
    now = world.moment(0)
    assert now is not None
    starts = now + timedelta(days=20, hours=number)
    return FreeTime.objects.create(
        unit=unit, staff=world.people[person], starts_at=starts, ends_at=starts + timedelta(minutes=30),
        kept_by=world.people[person], kept_at=now,
    )  # fmt: skip


def keep_time(world: "World", person: int, unit: int) -> None:
    _kept(world, person, world.units[unit], 50 + FreeTime.objects.count())


DEEDS = {
    "reads conferences": reads_conferences, "responsible": responsible, "conference": conference, "value": value,
    "value at home": value_at_home, "hand in": hand_in, "show": show, "seal": seal, "close": close, "add to it": add,
    "stand in": stand_in, "agree": agree, "note talk": note_talk, "pick": pick, "offer": offer,
    "keep time": keep_time,
}  # fmt: skip
