"""Nothing that a camera wrote beside the pixels comes along."""

import struct

import pytest

from media_policy import intake
from media_policy.purposes import Purpose
from tests.media_policy import samples

KINDS = ["jpeg", "png", "webp", "heic"]


def chunks_of(webp):
    names, at = [], 12
    while at < len(webp):
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        names.append(webp[at : at + 4])
        at += 8 + size + (size & 1)
    return names


def markers_of(jpeg):
    names, at = [], 2
    while jpeg[at + 1] != 0xDA:
        names.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return names


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("kind", KINDS)
def test_no_secret_of_the_camera_survives_in_any_derivative(kind, orientation):
    data = getattr(samples, kind)(orientation=orientation, profile=samples.wide())
    assert samples.mentions_a_secret(data), "the sample must carry what the test looks for"
    for purpose, piece in intake.prepare(data).pieces.items():
        assert not samples.mentions_a_secret(piece.data), purpose
        # A place for anything else than pixels does not even exist.
        assert chunks_of(piece.data) == [b"VP8 "], purpose


@pytest.mark.parametrize("kind", KINDS)
def test_the_decoders_are_handed_no_secret_but_in_heic(kind):
    from media_policy import containers

    found = containers.look_into(getattr(samples, kind)(profile=samples.wide()))
    if kind != "heic":
        assert not samples.mentions_a_secret(found.body)


def test_the_thumbnail_and_the_second_picture_of_a_phone_are_left_behind():
    sound = samples.secret("clip sound").encode()
    motion = (
        struct.pack(">I4s16s", 24, b"ftyp", b"mp42\0\0\0\0mp42isom")
        + struct.pack(">I4s", 8 + len(sound), b"mdat")
        + sound
    )
    for tail in (
        samples.small_jpeg("gain map"),
        b"\0" * 64 + samples.small_jpeg("depth") + motion,
        motion,
        samsung_tail(),
    ):
        data = samples.jpeg(tail=tail)
        for piece in intake.prepare(data).pieces.values():
            assert not samples.mentions_a_secret(piece.data)


def samsung_tail():
    block = b"\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data" + samples.secret("clock").encode()
    directory = b"SEFH" + (106).to_bytes(4, "little") + (1).to_bytes(4, "little")
    directory += b"\0\0\x01\x0a" + len(block).to_bytes(4, "little") + len(block).to_bytes(4, "little")
    return block + directory + len(directory).to_bytes(4, "little") + b"SEFT"


def test_the_jpeg_for_a_pdf_holds_pixels_alone():
    master = intake.prepare(samples.jpeg(profile=samples.wide())).pieces[Purpose.MASTER]
    copy = intake.jpeg_of(master.data)
    assert (copy.width, copy.height) == (master.width, master.height)
    assert copy.data[:3] == b"\xff\xd8\xff"
    assert not samples.mentions_a_secret(copy.data)
    # JFIF's heading, tables, frame: no application or comment block beside them.
    assert [marker for marker in markers_of(copy.data) if marker >= 0xE0] == [0xE0]


def test_the_same_pixels_give_the_same_bytes_whatever_the_camera_wrote():
    with_secrets = intake.prepare(samples.jpeg(secrets=True))
    without = intake.prepare(samples.jpeg(secrets=False))
    assert {k: v.data for k, v in with_secrets.pieces.items()} == {k: v.data for k, v in without.pieces.items()}
