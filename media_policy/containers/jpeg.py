"""JPEG, with the tails that phones write: further small pictures, a motion clip, Samsung's block."""

import re
import struct

from media_policy.containers import boxes
from media_policy.containers.found import Found, Kind
from media_policy.refusal import Reason, Refused

# Inside the entropy-coded data a marker is FF followed by anything but a stuffed zero, a fill byte or a restart.
_NEXT_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_DECODABLE = {0xC0, 0xC1, 0xC2}
_OTHER_CODINGS = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_NEEDED = {0xC4, 0xDB, 0xDD}  # Huffman tables, quantisation tables, restart interval
_MOST_SCANS = 120
# Makers put blocks of their own behind the picture, each its own way. They are left behind unread, so a tail is
# refused only for what another program would open as something else than a picture.
_SOMETHING_ELSE = re.compile(
    rb"PK\x03\x04|PK\x05\x06|%PDF-|%%EOF|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|__HALT_COMPILER"
    rb"|<!doctype|<html|<body|<script|<iframe|<svg[\s>]|<\?php|javascript:",
    re.IGNORECASE,
)
_ICC = b"ICC_PROFILE\x00"
_EXIF = b"Exif\x00\x00"


class _Walk:
    """One JPEG stream from its start to its end marker."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data, self.at = data, start + 2
        self.width = self.height = 0
        self.kept: list[bytes] = [b"\xff\xd8"]
        self.icc: dict[int, bytes] = {}
        self.exif = b""
        self.scans = 0

    def run(self) -> None:
        while True:
            marker = self._marker()
            if marker == 0xD9:
                break
            if marker == 0x01 or 0xD0 <= marker <= 0xD7:
                continue
            segment = self._segment()
            if marker == 0xDA:
                self._scan(segment)
            elif marker in _DECODABLE:
                self._frame(marker, segment)
            elif marker in _OTHER_CODINGS:
                raise Refused(Reason.OTHER_KIND)
            elif marker in _NEEDED or (marker == 0xE0 and segment[:5] == b"JFIF\x00"):
                # Of JFIF only the heading: its thumbnail is left behind.
                body = segment[:12] + b"\x00\x00" if marker == 0xE0 and len(segment) >= 12 else segment
                self._keep(marker, body)
            elif marker == 0xEE and segment[:5] == b"Adobe":
                self._keep(marker, segment[:12])
            elif marker == 0xE2 and segment[:12] == _ICC and len(segment) > 14:
                self.icc[segment[12]] = segment[14:]
            elif marker == 0xE1 and segment[:6] == _EXIF and not self.exif:
                self.exif = segment[6:]
        if not self.scans:
            raise Refused(Reason.DAMAGED)
        self.kept.append(b"\xff\xd9")

    def _marker(self) -> int:
        data = self.data
        if data[self.at : self.at + 1] != b"\xff":
            raise Refused(Reason.DAMAGED)
        while data[self.at : self.at + 1] == b"\xff":
            self.at += 1
        if self.at >= len(data) or data[self.at] == 0:
            raise Refused(Reason.DAMAGED)
        self.at += 1
        return data[self.at - 1]

    def _segment(self) -> bytes:
        length = int.from_bytes(self.data[self.at : self.at + 2], "big")
        if length < 2 or self.at + length > len(self.data):
            raise Refused(Reason.DAMAGED)
        segment = self.data[self.at + 2 : self.at + length]
        self.at += length
        return segment

    def _keep(self, marker: int, segment: bytes) -> None:
        self.kept.append(struct.pack(">BBH", 0xFF, marker, len(segment) + 2) + segment)

    def _frame(self, marker: int, segment: bytes) -> None:
        if self.width or len(segment) < 6:
            raise Refused(Reason.DAMAGED)
        bits, height, width = struct.unpack(">BHH", segment[:5])
        if bits != 8:
            raise Refused(Reason.OTHER_KIND)
        if not width or not height:
            raise Refused(Reason.DAMAGED)
        self.width, self.height = width, height
        self._keep(marker, segment)

    def _scan(self, segment: bytes) -> None:
        self.scans += 1
        # A progressive file with thousands of scans costs minutes to decode and is no camera's.
        if not self.width or self.scans > _MOST_SCANS:
            raise Refused(Reason.DAMAGED)
        self._keep(0xDA, segment)
        found = _NEXT_MARKER.search(self.data, self.at)
        if not found:
            raise Refused(Reason.DAMAGED)
        self.kept.append(self.data[self.at : found.start()])
        self.at = found.start()


def read(data: bytes) -> Found:
    """Walk the first picture to its end and make sure that nothing follows but what cameras append."""
    walk = _Walk(data, 0)
    walk.run()
    _check_tail(data, walk.at)
    icc = b"".join(walk.icc[number] for number in sorted(walk.icc))
    return Found(Kind.JPEG, walk.width, walk.height, body=b"".join(walk.kept), icc=icc, exif=walk.exif)


def _check_tail(data: bytes, at: int) -> None:
    end = len(data) - _samsung_block(data, at)
    while at < end:
        if data[at : at + 3] == b"\xff\xd8\xff":
            further = _Walk(data, at)
            further.run()
            at = further.at
        elif data[at + 4 : at + 8] == b"ftyp":
            at = boxes.end_of_film(data, at, end)
        elif data[at] == 0:
            at = _after_zeros(data, at, end)
        elif _SOMETHING_ELSE.search(data, at, end):
            raise Refused(Reason.MORE_THAN_A_PICTURE)
        else:
            return


def _after_zeros(data: bytes, at: int, end: int) -> int:
    """Cameras pad with zeros; a film's first box begins with zeros of its own."""
    stop = at
    while stop < end and data[stop] == 0:
        if data[stop + 4 : stop + 8] == b"ftyp":
            return stop
        stop += 1
    return stop


def _samsung_block(data: bytes, at: int) -> int:
    """The length of the block that Samsung's phones put last, 0 when there is none; its directory tells the start."""
    if data[-4:] != b"SEFT" or len(data) - at < 24:
        return 0
    directory = int.from_bytes(data[-8:-4], "little")
    head = len(data) - 8 - directory
    if head < at or data[head : head + 4] != b"SEFH":
        raise Refused(Reason.MORE_THAN_A_PICTURE)
    count = int.from_bytes(data[head + 8 : head + 12], "little")
    first = head
    for number in range(min(count, 64)):
        entry = data[head + 12 + 12 * number : head + 24 + 12 * number]
        first = min(first, head - int.from_bytes(entry[4:8], "little"))
    if first < at:
        raise Refused(Reason.MORE_THAN_A_PICTURE)
    return len(data) - first
