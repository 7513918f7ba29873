"""From the bytes of an upload to the few pictures that are kept, or to a refusal with its reason.

Pure: no database, no storage, no clock. What comes out is made from pixels alone, so nothing that the camera wrote
beside them can come along.
"""

import io
import threading
import warnings
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from PIL import Image

from media_policy import colour, containers, exif, pixels
from media_policy.containers import Found, Kind
from media_policy.purposes import SIDES, Purpose
from media_policy.refusal import Reason, Refused

CONTENT_TYPE = "image/webp"
_QUALITY = {Purpose.MASTER: 90, Purpose.FULL: 82, Purpose.CARD: 80, Purpose.THUMB: 76}
# Of libwebp's efforts this one costs half of the default and gives files of nearly the same size.
_EFFORT = 2
# One original in memory at a time, whatever server runs us; it also guards the warning filters, which are global.
ONE_AT_A_TIME = threading.Lock()


class Piece(NamedTuple):
    """One derivative: its bytes (WebP, or JPEG from `jpeg_of`) and its size in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Prepared:
    width: int
    height: int
    taken_at: datetime | None
    pieces: dict[Purpose, Piece]


def prepare(data: bytes, *, zone: tzinfo | None = None) -> Prepared:
    """Decide by content, decode once, make all derivatives; raises Refused and nothing else for whatever bytes."""
    if len(data) > settings.PICTURE_MAX_BYTES:
        raise Refused(Reason.TOO_HEAVY, megabytes=settings.PICTURE_MAX_BYTES // (1024 * 1024))
    found = containers.look_into(data)
    if found.width * found.height > settings.PICTURE_MAX_PIXELS:
        raise Refused(Reason.TOO_MANY_PIXELS, megapixels=settings.PICTURE_MAX_PIXELS // 1_000_000)
    with ONE_AT_A_TIME:
        master, block = _master(found)
    facts = exif.facts(block, zone or ZoneInfo(settings.TIME_ZONE))
    if found.kind is not Kind.HEIF:
        master = pixels.upright(master, facts.orientation)
    return Prepared(master.width, master.height, facts.taken_at, derivatives(master))


def jpeg_of(master: bytes) -> Piece:
    """A JPEG of the master's pixels and nothing else, for a PDF or a package that cannot hold WebP."""
    with Image.open(io.BytesIO(master), formats=("WEBP",)) as image:
        clean = _bare(image.convert("RGB"))
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=88, optimize=True, progressive=False)
    return Piece(out.getvalue(), clean.width, clean.height)


def _master(found: Found) -> tuple[Image.Image, bytes]:
    with warnings.catch_warnings():
        # A decoder that warns has met something odd: for a stranger's file that is reason enough.
        warnings.filterwarnings("error", module=r"PIL\b|pillow_heif\b|media_policy\b")
        try:
            source = pixels.decode(found)
            return _bare(colour.to_srgb(pixels.shrink(source.rows), source.icc)), source.exif
        except Refused:
            raise
        except MemoryError:
            raise Refused(Reason.TOO_MANY_PIXELS, megapixels=settings.PICTURE_MAX_PIXELS // 1_000_000) from None
        except Exception:
            # Decoders answer hostile bytes with errors of every class; each means the same to the one who uploads.
            raise Refused(Reason.DAMAGED) from None


def _bare(image: Image.Image) -> Image.Image:
    """The same pixels in a picture that knows nothing else."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    return bare


def derivatives(master: Image.Image) -> dict[Purpose, Piece]:
    """All that is kept of a picture, from the pixels of its master."""
    pieces: dict[Purpose, Piece] = {}
    image = master
    for purpose in (Purpose.MASTER, Purpose.FULL, Purpose.CARD, Purpose.THUMB):
        # Each from the one before: all from the same master in memory, every step a small one.
        image = pixels.fit(image, SIDES[purpose])
        out = io.BytesIO()
        image.save(out, "WEBP", quality=_QUALITY[purpose], method=_EFFORT, icc_profile=b"", exif=b"", xmp=b"")
        pieces[purpose] = Piece(out.getvalue(), image.width, image.height)
    return pieces
