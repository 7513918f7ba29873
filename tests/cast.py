"""The cast: a small world in which every kind of tie to a child has a face. Tests read like sentences about them.

Alma and Bo are children of Granen, a group with hidden members at the preschool Skogsgläntan. Everything is dated
around `NOW`, a Tuesday morning; nothing here reads the clock.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from people.models import (
    Child,
    Duty,
    Group,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    Home,
    HomeMembership,
    NamedChild,
    Organisation,
    Pass,
    Person,
    Placement,
    ResponsibleTeacher,
    Unit,
)
from visibility.viewer import Hat, Strength, Viewer

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 17)
LONG_AGO = date(2024, 8, 15)


class Cast(SimpleNamespace):
    """People, children, places by first name, and `viewer("astrid")` for how one of them looks at the world."""

    HATS = {
        "astrid": Hat.GUARDIAN, "anders": Hat.GUARDIAN, "birger": Hat.GUARDIAN, "tora": Hat.GUARDIAN,
        "cecilia": Hat.STAFF, "karin": Hat.STAFF, "david": Hat.STAFF, "eva": Hat.STAFF, "frans": Hat.STAFF,
        "ines": Hat.STAFF, "siri": Hat.STAFF, "gun": Hat.SCHOOL, "office": Hat.OFFICE, "stranger": Hat.GUARDIAN,
    }  # fmt: skip

    def viewer(
        self, name: str, hat: Hat | None = None, at: datetime = NOW, strength: Strength = Strength.SUBSTANTIAL
    ) -> Viewer:
        person = Person.objects.select_related("organisation").get(pk=getattr(self, name).pk)
        return Viewer(person=person, hat=hat or self.HATS[name], strength=strength, at=at)

    def viewers(self, at: datetime = NOW) -> dict[str, Viewer]:
        """Everyone under every hat they have; the key names both where there are two."""
        found = {name: self.viewer(name, at=at) for name in self.HATS}
        found["ines as guardian"] = self.viewer("ines", Hat.GUARDIAN, at=at)
        return found


@dataclass
class Builder:
    organisation: Organisation

    def person(self, login: str, given: str, family: str = "", **more: Any) -> Person:
        return Person.objects.create_user(
            login=login, given_name=given, family_name=family, organisation=self.organisation, **more
        )

    def child(self, given: str, family: str, born: date = date(2021, 4, 2)) -> Child:
        return Child.objects.create(organisation=self.organisation, given_name=given, family_name=family, born_on=born)

    def place(self, child: Child, group: Group, starts: date = LONG_AGO, ends: date | None = None) -> None:
        """Placement at the group's unit and membership of the group."""
        Placement.objects.create(child=child, unit=group.unit, starts_on=starts, ends_on=ends)
        GroupMembership.objects.create(child=child, group=group, starts_on=starts, ends_on=ends)

    def guardian(
        self, person: Person, child: Child, kind: str = Guardianship.Kind.LEGAL, *, active: bool = True,
        label: str = "", home: Home | None = None, since: datetime = NOW - timedelta(days=700), **more: Any,
    ) -> Guardianship:  # fmt: skip
        """A guardianship with a home of its own, or joined to one."""
        tie = Guardianship.objects.create(
            person=person, child=child, kind=kind, label=label, begins_at=since,
            activated_at=since if active else None, **more,
        )  # fmt: skip
        home = home or Home.objects.create(child=child)
        HomeMembership.objects.create(home=home, guardianship=tie, begins_at=since)
        return tie

    def duty(
        self, person: Person, role: str, unit: Unit | None, *groups: Group,
        starts: date = LONG_AGO, ends: date | None = None,
    ) -> Duty:  # fmt: skip
        duty = Duty.objects.create(
            person=person, organisation=self.organisation, unit=unit, role=role, starts_on=starts, ends_on=ends
        )
        for group in groups:
            GroupAssignment.objects.create(duty=duty, group=group, starts_on=starts, ends_on=ends)
        return duty


def build() -> Cast:
    """Write the cast to the database."""
    organisation = Organisation.objects.create(name="Lindby kommun", country="SE", language="sv")
    make = Builder(organisation)
    unit = Unit.objects.create(organisation=organisation, name="Skogsgläntan", kind="preschool", phone="0123-45 60 00")
    other_unit = Unit.objects.create(organisation=organisation, name="Ängen", kind="preschool")
    school = Unit.objects.create(organisation=organisation, name="Björkskolan", kind="school")
    granen = Group.objects.create(unit=unit, name="Granen", phone="0123-45 60 01")
    tallen = Group.objects.create(unit=unit, name="Tallen")
    klovern = Group.objects.create(unit=other_unit, name="Klövern")
    form_f = Group.objects.create(unit=school, name="F", kind="class")

    alma, bo = make.child("Alma", "Berg"), make.child("Bo", "Carlsson")
    tyra, elsa = make.child("Tyra", "Dahl"), make.child("Elsa", "Ek")
    milo, noor = make.child("Milo", "Falk"), make.child("Noor", "Haddad")
    for child in (alma, bo, tyra, elsa):
        make.place(child, granen)
    make.place(milo, tallen)
    make.place(noor, klovern)
    make.place(alma, form_f, starts=TODAY - timedelta(days=10))

    people = {
        "astrid": make.person("astrid", "Astrid", "Berg", email="astrid@example.org"),
        "anders": make.person("anders", "Anders", "Alm", email="anders@example.org"),
        "birger": make.person("birger", "Birger", "Carlsson", email="birger@example.org"),
        "tora": make.person("tora", "Tora", "Dahl", email="tora@example.org"),
        "cecilia": make.person("cecilia", "Cecilia", "Sund"),
        "karin": make.person("karin", "Karin", "Lund"),
        "david": make.person("david", "David", "Ros"),
        "eva": make.person("eva", "Eva", "Holm"),
        "frans": make.person("frans", "Frans", "Nyman"),
        "gun": make.person("gun", "Gun", "Wik"),
        "ines": make.person("ines", "Ines", "Ek", email="ines@example.org"),
        "siri": make.person("siri", "Siri", "Vik"),
        "office": make.person("office", "Olle", "Kansli", is_staff=True),
        "stranger": make.person("stranger", "Sten", "Okänd"),
    }
    cast = Cast(
        organisation=organisation, unit=unit, other_unit=other_unit, school=school,
        granen=granen, tallen=tallen, klovern=klovern, form_f=form_f,
        alma=alma, bo=bo, tyra=tyra, elsa=elsa, milo=milo, noor=noor, make=make, **people,
    )  # fmt: skip
    _families(cast, make)
    _work(cast, make)
    return cast


def _families(cast: Cast, make: Builder) -> None:
    cast.astrid_alma = make.guardian(cast.astrid, cast.alma, label="mamma")
    cast.anders_alma = make.guardian(cast.anders, cast.alma, active=False, label="pappa")
    cast.birger_bo = make.guardian(cast.birger, cast.bo, label="pappa")
    cast.tora_tyra = make.guardian(cast.tora, cast.tyra, label="mamma")
    cast.ines_elsa = make.guardian(cast.ines, cast.elsa, label="mamma")


def _work(cast: Cast, make: Builder) -> None:
    role = Duty.Role
    cast.cecilia_duty = make.duty(cast.cecilia, role.PEDAGOGUE, cast.unit, cast.granen)
    make.duty(cast.karin, role.CHILDCARE_WORKER, cast.unit, cast.granen)
    make.duty(cast.david, role.PEDAGOGUE, cast.unit, cast.granen, ends=TODAY - timedelta(days=150))
    make.duty(cast.eva, role.HEAD, cast.unit)
    make.duty(cast.ines, role.PEDAGOGUE, cast.unit, cast.granen)
    make.duty(cast.gun, role.PEDAGOGUE, cast.school, cast.form_f)
    make.duty(cast.office, role.OFFICE, None)
    frans = make.duty(cast.frans, role.SPECIAL_EDUCATOR, cast.unit)
    NamedChild.objects.create(duty=frans, child=cast.alma, starts_on=TODAY - timedelta(days=60))
    Pass.objects.create(
        person=cast.siri, group=cast.granen, given_by=cast.cecilia,
        begins_at=NOW.replace(hour=6, minute=0), ends_at=NOW.replace(hour=16, minute=0),
    )  # fmt: skip
    ResponsibleTeacher.objects.create(child=cast.alma, duty=cast.cecilia_duty, starts_on=LONG_AGO)
