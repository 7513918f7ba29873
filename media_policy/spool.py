"""Where raw uploads lie for the seconds that they are needed: a folder of this site alone, with no address.

Django's upload handler writes there too (FILE_UPLOAD_TEMP_DIR), under names that it draws at random.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from media_policy.refusal import Reason, Refused

LONGEST_STAY = timedelta(hours=24)


def folder() -> Path:
    """The spool, made for this user alone if it is not there yet."""
    path = Path(settings.SPOOL_ROOT)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if stat.S_IMODE(path.stat().st_mode) != 0o700:
        path.chmod(0o700)
    return path


@contextmanager
def taken_out(upload: "UploadedFile[Any]") -> Iterator[bytes]:
    """The bytes of an upload; when the block ends, however it ends, the raw file is gone from the spool."""
    try:
        if (upload.size or 0) > settings.PICTURE_MAX_BYTES:
            raise Refused(Reason.TOO_HEAVY, megabytes=settings.PICTURE_MAX_BYTES // (1024 * 1024))
        upload.seek(0)
        # One byte more than allowed is enough to tell; the stated size may be wrong.
        yield upload.read(settings.PICTURE_MAX_BYTES + 1)
    finally:
        let_go(upload)


def let_go(upload: "UploadedFile[Any]") -> None:
    """Close an upload and erase its raw file from the spool."""
    upload.close()
    path_of = getattr(upload, "temporary_file_path", None)
    if path_of is None:
        return
    path = Path(path_of())
    if path.parent.resolve() == folder().resolve():
        path.unlink(missing_ok=True)


def sweep_spool(at: datetime) -> int:
    """Erase what has lain there longer than a day, as after a crash; returns how many files."""
    oldest, erased = (at - LONGEST_STAY).timestamp(), 0
    for root, folders, names in os.walk(folder(), topdown=False):
        for name in names:
            path = Path(root, name)
            try:
                if path.lstat().st_mtime < oldest:
                    path.unlink()
                    erased += 1
            except FileNotFoundError:
                continue  # the request that owned it has just ended
        for name in folders:
            _remove_if_empty(Path(root, name), oldest)
    return erased


def _remove_if_empty(path: Path, oldest: float) -> None:
    if not path.is_symlink() and path.stat().st_mtime < oldest and not any(path.iterdir()):
        path.rmdir()
