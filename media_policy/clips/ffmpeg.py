"""ffmpeg, held short: one open file, no other file and no network, limited memory, time and disk, nothing of its words.

The input is handed over as an open descriptor and `fd` is the only protocol that may be opened for reading, so neither
a playlist nor a reference inside a container can make it open anything else.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, cast

from django.conf import settings

_LAUNCHER = Path(__file__).with_name("confined.py")
# Decoders of what phones and browsers record; anything older is a door for faults that nobody needs.
DECODERS = (
    "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,mpeg4,h263,mjpeg,prores,aac,aac_fixed,mp3,mp3float,opus,libopus,"
    "vorbis,libvorbis,alac,flac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,ac3,eac3,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_u8,pcm_s8,pcm_mulaw,pcm_alaw"
)
_LINE = 4096


class Failed(Exception):
    """ffmpeg did not bring to an end what it was asked for, for whatever reason."""


@cache
def program() -> str:
    """The ffmpeg that is used: the operator's own, or the one that was installed with us."""
    if settings.FFMPEG:
        return str(settings.FFMPEG)
    from imageio_ffmpeg import get_ffmpeg_exe

    return get_ffmpeg_exe()


def reading(demuxer: str) -> list[str]:
    """The arguments by which it reads what it is given, and nothing else."""
    arguments = ["-protocol_whitelist", "fd", "-codec_whitelist", DECODERS, "-max_streams", "16"]
    arguments += ["-max_pixels", str(settings.CLIP_MAX_PIXELS), "-threads", "2", "-f", demuxer]
    if demuxer == "mov":
        arguments += ["-enable_drefs", "0", "-use_absolute_path", "0"]
    return [*arguments, "-i", "fd:"]


@contextmanager
def lines(arguments: list[str], *, source: Path, folder: Path) -> Iterator[Iterator[str]]:
    """What it prints, line by line, while it works. Raises Failed at the end when it failed or took too long."""
    with _started(arguments, source, folder) as process:
        yield _read(process)
        # Whoever leaves before the end has seen enough.
        if process.poll() is None and _said(process).read(1):
            process.kill()
    if process.returncode != 0:
        raise Failed


def output(arguments: list[str], *, source: Path, folder: Path, most: int) -> bytes:
    """All that it writes to its standard output, at most so many bytes. Raises Failed."""
    with _started(arguments, source, folder) as process:
        data = _said(process).read(most + 1)
        if len(data) > most:
            process.kill()
    if process.returncode != 0 or len(data) > most:
        raise Failed
    return data


def _said(process: "subprocess.Popen[bytes]") -> IO[bytes]:
    return cast("IO[bytes]", process.stdout)


def _read(process: "subprocess.Popen[bytes]") -> Iterator[str]:
    while line := _said(process).readline(_LINE):
        yield line.decode("ascii", "replace").strip()


@contextmanager
def _started(arguments: list[str], source: Path, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    limits = [settings.CLIP_MEMORY, settings.CLIP_SECONDS_TO_MAKE * 2, settings.CLIP_MAX_BYTES * 4]
    command = [sys.executable, "-I", "-S", str(_LAUNCHER), *map(str, limits), program()]
    command += ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "quiet", "-xerror", "-y", *arguments]
    with source.open("rb") as file:
        # Its words may quote what stands in the file: a name, a place. Nobody listens.
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            start_new_session=True,
        )
    timer = threading.Timer(settings.CLIP_SECONDS_TO_MAKE, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield process
    except BaseException:
        process.kill()
        raise
    finally:
        _said(process).close()
        process.wait()
        timer.cancel()
