"""What the doors are opened on: rows of several families; and the whole cast, under every hat they might try."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from access.models import OpenSession, RoutineReview
from curriculum.models import Goal
from learninglog.services import plans
from media_policy.models import Clip, ClipUpload, DownloadSetting
from tests.cast import LONG_AGO, NOW, TODAY, Cast
from tests.doors import at_bookings, at_conferences, at_transfers
from tests.entries import film, picture, put_film, put_in, share, shared, write
from tests.oracle import at_coverage
from tests.visibility import rows
from visibility import readinglog
from visibility.viewer import Hat

# Beside everybody in their own hat: some in one that is not theirs.
WRONG_HATS = {
    "astrid as staff": ("astrid", Hat.STAFF),
    "astrid as school": ("astrid", Hat.SCHOOL),
    "cecilia as guardian": ("cecilia", Hat.GUARDIAN),
    "gun as staff": ("gun", Hat.STAFF),
    "office as staff": ("office", Hat.STAFF),
    "eva as office": ("eva", Hat.OFFICE),
}


@dataclass
class Address:
    """One address: the row it is about, and the parts of the address."""

    label: str
    row: Any
    parts: dict[str, Any]


def build(cast: Cast) -> dict[str, list[Address]]:
    """The addresses by what a door says it is opened on."""
    made = rows.build(cast)
    klara, kim = cast.make.child("Klara", "Kvist"), cast.make.person("kim", "Kim", "Kvist")
    cast.make.place(klara, cast.granen, starts=LONG_AGO)
    kim_klara = cast.make.guardian(kim, klara)
    cast.klara, cast.kim = klara, kim
    cast.HATS = cast.HATS | {"kim": Hat.GUARDIAN}
    left = shared(cast, klara, text="@Klara dug.", at=NOW - timedelta(days=3))
    with_picture = put_in(
        cast, write(cast, cast.alma, cast.bo, text="@Alma and @Bo dug."), seen := picture(cast, nobody=True)
    )
    put_film(cast, with_picture, free := film(cast, nobody=True), film(cast, cast.alma), words="A snail!")
    share(cast, with_picture)
    sending = ClipUpload.objects.create(
        organisation=cast.organisation, unit=cast.unit, uploaded_by=cast.cecilia, target="entry",
        about=with_picture.public_id, client_key=uuid.uuid4(), raw_name="nothing-yet", size=10, touched_at=NOW,
    )  # fmt: skip
    DownloadSetting.objects.create(organisation=cast.organisation, who="family", at=NOW - timedelta(days=9))
    klara.placements.update(ends_on=TODAY)
    klara.group_memberships.update(ends_on=TODAY)
    children = [cast.alma, cast.elsa, cast.noor, klara]
    entries = {
        "about Alma and Bo": with_picture,
        "draft about Bo": made["ENTRY", "draft about Bo"],
        "about Elsa alone": made["ENTRY", "shared about Elsa alone"],
        "about Noor": made["ENTRY", "shared about Noor in the other unit"],
        "about Klara, who left": left,
    }
    thought = plans.reflect(
        on=entries["about Alma and Bo"], text="We shall go back.", by=cast.viewer("cecilia"), client_key=uuid.uuid4()
    )
    goal = Goal.objects.get(pk=at_coverage.goals()[2])
    shared(cast, cast.alma, cast.bo, goals=[goal.pk])
    published = [
        (cast.alma, with_picture),
        (cast.bo, with_picture),
        (cast.elsa, with_picture),
        (cast.bo, entries["draft about Bo"]),
        (klara, left),
    ]
    return {
        "nothing": [Address("", None, {})],
        "ways": [Address("unknown", None, {"way": "unknown"})],
        "sessions": [Address("Astrid's", row := open_session(cast.astrid), {"browser": row.public_id})],
        "guardianships": [
            Address(f"{tie.person.given_name} and {tie.child.given_name}", tie,
                    {"child": tie.child.public_id, "guardianship": tie.public_id})
            for tie in (cast.astrid_alma, cast.anders_alma, cast.ines_elsa)
        ],
        "adults": [
            Address(f"{tie.person.given_name} of {tie.child.given_name}", tie, {"adult": tie.public_id})
            for tie in (cast.astrid_alma, cast.anders_alma, cast.ines_elsa, kim_klara)
        ],
        "people": [
            Address(person.given_name, person, {"person": person.public_id})
            for person in (cast.astrid, cast.anders, cast.cecilia, cast.ines, cast.siri, cast.david, cast.stranger)
        ],
        "units": [
            Address(unit.name, unit, {"unit": unit.public_id})
            for unit in (cast.unit, cast.other_unit, cast.school)
        ],
        "preschools": [Address(unit.name, unit, {"unit": unit.public_id}) for unit in (cast.unit, cast.other_unit)],
        "plans": _labelled(
            made, "PLAN", lambda row: {"plan": row.public_id},
            "of Granen", "of the whole of Skogsgläntan", "of Klövern",
        ),
        "reflections": [Address("Cecilia's", thought, {"reflection": thought.public_id})],
        "goals": [Address("a goal", goal, {"goal": goal.public_id})],
        "goals of groups": [
            Address(group.name, group, {"group": group.public_id, "goal": goal.public_id})
            for group in (cast.granen, cast.klovern)
        ],
        "goals of preschools": [
            Address(unit.name, unit, {"unit": unit.public_id, "goal": goal.public_id})
            for unit in (cast.unit, cast.other_unit)
        ],
        "passes": _labelled(made, "PASS", lambda row: {"given": row.public_id}, "Siri's"),
        "devices": _labelled(
            made, "DEVICE", lambda row: {"device": row.public_id}, "Granen's tablet", "the school's tablet"
        ),
        "lines": [
            Address(f"{name} about {child.given_name}", row, {"child": child.public_id, "line": row.line.public_id})
            for name, child in (("cecilia", cast.alma), ("astrid", cast.alma), ("birger", cast.bo))
            for row in [reading(cast, name, child)]
        ],
        "reviews": _labelled(
            made, "REVIEW", lambda row: {"review": row.public_id}, "Skogsgläntan's", "the school's"
        ),
        "routines": [
            Address("the owner's", row, {"routine": row.public_id})
            for row in [
                RoutineReview.objects.create(
                    organisation=cast.organisation, half=TODAY.replace(month=8, day=1), opened_at=NOW
                )
            ]
        ],
        "duties": [
            Address(f"{duty.person.given_name}'s", duty, {"duty": duty.public_id})
            for duty in (cast.cecilia_duty, cast.eva.duties.get(), cast.david.duties.get(), cast.gun.duties.get())
        ],
        "children": [Address(child.given_name, child, {"child": child.public_id}) for child in children],
        "requests": [
            Address(child.given_name, child, {"child": child.public_id, "asked": uuid.uuid4()}) for child in children
        ],
        "requested": [
            Address(child.given_name, child,
                    {"child": child.public_id, "asked": uuid.uuid4(), "entry": with_picture.public_id})
            for child in children
        ],
        "groups": [Address(group.name, group, {"group": group.public_id}) for group in (cast.granen, cast.klovern)],
        "entries": [Address(label, entry, {"entry": entry.public_id}) for label, entry in entries.items()],
        "marked": [
            Address("its picture", with_picture, {"entry": with_picture.public_id, "picture": seen.public_id})
        ],
        "clips": [
            Address(f"clip {row.pk}", row, {"public_id": row.public_id, "purpose": "play"})
            for row in Clip.objects.order_by("pk")
        ],
        "states": [Address(f"clip {row.pk}", row, {"public_id": row.public_id}) for row in Clip.objects.order_by("pk")],
        "kept pictures": [
            Address(label, row, {"public_id": row.public_id})
            for (kind, label), row in made.items()
            if kind == "PICTURE"
        ],
        "uploads": [Address("Cecilia's", sending, {"public_id": sending.public_id})],
        "clips of entries": [
            Address("its film", with_picture, {"entry": with_picture.public_id, "clip": free.public_id})
        ],
        "published clips": [
            Address(f"the film for {child.given_name}", (child, with_picture),
                    {"child": child.public_id, "entry": with_picture.public_id, "clip": free.public_id})
            for child in (cast.alma, cast.bo, cast.elsa)
        ],
        "published": [
            Address(f"{child.given_name}, entry {entry.pk}", (child, entry),
                    {"child": child.public_id, "entry": entry.public_id})
            for child, entry in published
        ],
        "words": _labelled(
            made, "WORDS", lambda row: {"child": row.child.public_id, "words": row.public_id},
            "Astrid's for the home", "Ulf's shown to other homes", "Ines's about Elsa",
        ),
        "threads": _labelled(
            made, "THREAD", lambda row: {"thread": row.public_id}, "of Astrid's home", "of Ines's home",
        ),
        "tray": _labelled(made, "TRAY", lambda row: {"item": row.public_id}, "Cecilia's", "Siri's"),
        "pictures": [
            Address(label, row, {"public_id": row.public_id, "purpose": "full" if "home" in label else "thumb"})
            for (kind, label), row in made.items()
            if kind == "PICTURE"
        ],
        **at_conferences.places(made, Address),
        **at_bookings.places(made, Address),
        **at_transfers.places(cast, made, Address, with_picture),
    }  # fmt: skip


def reading(cast: Cast, name: str, child: Any) -> Any:
    """A line of the reading log about one child."""
    line = readinglog.record(viewer=cast.viewer(name, at=NOW - timedelta(days=1)), what="log", child_ids=[child.pk])
    return line.children.select_related("line").get()


def open_session(person: Any) -> OpenSession:
    """A browser elsewhere in which somebody is signed in."""
    store = SessionStore()
    store.create()
    return OpenSession.objects.create(
        session_id=store.session_key, person=person, hat="guardian", strength=2, way="demo", began_at=NOW, seen_at=NOW
    )


def _labelled(made: Any, kind: str, parts: Any, *labels: str) -> list[Address]:
    return [Address(label, made[kind, label], parts(made[kind, label])) for label in labels]


def personas(cast: Cast) -> dict[str, tuple[Any, Hat] | None]:
    """Everybody, under their own hat and under some that are not theirs; and nobody."""
    found: dict[str, tuple[Any, Hat] | None] = {name: (getattr(cast, name), hat) for name, hat in cast.HATS.items()}
    found["ines as guardian"] = (cast.ines, Hat.GUARDIAN)
    found |= {name: (getattr(cast, person), hat) for name, (person, hat) in WRONG_HATS.items()}
    return found | {"nobody": None}


def client_of(persona: tuple[Any, Hat] | None, sign_in: Any) -> Client:
    client = Client()
    return client if persona is None else sign_in(client, *persona)
