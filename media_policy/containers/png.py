"""PNG: every block's checksum, only the blocks that carry pixels, nothing after the end."""

import struct
import zlib

from media_policy.containers.found import Found, Kind
from media_policy.refusal import Reason, Refused

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_MOVING = {b"acTL", b"fcTL", b"fdAT"}
_LARGEST_PROFILE = 4 * 1024 * 1024


def read(data: bytes) -> Found:
    """Walk the blocks to the end marker, which must be the end of the file."""
    kept, icc, exif, at = [SIGNATURE], b"", b"", len(SIGNATURE)
    width = height = pixels = 0
    while True:
        if at + 12 > len(data):
            raise Refused(Reason.DAMAGED)
        length, name = struct.unpack(">I4s", data[at : at + 8])
        after = at + 12 + length
        if after > len(data) or (not width and name != b"IHDR"):
            raise Refused(Reason.DAMAGED)
        if name in _MOVING:
            raise Refused(Reason.MOVING)
        content = data[at + 8 : after - 4]
        if name in _KEPT:
            if zlib.crc32(data[at + 4 : after - 4]) != int.from_bytes(data[after - 4 : after], "big"):
                raise Refused(Reason.DAMAGED)
            kept.append(data[at:after])
        elif not name[0] & 0x20:
            raise Refused(Reason.DAMAGED)  # a block that no reader may skip, and that nobody knows
        if name == b"IHDR":
            if width or length != 13:
                raise Refused(Reason.DAMAGED)
            width, height = struct.unpack(">II", content[:8])
            if not width or not height:
                raise Refused(Reason.DAMAGED)
        elif name == b"IDAT":
            pixels += length
        elif name == b"iCCP":
            icc = _profile(content)
        elif name == b"eXIf":
            exif = content
        at = after
        if name == b"IEND":
            break
    if not pixels:
        raise Refused(Reason.DAMAGED)
    if data[at:].strip(b"\x00"):
        raise Refused(Reason.MORE_THAN_A_PICTURE)
    return Found(Kind.PNG, width, height, body=b"".join(kept), icc=icc, exif=exif)


def _profile(content: bytes) -> bytes:
    """The colour profile, unpacked up to a bound; a broken one is as none."""
    name, _, rest = content.partition(b"\x00")
    if not name or rest[:1] != b"\x00":
        return b""
    try:
        unpacking = zlib.decompressobj()
        profile = unpacking.decompress(rest[1:], _LARGEST_PROFILE)
    except zlib.error:
        return b""
    return profile if unpacking.eof else b""
