"""What a picture file is made of, read before any decoder sees it.

Each reader walks one format from the first byte to the last, refuses what moves, what is cut off and what carries
something else, and hands on a body from which everything but the pixels has been left out. So the decoders never
meet a text block, a maker note or a second picture, and the size is known before memory is asked for.
"""

import re
from collections.abc import Callable

from media_policy.containers import heif, jpeg, png, webp
from media_policy.containers.found import Found, Kind
from media_policy.refusal import Reason, Refused

__all__ = ["Found", "Kind", "look_into"]

# What makes a PDF reader or a browser take the same bytes for a document. They look at the first kilobyte only.
_DOCUMENT_AT_THE_START = re.compile(rb"%PDF-|<!doctype\s+html|<html|<script", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22


def look_into(data: bytes) -> Found:
    """Say what the bytes are, by their content alone, or refuse them."""
    if not data:
        raise Refused(Reason.EMPTY)
    found = _reader(data)(data)
    if _DOCUMENT_AT_THE_START.search(data, 0, 1024) or _ends_as_zip(data):
        raise Refused(Reason.MORE_THAN_A_PICTURE)
    return found


def _reader(data: bytes) -> Callable[[bytes], Found]:
    if data.startswith(b"\xff\xd8\xff"):
        return jpeg.read
    if data.startswith(png.SIGNATURE):
        return png.read
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return webp.read
    if data[4:8] == b"ftyp":
        return heif.read
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        raise Refused(Reason.MOVING)
    raise Refused(Reason.OTHER_KIND)


def _ends_as_zip(data: bytes) -> bool:
    """A zip reader looks for its directory from the end; the record counts if its comment ends where the file does."""
    start = max(0, len(data) - _ZIP_END_SIZE - 0xFFFF)
    at = data.rfind(_ZIP_END, start)
    while at >= 0:
        if at + _ZIP_END_SIZE <= len(data):
            comment = int.from_bytes(data[at + 20 : at + 22], "little")
            # Lenient readers let a few bytes follow; so do we when looking for what hides.
            if at + _ZIP_END_SIZE + comment <= len(data) <= at + _ZIP_END_SIZE + comment + 64:
                return True
        at = data.rfind(_ZIP_END, start, at)
    return False
