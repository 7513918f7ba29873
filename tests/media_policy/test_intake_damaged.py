"""Damaged uploads all the way: into storage and tables, or nowhere."""

from PIL import Image

from media_policy import files
from media_policy.models import Derivative, Picture
from media_policy.refusal import Refused
from tests.media_policy import mutations, verdicts


def test_damaged_uploads_leave_a_whole_picture_or_nothing(world, rooms):
    bases, taken = verdicts.pictures(), 0
    for number in range(200, 320):
        try:
            world.take_in(mutations.mutate(number, bases))
        except Refused:
            continue
        taken += 1
    assert taken > 5
    assert Picture.objects.count() == taken
    stored = [path for path in rooms.rglob("*") if path.is_file()]
    assert len(stored) == 4 * taken == Derivative.objects.count()
    for row in Derivative.objects.all():
        with files.storage().open(row.storage_name) as file:
            image = Image.open(file)
            image.load()
        assert image.size == (row.width, row.height)
