"""Every file that is no plain picture gets its reason, in words, and costs little."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from django.utils import translation
from PIL import Image

from media_policy import intake
from media_policy.refusal import SENTENCES, Reason, Refused
from tests.media_policy import samples


def reason_for(data):
    with pytest.raises(Refused) as caught:
        intake.prepare(data)
    assert caught.value.sentence
    assert "%" not in caught.value.sentence
    return caught.value.reason


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "hello")
    return out.getvalue()


def in_format(name, **options):
    out = io.BytesIO()
    samples.scene().save(out, name, **options)
    return out.getvalue()


def moving(name):
    return in_format(name, save_all=True, append_images=[Image.new("RGB", (96, 64), "white")], duration=100)


@pytest.mark.parametrize("data", [b"", bytearray()])
def test_a_file_of_zero_bytes(data):
    assert reason_for(bytes(data)) == Reason.EMPTY


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"<?xml version='1.0'?><svg/>",
        b"%PDF-1.7\n",
        b"MZ\x90\0",
        b"just words",
        b"\0" * 5000,
        b"\xff\xd8",
        b"RIFF\0\0\0\0WAVE",
    ],
)
def test_what_is_no_picture_at_all(data):
    assert reason_for(data) == Reason.OTHER_KIND


@pytest.mark.parametrize("name", ["TIFF", "BMP", "ICO", "JPEG2000", "AVIF", "PPM"])
def test_pictures_of_other_kinds(name):
    assert reason_for(in_format(name)) == Reason.OTHER_KIND


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_leading_junk_hides_nothing(kind):
    assert reason_for(b"junk" + getattr(samples, kind)()) == Reason.OTHER_KIND


@pytest.mark.parametrize("name", ["GIF", "PNG", "WEBP"])
def test_what_moves(name):
    assert reason_for(moving(name)) == Reason.MOVING


def test_a_gif_even_when_it_stands_still():
    assert reason_for(in_format("GIF")) == Reason.MOVING


def test_a_sequence_in_a_heic_box():
    still = samples.heic()
    size = int.from_bytes(still[:4], "big")
    assert reason_for(still[:size] + struct.pack(">I4s", 8, b"moov") + still[size:]) == Reason.MOVING
    assert reason_for(still.replace(b"ftypheic", b"ftyphevc", 1)) == Reason.MOVING
    assert reason_for(still.replace(b"ftypheic", b"ftypisom", 1)) == Reason.OTHER_KIND


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "heic"])
@pytest.mark.parametrize(
    "hidden",
    [
        archive(),
        b"%PDF-1.4 trailer %%EOF",
        b"<html><script>alert(1)</script>",
        b"<?php system('id');",
        b"<script>x</script>",
    ],
    ids=["zip", "pdf", "html", "php", "script"],
)
def test_something_else_behind_the_picture(kind, hidden):
    reason = reason_for(getattr(samples, kind)() + hidden)
    assert (
        reason in {Reason.MORE_THAN_A_PICTURE, Reason.DAMAGED}
        if kind == "heic"
        else reason == Reason.MORE_THAN_A_PICTURE
    )


def test_an_archive_inside_a_block_that_readers_skip():
    block = samples.segment(0xFE, b"x" * 20 + archive())
    plain = samples.jpeg(secrets=False)
    # The directory must be last for a zip reader, so the picture's end becomes the archive's comment.
    comment = len(plain) - 2
    packed = bytearray(block)
    packed[-2:] = struct.pack("<H", comment)
    assert reason_for(plain[:2] + bytes(packed) + plain[2:]) == Reason.MORE_THAN_A_PICTURE


def test_a_document_at_the_start_of_a_comment():
    plain = samples.jpeg(secrets=False)
    for head in (b"%PDF-1.5", b"<!DOCTYPE  html>", b"<HTML><body>"):
        assert reason_for(plain[:2] + samples.segment(0xFE, head) + plain[2:]) == Reason.MORE_THAN_A_PICTURE


def test_a_forged_samsung_block_hides_nothing():
    plain = samples.jpeg(secrets=False)
    assert reason_for(plain + b"x" * 40 + struct.pack("<I", 12) + b"SEFT") == Reason.MORE_THAN_A_PICTURE
    reaching = b"SEFH" + struct.pack("<II", 106, 1) + b"\0\0\x01\x0a" + struct.pack("<II", 10**6, 8)
    assert reason_for(plain + reaching + struct.pack("<I", len(reaching)) + b"SEFT") == Reason.MORE_THAN_A_PICTURE


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "heic"])
def test_a_picture_cut_off_anywhere(kind):
    data = getattr(samples, kind)()
    for keep in (len(data) - 1, len(data) - 2, len(data) // 2, len(data) // 4, 64, 30):
        assert reason_for(data[:keep]) in {Reason.DAMAGED, Reason.OTHER_KIND}, keep


def test_heavier_than_the_setting(settings):
    settings.PICTURE_MAX_BYTES = 1024
    with pytest.raises(Refused) as caught:
        intake.prepare(samples.jpeg())
    assert caught.value.reason == Reason.TOO_HEAVY


def test_larger_than_the_setting_says_its_number(settings):
    settings.PICTURE_MAX_PIXELS = 5_000_000
    with translation.override("en"), pytest.raises(Refused) as caught:
        intake.prepare(samples.jpeg(samples.scene(3000, 2000), secrets=False))
    assert caught.value.reason == Reason.TOO_MANY_PIXELS
    assert "5 megapixels" in caught.value.sentence


def three_hundred_megapixels():
    head = struct.pack(">IIBBBBB", 20000, 15000, 8, 2, 0, 0, 0)
    yield samples.png_blocks((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100_000)), (b"IEND", b""))
    jpeg = bytearray(samples.jpeg(secrets=False))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 15000, 20000)
    yield bytes(jpeg)
    webp = bytearray(samples.webp(secrets=False))
    at = webp.index(b"\x9d\x01\x2a")
    webp[at + 3 : at + 7] = struct.pack("<HH", 16383, 16383)
    yield bytes(webp)
    heic = samples.heic(secrets=False)
    at = heic.index(b"ispe") + 8
    yield heic[:at] + struct.pack(">II", 20000, 15000) + heic[at + 8 :]


def test_a_header_of_three_hundred_megapixels_is_refused_before_memory_is_asked_for():
    for data in three_hundred_megapixels():
        tracemalloc.start()
        assert reason_for(data) == Reason.TOO_MANY_PIXELS
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 5_000_000


def test_a_canvas_that_differs_from_its_picture():
    webp = bytearray(samples.webp())
    at = webp.index(b"VP8X")
    webp[at + 12 : at + 15] = (16000).to_bytes(3, "little")
    assert reason_for(bytes(webp)) == Reason.DAMAGED


def test_a_bomb_of_packed_text_or_profile_is_never_unpacked():
    bomb = zlib.compress(b"\0" * 50_000_000)
    blocks = [(b"iCCP", b"name\0\0" + bomb), (b"zTXt", b"Comment\0\0" + bomb)]
    plain = samples.png(secrets=False)
    extra = samples.png_blocks(*blocks)[8:]
    data = plain[:33] + extra + plain[33:]
    tracemalloc.start()
    assert intake.prepare(data).width == 96
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000


def test_a_jpeg_of_endless_scans():
    plain = samples.jpeg(secrets=False, progressive=True)
    at = plain.rindex(b"\xff\xda")
    last = plain[at:-2]
    assert reason_for(plain[:-2] + last * 200 + b"\xff\xd9") == Reason.DAMAGED


@pytest.mark.parametrize("marker", [0xC3, 0xC5, 0xC9, 0xCF])
def test_codings_that_no_phone_uses(marker):
    jpeg = bytearray(samples.jpeg(secrets=False))
    jpeg[jpeg.index(b"\xff\xc0") + 1] = marker
    assert reason_for(bytes(jpeg)) == Reason.OTHER_KIND


def test_a_jpeg_with_two_frames_or_none():
    plain = samples.jpeg(secrets=False)
    at = plain.index(b"\xff\xc0")
    frame = plain[at : at + 2 + int.from_bytes(plain[at + 2 : at + 4], "big")]
    assert reason_for(plain[:at] + frame + plain[at:]) == Reason.DAMAGED
    assert reason_for(plain.replace(frame, b"", 1)) == Reason.DAMAGED


def test_a_png_with_a_wrong_checksum_or_an_unknown_duty_block():
    plain = bytearray(samples.png(secrets=False))
    plain[29] ^= 1
    assert reason_for(bytes(plain)) == Reason.DAMAGED
    good = samples.png(secrets=False)
    assert reason_for(good[:33] + samples.png_blocks((b"ABCD", b"x"))[8:] + good[33:]) == Reason.DAMAGED


def test_a_png_whose_pixels_are_missing_or_cut_inside():
    head = struct.pack(">IIBBBBB", 50, 50, 8, 2, 0, 0, 0)
    assert reason_for(samples.png_blocks((b"IHDR", head), (b"IEND", b""))) == Reason.DAMAGED
    short = zlib.compress(b"\0" * 500)
    assert reason_for(samples.png_blocks((b"IHDR", head), (b"IDAT", short), (b"IEND", b""))) == Reason.DAMAGED


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_size_of_nothing(kind):
    if kind == "png":
        head = struct.pack(">IIBBBBB", 0, 50, 8, 2, 0, 0, 0)
        data = samples.png_blocks((b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    else:
        jpeg = bytearray(samples.jpeg(secrets=False))
        at = jpeg.index(b"\xff\xc0")
        jpeg[at + 5 : at + 7] = b"\0\0"
        data = bytes(jpeg)
    assert reason_for(data) == Reason.DAMAGED


def test_the_content_decides_and_no_name_is_even_asked_for():
    assert intake.prepare(samples.png()).width == 96
    assert set(intake.prepare.__kwdefaults__) == {"zone"}


def test_every_reason_has_its_sentence():
    assert set(SENTENCES) == set(Reason)


def test_a_warning_of_the_decoder_is_a_refusal(monkeypatch):
    import warnings

    from media_policy import pixels

    def warn(rows):
        warnings.warn("odd bytes", UserWarning, stacklevel=1)

    monkeypatch.setattr(pixels, "shrink", warn)
    assert reason_for(samples.jpeg()) == Reason.DAMAGED


def test_without_memory_the_picture_is_called_too_large(monkeypatch):
    from media_policy import pixels

    def out_of_memory(found):
        raise MemoryError

    monkeypatch.setattr(pixels, "decode", out_of_memory)
    assert reason_for(samples.jpeg()) == Reason.TOO_MANY_PIXELS
