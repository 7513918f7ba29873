"""Films in the worlds: put into entries, marked, marked again."""

import uuid
from random import Random
from typing import TYPE_CHECKING, Any

from learninglog.models import Entry
from learninglog.services.clips import keep_clip
from media_policy.clips.services import mark_clip
from media_policy.models import Clip

if TYPE_CHECKING:
    from tests.oracle.worlds import World

Step = tuple[Any, ...]


def steps(random: Random, number: int, mark: Any) -> list[Step]:
    """Now and then an entry has a film; now and then somebody says anew who is in it."""
    found: list[Step] = [("film", number, *mark()) for _ in range(random.choice((0, 0, 1)))]
    return found


def again(random: Random, number: int, mark: Any) -> list[Step]:
    return [("film again", number, *mark())] if random.random() < 0.3 else []


def film(world: "World", number: int, marking: str, subjects: Any) -> None:
    from tests.oracle import deeds

    entry = world.entries[number]
    row = Clip.objects.create(
        organisation=world.organisation, unit=entry.unit, uploaded_by=entry.created_by, uploaded_at=world.moment(0),
        client_key=uuid.uuid4(), kind="film", state="ready", duration_ms=1000, width=16, height=12,
    )  # fmt: skip
    deeds.at_work(world, 0, entry.updated_at, lambda by: keep_clip(entry=entry, clip=row, by=by))
    deeds.at_work(world, 0, entry.updated_at, lambda by: _marked(world, row, marking, subjects, by))


def film_again(world: "World", number: int, marking: str, subjects: Any) -> None:
    from tests.oracle import deeds

    held = Entry.objects.get(pk=world.entries[number].pk).entry_clips.order_by("pk").first()
    if held is None:
        raise KeyError
    deeds.at_work(world, 0, world.moment(0), lambda by: _marked(world, held.clip, marking, subjects, by))


def _marked(world: "World", clip: Clip, marking: str, subjects: Any, by: Any) -> None:
    children = [world.children[key] for key in subjects] if marking == "marked" else []
    mark_clip(clip=clip, children=children, nobody=marking == "nobody", by=by)


DEEDS = {"film": film, "film again": film_again}
