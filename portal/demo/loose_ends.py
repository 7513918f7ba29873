"""What a real week leaves lying: drafts, the tray, an entry taken back, one corrected and shared again."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from learninglog import services
from learninglog.models import Entry
from learninglog.services import tray
from portal.demo.diary import Planned, shot_of
from portal.demo.lindby import World
from portal.demo.painter import Shot
from portal.demo.stories import Story
from portal.demo.writing import Writer

EVERY_MONTH = tuple(range(1, 13))
TEACHER, HEAD = "Cecilia Sund", "Eva Holm"

# Group, who, hours ago, the jotting, scenes; the oldest is about to be swept and says so.
JOTTINGS = (
    ("Granen", "Karin Lundvall", 4, "Isen på hinken! De bar in den till middagen.", ("ice_bucket", "puddle")),
    ("Granen", TEACHER, 5, "Bygget i hallen, tredje dagen. Fråga om höjden.", ("blocks",)),
    ("Granen", "Siri Vik", 1, "Teckningarna från samlingen, de berättade så mycket.",
     ("drawing_family", "drawing_boat")),
    ("Granen", "Ines Ek", 27, "Löv efter form. Skriv om sorteringen.", ("leaf_sorting",)),
    ("Granen", TEACHER, 26 * 24, "Kottarna från Storskogen, bra bild på raden.", ("cones",)),
    ("Tallen", "Mikael Dufva", 3, "Tågbanan gick hela vägen till köket.", ("train",)),
    ("Tallen", "Yvonne Krantz", 50, "Vantarna på linan. Räkneramsan!", ("mittens",)),
    ("Klövern", "Hampus Lager", 6, "Fåglarna vid matningen, tre sorter.", ("birds",)),
    ("Blåklinten", "Nadja Petrović", 5, "Kojan under trappan.", ("den",)),
    ("Snäckan", "Pia Sjöstrand", 30, "Båtarna i rännan, vilka flöt bäst?", ("boats",)),
    ("Måsen", "Leila Moradi", 7, "Första lerdagen.", ("sand_shapes",)),
)  # fmt: skip
DRAFTS = (
    ("Granen", TEACHER, 1, ("Alma", "Bo", "Tyra"), "Vart tar vattnet vägen?",
     "Vi hällde vatten i rännan och såg vart det rann. {1} gissade på brunnen, {2} på havet.", ("puddle", "boats")),
    ("Granen", "Karin Lundvall", 2, ("Filip", "Wilma"), "",
     "{1} och {2} turades om med sågen. Skriv mer om hur de kom överens.", ("blocks",)),
    ("Granen", "Ines Ek", 4, ("Ingrid",), "Sagan som aldrig tog slut", "", ()),
    ("Tallen", "Mikael Dufva", 1, ("Milo", "Agnes"), "Kartan till skatten",
     "{1} ritade vägen och {2} satte ut kryssen.", ("drawing_house",)),
    ("Klövern", "Hampus Lager", 3, ("Nova",), "Hundra steg till grinden", "Vi räknade allihop, högt.", ()),
    ("Snäckan", "Pia Sjöstrand", 2, ("Arvid", "Nils"), "Fyren",
     "En fyr av klossar som lyser på riktigt. Bild kommer.", ("blocks",)),
)  # fmt: skip


@dataclass
class Jotting:
    group: str
    who: str
    hours_ago: int
    text: str
    shots: list[Shot]


def plan_jottings(world: World, *, small: bool) -> list[Jotting]:
    """What will lie in the trays."""
    found = []
    for group, who, hours_ago, text, scenes in JOTTINGS:
        if world.members(group, world.dates.today):
            taken_at = world.dates.now - timedelta(hours=hours_ago, minutes=10)
            shots = [shot_of(world, scene, [], taken_at, small=small) for scene in scenes]
            found.append(Jotting(group, who, hours_ago, text, shots))
    return found


def plan_drafts(world: World, *, small: bool) -> list[Planned]:
    """What will lie unfinished, begun by one and open to the colleagues."""
    found: list[Planned] = []
    for group, who, days_ago, names, title, text, scenes in DRAFTS:
        children = [name for name in names if name in world.children]
        if len(children) < len(names):
            continue
        day = world.dates.ago(days_ago)
        story = Story(f"draft-{len(found)}", title, text, EVERY_MONTH)
        shots = [shot_of(world, scene, [], world.dates.at(day, 10), small=small) for scene in scenes]
        found.append(Planned(day, 13, group, who, story, children, False, shots))
    return found


def leave_drafts(writer: Writer, drafts: list[Planned]) -> None:
    """Unfinished entries; on the first of them a colleague wrote at the same time, and nobody's words are lost."""
    for number, planned in enumerate(drafts):
        at = writer.world.dates.at(planned.day, planned.hour, 10 + number)
        entry = writer.draft(planned, at)
        if number == 0:
            typed = writer.forms[entry.pk]
            meanwhile = replace(typed, text=f"{typed.text} @Tyra la ett löv på vattnet för att se farten.")
            colleague = writer.world.viewer("Karin Lundvall", at + timedelta(minutes=3))
            services.save_entry(entry=entry, by=colleague, revision=entry.revision - 1, data=meanwhile)


def fill_trays(writer: Writer, jottings: list[Jotting]) -> None:
    """Pictures and jottings that are not yet an entry."""
    for jotting in jottings:
        world = writer.world
        at = world.dates.now - timedelta(hours=jotting.hours_ago)
        by = world.viewer(jotting.who, at)
        item = tray.put_in_tray(group=world.groups[jotting.group], by=by, text=jotting.text, client_key=writer.key())
        for shot in jotting.shots:
            picture = writer.take(shot, by, jotting.group)
            tray.add_tray_picture(item=item, picture=picture, by=by)


def take_back(writer: Writer, written: list[tuple[Planned, Entry]]) -> list[uuid.UUID]:
    """The head withdraws one entry of Granen; another is withdrawn, corrected and shared again; a third is changed.

    Returns the entries' ids, in that order.
    """
    world = writer.world
    recent = [row for row in written if row[0].group == "Granen" and row[0].story.size == "few"][-7:-1]
    (_one, withdrawn), (_two, corrected), (_three, changed) = recent[0], recent[2], recent[-1]
    services.withdraw_entry(entry=withdrawn, by=world.viewer(HEAD, _after(world, withdrawn, hours=3)))
    teacher = world.viewer(TEACHER, _after(world, corrected, hours=1))
    services.withdraw_entry(entry=corrected, by=teacher)
    _again(writer, corrected, "\n\nVi hade skrivit fel dag först. Nu stämmer det.", hours=2)
    _again(writer, changed, "\n\nDagen efter gick vi tillbaka och tittade en gång till.", hours=4)
    return [withdrawn.public_id, corrected.public_id, changed.public_id]


def _again(writer: Writer, entry: Entry, more: str, *, hours: int) -> None:
    by = writer.world.viewer(TEACHER, _after(writer.world, entry, hours=hours))
    data = replace(writer.forms[entry.pk], text=writer.forms[entry.pk].text + more)
    entry, _taken = services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)
    services.share_entry(entry=entry, by=by)


def _after(world: World, entry: Entry, *, hours: int) -> datetime:
    shared_at = entry.first_shared_at
    return min(shared_at + timedelta(hours=hours), world.dates.now) if shared_at else world.dates.now
