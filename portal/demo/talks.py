"""What the homes say: under entries, and from home; who has opened the log, and who has not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from learninglog.models import Entry, HomeWords, Message
from learninglog.services import threads, words
from learninglog.services.homes import running_home
from learninglog.services.visits import visit
from people.models import Guardianship, Person
from portal.demo.diary import OWN, Planned, shot_of
from portal.demo.families import NOT_REACHED
from portal.demo.lindby import World
from portal.demo.painter import photograph
from portal.demo.stories import FromHome, from_home, talk
from portal.demo.writing import Writer
from visibility import readinglog
from visibility.viewer import Hat

WAITS_AT_MOST = timedelta(days=6)
# Who shows what they write from home to the child's other home.
SHOWS = (("Tyra", "Tora Dahl"), ("Ludvig", "Camilla Ström"))


@dataclass(frozen=True)
class Reader:
    """An adult who may read one child's log at a moment."""

    child: str
    adult: str
    at: datetime


def reader_of(world: World, child: str, at: datetime, prefer: str = "") -> Reader | None:
    """An adult who is active for the child then; the preferred one where that is possible."""
    active = Guardianship.objects.active(at).filter(child=world.children[child], reads_log=True)
    names = [tie.person.get_full_name() for tie in active.select_related("person").order_by("pk")]
    if not names:
        return None
    return Reader(child, prefer if prefer in names else world.chance.choice(names), at)


def converse(writer: Writer, written: list[tuple[Planned, Entry]], *, often: int) -> int:
    """Threads under shared entries: `often` of a hundred, more of late, and the last wait. Returns how many."""
    world, chance, begun = writer.world, writer.chance, 0
    for planned, entry in written:
        lately = planned.day > world.dates.ago(21)
        if chance.randrange(100) >= (often * 3 if lately else often):
            continue
        entry.refresh_from_db()
        at = (entry.first_shared_at or world.dates.now) + timedelta(hours=chance.randint(3, 8), minutes=7)
        child = "Bo" if lately and "Bo" in planned.children else chance.choice(planned.children[:4])
        if entry.current_id is None or at > world.dates.now:
            continue
        reader = reader_of(world, child, at, prefer="Birger Carlsson")
        if reader is not None:
            _thread(writer, planned, entry, reader, waits=lately and chance.random() < 0.5)
            begun += 1
    return begun


def _thread(writer: Writer, planned: Planned, entry: Entry, reader: Reader, *, waits: bool) -> None:
    world, chance = writer.world, writer.chance
    says = chance.choice(planned.story.talks or talk())
    home = world.viewer(reader.adult, reader.at, Hat.GUARDIAN)
    child = world.children[reader.child]
    said = threads.write(entry=entry, child=child, by=home, text=says[0], client_key=writer.key())
    answered_at = reader.at + timedelta(hours=chance.randint(14, 20))
    colleagues = [
        name
        for name in world.workers(planned.group, answered_at.date())
        if reader.child not in OWN.get(name, ()) and planned.group in world.groups
    ]
    if (waits and world.dates.now - reader.at < WAITS_AT_MOST) or answered_at > world.dates.now or not colleagues:
        _perhaps_taken(writer, said, colleagues)
        return
    if reader.child not in world.members(planned.group, answered_at.date()):
        return
    staff = world.viewer(chance.choice(colleagues), answered_at)
    threads.reply(thread=said.thread, by=staff, text=says[1], client_key=writer.key())
    thanks_at = answered_at + timedelta(hours=5)
    if len(says) > 2 and thanks_at < world.dates.now:
        by = world.viewer(reader.adult, thanks_at, Hat.GUARDIAN)
        threads.write(entry=entry, child=child, by=by, text=says[2], client_key=writer.key())
        later = world.viewer(staff.person.get_full_name(), min(thanks_at + timedelta(hours=12), world.dates.now))
        if len(says) > 3 and reader.child in world.members(planned.group, later.day):
            threads.reply(thread=said.thread, by=later, text=says[3], client_key=writer.key())


def _perhaps_taken(writer: Writer, said: Message, colleagues: list[str]) -> None:
    if colleagues and writer.chance.random() < 0.3:
        threads.take(thread=said.thread, by=writer.world.viewer(colleagues[-1], writer.world.dates.now))


def write_from_home(writer: Writer, *, count: int, small: bool, done: Callable[[int], None]) -> int:
    """Words from home over the whole time, some with a picture of the own child; returns how many."""
    world, written = writer.world, 0
    for child, adult in SHOWS:
        if child in world.children:
            at = world.dates.at(world.dates.ago(300), 20)
            viewer = world.viewer(adult, at, Hat.GUARDIAN)
            home = running_home(viewer, world.children[child])
            if home is not None:
                words.show_to_other_homes(home=home, on=True, by=viewer)
    readers = sorted(filter(None, _who_writes(world, count)), key=lambda reader: (reader.at, reader.child))
    for number, reader in enumerate(readers):
        fitting = [row for row in from_home() if reader.at.month in row.months]
        row = _write(writer, reader, fitting[(number * 7 + written) % len(fitting)], small=small)
        if number == len(readers) // 2:
            words.withdraw_words(words=row, by=world.viewer(reader.adult, reader.at + timedelta(hours=1), Hat.GUARDIAN))
        written += 1
        done(written)
    return written


def _who_writes(world: World, count: int) -> list[Reader | None]:
    """Alma's mother three times of late; otherwise whoever it may be, of children who are in a preschool then."""
    chosen: list[Reader | None] = []
    for days_ago in (2, 9, 33):
        chosen.append(reader_of(world, "Alma", world.dates.at(world.dates.ago(days_ago), 19, 12), "Astrid Berg"))
    names = [name for name, family in world.families.items() if not family.before]
    for _each in range(count - len(chosen)):
        name, days_ago = world.chance.choice(names), world.chance.choice((1, 2, 4, 8, 15, 40, 80, 130, 200, 320, 420))
        day = world.dates.ago(days_ago)
        placed = world.children[name].placements.running(day).filter(unit__kind="preschool").exists()
        if placed:
            chosen.append(reader_of(world, name, world.dates.at(day, 19, world.chance.randint(0, 55))))
    return chosen


def _write(writer: Writer, reader: Reader, row: FromHome, *, small: bool) -> HomeWords:
    world, chance = writer.world, writer.chance
    by = world.viewer(reader.adult, reader.at, Hat.GUARDIAN)
    pictures = []
    if row.scene:
        shot = shot_of(world, row.scene, [reader.child], reader.at - timedelta(hours=4), small=small)
        pictures = [SimpleUploadedFile("hemma.jpg", photograph(shot), content_type="image/jpeg")]
    only_preschool = chance.random() < 0.15
    return words.write_words(
        child=world.children[reader.child],
        by=by,
        text=row.text,
        happened_on=by.day,
        readers=HomeWords.Readers.PRESCHOOL if only_preschool else HomeWords.Readers.HOME,
        client_key=writer.key(),
        pictures=pictures,
    )


def visits(writer: Writer) -> int:
    """Who has opened which log, with the line in the reading log that each opening leaves; returns how many."""
    world, chance, opened = writer.world, writer.chance, 0
    now = world.dates.now
    moments = []
    for (child, adult), tie in world.ties.items():
        days_ago = (30, 26) if child in NOT_REACHED else (chance.randint(9, 15), 3 if adult == "Astrid Berg" else
                                                          chance.randint(1, 6))  # fmt: skip
        for days in days_ago:
            moments.append((now - timedelta(days=days, minutes=chance.randint(0, 300)), child, tie))
    for at, child, tie in sorted(moments, key=lambda moment: (moment[0], moment[1], moment[2].pk)):
        if Guardianship.objects.active(at).filter(pk=tie.pk, reads_log=True).exists():
            _open(world, world.people[tie.person.get_full_name()], child, at)
            opened += 1
    return opened


def _open(world: World, person: Person, child: str, at: datetime) -> None:
    viewer, row = world.viewer(person.get_full_name(), at, Hat.GUARDIAN), world.children[child]
    visit(child=row, by=viewer)
    readinglog.record(viewer=viewer, what="log", about=row.public_id, child_ids=[row.pk])
