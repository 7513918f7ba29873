"""Writes the planned entries as the staff would: start, pictures, words, share. All through the services."""

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from curriculum.models import Framework, Goal
from learninglog import services
from learninglog.models import Entry, EntryChild
from learninglog.services.drafts import ChildInput, EntryInput, PictureInput
from media_policy.intake import Prepared
from media_policy.models import Picture
from media_policy.services import keep, mark
from portal.demo.diary import Planned
from portal.demo.lindby import World
from portal.demo.painter import Shot
from portal.demo.stories import Story, told
from visibility.viewer import Viewer

UNMARKED_OF_A_HUNDRED = 5


class Writer:
    """One hand that writes for everybody in Lindby; pictures come from the darkroom in the order they are planned."""

    def __init__(self, world: World, pictures: Iterator[Prepared]) -> None:
        self.world, self.pictures, self.chance = world, pictures, world.chance
        self.order = list(world.children)
        # What was typed, for whoever corrects it later.
        self.forms: dict[int, EntryInput] = {}
        self.editions: dict[str, dict[str, int]] = {}

    def goals_of(self, day: date) -> dict[str, int]:
        """Goals by the end of their code, in the edition that was in force on a day."""
        current = Goal.objects.current(self.world.organisation.country, day).order_by("pk")
        edition = Framework.objects.current(self.world.organisation.country, day).get().code
        if edition not in self.editions:
            rows = current.values_list("code", "pk")
            self.editions[edition] = {code.partition(":")[2]: key for code, key in rows}
        return self.editions[edition]

    def write_all(self, planned: list[Planned], done: Callable[[int], None]) -> list[tuple[Planned, Entry]]:
        """Every planned entry, shared on its day or the day after."""
        written = []
        for number, entry in enumerate(planned, start=1):
            at = self.world.dates.at(entry.day, entry.hour, self.chance.randint(0, 50))
            row = self.draft(entry, at)
            later = min(at + timedelta(minutes=self.chance.choice((4, 12, 35, 70, 150))), self.world.dates.now)
            services.share_entry(entry=row, by=self.world.viewer(entry.author, later))
            row.refresh_from_db()
            written.append((entry, row))
            done(number)
        return written

    def draft(self, planned: Planned, at: datetime) -> Entry:
        """The working copy with its pictures, saved once."""
        by = self.world.viewer(planned.author, at)
        entry = services.start_entry(
            group=self.world.groups[planned.group], by=by, happened_on=planned.day, client_key=self.key()
        )
        held = [self.take(shot, by, planned.group) for shot in planned.shots]
        for picture in held:
            services.add_picture(entry=entry, picture=picture, by=by)
        data = self.forms[entry.pk] = self.form(planned, held)
        entry, _taken = services.save_entry(entry=entry, by=by, revision=entry.revision, data=data)
        return entry

    def key(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def take(self, shot: Shot, by: Viewer, group: str) -> Picture:
        """The next picture from the darkroom, kept, and marked with the children painted on it; a few stay unmarked."""
        unit = self.world.groups[group].unit
        picture = keep(next(self.pictures), by=by, unit=unit, client_key=self.key())
        self.say_who(shot, picture, by)
        return picture

    def say_who(self, shot: Shot, picture: Picture, by: Viewer) -> None:
        children = [self.world.children[self.order[face]] for face in shot.faces]
        if children and self.chance.randrange(100) < UNMARKED_OF_A_HUNDRED:
            return
        mark(picture=picture, children=children, nobody=not children, by=by)

    def form(self, planned: Planned, held: list[Picture]) -> EntryInput:
        """The composer's form, filled in."""
        story, names, chance = planned.story, planned.children, self.chance
        goals = self.goals_of(planned.day)
        captions = [told(caption, chance, names) for caption in story.captions]
        chance.shuffle(captions)
        return EntryInput(
            title=told(story.title, chance, names),
            text=told(story.text, chance, names),
            happened_on=planned.day,
            children={
                self.world.children[name].pk: self._about(story, name, place, names, goals)
                for place, name in enumerate(names)
            },
            goals=[goals[code] for code in story.goals],
            pictures={
                picture.public_id: PictureInput(caption=captions[place] if place < len(captions) else "")
                for place, picture in enumerate(held)
            },
            whole_group=planned.whole,
            not_names=[name for name in story.not_names if name in self.world.children],
        )

    def _about(self, story: Story, name: str, place: int, names: list[str], goals: dict[str, int]) -> ChildInput:
        """What goes to one home alone: the first named have a line and their own words, some a remark on a goal."""
        chance = self.chance
        line = chance.choice(story.lines) if story.lines and place < 3 and chance.random() < 0.6 else ""
        quotes = [story.quotes[place]] if place < len(story.quotes) and chance.random() < 0.75 else []
        remarks = {}
        if place == 0 and chance.random() < 0.5:
            remarks = {goals[code]: told(text, chance, names, name) for code, text in story.remarks.items()}
        return ChildInput(
            line=told(line, chance, names, name),
            asked=_asked(chance) if story.scenes and place < 4 else "",
            quotes=[told(quote, chance, names, name) for quote in quotes],
            remarks=remarks,
        )


def _asked(chance: random.Random) -> str:
    said = EntryChild.Asked
    return chance.choices((said.UNSAID, said.YES, said.NOT_NOW, said.NO), (52, 42, 4, 2))[0]
