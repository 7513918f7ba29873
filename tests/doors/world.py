"""What the doors are opened on: rows of several families; and the whole cast, under every hat they might try."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from tests.cast import LONG_AGO, NOW, TODAY, Cast
from tests.entries import picture, put_in, share, shared, write
from tests.visibility import rows
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
    cast.make.guardian(kim, klara)
    cast.klara, cast.kim = klara, kim
    cast.HATS = cast.HATS | {"kim": Hat.GUARDIAN}
    left = shared(cast, klara, text="@Klara dug.", at=NOW - timedelta(days=3))
    with_picture = put_in(
        cast, write(cast, cast.alma, cast.bo, text="@Alma and @Bo dug."), seen := picture(cast, nobody=True)
    )
    share(cast, with_picture)
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
    published = [
        (cast.alma, with_picture),
        (cast.bo, with_picture),
        (cast.elsa, with_picture),
        (cast.bo, entries["draft about Bo"]),
        (klara, left),
    ]
    return {
        "nothing": [Address("", None, {})],
        "children": [Address(child.given_name, child, {"child": child.public_id}) for child in children],
        "groups": [Address(group.name, group, {"group": group.public_id}) for group in (cast.granen, cast.klovern)],
        "entries": [Address(label, entry, {"entry": entry.public_id}) for label, entry in entries.items()],
        "marked": [
            Address("its picture", with_picture, {"entry": with_picture.public_id, "picture": seen.public_id})
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
    }  # fmt: skip


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
