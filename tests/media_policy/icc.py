"""Colour profiles made from their numbers, so that no file of anybody's lies in the repository."""

import struct

D50 = (0.9642, 1.0, 0.8249)
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))


def _fixed(value):
    return struct.pack(">i", round(value * 65536))


def _xyz(values):
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _gamma(value):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256))


def _description(text):
    raw = text.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(raw)) + raw + b"\0" * (4 + 4 + 2 + 1 + 67)


def _text(text):
    return b"text\0\0\0\0" + text.encode() + b"\0"


def _profile(space, tags, *, kind=b"mntr", pcs=b"XYZ "):
    table, body = [], b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags:
        table.append(name + struct.pack(">II", start + len(body), len(content)))
        body += content + b"\0" * (-len(content) % 4)
    head = bytearray(128)
    head[0:4] = struct.pack(">I", start + len(body))
    head[8:12] = b"\x02\x10\0\0"
    head[12:16], head[16:20], head[20:24] = kind, space, pcs
    head[24:36] = struct.pack(">6H", 2020, 1, 1, 0, 0, 0)
    head[36:40] = b"acsp"
    head[68:80] = b"".join(_fixed(value) for value in D50)
    return bytes(head) + struct.pack(">I", len(tags)) + b"".join(table) + body


def display_p3(words="Display P3"):
    """The wide colours of most phones' screens."""
    tags = [(b"desc", _description(words)), (b"cprt", _text(words)), (b"wtpt", _xyz(D50))]
    tags += [(name, _xyz(values)) for name, values in zip((b"rXYZ", b"gXYZ", b"bXYZ"), DISPLAY_P3, strict=True)]
    tags += [(name, _gamma(2.2)) for name in (b"rTRC", b"gTRC", b"bTRC")]
    return _profile(b"RGB ", tags)


def grey(gamma=1.0, words="Grey"):
    """A grey profile; with gamma 1 its middle is much lighter on an sRGB screen."""
    tags = [(b"desc", _description(words)), (b"cprt", _text(words)), (b"wtpt", _xyz(D50)), (b"kTRC", _gamma(gamma))]
    return _profile(b"GRAY", tags)


def inks_where_cyan_is_red(words="Odd inks"):
    """A CMYK profile whose cyan ink prints red: whoever ignores it shows blue."""
    identity = [_fixed(float(row == column)) for row in range(3) for column in range(3)]
    ramp = bytes(range(256))
    corners = b""
    for corner in range(16):
        cyan, rest = corner & 8, corner & 7
        lab = (0, 128, 128) if rest else ((128, 200, 190) if cyan else (255, 128, 128))
        corners += bytes(lab)
    lut = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + b"".join(identity) + ramp * 4 + corners + ramp * 3
    tags = [(b"desc", _description(words)), (b"cprt", _text(words)), (b"wtpt", _xyz(D50)), (b"A2B0", lut)]
    return _profile(b"CMYK", tags, kind=b"prtr", pcs=b"Lab ")
