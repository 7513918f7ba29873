"""Cropped and covered pictures in the worlds: beside the whole one or in its place, in open groups and in others."""

import uuid
from random import Random
from typing import TYPE_CHECKING, Any

from learninglog.models import Entry
from learninglog.services import covering
from learninglog.services.composing import Marked
from media_policy.models import Picture

if TYPE_CHECKING:
    from tests.oracle.worlds import World

Step = tuple[Any, ...]


def steps(random: Random, number: int, mark: Any) -> list[Step]:
    """Of about every third picture somebody makes one or two others; seldom in its place."""
    found: list[Step] = []
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        use = random.choice(("beside", "beside", "beside", "instead"))
        found.append(("cover", number, random.randrange(3), use, random.random() < 0.4, *mark()))
    return found


def cover(
    world: "World", number: int, choice: int, use: str, covered: bool, marking: str, subjects: Any
) -> None:  # fmt: skip
    """As it is put in its place once it is painted; here there are no pixels."""
    from tests.oracle import deeds

    entry = Entry.objects.get(pk=world.entries[number].pk)
    held = list(entry.entry_pictures.filter(stands_for__isnull=True).select_related("picture").order_by("pk"))
    whole = held[choice % len(held)].picture
    keys = frozenset(world.children[key].pk for key in subjects) if marking == "marked" else frozenset()
    made = Picture.objects.create(
        organisation=world.organisation, unit=entry.unit, uploaded_by=entry.created_by, uploaded_at=world.moment(0),
        client_key=uuid.uuid4(), width=16, height=12, made_from=whole if use == "beside" else None, covered=covered,
    )  # fmt: skip
    for purpose in ("master", "full", "card", "thumb"):
        made.derivatives.create(
            purpose=purpose, etag=uuid.uuid4().hex, storage_name=uuid.uuid4().hex, content_type="image/webp",
            byte_size=1, width=16, height=12,
        )  # fmt: skip
    marked = Marked(keys, marking == "nobody")
    deeds.at_work(
        world, 0, entry.updated_at,
        lambda by: covering.put(
            entry=entry, by=by, whole=whole.public_id, made=made, marked=marked, use=covering.Use(use)
        ),
    )  # fmt: skip


DEEDS = {"cover": cover}
