"""Cropping and covering: what may be drawn, what is painted, and what is kept of it."""

import io
import json
import threading
import uuid

import pytest
from PIL import Image

from media_policy import files, intake, services
from media_policy.covering import paint
from media_policy.covering.regions import MOST_SPOTS, Frame, Plan, Shape, Spot, Unfit, Wrong, read
from media_policy.covering.services import make
from media_policy.models import Derivative, Picture
from media_policy.purposes import SIDES, Purpose
from tests.media_policy import samples
from tests.media_policy.conftest import AT

SPOT = {"shape": "oval", "x": 0.1, "y": 0.2, "width": 0.2, "height": 0.3}


def drawn(*spots, crop=None):
    return json.dumps({"spots": list(spots), "crop": crop})


def frame(x, y, width, height):
    return {"x": x, "y": y, "width": width, "height": height}


def master(width=400, height=300, colour=(10, 60, 200)):
    """A master whose pixels say where they come from: red grows to the right, green downwards."""
    image = Image.new("RGB", (width, height), colour)
    image.putdata([(x * 255 // width, y * 255 // height, 90) for y in range(height) for x in range(width)])
    out = io.BytesIO()
    image.save(out, "WEBP", quality=95)
    return out.getvalue()


def opened(piece):
    return Image.open(io.BytesIO(piece.data)).convert("RGB")


def near(one, other, by=24):
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def test_what_was_drawn_is_read_as_it_was_sent():
    plan = read(drawn(SPOT, SPOT | {"shape": "box"}, crop=frame(0, 0.1, 1, 0.9)))
    assert plan == Plan(
        (Spot(Shape.OVAL, Frame(0.1, 0.2, 0.2, 0.3)), Spot(Shape.BOX, Frame(0.1, 0.2, 0.2, 0.3))),
        Frame(0, 0.1, 1, 0.9),
    )


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ("", Wrong.NOTHING),
        (drawn(), Wrong.NOTHING),
        (drawn(crop=frame(0, 0, 1, 1)), Wrong.NOTHING),
        ("{", Wrong.UNREADABLE),
        ("[]", Wrong.UNREADABLE),
        ("null", Wrong.UNREADABLE),
        ("[" * 15_000, Wrong.UNREADABLE),
        (drawn(SPOT | {"shape": "heart"}), Wrong.UNREADABLE),
        (drawn(SPOT | {"x": "0.1"}), Wrong.UNREADABLE),
        (drawn(SPOT | {"x": True}), Wrong.UNREADABLE),
        (drawn({"shape": "oval", "x": 0.1}), Wrong.UNREADABLE),
        ('{"spots": [{"shape": "oval", "x": NaN, "y": 0, "width": 0.1, "height": 0.1}]}', Wrong.UNREADABLE),
        ('{"spots": [{"shape": "oval", "x": 0, "y": 0, "width": 1e999, "height": 0.1}]}', Wrong.UNREADABLE),
        (drawn(SPOT | {"x": -0.1}), Wrong.OUTSIDE),
        (drawn(SPOT | {"y": 0.8}), Wrong.OUTSIDE),
        (drawn(SPOT | {"width": 0.001}), Wrong.TOO_SMALL),
        (drawn(SPOT | {"height": -0.1}), Wrong.TOO_SMALL),
        (drawn(crop=frame(0, 0, 0.05, 1)), Wrong.SMALL_FRAME),
        (drawn(*[SPOT] * (MOST_SPOTS + 1)), Wrong.TOO_MANY),
    ],
)
def test_what_cannot_be_painted_is_refused_with_its_reason(sent, wrong):
    with pytest.raises(Unfit) as refused:
        read(sent)
    assert refused.value.wrong is wrong
    assert "%" not in refused.value.sentence


@pytest.mark.parametrize("shape", ["oval", "box"])
def test_a_spot_is_one_flat_colour_and_a_little_wider_than_drawn(shape):
    plan = read(drawn({"shape": shape, "x": 0.25, "y": 0.25, "width": 0.5, "height": 0.5}))
    image = opened(paint.paint(master(), plan).pieces[Purpose.MASTER])
    # Through the middle, past the edge that was drawn at 100 and 300.
    row = [image.getpixel((x, 150)) for x in range(92, 309)]
    assert all(near(pixel, paint.COLOUR) for pixel in row)
    assert not near(image.getpixel((70, 150)), paint.COLOUR)
    assert near(image.getpixel((104, 79)), paint.COLOUR) == (shape == "box")


def test_no_purpose_shows_what_was_covered():
    plan = read(drawn({"shape": "box", "x": 0.4, "y": 0.4, "width": 0.2, "height": 0.2}))
    made = paint.paint(master(2000, 1500), plan)
    for purpose in (Purpose.MASTER, Purpose.FULL, Purpose.CARD, Purpose.THUMB):
        image = opened(made.pieces[purpose])
        assert max(image.size) == min(2000, SIDES[purpose])
        box = [round(part * side) for part, side in zip((0.4, 0.4, 0.6, 0.6), image.size * 2, strict=True)]
        inside = image.crop(box)
        places = [(x, y) for x in range(inside.width) for y in range(inside.height)]
        assert all(near(inside.getpixel(place), paint.COLOUR) for place in places)


def test_a_crop_keeps_the_frame_and_nothing_beside_it():
    made = paint.paint(master(), read(drawn(crop=frame(0.5, 0.5, 0.25, 0.5))))
    image = opened(made.pieces[Purpose.MASTER])
    assert (made.width, made.height) == image.size == (100, 150)
    assert near(image.getpixel((2, 2)), (128, 128, 90))
    assert not made.covered


def test_a_spot_that_is_cut_away_leaves_the_picture_uncovered():
    beside = frame(0.7, 0.1, 0.2, 0.2)
    spot = SPOT | {"shape": "box"}
    assert not paint.paint(master(), read(drawn(spot, crop=beside))).covered
    assert paint.paint(master(), read(drawn(spot, crop=frame(0.2, 0.1, 0.7, 0.8)))).covered
    assert paint.paint(master(), read(drawn(spot))).covered


def test_of_a_strip_a_crop_leaves_at_least_a_pixel():
    made = paint.paint(master(400, 2), read(drawn(crop=frame(0.1, 0.6, 0.5, 0.1))))
    assert (made.width, made.height) == (200, 1)


def test_painting_waits_for_its_turn(monkeypatch):
    """One decoded picture at a time: whoever takes one in holds the painter up."""
    done = threading.Event()

    def work():
        paint.paint(master(), read(drawn(SPOT)))
        done.set()

    with intake.ONE_AT_A_TIME:
        painter = threading.Thread(target=work)
        painter.start()
        assert not done.wait(0.3)
    painter.join(30)
    assert done.is_set()


@pytest.mark.django_db
class TestKeeping:
    def covered(self, world, of, key=None, *, stands_in=True, plan=None):
        plan = plan or read(drawn(SPOT))
        return make(of=of, plan=plan, by=world.viewer(world.cecilia), client_key=key, stands_in=stands_in)

    def test_it_is_a_picture_of_its_own_with_files_of_its_own(self, world):
        whole = world.take_in(samples.jpeg())
        made = self.covered(world, whole)
        mine, its = (
            set(Derivative.objects.filter(picture=row).values_list("storage_name", flat=True)) for row in (made, whole)
        )
        assert len(mine) == 4
        assert not mine & its
        assert (made.made_from, made.covered, made.marking) == (whole, True, "unmarked")
        assert (made.unit, made.taken_at, made.uploaded_by) == (whole.unit, whole.taken_at, world.cecilia)

    def test_one_that_takes_the_place_of_the_whole_one_knows_nothing_of_it(self, world):
        made = self.covered(world, world.take_in(), stands_in=False)
        assert made.made_from is None

    def test_the_same_key_makes_one(self, world):
        whole, key = world.take_in(), uuid.uuid4()
        assert self.covered(world, whole, key) == self.covered(world, whole, key)
        assert Picture.objects.count() == 2
        assert sum(len(list(files.on_shelf(shelf))) for shelf in files.SHELVES) == 8

    def test_what_stands_in_goes_with_the_whole_one(self, world, django_capture_on_commit_callbacks):
        whole = world.take_in()
        made = self.covered(world, whole)
        with django_capture_on_commit_callbacks(execute=True):
            services.erase_picture(picture=whole, by_reason="removed", at=AT)
        made.refresh_from_db()
        assert (made.erased_at, made.made_from, made.covered) == (AT, None, False)
        assert made.erasure.files == 4
        assert [name for shelf in files.SHELVES for name, _at in files.on_shelf(shelf)] == []

    def test_whoever_is_found_on_the_whole_one_is_taken_to_be_on_what_was_made_of_it(self, world):
        whole, by = world.take_in(), world.viewer(world.cecilia)
        made, unmarked = self.covered(world, whole), self.covered(world, whole)
        services.mark(picture=made, children=None, nobody=True, by=by)
        services.mark(picture=whole, children=[world.alma], nobody=False, by=by)
        assert [row.child for row in made.subjects.all()] == [world.alma]
        made.refresh_from_db()
        assert made.marking == "children"
        assert not unmarked.subjects.exists()
        services.mark(picture=made, children=None, nobody=True, by=by)
        services.mark(picture=whole, children=[world.alma], nobody=False, by=by)
        assert not made.subjects.exists()
