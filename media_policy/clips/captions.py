"""What is said in a film or a recording, as lines somebody typed or a WebVTT file brought; served as WebVTT.

Kept as plain lines: `0:12 Look, a snail!`, or without the time. Nothing of a file but its times and words is kept.
"""

import re
from typing import NamedTuple

LONGEST = 20_000
_MOST_LINES = 600
_TYPED = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?\s+(.+)", re.ASCII)
_CUE = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[.,](\d{3})\s+-->\s+", re.ASCII)
_TAG = re.compile(r"<[^>]*>")
_SHORTEST_MS = 1000
_LONGEST_MS = 7000


class Cue(NamedTuple):
    """One line from a moment to another, in milliseconds."""

    start: int
    end: int
    text: str


def from_file(data: bytes) -> str:
    """The lines of a WebVTT or SubRip file, each with its time; nothing when it is neither."""
    text = data[: LONGEST * 4].decode("utf-8-sig", "replace").replace("\x00", "")
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))[: _MOST_LINES + 10]:
        rows = block.strip().split("\n")
        place = next((number for number, row in enumerate(rows) if _CUE.match(row.strip())), None)
        if place is None:
            continue
        match = _CUE.match(rows[place].strip())
        words = " ".join(_TAG.sub("", " ".join(rows[place + 1 :])).split())
        if match and words:
            hours, minutes, seconds, _ms = match.groups()
            lines.append(f"{int(hours or 0) * 60 + int(minutes)}:{seconds} {words}")
    return "\n".join(lines)[:LONGEST]


def cues(text: str, duration_ms: int) -> list[Cue]:
    """The lines with their times; those without one are spread evenly over what lies between."""
    rows = [" ".join(row.split()) for row in text.splitlines()]
    rows = [row for row in rows if row][:_MOST_LINES]
    starts: list[int | None] = []
    words: list[str] = []
    for row in rows:
        match = _TYPED.fullmatch(row)
        said = _moment(match) if match else None
        last = max((start for start in starts if start is not None), default=0)
        # A time that runs back, or past the end, is a slip of the finger: the words stay, in their order.
        starts.append(said if said is not None and last <= said < duration_ms else None)
        words.append(match.group(5) if match else row)
    moments = _spread(starts, duration_ms)
    found = []
    for number, (begins, line) in enumerate(zip(moments, words, strict=True)):
        until = moments[number + 1] if number + 1 < len(moments) else duration_ms
        end = min(until, begins + _LONGEST_MS)
        found.append(Cue(begins, max(end, min(begins + _SHORTEST_MS, duration_ms)), line))
    return [cue for cue in found if cue.end > cue.start]


def _moment(match: "re.Match[str]") -> int:
    hours, minutes, seconds, fraction, _words = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _spread(starts: list[int | None], duration_ms: int) -> list[int]:
    moments: list[int] = []
    for number, start in enumerate(starts):
        if start is not None:
            moments.append(start)
            continue
        before = moments[-1] if moments else 0
        ahead = next((n for n in range(number, len(starts)) if starts[n] is not None), len(starts))
        until = starts[ahead] if ahead < len(starts) else duration_ms
        # The line before has its own share of the time, unless this is the very first.
        shares = ahead - number + (1 if moments else 0)
        step = ((until or 0) - before) // max(1, shares)
        moments.append(before + step if moments else 0)
    return moments


def as_webvtt(said: list[Cue]) -> str:
    """The lines as a player reads them; nothing in them is markup."""
    parts = ["WEBVTT"]
    for cue in said:
        words = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        parts.append(f"{_clock(cue.start)} --> {_clock(cue.end)}\n{words}")
    return "\n\n".join(parts) + "\n"


def _clock(ms: int) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"
