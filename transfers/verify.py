"""Verify a package without this system: python -m transfers.verify FILE [--keys KEYS.json].

Needs Python and the package `cryptography`, and no network.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transfers.packaging.bag import DECLARATION, MANIFEST, PIECE, SIGNATURE, TAG_MANIFEST
from transfers.packaging.signing import signed_by

HUGE = 8 * 1024 * 1024


@dataclass
class Report:
    """What was found: `wrong` is empty when everything is as it was packed; `kid` names the key that signed it."""

    files: int = 0
    octets: int = 0
    wrong: list[str] = field(default_factory=list)
    kid: str | None = None


def verify(path: Path, keys: list[dict[str, Any]] | None) -> Report:
    """Compare every file with the manifests, and the signature with the keys, where any are given."""
    report = Report()
    try:
        with zipfile.ZipFile(path) as package:
            _look(package, keys, report)
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError, KeyError, ValueError) as error:
        report.wrong.append(f"This is not a whole package: {error}")
    return report


def _look(package: zipfile.ZipFile, keys: list[dict[str, Any]] | None, report: Report) -> None:
    names = [entry.filename for entry in package.infolist()]
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1:
        report.wrong.append("A package has one folder, and nothing beside it.")
        return
    if len(names) != len(set(names)):
        report.wrong.append("A path comes twice.")
    top = f"{tops.pop()}/"
    inside = {name.removeprefix(top) for name in names}
    if _small(package, f"{top}bagit.txt") != DECLARATION:
        report.wrong.append("bagit.txt is not that of a BagIt 1.0 package.")
    tag_manifest = _small(package, f"{top}{TAG_MANIFEST}")
    tags, sums = _sums(tag_manifest), _sums(_small(package, f"{top}{MANIFEST}"))
    for name, digest in {**tags, **sums}.items():
        _compare(package, top, name, digest, report)
    report.files = len(sums)
    listed = set(sums) | set(tags) | {TAG_MANIFEST, SIGNATURE}
    report.wrong += [f"{name} is in no manifest." for name in sorted(inside - listed)]
    for name in ("bagit.txt", "bag-info.txt", MANIFEST):
        if name not in tags:
            report.wrong.append(f"{name} is not in the tag manifest.")
    if keys is not None:
        report.kid = signed_by(tag_manifest, _small(package, f"{top}{SIGNATURE}"), keys)
        if report.kid is None:
            report.wrong.append("None of these keys signed it.")


def _compare(package: zipfile.ZipFile, top: str, name: str, digest: str, report: Report) -> None:
    made = hashlib.sha512()
    try:
        with package.open(f"{top}{name}") as source:
            while piece := source.read(PIECE):
                made.update(piece)
                report.octets += len(piece)
    except KeyError:
        report.wrong.append(f"{name} is missing.")
        return
    if made.hexdigest() != digest:
        report.wrong.append(f"{name} is not what was packed.")


def _small(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as source:
        found = source.read(HUGE + 1)
    if len(found) > HUGE:
        raise ValueError(f"{name} is too large.")
    return found


def _sums(manifest: bytes) -> dict[str, str]:
    lines = (line.partition("  ") for line in manifest.decode("utf-8").splitlines())
    return {name: digest for digest, _, name in lines}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m transfers.verify", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, help="the package, a .zip")
    parser.add_argument("--keys", type=Path, help="the organisation's published keys (JWK set), as a file")
    given = parser.parse_args(arguments)
    keys = None
    if given.keys:
        try:
            keys = json.loads(given.keys.read_text(encoding="utf-8"))["keys"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            print(f"The keys cannot be read: {error}", file=sys.stderr)  # noqa: T201
            return 2
    report = verify(given.file, keys)
    for wrong in report.wrong:
        print(wrong, file=sys.stderr)  # noqa: T201
    if report.wrong:
        print("NOT as it was packed.", file=sys.stderr)  # noqa: T201
        return 1
    print(f"{report.files} files are as they were packed.")  # noqa: T201
    print(f"Signed by {report.kid}." if report.kid else "Who signed it was not asked: give --keys.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
