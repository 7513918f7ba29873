"""Copies and paper are made in a process of their own: decoders and typesetter take memory, and may fall over.

It is told what to do line by line, as JSON on its standard input, and answers each with a line. It knows files below
one folder and nothing else: no database, no storage, no clock.
"""

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final, Protocol, cast

from django.conf import settings
from PIL import Image

from media_policy.clips import confined

_LAUNCHER: Final = Path(confined.__file__)
MEMORY: Final = 6 * 1024**3
SECONDS: Final = 3600
_QUALITY: Final = 80
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


class Lost(Exception):
    """The process is gone before it had done what it was told to."""


class CannotBeMade(Exception):
    """One piece of work failed; nothing is told of why, for the words could quote what stands in the file."""


class Workshop(Protocol):
    def copy(self, source: Path, target: Path) -> None:
        """Make a JPEG of a WebP file."""

    def set(self, told: Path, target: Path) -> None:
        """Set the paper that a file tells of."""


def copy(source: Path, target: Path) -> None:
    """A JPEG of the pixels of one of our WebP files, and of nothing else; it is there whole, or not at all."""
    from media_policy.intake import jpeg_of

    _put(target, jpeg_of(source.read_bytes()).data)


def set_paper(told: Path, target: Path) -> None:
    """A PDF of the words in a file, with pictures from the files it names, made small enough for paper."""
    from ground.typesetting import CannotBeSet, typeset, with_signs_replaced

    given = json.loads(told.read_bytes())
    shots = {name: _small(Path(path), given["side"]) for name, path in given["pictures"].items()}
    options = {"language": given["language"], "at": datetime.fromtimestamp(given["at"], UTC), "pictures": shots}
    words, title = given["words"], given["title"]
    try:
        pdf = typeset(given["template"], words, title=title, **options)
    except CannotBeSet:
        # A paper that somebody waits for is not refused because somebody wrote a smiley.
        words["closing"]["sentences"].append(given["replaced"])
        plain = with_signs_replaced({"words": words, "title": title})
        pdf = typeset(given["template"], plain["words"], title=plain["title"], **options)
    _put(target, pdf)


def _small(path: Path, side: int) -> bytes:
    with Image.open(path, formats=("JPEG",)) as image:
        # Decoded at half or a quarter of its size where that is enough.
        image.draft("RGB", (side, side))
        small = image.convert("RGB")
    small.thumbnail((side, side))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=False)
    return out.getvalue()


def _put(target: Path, data: bytes) -> None:
    beside = target.with_suffix(f".{os.getpid()}.part")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    beside.replace(target)


_WORK: dict[str, Callable[[Path, Path], None]] = {"copy": copy, "set": set_paper}


class Here:
    """The same work in this process."""

    def copy(self, source: Path, target: Path) -> None:
        self._do("copy", source, target)

    def set(self, told: Path, target: Path) -> None:
        self._do("set", told, target)

    def _do(self, work: str, source: Path, target: Path) -> None:
        try:
            _WORK[work](source, target)
        except Exception as failure:
            _raise_if_full(failure)
            raise CannotBeMade from None


def _raise_if_full(failure: Exception) -> None:
    """A full disk is no fault of the file at hand: nothing after it would do either."""
    if isinstance(failure, OSError) and failure.errno in _FULL:
        raise OSError(failure.errno, os.strerror(failure.errno)) from None


class _There:
    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process

    def copy(self, source: Path, target: Path) -> None:
        self._ask("copy", source, target)

    def set(self, told: Path, target: Path) -> None:
        self._ask("set", told, target)

    def _ask(self, work: str, source: Path, target: Path) -> None:
        line = json.dumps([work, str(source), str(target)]).encode() + b"\n"
        into, out = cast("IO[bytes]", self.process.stdin), cast("IO[bytes]", self.process.stdout)
        try:
            into.write(line)
            into.flush()
            answer = out.readline()
        except OSError:
            raise Lost from None
        if answer == b"full\n":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if answer == b"failed\n":
            raise CannotBeMade
        if answer != b"done\n":
            raise Lost


@contextmanager
def opened() -> Iterator[Workshop]:
    """A workshop to give work to; its process ends with the block, and with ours if we are killed."""
    command = [sys.executable, "-I", "-S", str(_LAUNCHER), str(MEMORY), str(SECONDS), str(2 * 1024**3)]
    command += [sys.executable, "-m", "transfers.packaging.workshop"]
    # Neither a password nor a key of ours is in its surroundings.
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
    process = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=settings.BASE_DIR,
        env={**kept, "LC_ALL": "C.UTF-8"}, start_new_session=True,
    )  # fmt: skip
    try:
        yield _There(process)
    finally:
        process.kill()
        process.communicate()


def main(lines: Any, answers: Any) -> None:
    """Do what each line says, until there is none."""
    for line in lines:
        work, source, target = json.loads(line)
        try:
            _WORK[work](Path(source), Path(target))
        except Exception as failure:  # Whatever it was, the next piece may do.
            full = isinstance(failure, OSError) and failure.errno in _FULL
            answers.write(b"full\n" if full else b"failed\n")
        else:
            answers.write(b"done\n")
        answers.flush()


if __name__ == "__main__":
    settings.configure(BASE_DIR=Path(__file__).resolve().parent.parent.parent)
    main(sys.stdin.buffer, sys.stdout.buffer)
