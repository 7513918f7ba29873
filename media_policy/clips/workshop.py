"""From a raw file to what is kept of it: H.264 and AAC in MP4 with a poster, or AAC in M4A with its waveform.

No database, no storage, no clock. What comes out is encoded anew from decoded pictures and sound, with no field
that the phone wrote beside them.
"""

import array
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from PIL import Image, ImageDraw

from media_policy.clips import ffmpeg
from media_policy.clips.probe import Probe, probe
from media_policy.clips.purposes import ClipPurpose
from media_policy.clips.refusal import ClipReason, ClipRefused

FILM, SOUND = "film", "sound"
_LONG, _SHORT = 1280, 720
_POSTER_QUALITY = 80
_WAVE = (1200, 240)
_BARS = 120
# Seen on white and on the dark paper alike.
_PINE = (88, 142, 115, 255)
_RATE = 4000
# Metadata, chapters and every trace of the encoder's own version stay out.
_BARE = [
    "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn",
    "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
]  # fmt: skip
_PHONE_SOUND = ["-c:a", "aac", "-ac", "2", "-ar", "48000"]
Progress = Callable[[int], None]


class Piece(NamedTuple):
    """One finished file; width and height in pixels, nothing for sound."""

    path: Path
    content_type: str
    extension: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Made:
    kind: str
    seconds: float
    pieces: dict[ClipPurpose, Piece]


def make(source: Path, folder: Path, progress: Progress) -> Made:
    """Make all that is kept of the raw file, in the folder. Raises ClipRefused and nothing else, whatever the bytes."""
    found = probe(source, folder)
    try:
        return _film(source, folder, found, progress) if found.film else _sound(source, folder, found, progress)
    except ffmpeg.Failed:
        raise ClipRefused(ClipReason.DAMAGED) from None


def _film(source: Path, folder: Path, found: Probe, progress: Progress) -> Made:
    target = folder / "play.mp4"
    arguments = [*ffmpeg.reading(found.demuxer), "-map", "0:V:0"]
    arguments += ["-map", "0:a:0", *_PHONE_SOUND, "-b:a", "128k"] if found.sound else ["-an"]
    arguments += ["-vf", _filters(found), "-fpsmax", "30", "-c:v", "libx264", "-preset", "veryfast", "-crf", "24"]
    arguments += ["-maxrate", "3M", "-bufsize", "6M", "-profile:v", "high", "-pix_fmt", "yuv420p", "-threads", "2"]
    # Captions hidden in the pictures themselves would be carried over, whatever they say; and the encoder would sign.
    arguments += [
        "-a53cc",
        "0",
        "-bsf:v",
        "filter_units=remove_types=6",
        *_BARE,
        "-movflags",
        "+faststart",
        *_until(target, "mp4"),
    ]
    _run(arguments, source, folder, found, progress)
    result = probe(target, folder)
    if result.film is None:
        raise ffmpeg.Failed
    poster = _poster(target, folder, result.seconds)
    film = Piece(target, "video/mp4", "mp4", result.film.width, result.film.height)
    return Made(FILM, result.seconds, {ClipPurpose.PLAY: film, ClipPurpose.POSTER: poster})


def _filters(found: Probe) -> str:
    wide = "gte(iw,ih)"
    box = f"w='if({wide},min({_LONG},iw),min({_SHORT},iw))':h='if({wide},min({_SHORT},ih),min({_LONG},ih))'"
    steps = [f"scale={box}:force_original_aspect_ratio=decrease:force_divisible_by=2"]
    if found.colours:
        # Phones record more light than most screens show; played as it is, it would look washed out.
        said = found.colours
        steps += [
            f"zscale=tin={said.transfer}:pin={said.primaries}:min={said.matrix}:t=linear:npl=203",
            "format=gbrpf32le", "zscale=p=bt709", "tonemap=hable:desat=0", "zscale=t=bt709:m=bt709:r=tv",
        ]  # fmt: skip
    return ",".join([*steps, "format=yuv420p", "sidedata=mode=delete"])


def _sound(source: Path, folder: Path, found: Probe, progress: Progress) -> Made:
    target = folder / "play.m4a"
    arguments = [*ffmpeg.reading(found.demuxer), "-map", "0:a:0", "-vn", *_PHONE_SOUND, "-b:a", "96k"]
    arguments += [*_BARE, "-movflags", "+faststart", *_until(target, "ipod")]
    _run(arguments, source, folder, found, progress)
    result = probe(target, folder)
    wave = _waveform(target, folder)
    sound = Piece(target, "audio/mp4", "m4a")
    return Made(SOUND, result.seconds, {ClipPurpose.PLAY: sound, ClipPurpose.POSTER: wave})


def _until(target: Path, muxer: str) -> list[str]:
    return ["-t", str(settings.CLIP_MAX_SECONDS + 1), "-progress", "pipe:1", "-f", muxer, str(target)]


def _run(arguments: list[str], source: Path, folder: Path, found: Probe, progress: Progress) -> None:
    told = 0
    with ffmpeg.lines(arguments, source=source, folder=folder) as said:
        for line in said:
            name, _equals, value = line.partition("=")
            if name == "out_time_us" and value.isdigit():
                done = min(99, int(int(value) / 1_000_000 / found.seconds * 100))
                if done >= told + 5:
                    told = done
                    progress(done)


def _poster(film: Path, folder: Path, seconds: float) -> Piece:
    """A still from a third of the way, or of the first second: the very first is often a hand or the floor."""
    start = f"{min(1.0, seconds / 3):.3f}"
    arguments = ["-ss", start, *ffmpeg.reading("mov"), "-frames:v", "1", "-c:v", "png", "-f", "image2pipe", "pipe:1"]
    data = ffmpeg.output(arguments, source=film, folder=folder, most=16 * 1024 * 1024)
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as still:
            bare = Image.new("RGB", still.size)
            bare.paste(still.convert("RGB"))
    except (OSError, ValueError):
        raise ffmpeg.Failed from None
    return _written(bare, folder)


def _waveform(sound: Path, folder: Path) -> Piece:
    arguments = [*ffmpeg.reading("mov"), "-map", "0:a:0", "-ac", "1", "-ar", str(_RATE), "-f", "s16le", "pipe:1"]
    most = (settings.CLIP_MAX_SECONDS + 2) * _RATE * 2
    samples = array.array("h", ffmpeg.output(arguments, source=sound, folder=folder, most=most)[: most // 2 * 2])
    picture = Image.new("RGBA", _WAVE, (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    step, (width, height) = max(1, len(samples) // _BARS), _WAVE
    peaks = [max(map(abs, samples[place * step : (place + 1) * step]), default=0) for place in range(_BARS)]
    loudest = max(*peaks, 1)
    each = width / _BARS
    for place, peak in enumerate(peaks):
        half = max(3.0, peak / loudest * (height / 2 - 6))
        left = place * each + each * 0.2
        draw.rounded_rectangle((left, height / 2 - half, left + each * 0.6, height / 2 + half), 3, fill=_PINE)
    return _written(picture, folder)


def _written(picture: Image.Image, folder: Path) -> Piece:
    path = folder / "poster.webp"
    picture.save(path, "WEBP", quality=_POSTER_QUALITY, method=2, icc_profile=b"", exif=b"", xmp=b"")
    return Piece(path, "image/webp", "webp", *picture.size)
