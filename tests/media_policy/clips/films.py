"""Films and recordings as phones and browsers make them, with secrets planted wherever a container keeps words."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from media_policy.clips import ffmpeg
from tests.media_policy.samples import PLANTED

PLACE = "+59.3293+018.0686"
_WORDS = [
    "-metadata", f"title={PLANTED}-title",
    "-metadata", f"comment={PLANTED}-comment",
    "-metadata", f"artist={PLANTED}-artist",
    "-metadata", f"location={PLACE}/",
    "-metadata", f"location-eng={PLACE}/",
    "-metadata", f"com.apple.quicktime.location.ISO6709={PLACE}/",
    "-metadata", f"com.apple.quicktime.model={PLANTED}-model",
    "-metadata", f"make={PLANTED}-make",
    "-metadata", "creation_time=2026-08-31T10:11:12Z",
    "-metadata:s", f"title={PLANTED}-stream",
    "-metadata:s", f"handler_name={PLANTED}-handler",
]  # fmt: skip
_CHAPTERS = f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle={PLANTED}-chapter\n"


def _see(size: str, seconds: float, rate: int = 25) -> list[str]:
    return ["-f", "lavfi", "-i", f"testsrc2=s={size}:d={seconds}:r={rate}"]


def _hear(seconds: float) -> list[str]:
    return ["-f", "lavfi", "-i", f"sine=d={seconds}"]


@cache
def made(extension: str, *arguments: str, words: bool = True) -> bytes:
    """A file that ffmpeg itself has written; once a run for the same arguments."""
    with tempfile.TemporaryDirectory() as folder:
        target, chapters = Path(folder, f"film.{extension}"), Path(folder, "chapters.txt")
        chapters.write_text(_CHAPTERS)
        told = [*_WORDS, "-movflags", "use_metadata_tags"] if words and extension in ("mov", "mp4", "m4a") else []
        told = told or (_WORDS if words else [])
        inputs = arguments.count("-i")
        extra = ["-i", str(chapters), "-map_chapters", str(inputs)] if words else []
        split = max(place for place, word in enumerate(arguments) if word == "-i") + 2
        command = [*arguments[:split], *extra, *arguments[split:], *told, str(target)]
        subprocess.run([ffmpeg.program(), "-hide_banner", "-loglevel", "error", "-y", *command], check=True)
        return target.read_bytes()


def phone(seconds: float = 1.0, size: str = "320x240") -> bytes:
    """HEVC and AAC in QuickTime, the index at the end, as an iPhone leaves it."""
    hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1"]
    return made("mov", *_see(size, seconds), *_hear(seconds), *hevc, "-c:a", "aac")


def android(seconds: float = 1.0, size: str = "320x240") -> bytes:
    x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    return made("mp4", *_see(size, seconds), *_hear(seconds), *x264, "-c:a", "aac", "-movflags", "+faststart")


def browser(seconds: float = 1.0) -> bytes:
    return made("webm", *_see("320x240", seconds), *_hear(seconds), "-c:v", "libvpx", "-c:a", "libopus")


def mute(seconds: float = 1.0) -> bytes:
    return made("mp4", *_see("320x240", seconds), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def memo(seconds: float = 1.0) -> bytes:
    return made("m4a", *_hear(seconds), "-c:a", "aac")


def recorded(extension: str) -> bytes:
    codec = {"webm": "libopus", "ogg": "libopus", "mp3": "libmp3lame", "wav": "pcm_s16le", "flac": "flac"}[extension]
    return made(extension, *_hear(1.0), "-c:a", codec, words=extension != "wav")


def still(width: int, height: int) -> bytes:
    """One enormous picture, called a film."""
    return made("mov", *_see(f"{width}x{height}", 1, 1), "-frames:v", "1", "-c:v", "mjpeg", words=False)


def tiny(rate: int, seconds: int, *, times: int = 1) -> bytes:
    """Nearly no bytes, and very many pictures; `times` over without being encoded anew."""
    see = ["-f", "lavfi", "-i", f"color=s=16x16:r={rate}:d={seconds}"]
    once = made("mp4", *see, "-c:v", "libx264", "-preset", "ultrafast", words=False)
    if times == 1:
        return once
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "once.mp4")
        source.write_bytes(once)
        return made("mp4", "-stream_loop", str(times - 1), "-i", str(source), "-c", "copy", words=False)
