"""The two facts that are taken from a picture's EXIF before all of it is dropped: which way is up, and when.

A reader of our own, because a damaged block must neither refuse a good picture nor reach a library that warns.
"""

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_ORIENTATION, _SUB_BLOCK = 0x0112, 0x8769
_TAKEN, _OFFSET = 0x9003, 0x9011
_MOST_ENTRIES = 512
_OFFSET_TEXT = re.compile(r"([+-])(\d\d):(\d\d)")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Facts:
    orientation: int = 1
    taken_at: datetime | None = None


def facts(block: bytes, zone: tzinfo) -> Facts:
    """Orientation 1-8 (1 when unknown) and the time of taking; a time without an offset is read in the given zone."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(block[:4])
    if order is None:
        return Facts()
    try:
        first = _entries(block, order, struct.unpack_from(order + "I", block, 4)[0])
        orientation = _short(first.get(_ORIENTATION), order)
        sub = first.get(_SUB_BLOCK)
        second = _entries(block, order, struct.unpack(order + "I", sub[2])[0]) if sub else {}
        taken = _moment(_text(block, second.get(_TAKEN), order), _text(block, second.get(_OFFSET), order), zone)
    except struct.error:
        return Facts()
    return Facts(orientation if 1 <= orientation <= 8 else 1, taken)


Entry = tuple[int, int, bytes]  # type, count, the four bytes of value or offset


def _entries(block: bytes, order: str, at: int) -> dict[int, Entry]:
    (count,) = struct.unpack_from(order + "H", block, at)
    found: dict[int, Entry] = {}
    for number in range(min(count, _MOST_ENTRIES)):
        tag, kind, length, value = struct.unpack_from(order + "HHI4s", block, at + 2 + 12 * number)
        found.setdefault(tag, (kind, length, value))
    return found


def _short(entry: Entry | None, order: str) -> int:
    return int(struct.unpack(order + "H", entry[2][:2])[0]) if entry and entry[0] == 3 else 1


def _text(block: bytes, entry: Entry | None, order: str) -> str:
    if not entry or entry[0] != 2 or entry[1] > 64:
        return ""
    _kind, length, value = entry
    at = struct.unpack(order + "I", value)[0]
    raw = value[:length] if length <= 4 else block[at : at + length]
    return raw.split(b"\x00")[0].decode("ascii", "replace").strip()


def _moment(text: str, offset: str, zone: tzinfo) -> datetime | None:
    try:
        naive = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 (the zone follows)
    except ValueError:
        return None
    match = _OFFSET_TEXT.fullmatch(offset)
    if match:
        sign = -1 if match[1] == "-" else 1
        minutes = sign * (int(match[2]) * 60 + int(match[3]))
        if abs(minutes) < 24 * 60:
            zone = timezone(timedelta(minutes=minutes))
    # Near the calendar's ends the way to UTC does not exist; no camera was there.
    if not 1980 <= naive.year <= 2200:
        return None
    moment = naive.replace(tzinfo=zone).astimezone(UTC)
    return moment if moment >= _EARLIEST else None
