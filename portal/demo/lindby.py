"""What the parts of the demo find each other's people and places by, while they build."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime

from people.models import AccessEvent, Child, Duty, Group, GroupMembership, Guardianship, Organisation, Person, Unit
from portal.demo import staff
from portal.demo.dates import Dates
from portal.demo.families import LANGUAGES, Family
from visibility.viewer import Hat, Strength, Viewer

# Numbers that the Swedish regulator keeps free for books and films.
FICTION = "070-174 06 "


@dataclass
class World:
    """What the rest of the demo needs to find again; names are unique in Lindby."""

    dates: Dates
    chance: random.Random
    organisation: Organisation
    units: dict[str, Unit] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    ties: dict[tuple[str, str], Guardianship] = field(default_factory=dict)

    def person(self, name: str, login: str = "") -> Person:
        """The adult of this name, made at the first mention."""
        if name not in self.people:
            given, _space, surname = name.partition(" ")
            number = len(self.people)
            more = {"login": login} if login else {}
            self.people[name] = Person.objects.create_user(
                organisation=self.organisation,
                given_name=given,
                family_name=surname,
                email=f"person{number}@lindby.example",
                phone=f"{FICTION}{5 + number % 95:02d}",
                language=LANGUAGES.get(name, "sv"),
                **more,
            )
        return self.people[name]

    def viewer(self, name: str, at: datetime, hat: Hat = Hat.STAFF) -> Viewer:
        return Viewer(self.people[name], hat, Strength.SUBSTANTIAL, at)

    def event(self, what: str, at: datetime, by: Person | None = None, **about: object) -> None:
        AccessEvent.objects.create(what=what, at=at, by=by, organisation=self.organisation, **about)

    def head_of(self, unit: Unit) -> Person:
        name = next(job.name for job in staff.JOBS if job.role == Duty.Role.HEAD and job.unit == unit.name)
        return self.people[name]

    def members(self, group: str, day: date) -> list[str]:
        """First names of the children in a group on a day, in the order of their families."""
        rows = GroupMembership.objects.running(day).filter(group=self.groups[group])
        names = set(rows.values_list("child__given_name", flat=True))
        return [name for name in self.children if name in names]

    def workers(self, group: str, day: date) -> list[str]:
        """Who writes for a group on a day."""
        at_work = [job for job in staff.JOBS if group in job.groups and self._works(job, day)]
        return [job.name for job in at_work]

    def _works(self, job: staff.Job, day: date) -> bool:
        begun = self.dates.ago(job.since) <= day
        rests = job.on_leave and day >= self.dates.ago(staff.LEAVE_BEGAN)
        return begun and not rests and (job.ended is None or day < self.dates.ago(job.ended))
