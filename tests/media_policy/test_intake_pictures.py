"""What comes out of a good picture: upright, in true colours, in the sizes that are kept."""

import io
import struct
import zlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageOps

from media_policy import intake
from media_policy.purposes import Purpose
from tests.media_policy import icc, samples

KINDS = ["jpeg", "png", "webp", "heic"]


def opened(piece):
    return Image.open(io.BytesIO(piece.data))


def near(one, other, within=12):
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def master_of(data):
    return opened(intake.prepare(data).pieces[Purpose.MASTER])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_whichever_way_the_phone_was_held_the_picture_stands_upright(kind, orientation):
    data = getattr(samples, kind)(orientation=orientation)
    prepared = intake.prepare(data)
    assert (prepared.width, prepared.height) == (96, 64)
    for piece in prepared.pieces.values():
        found = samples.corners(opened(piece))
        expected = (samples.RED, samples.GREEN, samples.BLUE, samples.YELLOW)
        assert all(near(one, other) for one, other in zip(found, expected, strict=True)), found


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright_means_what_an_independent_reader_of_the_flag_means(orientation):
    plain = samples.jpeg(orientation=orientation, secrets=False)
    data = plain[:2] + samples.segment(0xE1, samples.exif(orientation)) + plain[2:]
    expected = samples.corners(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    assert all(near(a, b) for a, b in zip(samples.corners(master_of(data)), expected, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_every_purpose_is_a_plain_webp_of_its_size(kind):
    data = getattr(samples, kind)(samples.scene(2400, 1600), secrets=False)
    prepared = intake.prepare(data)
    sizes = {purpose: (piece.width, piece.height) for purpose, piece in prepared.pieces.items()}
    assert sizes == {
        Purpose.MASTER: (2016, 1344),
        Purpose.FULL: (1600, 1067),
        Purpose.CARD: (800, 534),
        Purpose.THUMB: (320, 214),
    }
    assert (prepared.width, prepared.height) == (2016, 1344)
    for piece in prepared.pieces.values():
        image = opened(piece)
        assert (image.format, image.size, image.mode) == ("WEBP", (piece.width, piece.height), "RGB")


def test_a_small_picture_is_never_blown_up():
    prepared = intake.prepare(samples.jpeg(samples.scene(100, 60)))
    assert {(piece.width, piece.height) for piece in prepared.pieces.values()} == {(100, 60)}


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), (2000, 1500)),
        ((4032, 3024), (2016, 1512)),
        ((3000, 2000), (2016, 1344)),
        ((1500, 4200), (720, 2016)),
    ],
)
def test_a_jpeg_is_decoded_at_its_natural_half_or_shrunk_from_the_whole(size, expected):
    prepared = intake.prepare(samples.jpeg(samples.scene(*size), secrets=False))
    assert (prepared.width, prepared.height) == expected


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P"])
def test_a_png_above_twice_the_master_is_taken_in_bands_and_keeps_its_corners(mode):
    image = samples.scene(5000, 2500).convert(mode, palette=Image.Palette.ADAPTIVE)
    master = master_of(samples.png(image, secrets=False, compress_level=1))
    assert master.size == (2016, 1008)
    expected = samples.corners(image)
    assert all(near(a, b) for a, b in zip(samples.corners(master), expected, strict=True))
    # No band may leave a seam or an empty last line.
    assert near(master.getpixel((10, 1007)), expected[2], 20)


def test_a_strip_one_pixel_thin_still_becomes_a_picture():
    prepared = intake.prepare(samples.png(Image.new("RGB", (9000, 1), "red"), secrets=False))
    assert (prepared.width, prepared.height) == (2016, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_wide_colours_are_turned_into_srgb(kind):
    red = Image.new("RGB", (64, 64), (255, 0, 0))
    plain = master_of(getattr(samples, kind)(Image.new("RGB", (64, 64), (200, 60, 60)), secrets=False))
    wide = master_of(
        getattr(samples, kind)(Image.new("RGB", (64, 64), (200, 60, 60)), secrets=False, profile=samples.wide())
    )
    # The same numbers mean a stronger red in Display P3 than in sRGB.
    assert wide.getpixel((32, 32))[0] > plain.getpixel((32, 32))[0] + 6
    assert wide.getpixel((32, 32))[1] < plain.getpixel((32, 32))[1] - 6
    assert near(master_of(getattr(samples, kind)(red, secrets=False)).getpixel((32, 32)), (255, 0, 0))


def test_a_profile_for_other_channels_or_a_broken_one_is_as_none():
    for profile in (icc.grey(), b"no profile at all", samples.wide()[:200]):
        image = master_of(samples.jpeg(Image.new("RGB", (64, 64), (200, 60, 60)), profile=profile))
        assert near(image.getpixel((32, 32)), (200, 60, 60))


def test_a_profile_in_many_jpeg_segments_is_put_together_again():
    long = icc.display_p3("Display P3 " + "x" * 150_000)
    image = master_of(samples.jpeg(Image.new("RGB", (64, 64), (200, 60, 60)), profile=long))
    assert image.getpixel((32, 32))[0] > 206


def test_a_grey_picture_follows_its_grey_profile():
    linear = master_of(samples.jpeg(Image.new("L", (64, 64), 100), profile=icc.grey(1.0), secrets=False))
    assert min(linear.getpixel((32, 32))) > 150


def test_a_cmyk_jpeg_becomes_rgb_through_its_profile_and_without_one():
    cyan = Image.new("CMYK", (64, 64), (255, 0, 0, 0))
    bare = master_of(samples.jpeg(cyan, secrets=False))
    assert near(bare.getpixel((32, 32)), (0, 255, 255), 20)
    odd = master_of(samples.jpeg(cyan, profile=icc.inks_where_cyan_is_red()))
    red, green, blue = odd.getpixel((32, 32))
    assert red > green + 60
    assert red > blue + 60


def test_sixteen_bits_a_channel_keep_their_highest_eight():
    rows = [[(0xC8FF, 0x3C00, 0x3C80)] * 24] * 24
    assert near(master_of(samples.png_of_sixteen_bits(rows, colours=3)).getpixel((12, 12)), (0xC8, 0x3C, 0x3C), 4)
    grey = [[(0x80FF,)] * 24] * 24
    assert near(master_of(samples.png_of_sixteen_bits(grey, colours=1)).getpixel((12, 12)), (0x80,) * 3, 4)
    clear = [[(0x2000, 0x0000)] * 24] * 24
    assert near(master_of(samples.png_of_sixteen_bits(clear, colours=2)).getpixel((12, 12)), (255,) * 3, 4)


@pytest.mark.parametrize("kind", ["png", "webp", "heic"])
def test_what_is_transparent_lies_on_white(kind):
    image = Image.new("RGBA", (64, 64), (10, 20, 30, 0))
    image.paste((200, 30, 30, 255), (0, 0, 32, 64))
    master = master_of(getattr(samples, kind)(image, secrets=False))
    assert near(master.getpixel((48, 32)), (255, 255, 255))
    assert near(master.getpixel((12, 32)), (200, 30, 30), 16)


def test_transparency_by_palette_and_by_key_colour_lies_on_white_too():
    palette = Image.new("P", (64, 64), 1)
    palette.putpalette([0, 0, 0, 200, 30, 30])
    palette.paste(0, (32, 0, 64, 64))
    master = master_of(samples.png(palette, secrets=False, transparency=0))
    assert near(master.getpixel((48, 32)), (255, 255, 255))
    key = Image.new("RGB", (64, 64), (1, 2, 3))
    assert near(master_of(samples.png(key, secrets=False, transparency=(1, 2, 3))).getpixel((9, 9)), (255, 255, 255))


def test_black_and_white_and_progressive_and_interlaced_pictures_are_read():
    assert master_of(samples.png(samples.scene().convert("1"), secrets=False)).size == (96, 64)
    assert master_of(samples.jpeg(progressive=True)).size == (96, 64)
    assert master_of(samples.jpeg(restart_marker_blocks=2)).size == (96, 64)
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 1)
    interlaced = samples.png_blocks((b"IHDR", head), (b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b""))
    assert master_of(interlaced).size == (1, 1)


def test_a_lossless_webp_is_read():
    assert near(samples.corners(master_of(samples.webp(lossless=True)))[0], samples.RED, 6)


@pytest.mark.parametrize("kind", KINDS)
def test_the_moment_of_taking_is_kept_as_a_suggestion(kind):
    prepared = intake.prepare(getattr(samples, kind)())
    assert prepared.taken_at == datetime(2026, 5, 4, 8, 11, 12, tzinfo=UTC)


def test_without_an_offset_the_moment_is_read_in_the_zone_of_the_place():
    block = samples.exif(offset="")
    plain = samples.jpeg(secrets=False)
    data = plain[:2] + samples.segment(0xE1, block) + plain[2:]
    taken = intake.prepare(data, zone=ZoneInfo("Europe/Helsinki")).taken_at
    assert taken == datetime(2026, 5, 4, 7, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "2026:13:01 00:00:00", "yesterday", "0001:01:01 00:00:00", ""]
)
def test_a_moment_that_never_was_is_left_out(taken):
    plain = samples.jpeg(secrets=False)
    data = plain[:2] + samples.segment(0xE1, samples.exif(taken=taken)) + plain[2:]
    assert intake.prepare(data).taken_at is None


def test_a_damaged_camera_block_costs_the_picture_nothing():
    block = samples.exif(6)
    plain = samples.jpeg(secrets=False)
    for cut in (7, 9, 14, 20, 40, 80, 200):
        data = plain[:2] + samples.segment(0xE1, block[:cut]) + plain[2:]
        assert intake.prepare(data).pieces[Purpose.MASTER].data
