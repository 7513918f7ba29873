"""The blocks that files of pictures and films are made of: doubled, dropped, moved or lied about as a whole."""

import struct
import zlib


def find(data):
    """(start, end, place of the length field, its width) of the outer blocks, as far as they make sense."""
    if data.startswith(b"\x89PNG"):
        return _walk(data, 8, lambda at: (at, int.from_bytes(data[at : at + 4], "big") + 12, 4))
    if data.startswith(b"RIFF"):
        return _walk(data, 12, lambda at: (at + 4, _even(int.from_bytes(data[at + 4 : at + 8], "little")) + 8, 4))
    if data.startswith(b"\xff\xd8"):
        return _walk(data, 2, lambda at: (at + 2, _segment(data, at), 2))
    if data[4:8] == b"ftyp":
        return _walk(data, 0, lambda at: (at, int.from_bytes(data[at : at + 4], "big"), 4))
    return []


def _even(length):
    return length + (length & 1)


def _segment(data, at):
    return 2 + int.from_bytes(data[at + 2 : at + 4], "big") if data[at : at + 1] == b"\xff" else 0


def _walk(data, at, look):
    found = []
    while at + 4 <= len(data) and len(found) < 200:
        field, size, width = look(at)
        if size < 4 or at + size > len(data):
            break
        found.append((at, at + size, field, width))
        at += size
    return found


def double(chance, data, bases):
    if blocks := find(data):
        start, end, *_field = chance.choice(blocks)
        place = chance.choice(blocks)[0]
        data[place:place] = bytes(data[start:end]) * chance.choice((1, 1, 3))


def drop(chance, data, bases):
    if blocks := find(data):
        start, end, *_field = chance.choice(blocks)
        del data[start:end]


def borrow(chance, data, bases):
    """A whole block of another file."""
    other = bytearray(chance.choice(bases))
    if (ours := find(data)) and (theirs := find(other)):
        start, end, *_field = chance.choice(theirs)
        place = chance.choice(ours)[0]
        data[place:place] = other[start:end]


def lie(chance, data, bases):
    """A length that is not the block's."""
    if blocks := find(data):
        start, end, field, width = chance.choice(blocks)
        size = end - start
        lies = (0, 1, 7, 8, size - 1, size + 1, size // 2, size * 2, len(data), 2 ** (8 * width - 1), 256**width - 1)
        value = max(0, chance.choice(lies)) % 256**width
        data[field : field + width] = value.to_bytes(width, "little" if data.startswith(b"RIFF") else "big")


def mend_checksums(data):
    """A wrong checksum would hide a PNG's other faults from the decoder."""
    if not data.startswith(b"\x89PNG"):
        return
    for start, end, *_field in find(data):
        data[end - 4 : end] = struct.pack(">I", zlib.crc32(data[start + 4 : end - 4]))
