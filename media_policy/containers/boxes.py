"""The boxes of ISO base media files: HEIC, and the short clip that a motion photo carries behind its picture."""

from collections.abc import Iterator
from typing import NamedTuple

from media_policy.refusal import Reason, Refused

_CLIP_BOXES = {
    b"ftyp",
    b"moov",
    b"mdat",
    b"free",
    b"skip",
    b"wide",
    b"uuid",
    b"meta",
    b"udta",
    b"moof",
    b"mfra",
    b"sidx",
}


class Box(NamedTuple):
    name: bytes
    start: int  # of the content
    end: int
    at: int  # of the header


def walk(data: bytes, at: int, end: int) -> Iterator[Box]:
    """The boxes that lie one after the other in the given stretch; refuses one that reaches beyond it."""
    while at < end:
        if end - at < 8:
            raise Refused(Reason.DAMAGED)
        size, name, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise Refused(Reason.DAMAGED)
        yield Box(name, at + head, at + size, at)
        at += size


def end_of_film(data: bytes, at: int, end: int) -> int:
    """Where a clip's boxes end; anything that is no box of a clip is refused."""
    for box in walk(data, at, end):
        if box.name not in _CLIP_BOXES:
            raise Refused(Reason.MORE_THAN_A_PICTURE)
    return end
