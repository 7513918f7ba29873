"""HEIC and HEIF: a still in boxes; the size stands in the properties, before any pixel."""

from collections.abc import Iterator

from media_policy.containers import boxes
from media_policy.containers.found import Found, Kind
from media_policy.refusal import Reason, Refused

_STILL = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"mif2"}
_SEQUENCE = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
_HEVC_STILL = {b"heic", b"heix", b"heim", b"heis"}
# Beside the picture phones put a motion clip (mpvd) and Samsung's block (sefd); both are left behind.
_TOP = {b"ftyp", b"meta", b"mdat", b"free", b"skip", b"wide", b"idat", b"uuid", b"mpvd", b"sefd"}


def read(data: bytes) -> Found:
    """Walk the outer boxes and take the largest size that any of the file's pictures claims."""
    meta: boxes.Box | None = None
    for number, box in enumerate(boxes.walk(data, 0, len(data))):
        if number == 0:
            _check_brand(data[box.start : box.end])
        elif box.name == b"moov":
            raise Refused(Reason.MOVING)
        elif box.name not in _TOP:
            raise Refused(Reason.MORE_THAN_A_PICTURE)
        elif box.name == b"meta":
            if meta:
                raise Refused(Reason.DAMAGED)
            meta = box
    if not meta:
        raise Refused(Reason.DAMAGED)
    sizes = _sizes(data, meta)
    if not sizes or not all(width and height for width, height in sizes):
        raise Refused(Reason.DAMAGED)
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return Found(Kind.HEIF, width, height, body=data)


def _check_brand(content: bytes) -> None:
    major = content[:4]
    named = {major} | {content[at : at + 4] for at in range(8, len(content) - 3, 4)}
    if major in _SEQUENCE:
        raise Refused(Reason.MOVING)
    if major not in _STILL or b"avif" in named or not named & _HEVC_STILL:
        raise Refused(Reason.OTHER_KIND)


def _sizes(data: bytes, meta: boxes.Box) -> list[tuple[int, int]]:
    """What the `ispe` properties say, for the whole picture and its tiles alike."""
    sizes = []
    inner = boxes.walk(data, meta.start + 4, meta.end)
    for box in _at_path(data, inner, b"iprp", b"ipco", b"ispe"):
        if box.end - box.start < 12:
            raise Refused(Reason.DAMAGED)
        at = box.start + 4
        sizes.append((int.from_bytes(data[at : at + 4], "big"), int.from_bytes(data[at + 4 : at + 8], "big")))
    return sizes


def _at_path(data: bytes, found: Iterator[boxes.Box], name: bytes, *deeper: bytes) -> Iterator[boxes.Box]:
    for box in found:
        if box.name == name and deeper:
            yield from _at_path(data, boxes.walk(data, box.start, box.end), *deeper)
        elif box.name == name:
            yield box
