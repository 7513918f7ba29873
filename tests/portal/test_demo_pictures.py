"""The pictures of the demo: painted by code, and with what a camera writes into its files."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from portal.demo import painter
from portal.demo.painter import SCENES, Shot, paint, photograph

AT = datetime(2026, 11, 17, 13, 40, tzinfo=UTC)
PLANTED = [text.encode() for text in (painter.MAKE, painter.MODEL, painter.SERIAL, painter.DATUM)]


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_a_picture(scene: str) -> None:
    room = SCENES[scene][1]
    shot = Shot(scene, 7, AT, tuple(range(room)), small=True)
    image = paint(shot)
    assert image.size == (400, 300)
    # Neither an empty sheet nor noise: many colours, most of the page in few of them.
    colours = sorted((count for count, _colour in image.getcolors(120_000) or []), reverse=True)
    assert len(colours) > 10
    assert sum(colours[:400]) > 0.6 * 400 * 300
    assert photograph(shot) == photograph(shot)
    if room:
        assert paint(shot).tobytes() != paint(Shot(scene, 7, AT, (), small=True)).tobytes()


def test_the_originals_carry_what_must_be_taken_away() -> None:
    data = photograph(Shot("cones", 3, AT, small=True))
    assert all(text in data for text in PLANTED)
    flags = {Image.open(io.BytesIO(photograph(Shot("beads", n, AT, small=True)))).getexif()[0x0112] for n in range(24)}
    assert flags == {1, 3, 6, 8}


def test_a_better_camera_has_twelve_megapixels() -> None:
    shot = Shot("ladybird", 3, AT)
    assert paint(shot).size == (1600, 1200)
    assert paint(shot.from_a_better_camera()).size == (4000, 3000)
