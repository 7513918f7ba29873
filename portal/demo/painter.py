"""Pictures painted by code, as a camera would write them: JPEG with everything beside the pixels that must not stay."""

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from portal.demo.painting import drawings, inside, outside, summer, tables, weather
from portal.demo.painting.figures import Look, look_of
from portal.demo.painting.page import Page

Scene = Callable[[Page, random.Random, Sequence[Look]], None]

# How many children have room in a scene; in most there is nobody to be recognised.
SCENES: dict[str, tuple[Scene, int]] = {
    "big_leaf": (outside.big_leaf, 0), "leaf_sorting": (outside.leaf_sorting, 0), "leaf_ring": (outside.leaf_ring, 0),
    "mushrooms": (outside.mushrooms, 2), "cones": (outside.cones, 0), "ladybird": (outside.ladybird, 0),
    "bugs": (outside.bugs, 0), "forest": (outside.forest, 3), "autumn_forest": (outside.autumn_forest, 3),
    "birds": (outside.birds, 0), "berries": (outside.berries, 0), "sprouts": (outside.sprouts, 0),
    "spring_flowers": (outside.spring_flowers, 3), "snails": (outside.snails, 0),
    "butterflies": (outside.butterflies, 3), "pond": (outside.pond, 0),
    "puddle": (weather.puddle, 3), "boats": (weather.boats, 0), "snowman": (weather.snowman, 3),
    "ice_bucket": (weather.ice_bucket, 0), "icicles": (weather.icicles, 0), "snow_tracks": (weather.snow_tracks, 0),
    "snowflakes": (weather.snowflakes, 0), "rainbow": (summer.rainbow, 3), "kites": (summer.kites, 3),
    "sledding": (weather.sledding, 3), "beach": (summer.beach, 3), "shadows": (summer.shadows, 3),
    "garden": (summer.garden, 3),
    "blocks": (inside.blocks, 2), "books": (inside.books, 0), "mittens": (inside.mittens, 0),
    "lanterns": (inside.lanterns, 3), "beads": (tables.beads, 0), "baking": (tables.baking, 0),
    "loose_parts": (tables.loose_parts, 0), "train": (tables.train, 0), "den": (inside.den, 2),
    "shapes": (tables.shapes, 0), "fruit": (tables.fruit, 0), "music": (inside.music, 1),
    "sand_shapes": (tables.sand_shapes, 0), "reading": (inside.reading, 3),
    "drawing_family": (drawings.family, 0), "drawing_house": (drawings.house, 0),
    "drawing_animal": (drawings.animal, 0), "drawing_boat": (drawings.boat, 0),
    "drawing_rocket": (drawings.rocket, 0), "squiggles": (drawings.squiggles, 0),
    "finger_paint": (drawings.finger_paint, 0),
}  # fmt: skip

# What a test looks for in the stored files, and must not find.
MAKE, MODEL, SERIAL, DATUM = "Lindby Optik", "Tallkotte 12", "LO-0048151623", "LINDBY-84"
# How a camera held otherwise stores its pixels, by the flag it writes for it.
HELD = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


@dataclass(frozen=True)
class Shot:
    """One picture to be taken. `faces` are children by number; `small` is for tests, `better` has 12 megapixels."""

    scene: str
    seed: int
    taken_at: datetime
    faces: tuple[int, ...] = ()
    small: bool = False
    better: bool = False

    def from_a_better_camera(self) -> "Shot":
        return replace(self, better=True)


def room_for_children(scene: str) -> int:
    """How many children can be painted into the scene."""
    return SCENES[scene][1]


def paint(shot: Shot) -> Image.Image:
    """The picture: 1600 × 1200, painted at twice that and brought down; 4000 × 3000 from a better camera."""
    scene, room = SCENES[shot.scene]
    if shot.small:
        scale, reduce = 0.25, 1
    else:
        scale, reduce = (2.5, 1) if shot.better else (2.0, 2)
    page = Page(scale)
    scene(page, random.Random(shot.seed), [look_of(face) for face in shot.faces[:room]])
    return page.image.reduce(reduce) if reduce > 1 else page.image


def photograph(shot: Shot) -> bytes:
    """The picture as a JPEG with camera, place and time beside it, one in four held another way than upright."""
    flag = random.Random(shot.seed).choice((1, 1, 1, 1, 1, 1, 3, 6, 8))
    image, turned = paint(shot), HELD[flag]
    if turned is not None:
        image = image.transpose(turned)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, exif=_beside(shot, flag))
    return out.getvalue()


def _beside(shot: Shot, flag: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = "Lindby kommun"
    exif[0x010F], exif[0x0110], exif[0x0112] = MAKE, MODEL, flag
    exif[0x0131] = f"{MODEL} 4.2"
    exif[0x8769] = {
        0x9003: f"{shot.taken_at:%Y:%m:%d %H:%M:%S}",
        0x9011: f"{shot.taken_at:%z}"[:3] + ":00",
        0xA431: SERIAL,
    }
    degrees = (IFDRational(59), IFDRational(52), IFDRational(1234 + shot.seed % 4000, 100))
    exif[0x8825] = {1: "N", 2: degrees, 3: "E", 4: (IFDRational(15), *degrees[1:]), 18: DATUM}
    return exif
