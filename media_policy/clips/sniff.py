"""What a file is, by its first bytes alone: its name and what the browser calls it say nothing.

The answer is the one demuxer that ffmpeg is then allowed to use. Playlists, lists of files and everything else that
names other files is no container of ours, and is refused before any foreign code has seen it.
"""

import mmap
from pathlib import Path
from typing import NamedTuple

from media_policy.clips.refusal import ClipReason, ClipRefused

_HEAD = 64
_PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
# What old QuickTime files begin with, before brands were invented.
_OLD_QUICKTIME = {b"moov", b"mdat", b"wide", b"free", b"skip"}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")
_HIGH_RANGE = {16: "smpte2084", 18: "arib-std-b67"}


class Colours(NamedTuple):
    """The light of a film beyond what ordinary screens show, as ffmpeg's zscale names it."""

    transfer: str
    primaries: str = "bt2020"
    matrix: str = "bt2020nc"


def demuxer_of(path: Path) -> str:
    """The demuxer that may open the file. Raises ClipRefused."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise ClipRefused(ClipReason.EMPTY)
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        raise ClipRefused(ClipReason.A_PICTURE)
    found = _boxes(head) or _by_magic(head)
    if not found:
        raise ClipRefused(ClipReason.OTHER_KIND)
    return found


def _boxes(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        if head[8:12] in _PICTURE_BRANDS:
            raise ClipRefused(ClipReason.A_PICTURE)
        return "mov"
    return "mov" if head[4:8] in _OLD_QUICKTIME and len(head) >= 16 else ""


def _by_magic(head: bytes) -> str:
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith(b"fLaC"):
        return "flac"
    if head.startswith(b"#!AMR"):
        return "amr"
    if head.startswith(b"ID3"):
        return "mp3"
    if head[0] == 0xFF and head[1:2]:
        # Both begin with a run of ones; the two bits of the layer tell bare AAC from MPEG audio.
        if head[1] & 0xF6 == 0xF0:
            return "aac"
        if head[1] & 0xE0 == 0xE0 and head[1] & 0x06:
            return "mp3"
    return ""


def high_range(path: Path) -> Colours | None:
    """How bright the film was recorded, when a phone said it was more than ordinary; a hint, nothing depends on it."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        place = view.find(b"colrnclx")
        if place < 0 or place + 14 > len(view):
            return None
        transfer = int.from_bytes(view[place + 10 : place + 12], "big")
    return Colours(_HIGH_RANGE[transfer]) if transfer in _HIGH_RANGE else None
