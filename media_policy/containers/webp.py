"""WebP: one still picture in a RIFF file that is exactly as long as it says."""

import struct

from media_policy.containers.found import Found, Kind
from media_policy.refusal import Reason, Refused

_ALPHA, _ANIMATION = 0x10, 0x02


def read(data: bytes) -> Found:
    """Walk the chunks, keep the pixels (and their alpha), refuse an animation."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Refused(Reason.DAMAGED)
    if data[end:].strip(b"\x00"):
        raise Refused(Reason.MORE_THAN_A_PICTURE)
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at < end:
        if at + 8 > end:
            raise Refused(Reason.DAMAGED)
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        after = at + 8 + length
        if after > end:
            raise Refused(Reason.DAMAGED)
        if name in {b"ANIM", b"ANMF"}:
            raise Refused(Reason.MOVING)
        if name in chunks and name in {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}:
            raise Refused(Reason.DAMAGED)
        chunks.setdefault(name, data[at + 8 : after])
        at = after + (length & 1)
    if chunks.get(b"VP8X", b"\x00")[:1] and chunks.get(b"VP8X", b"\x00")[0] & _ANIMATION:
        raise Refused(Reason.MOVING)
    return _found(chunks)


def _found(chunks: dict[bytes, bytes]) -> Found:
    lossy, lossless = chunks.get(b"VP8 "), chunks.get(b"VP8L")
    if (lossy is None) == (lossless is None):
        raise Refused(Reason.DAMAGED)
    width, height = _lossy_size(lossy) if lossy is not None else _lossless_size(lossless or b"")
    icc, exif = chunks.get(b"ICCP", b""), chunks.get(b"EXIF", b"").removeprefix(b"Exif\x00\x00")
    parts = [_chunk(b"VP8 ", lossy)] if lossy is not None else [_chunk(b"VP8L", lossless or b"")]
    extended = chunks.get(b"VP8X")
    if extended is not None:
        if len(extended) < 10 or (width, height) != _canvas(extended):
            raise Refused(Reason.DAMAGED)
        alpha = chunks.get(b"ALPH")
        if alpha is not None and lossy is not None:
            parts.insert(0, _chunk(b"ALPH", alpha))
        parts.insert(0, _chunk(b"VP8X", bytes([extended[0] & _ALPHA, 0, 0, 0]) + extended[4:10]))
    body = b"WEBP" + b"".join(parts)
    return Found(Kind.WEBP, width, height, b"RIFF" + struct.pack("<I", len(body)) + body, icc, exif)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) & 1)


def _canvas(extended: bytes) -> tuple[int, int]:
    return 1 + int.from_bytes(extended[4:7], "little"), 1 + int.from_bytes(extended[7:10], "little")


def _lossy_size(content: bytes) -> tuple[int, int]:
    if len(content) < 10 or content[3:6] != b"\x9d\x01\x2a":
        raise Refused(Reason.DAMAGED)
    width, height = struct.unpack("<HH", content[6:10])
    if not width & 0x3FFF or not height & 0x3FFF:
        raise Refused(Reason.DAMAGED)
    return width & 0x3FFF, height & 0x3FFF


def _lossless_size(content: bytes) -> tuple[int, int]:
    if len(content) < 5 or content[0] != 0x2F:
        raise Refused(Reason.DAMAGED)
    bits = int.from_bytes(content[1:5], "little")
    return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
