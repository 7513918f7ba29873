"""Raw films and recordings in the spool: written piece by piece, read once, erased. Names say nothing."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from media_policy import spool

_PIECES = "clips"
_WORK = "work"


def _folder(name: str) -> Path:
    path = spool.folder() / name
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def new_name() -> str:
    return secrets.token_hex(20)


def path_of(name: str) -> Path:
    """Where a raw file lies, if it is there."""
    return _folder(_PIECES) / name


def write_at(name: str, offset: int, data: bytes) -> None:
    """Write a piece in its place and see that it is on the disk, before anybody is told that it has arrived."""
    handle = os.open(path_of(name), os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        done = 0
        while done < len(data):
            done += os.pwrite(handle, data[done:], offset + done)
        os.fsync(handle)
    finally:
        os.close(handle)


def holds(name: str) -> int:
    """How many bytes of a raw file there are."""
    try:
        return path_of(name).stat().st_size
    except FileNotFoundError:
        return 0


def remove(name: str) -> None:
    """Erase a raw file and what a lost worker left beside it."""
    if name:
        path_of(name).unlink(missing_ok=True)
        shutil.rmtree(_folder(_WORK) / name, ignore_errors=True)


@contextmanager
def workplace(name: str) -> Iterator[Path]:
    """An empty folder for what is being made of a raw file; gone afterwards, however it ended."""
    path = _folder(_WORK) / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
