"""Whatever a phone puts around a picture: of none of it a trace is stored or served, and the right picture is kept."""

import io
from functools import cache

import pytest
from django.urls import reverse
from PIL import Image

from media_policy import intake, services
from media_policy.purposes import SERVED, Purpose
from tests.media_policy import originals, samples, traces
from tests.media_policy.test_intake_pictures import near

every = cache(originals.every)
NAME = f"{samples.PLANTED} Alma Andersson, Sjövik.jpg"
WORDS = ("Andersson", "2026:05:04", "Display P3")


@pytest.mark.parametrize("name", every())
def test_no_stored_or_served_byte_knows_what_the_phone_wrote(world, rooms, sign_in, name):
    data = every()[name]
    assert samples.mentions_a_secret(data), "the original must carry what the test looks for"
    picture = world.take_in(data, name=NAME)
    world.show(picture, world.astrid)
    services.mark(picture=picture, children=[world.alma], nobody=False, by=world.viewer(world.cecilia))
    reader = sign_in(world.astrid, "guardian")
    ways = [reverse("media_policy:picture", args=[picture.public_id, purpose]) for purpose in SERVED]
    assert traces.tells(traces.in_answers(reader, ways), *WORDS) == []
    assert traces.tells(traces.on_disk(rooms), *WORDS) == []
    assert traces.tells(traces.in_tables(), *WORDS) == []
    assert len([path for path in rooms.rglob("*") if path.is_file()]) == len(Purpose)


def test_the_search_for_traces_finds_one_in_a_table_a_file_and_a_files_name(world, rooms):
    """Or the test above would prove nothing."""
    picture = world.take_in()
    assert traces.tells(traces.on_disk(rooms)) == []
    type(picture.derivatives.get(purpose="card")).objects.filter(picture=picture, purpose="card").update(
        etag=samples.secret("etag")
    )
    assert traces.tells(traces.in_tables()) == ["a planted secret"]
    (rooms / "spool" / samples.PLANTED).write_bytes(b"")
    assert traces.tells(traces.on_disk(rooms)) == ["a planted secret"]


@pytest.mark.parametrize("name", [name for name in every() if "16 bits" not in name])
def test_the_picture_that_is_kept_is_the_one_that_was_meant(name):
    master = intake.prepare(every()[name]).pieces[Purpose.MASTER]
    with Image.open(io.BytesIO(master.data)) as image:
        assert image.size == (96, 64)
        found = samples.corners(image)
    wanted = (samples.RED, samples.GREEN, samples.BLUE, samples.YELLOW)
    # Inks and wide colours are not quite the same; another picture, or one that lies on its side, would be far off.
    assert all(near(one, two, 70) for one, two in zip(found, wanted, strict=True)), found


def test_a_depth_map_leaves_the_picture_as_it_is():
    plain = intake.prepare(samples.heic(samples.scene()))
    deep = intake.prepare(originals.heic_with_depth())
    for purpose, piece in plain.pieces.items():
        one, two = (Image.open(io.BytesIO(found.data)) for found in (piece, deep.pieces[purpose]))
        assert all(near(a, b, 8) for a, b in zip(samples.corners(one), samples.corners(two), strict=True))


def test_of_a_cmyk_file_adobes_marker_still_says_how_its_inks_are_meant():
    data = every()["CMYK JPEG with Adobe's marker"]
    assert b"\xff\xee" in data
    assert b"Adobe" in data
