"""A BagIt bag (RFC 8493) in one zip file, written as a stream: the same bytes for the same content.

Nothing is held but one piece of one file; the manifests are written when everything has gone by.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final

PIECE: Final = 256 * 1024
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST: Final = "manifest-sha512.txt"
TAG_MANIFEST: Final = "tagmanifest-sha512.txt"
SIGNATURE: Final = "signature.jws"
# What is small and made of words is packed; pictures and films are packed already.
PACKED: Final = (".json", ".html", ".txt", ".css")


@dataclass(frozen=True)
class Part:
    """One file under `data/`: its path there, with forward slashes, and a way to open it for reading."""

    path: str
    opened: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Written:
    """What became of a bag: octets and files under `data/`, and the SHA-512 of its tag manifest, which is signed."""

    octets: int
    files: int
    digest: str


class Stopped(Exception):
    """The package may not be finished any more; nothing of it may be handed out."""


class _Bag:
    def __init__(self, out: IO[bytes], name: str, at: datetime) -> None:
        self.zip = zipfile.ZipFile(out, "w", allowZip64=True)
        self.name = name
        # A zip tells local time and knows no zones; UTC, so that no machine's zone decides the bytes.
        self.at = at.timetuple()[:6]
        self.octets = 0

    def add(self, path: str, pieces: Iterable[bytes]) -> str:
        """Write one file; its SHA-512 in hex."""
        entry = zipfile.ZipInfo(f"{self.name}/{path}", self.at)
        entry.compress_type = zipfile.ZIP_DEFLATED if path.endswith(PACKED) else zipfile.ZIP_STORED
        entry.external_attr = 0o100644 << 16
        entry.create_system = 3
        digest = hashlib.sha512()
        with self.zip.open(entry, "w", force_zip64=True) as into:
            for piece in pieces:
                digest.update(piece)
                into.write(piece)
                self.octets += len(piece)
        return digest.hexdigest()


def write(
    out: IO[bytes],
    *,
    name: str,
    parts: Iterable[Part],
    info: Mapping[str, str],
    sign: Callable[[bytes], bytes],
    at: datetime,
    go_on: Callable[[], bool] = lambda: True,
) -> Written:
    """Write the bag called `name` to `out`, which need not be seekable.

    `sign` gets the bytes of the tag manifest and gives the signature file; `go_on` is asked before every file. `at`
    is in UTC. Raises Stopped, ValueError for a path that leaves `data/` or comes twice, and what opening a part raises.
    """
    bag = _Bag(out, name, at)
    with closing(bag.zip):
        tags = {"bagit.txt": bag.add("bagit.txt", [DECLARATION])}
        bag.octets = 0
        sums: dict[str, str] = {}
        for part in parts:
            if not go_on():
                raise Stopped
            path = f"data/{_sound(part.path)}"
            if path in sums:
                raise ValueError("Two files of a bag have one path.")
            with closing(part.opened()) as source:
                sums[path] = bag.add(path, _pieces(source))
        octets = bag.octets
        if not go_on():
            raise Stopped
        told = {**info, "Bagging-Date": f"{at:%Y-%m-%d}", "Payload-Oxum": f"{octets}.{len(sums)}"}
        tags["bag-info.txt"] = bag.add("bag-info.txt", [_labelled(told)])
        tags[MANIFEST] = bag.add(MANIFEST, [_sums(sums)])
        tag_manifest = _sums(tags)
        bag.add(TAG_MANIFEST, [tag_manifest])
        bag.add(SIGNATURE, [sign(tag_manifest)])
    return Written(octets, len(sums), hashlib.sha512(tag_manifest).hexdigest())


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        yield piece


def _sound(path: str) -> str:
    steps = path.split("/")
    if any(step in {"", ".", ".."} for step in steps) or any(sign in path for sign in "\\\r\n%:"):
        raise ValueError("A file of a bag stays under data/.")
    return path


def _sums(sums: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())).encode()


def _labelled(told: Mapping[str, str]) -> bytes:
    lines = (f"{label}: {' '.join(value.split())}\n" for label, value in sorted(told.items()))
    return "".join(lines).encode()
