"""What a file holds, found without decoding it: ffmpeg lists its packets in a form that has no words of the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from django.conf import settings

from media_policy.clips import ffmpeg, sniff
from media_policy.clips.refusal import ClipReason, ClipRefused

VIDEO = {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "h263", "mjpeg", "prores"}
AUDIO = {"aac", "mp3", "opus", "vorbis", "alac", "flac", "amr_nb", "amr_wb", "ac3", "eac3"}
# Slow motion has 240 pictures a second; sound has at most so many packets.
_PACKETS_A_SECOND = 250
_SLACK = 1.0
_SHORTEST = 0.1


@dataclass
class Stream:
    media: str = ""
    codec: str = ""
    unit: Fraction = Fraction(0)
    width: int = 0
    height: int = 0
    packets: int = 0
    end: Fraction = Fraction(0)


@dataclass
class Probe:
    """What may be made of the file; seconds of the longer of film and sound."""

    demuxer: str
    seconds: float = 0.0
    film: Stream | None = None
    sound: Stream | None = None
    colours: sniff.Colours | None = None


@dataclass
class _Reader:
    streams: dict[int, Stream] = field(default_factory=dict)

    def take(self, line: str) -> None:
        if line.startswith("#"):
            self._header(line[1:])
        elif line:
            self._packet(line.split(","))

    def _header(self, line: str) -> None:
        name, _colon, value = line.partition(":")
        word, _space, number = name.partition(" ")
        if not number.isdigit():
            return
        stream, value = self.streams.setdefault(int(number), Stream()), value.strip()
        if word == "media_type":
            stream.media = value
        elif word == "codec_id":
            stream.codec = value
        elif word == "tb":
            stream.unit = Fraction(value)
        elif word == "dimensions":
            width, _x, height = value.partition("x")
            stream.width, stream.height = int(width), int(height)

    def _packet(self, fields: list[str]) -> None:
        stream = self.streams[int(fields[0])]
        stream.packets += 1
        stream.end = max(stream.end, (int(fields[2]) + int(fields[3])) * stream.unit)
        if stream.packets > _PACKETS_A_SECOND * (settings.CLIP_MAX_SECONDS + 1):
            raise ClipRefused(ClipReason.TOO_LARGE)
        if stream.end > settings.CLIP_MAX_SECONDS + _SLACK:
            raise ClipRefused(ClipReason.TOO_LONG)


def probe(source: Path, folder: Path) -> Probe:
    """What the file is, and that it keeps to every limit. Raises ClipRefused and nothing else, whatever the bytes."""
    size = source.stat().st_size
    if size > settings.CLIP_MAX_BYTES:
        raise ClipRefused(ClipReason.TOO_HEAVY)
    demuxer = sniff.demuxer_of(source)
    reader = _Reader()
    # V leaves out the pictures that a recording has as its cover.
    arguments = [*ffmpeg.reading(demuxer), "-map", "0:V:0?", "-map", "0:a:0?", "-c", "copy", "-f", "framecrc", "pipe:1"]
    try:
        with ffmpeg.lines(arguments, source=source, folder=folder) as said:
            _taken(reader, said)
    except (ffmpeg.Failed, ValueError, KeyError, IndexError, ZeroDivisionError, OverflowError):
        raise ClipRefused(ClipReason.DAMAGED) from None
    return _judged(Probe(demuxer, colours=sniff.high_range(source)), reader)


def _taken(reader: _Reader, said: Iterator[str]) -> None:
    for line in said:
        reader.take(line)


def _judged(found: Probe, reader: _Reader) -> Probe:
    for stream in reader.streams.values():
        if stream.media == "video" and stream.packets:
            found.film = stream
        elif stream.media == "audio" and stream.packets:
            found.sound = stream
    ends = [stream.end for stream in (found.film, found.sound) if stream]
    found.seconds = float(max(ends, default=0))
    if found.seconds < _SHORTEST:
        raise ClipRefused(ClipReason.DAMAGED)
    film, sound = found.film, found.sound
    if film and film.codec not in VIDEO:
        raise ClipRefused(ClipReason.OTHER_KIND)
    if film and not 0 < film.width * film.height <= settings.CLIP_MAX_PIXELS:
        raise ClipRefused(ClipReason.TOO_LARGE)
    if sound and not (sound.codec in AUDIO or sound.codec.startswith("pcm_")):
        if film is None:
            raise ClipRefused(ClipReason.OTHER_KIND)
        # A film whose sound nobody can play is still a film.
        found.sound = None
    return found
