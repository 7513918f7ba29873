"""What a fresh process finds after the kill: rows, files, what families see, jobs, and all of it after the sweep."""

import io
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult
from PIL import Image

from ground import clock, jobs
from learninglog.models import Entry, HomeWords, Message, Publication, SharedVersion, VersionPicture
from learninglog.rendition import for_viewer
from media_policy import files
from media_policy.models import Derivative, Picture
from media_policy.purposes import Purpose
from media_policy.sweep import sweep
from tests.cast import NOW
from tests.faults.hand import FAMILIES, viewer, work
from tests.faults.ledger import Ledger, Shared, Writing, words_of

LONG_ENOUGH = timedelta(days=2)


@dataclass
class Report:
    faults: list[str]
    slots: dict[str, dict[str, Any]]
    counts: Counter[str] = field(default_factory=Counter)


def look(ledger: Ledger) -> Report:
    """Compare everything with the ledger, mend what the site mends by itself, and compare again."""
    _until_the_killed_are_gone()
    report = compare(ledger)
    finish_jobs(report)
    sweep_up(report)
    return report


def compare(ledger: Ledger) -> Report:
    """What stands, beside what was confirmed."""
    faults: list[str] = []
    actual = read(faults)
    faults += ledger.compare(actual)
    faults += files_of_rows(fresh=actual["picture"].keys() - ledger.slots["picture"].keys())
    return Report(faults + families(), actual)


def _until_the_killed_are_gone() -> None:
    """A server may still be ending the statement of a client that is dead."""
    if connection.vendor != "postgresql":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    until = time.monotonic() + 60
    while True:
        with connection.cursor() as cursor:
            cursor.execute(others + " AND backend_type = 'client backend'")
            if cursor.fetchone() == (0,):
                return
        if time.monotonic() > until:
            raise TimeoutError("The connections of killed processes do not end.")
        time.sleep(0.01)


def read(faults: list[str]) -> dict[str, dict[str, Any]]:
    """What stands, slot by slot; what does not belong together is a fault."""
    return {
        "entry": {str(row.client_key): _writing(row, faults) for row in _entries()},
        "picture": _pictures(),
        "message": {str(row.client_key): row.text for row in Message.objects.order_by("pk")},
        "words": {
            str(row.client_key): (row.text, row.words_pictures.count()) for row in HomeWords.objects.order_by("pk")
        },
        "task": {row.args_kwargs["kwargs"]["token"]: True for row in DBTaskResult.objects.order_by("pk")},
    }


def _entries() -> Any:
    return Entry.objects.order_by("pk").prefetch_related(
        "entry_children__quotes", "entry_pictures__picture", "publications", "versions__children", "versions__audience",
        "versions__pictures__picture",
    )  # fmt: skip


def _pictures() -> dict[str, Any]:
    found = {}
    staff = Picture.objects.standing().filter(uploaded_by__login="cecilia")
    for row in staff.order_by("pk").prefetch_related("subjects"):
        marked = [subject.child_id for subject in row.subjects.all()]
        found[str(row.client_key)] = f"{row.marking} {marked}" if marked else row.marking
    return found


def _writing(row: Entry, faults: list[str]) -> Writing:
    key = str(row.client_key)

    def same(revision: int, what: str, found: str) -> None:
        if found != words_of(key, revision, what):
            faults.append(f"entry {key}: the {what.lower()} of save {revision} is {found!r}")

    same(row.revision, "Title", row.title)
    same(row.revision, "Text", row.text)
    live = [held for held in row.entry_children.all() if not held.left_out]
    for held in live:
        same(row.revision, "Line", held.line)
        for quote in held.quotes.all():
            same(row.revision, "Quote", quote.text)
        if held.quotes.count() != 1:
            faults.append(f"entry {key}: {held.quotes.count()} quotes of one child")
    for version in row.versions.all():
        same(version.revision, "Title", version.title)
        same(version.revision, "Text", version.text)
        for about in version.children.all():
            same(version.revision, "Line", about.line)
            same(version.revision, "Quote", ", ".join(about.quotes))
    return Writing(
        row.revision,
        tuple(sorted(held.child_id for held in live)),
        tuple(sorted(str(held.picture.client_key) for held in row.entry_pictures.all())),
        _shared(row, key, faults),
    )


def _shared(row: Entry, key: str, faults: list[str]) -> Shared | None:
    """The version that stands, when it and its publications are whole."""
    versions = sorted(row.versions.all(), key=lambda version: version.number)
    if [version.number for version in versions] != list(range(1, len(versions) + 1)):
        faults.append(f"entry {key}: versions {[version.number for version in versions]}")
    for version in versions:
        if not version.children.all() or not version.audience.all():
            faults.append(f"entry {key}: version {version.number} without children or audience")
    published = {(row.version_id, row.child_id) for row in row.publications.all()}
    if row.current_id is None:
        if published:
            faults.append(f"entry {key}: publications without a version that stands")
        return None
    current = next(version for version in versions if version.pk == row.current_id)
    about = {(current.pk, child.child_id) for child in current.children.all()}
    if current is not versions[-1] or published != about or row.first_shared_at is None or row.withdrawn_at is not None:
        faults.append(f"entry {key}: half shared, version {current.number}: {published} published of {about}")
    return Shared(
        current.revision,
        tuple(sorted(child for _version, child in about)),
        tuple(sorted(str(held.picture.client_key) for held in current.pictures.all())),
    )


def files_of_rows(fresh: Any = ()) -> list[str]:
    """Pictures that have not all of their files, whole; those that are fresh are decoded."""
    faults = []
    purposes = {purpose.value for purpose in Purpose}
    for picture in Picture.objects.standing().order_by("pk").prefetch_related("derivatives"):
        if {row.purpose for row in picture.derivatives.all()} != purposes:
            faults.append(f"picture {picture.client_key}: has not its files")
        for row in picture.derivatives.all():
            try:
                with files.storage().open(row.storage_name, "rb") as file:
                    data = file.read()
                if len(data) != row.byte_size:
                    raise OSError(f"{len(data)} bytes of {row.byte_size}")
                if str(picture.client_key) in fresh:
                    with Image.open(io.BytesIO(data)) as image:
                        image.load()
            except OSError as failure:
                faults.append(f"picture {picture.client_key}: {row.purpose} cannot be read: {failure}")
    return faults


def families() -> list[str]:
    """What each family gets through the rule, compared with the publications alone."""
    faults = []
    for login in FAMILIES:
        reader = viewer(login)
        own = set(reader.person.guardianships.values_list("child_id", flat=True))
        standing = {
            row.entry_id: row.version for row in Publication.objects.filter(child__in=own).select_related("version")
        }
        seen = list(Entry.objects.visible_to(reader).select_related("created_by").order_by("pk"))
        if {entry.pk for entry in seen} != standing.keys():
            faults.append(f"{login} sees {[entry.pk for entry in seen]} and should see {sorted(standing)}")
        renditions = for_viewer(seen, reader)
        if {rendition.entry_id for rendition in renditions} != standing.keys():
            faults.append(f"{login} is shown {[rendition.entry_id for rendition in renditions]}")
        shown = set()
        for rendition in renditions:
            faults += _whole(login, rendition, standing[rendition.entry_id], own)
            shown |= {picture.public_id for picture in rendition.pictures}
        reached = Picture.objects.visible_to(reader).filter(uploaded_by__login="cecilia")
        if set(reached.values_list("public_id", flat=True)) != shown:
            faults.append(f"{login} reaches other pictures than those of the entries")
    return faults


def _whole(login: str, rendition: Any, version: SharedVersion, own: set[int]) -> list[str]:
    key = str(version.entry.client_key)
    wanted = [words_of(key, version.revision, what) for what in ("Title", "Text", "Line", "Quote")]
    found = [rendition.title, rendition.text, *(line for _name, line in rendition.lines), *rendition.quotes]
    pictures = VersionPicture.objects.filter(version=version).select_related("picture").prefetch_related(
        "subjects", "picture__subjects"
    )  # fmt: skip
    may = {
        row.picture.public_id
        for row in pictures
        if Picture.Marking.UNMARKED not in {row.marking, row.picture.marking}
        and {subject.child_id for subject in [*row.subjects.all(), *row.picture.subjects.all()]} <= own
    }
    got = {picture.public_id for picture in rendition.pictures}
    return [f"{login} is shown half of entry {key}: {found}, {got} of {may}"] if (found, got) != (wanted, may) else []


def finish_jobs(report: Report) -> None:
    """A lost worker's tasks come back, and everything that was enqueued is done in the end."""
    report.counts["tasks of killed workers"] += jobs.requeue_lost(clock.now() + jobs.LOST_AFTER + timedelta(minutes=1))
    work(batch=True)
    for row in DBTaskResult.objects.exclude(status="SUCCESSFUL"):
        report.faults.append(f"task {row.args_kwargs['kwargs']['token']} is forgotten: {row.status}")


def _later() -> datetime:
    """When every time of grace is over: files go by the machine's clock, rows by the cast's."""
    return max(clock.now(), NOW) + LONG_ENOUGH


def sweep_up(report: Report) -> None:
    """Nothing without an owner is left, and nothing that has one is gone."""
    held = set(Picture.objects.standing().exclude(pk__in=Picture.objects.unheld().values("pk")))
    spool = _below(Path(settings.SPOOL_ROOT))
    swept = sweep(_later())
    report.counts["orphan files"] += len(swept.files_without_rows)
    report.counts["raw files in the spool"] += len(spool)
    if not swept.whole:
        report.faults.append(f"rows without files: {swept.rows_without_files}")
    if set(Picture.objects.standing()) != held:
        report.faults.append("the sweep let go of other pictures than those that nothing holds")
    stored = _below(Path(settings.PRIVATE_MEDIA_ROOT))
    named = set(Derivative.objects.values_list("storage_name", flat=True))
    if stored != named:
        report.faults.append(f"after the sweep files and rows differ: {sorted(stored ^ named)}")
    if left := _below(Path(settings.SPOOL_ROOT)):
        report.faults.append(f"after the sweep the spool holds {sorted(left)}")
    # All else stands as it stood; only pictures that nothing held are gone.
    after = read(report.faults)
    kept = {key: value for key, value in report.slots["picture"].items() if key in after["picture"]}
    if after != {**report.slots, "picture": kept}:
        report.faults.append("the sweep changed more than pictures")
    report.slots = after


def _below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
