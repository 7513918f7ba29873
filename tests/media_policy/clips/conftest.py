"""A place that films can be sent for, and a holder that shows what the test puts into it."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from media_policy import holders
from media_policy.clips import raw, services, targets
from media_policy.clips.models import Clip
from tests.media_policy.conftest import AT, temporary


class Place:
    def __init__(self, world):
        self.world, self.public_id = world, uuid.uuid4()
        self.writers, self.kept, self.shown = {world.cecilia.pk}, [], {}

    def find(self, viewer, public_id):
        if public_id != self.public_id or viewer.person.pk not in self.writers or viewer.hat != "staff":
            return None
        return targets.Target(self.world.unit, self.keep)

    def keep(self, clip):
        if not self.writers:
            raise PermissionDenied
        self.kept.append(clip.pk)

    def held(self, viewer):
        return Clip.objects.filter(pk__in=self.shown.get(viewer.person.pk, ())).values("pk")

    def show(self, clip, *people):
        for person in people:
            self.shown.setdefault(person.pk, set()).add(clip.pk)

    def send(self, data, *, by=None, at=AT, key=None):
        """The whole file at once, not made ready yet."""
        viewer = self.world.viewer(by or self.world.cecilia, at=at)
        return services.take_in_whole(
            upload=temporary(data, "Alma.mp4"), target="test", about=self.public_id, by=viewer,
            client_key=key or uuid.uuid4(),
        )  # fmt: skip

    def take_in(self, data, **options):
        """The whole file, made ready."""
        clip = self.send(data, **options)
        services.make(clip_id=clip.pk)
        clip.refresh_from_db()
        return clip


@pytest.fixture
def place(world, monkeypatch):
    monkeypatch.setattr(targets, "_targets", {})
    monkeypatch.setattr(holders.clips, "_known", {})
    made = Place(world)
    targets.register("test", made.find)
    holders.clips.register("test", made.held)
    return made


@pytest.fixture
def stored(rooms):
    """Every file that is there: stored ones, and those in the spool that are not an upload of this request."""
    raw.path_of("x")

    def look():
        return sorted(path for path in rooms.rglob("*") if path.is_file())

    return look
