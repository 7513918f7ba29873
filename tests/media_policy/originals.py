"""Files as phones leave them, with all that is put around the picture: bursts, depth, live photos, second pictures."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image

from tests.media_policy import samples
from tests.media_policy.samples import secret, segment

OTHER = (200, 0, 200)  # the colour of every picture that must not be shown


def other(size=(96, 64)):
    return Image.new("RGB", size, OTHER)


def every():
    """Each original by its name."""
    return {
        "JPEG with all segments": jpeg_with_everything(),
        "JPEG with a gain map, a depth map and a film behind it": jpeg_with_tail(),
        "JPEG whose words lie between its scans": jpeg_with_words_between_scans(),
        "CMYK JPEG with Adobe's marker": samples.jpeg(samples.scene().convert("CMYK"), orientation=6),
        "JPEG in Display P3": samples.jpeg(profile=samples.wide(), orientation=8),
        "PNG with words of every sort": png_with_words(),
        "PNG of 16 bits with words": png_with_words(sixteen=True),
        "WebP with blocks nobody knows": webp_with_blocks(),
        "HEIC of a burst": heic_burst(),
        "HEIC with depth": heic_with_depth(),
        "HEIC with a hidden alpha and Display P3": samples.heic(
            samples.scene().convert("RGBA"), profile=samples.wide(), orientation=3
        ),
        "HEIC of a live photo": heic_live(),
    }


# --- JPEG ------------------------------------------------------------------------------------------------------------

_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"


def extended_xmp():
    """Two segments of the long form of XMP, as depth maps and panoramas use it."""
    whole = samples.xmp("extended xmp") + b" " * 300
    guid = b"0123456789ABCDEF0123456789ABCDEF"
    parts = [(0, whole[:200]), (200, whole[200:])]
    return b"".join(segment(0xE1, _EXTENSION + guid + struct.pack(">II", len(whole), at) + part) for at, part in parts)


def jpeg_with_everything(**options):
    """What samples.jpeg has, and XMP's extension, FlashPix, Ducky, a picture index, and one block of every number."""
    plain = samples.jpeg(**options)
    extra = segment(0xE1, samples.exif()) + extended_xmp() + segment(0xE2, b"FPXR\0\x01" + secret("flashpix").encode())
    extra += segment(0xEC, b"Ducky\0\x01" + secret("ducky").encode())
    index = b"MPF\0MM\0*\0\0\0\x08" + struct.pack(">HHHI4s", 1, 0xB000, 7, 4, b"0100") + secret("index").encode()
    extra += segment(0xE2, index)
    for number in range(0xE3, 0xF0):
        if number != 0xEE:  # Adobe's own says how to read the colours
            extra += segment(number, secret(f"block {number:x}").encode())
    # The second block of a kind counts for nothing, and must not come along for it.
    extra += segment(0xE1, samples.exif(3))
    return plain[:2] + extra + plain[2:]


def film_behind():
    words = secret("film").encode()
    head = struct.pack(">I4s16s", 24, b"ftyp", b"mp42\0\0\0\0mp42isom")
    return head + struct.pack(">I4s", 8 + len(words), b"mdat") + words


def jpeg_with_tail():
    out = io.BytesIO()
    other().save(out, "JPEG", comment=secret("gain map").encode(), exif=samples.exif())
    return jpeg_with_everything(tail=out.getvalue() + bytes(16) + samples.small_jpeg("depth") + film_behind())


def jpeg_with_words_between_scans():
    plain = samples.jpeg(progressive=True, orientation=5)
    at = plain.rindex(b"\xff\xda")
    words = segment(0xFE, secret("between").encode()) + segment(0xE1, samples.exif(2))
    return plain[:at] + words + plain[at:]


# --- PNG and WebP ----------------------------------------------------------------------------------------------------


def png_with_words(*, sixteen=False):
    if sixteen:
        rows = [[(0xC8FF, 0x3C00, 0x3C80)] * 96] * 64
        plain = samples.png_of_sixteen_bits(rows, colours=3)
    else:
        plain = samples.png(orientation=7)
    packed = zlib.compress(secret("packed").encode() * 3, 0)
    words = samples.png_blocks(
        (b"tEXt", b"Author\0" + secret("author").encode()),
        (b"zTXt", b"Comment\0\0" + packed),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + samples.xmp("itxt")),
        (b"iTXt", b"Location\0\x01\0sv\0Plats\0" + packed),
        (b"tIME", struct.pack(">HBBBBB", 2026, 5, 4, 10, 11, 12)),
        (b"sPLT", secret("palette").encode() + b"\0\x08"),
        (b"prVt", secret("private").encode()),
    )[8:]
    if sixteen:
        words += samples.png_blocks((b"eXIf", samples.exif().removeprefix(b"Exif\0\0")))[8:]
    return plain[:33] + words + plain[33:]


def webp_with_blocks():
    plain = samples.webp(orientation=4, profile=samples.wide())
    words = secret("unknown block").encode()
    words += b"\0" * (len(words) & 1)
    extra = b"WRDS" + struct.pack("<I", len(words)) + words
    return b"RIFF" + struct.pack("<I", len(plain) - 8 + len(extra)) + plain[8:] + extra


# --- HEIC ------------------------------------------------------------------------------------------------------------


def heic_burst():
    """Three pictures in one file; the second is the one that was chosen."""
    file = pillow_heif.HeifFile()
    for image, words in ((other(), "first"), (samples.scene(), "chosen"), (other(), "third")):
        added = file.add_from_pillow(image)
        added.info["exif"], added.info["xmp"] = samples.exif(), samples.xmp(f"burst {words}")
    out = io.BytesIO()
    file.save(out, quality=90, primary_index=1)
    return out.getvalue()


def heic_with_depth():
    """The alpha that the library writes beside the picture, called a depth map as phones call theirs."""
    data = samples.heic(samples.scene().convert("RGBA"))
    assert data.count(b"urn:mpeg:hevc:2015:auxid:1") == 1
    return data.replace(b"urn:mpeg:hevc:2015:auxid:1", b"urn:mpeg:hevc:2015:auxid:2")


def heic_live():
    """A still with its short film inside, and blocks of the maker's own."""
    film = film_behind()
    words = secret("maker's block").encode()
    more = struct.pack(">I4s", 8 + len(film), b"mpvd") + film
    more += struct.pack(">I4s16s", 24 + len(words), b"uuid", b"0123456789abcdef") + words
    return samples.heic(profile=samples.wide()) + more
