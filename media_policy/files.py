"""Names and bytes in the storage of children's pictures, films and recordings."""

import logging
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

logger = logging.getLogger("media_policy")

ALIAS = "children"
FOLDER = "pictures"
CLIPS = "clips"
# Shelves of two characters keep folders small and let the sweep go through them one at a time.
SHELVES = [f"{number:02x}" for number in range(256)]


def storage() -> Storage:
    """Where children's files lie."""
    return storages[ALIAS]


def new_name(extension: str, folder: str = FOLDER) -> str:
    """A name that nobody can guess and that says nothing."""
    token = secrets.token_hex(20)
    return f"{folder}/{token[:2]}/{token}.{extension}"


def write(data: bytes, *, extension: str, content_type: str) -> str:
    """Write the bytes under a new name and give it back."""
    content = ContentFile(data)
    # Object stores keep the type and answer with it.
    content.content_type = content_type  # type: ignore[attr-defined]
    return storage().save(new_name(extension), content)


def put(path: Path, *, extension: str, content_type: str) -> str:
    """Copy a finished film or recording under a new name and give it back."""
    with path.open("rb") as opened:
        content: File[bytes] = File(opened)
        content.content_type = content_type  # type: ignore[attr-defined]
        return storage().save(new_name(extension, CLIPS), content)


def opened(name: str) -> IO[bytes]:
    """A file to read from its beginning, piece by piece, wherever it lies; FileNotFoundError where it is not."""
    where = storage()
    bucket: Any = getattr(where, "bucket", None)
    if bucket is None:
        return cast("IO[bytes]", where.open(name, "rb"))
    # The storage's own open() would fetch the whole file first.
    from botocore.exceptions import ClientError

    try:
        return cast("IO[bytes]", bucket.Object(where._normalize_name(name)).get()["Body"])  # type: ignore[attr-defined]
    except ClientError as failure:
        if failure.response.get("Error", {}).get("Code") in {"NoSuchKey", "404"}:
            raise FileNotFoundError from None
        raise


def remove(names: Iterable[str]) -> None:
    """Delete files whose rows are gone; one that fails is left for the nightly sweep."""
    for name in names:
        try:
            storage().delete(name)
        except Exception as failure:
            # The name alone: a storage's own words may hold an address or a key.
            logger.warning("a file could not be removed: %s (%s)", name, type(failure).__qualname__)


def buried_on_shelf(shelf: str, root: str = FOLDER) -> Iterator[tuple[str, float]]:
    """Names of which an object store keeps old versions though nothing is there any more, and since when."""
    where = storage()
    bucket: Any = getattr(where, "bucket", None)
    if bucket is None or not bucket.Versioning().status:
        return
    folder = f"{root}/{shelf}"
    prefix = where._normalize_name(f"{folder}/")  # type: ignore[attr-defined]
    there: set[str] = set()
    buried: dict[str, float] = {}
    for item in bucket.object_versions.filter(Prefix=prefix):
        name = f"{folder}/{item.object_key.removeprefix(prefix)}"
        # The mark of a deletion has no size.
        if item.is_latest and item.size is not None:
            there.add(name)
        buried[name] = max(buried.get(name, 0.0), item.last_modified.timestamp())
    yield from ((name, since) for name, since in buried.items() if name not in there)


def on_shelf(shelf: str, root: str = FOLDER) -> Iterator[tuple[str, float]]:
    """Names and times of change (seconds since the epoch) of all files on one shelf."""
    where = storage()
    folder = f"{root}/{shelf}"
    bucket: Any = getattr(where, "bucket", None)
    if bucket is not None:
        # One listing tells names and times together; asking file by file costs a request each.
        prefix = where._normalize_name(f"{folder}/")  # type: ignore[attr-defined]
        for item in bucket.objects.filter(Prefix=prefix):
            yield f"{folder}/{item.key.removeprefix(prefix)}", item.last_modified.timestamp()
        return
    try:
        _folders, names = where.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        try:
            yield f"{folder}/{name}", where.get_modified_time(f"{folder}/{name}").timestamp()
        except FileNotFoundError:
            continue  # removed while we looked
