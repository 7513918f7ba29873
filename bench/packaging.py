"""A package of 1,000 pictures, beside plain `zip -0` and one hash over the same files; the copies are made already.

Prints as JSON: seconds of both, pair by pair, and by how many MiB the process that packs grew over what it was before.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

PICTURES, ENTRIES, OCTETS = 1000, 250, 320_000
ROUNDS = 7
AT = datetime(2027, 8, 18, 7, 15, tzinfo=UTC)
SPACE = uuid.UUID("5f1f5a41-0000-4000-8000-000000000001")


def content() -> Any:
    """A year of one child: an entry on most weekdays, four pictures in each."""
    from transfers import parts

    def entry(number: int) -> parts.Entry:
        shots = [
            parts.Picture(uuid.uuid5(SPACE, f"{number} {shot}"), "Ett barn bygger en koja av grenar", "")
            for shot in range(PICTURES // ENTRIES)
        ]
        return parts.Entry(
            uuid.uuid5(SPACE, str(number)), f"Kojan, dag {number}", "Vi byggde vidare på **kojan**. " * 12, "sv",
            date(2026, 8, 18) + timedelta(days=number), AT, "Cecilia", "Skogsgläntan", quotes=["Den håller!"],
            pictures=shots,
        )  # fmt: skip

    entries = [entry(number) for number in range(ENTRIES)]
    return parts.Content(
        "Alma Berg",
        "Alma",
        "Lindby kommun",
        date(2027, 8, 18),
        entries,
        [],
        [],
        {},
    )


def builder(told: Any, folder: Path) -> Any:
    """Whatever the database and the storage would give, from the folder alone."""
    from transfers.models import Package
    from transfers.packaging.building import Builder
    from transfers.services import keys

    package = Package(public_id=SPACE, created_at=AT)
    made = Builder(package, keys.drawn(AT), lambda done: True)
    made.folder = folder
    (folder / "log.pdf").write_bytes(Random(1).randbytes(6_000_000))
    for number, picture in enumerate(told.pictures):
        # Pictures are packed already, as chance is.
        (folder / f"{picture.public_id}.jpg").write_bytes(Random(number).randbytes(OCTETS))
    return made


def ours(made: Any, parcel: Any, out: Path) -> float:
    began = time.perf_counter()
    with out.open("wb") as file:
        made.written(parcel, file)
    return time.perf_counter() - began


def plain(folder: Path, out: Path) -> float:
    """What anybody would do by hand, by programs written in C."""
    out.unlink(missing_ok=True)
    names = sorted(path.name for path in folder.iterdir())
    listed = "\n".join(names).encode()
    began = time.perf_counter()
    subprocess.run(["zip", "-0", "-q", "-X", str(out), "-@"], input=listed, cwd=folder, check=True)
    subprocess.run(["sha512sum", *names], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def memory(what: str) -> float:
    """`VmRSS` is what this process has now, `VmHWM` the most it has had since `forget_peak`; in MiB. Linux only."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{what}:"))


def forget_peak() -> None:
    # Else what making the pictures took would stand for the packing. See proc(5), clear_refs.
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def main() -> None:
    import django

    django.setup()
    from transfers.packaging.parcel import Parcel

    with tempfile.TemporaryDirectory() as kept:
        folder, out = Path(kept) / "copies", Path(kept) / "out"
        folder.mkdir()
        out.mkdir()
        told = content()
        parcel = Parcel(SPACE, told, AT, "Europe/Stockholm", "sv", "Byskolan")
        made = builder(told, folder)
        # Idle: everything is loaded and known, nothing is packed.
        forget_peak()
        before = memory("VmRSS")
        first = ours(made, parcel, out / "ours.zip")
        grown = memory("VmHWM") - before
        times: dict[str, list[float]] = {"packaging": [], "zip": []}
        for number in range(ROUNDS):
            turns = [("packaging", lambda: ours(made, parcel, out / "ours.zip")),
                     ("zip", lambda: plain(folder, out / "plain.zip"))]  # fmt: skip
            for name, make in turns if number % 2 else reversed(turns):
                times[name].append(make())
        size = (out / "ours.zip").stat().st_size / 1e6
    json.dump(times | {"first": first, "megabytes": size, "mebibytes_over_idle": grown}, sys.stdout)


if __name__ == "__main__":
    main()
