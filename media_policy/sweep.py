"""Proves that rows and files match, removes what nothing names, and lets go of pictures and films that nothing uses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from media_policy import files, services, spool
from media_policy.clips import services as clips
from media_policy.models import ClipFile, Derivative, Picture, PictureErasure

# An upload writes its files before its rows; an hour is far more than it can take.
FILE_MAY_BE_ALONE = timedelta(hours=1)
# Long enough for a draft that is begun in the evening and put together in the morning.
PICTURE_MAY_BE_ALONE = timedelta(hours=24)
_AT_ONCE = 500


@dataclass
class Report:
    rows_without_files: list[int] = field(default_factory=list)  # keys of Derivative
    clips_without_files: list[int] = field(default_factory=list)  # keys of ClipFile
    files_without_rows: list[str] = field(default_factory=list)
    # Deleted, and yet kept by a store with versions.
    buried_files: list[str] = field(default_factory=list)
    unused_pictures: int = 0
    unused_clips: int = 0
    raw_files: int = 0

    @property
    def whole(self) -> bool:
        """Whether every row has its file; only that cannot be mended here."""
        return not (self.rows_without_files or self.clips_without_files)


class RowsMissFiles(Exception):
    """Pictures whose files are gone: only a backup brings them back."""


def sweep(at: datetime, *, dry_run: bool = False) -> Report:
    """Compare storage and rows shelf by shelf; removes orphans, unless it is only asked to look."""
    report = Report()
    if not dry_run:
        report.unused_pictures = _let_go_of_unused(at)
        report.unused_clips = clips.sweep(at=at)
        report.raw_files = spool.sweep_spool(at)
    for shelf in files.SHELVES:
        _sweep_shelf(files.FOLDER, shelf, at, report, dry_run=dry_run)
        _sweep_shelf(files.CLIPS, shelf, at, report, dry_run=dry_run)
    return report


def nightly(at: datetime) -> None:
    """The sweep as a job: fails, and so is seen by the operators, when rows miss their files."""
    report = sweep(at)
    if not report.whole:
        missing = len(report.rows_without_files) + len(report.clips_without_files)
        raise RowsMissFiles(f"{missing} files are missing.")


def _let_go_of_unused(at: datetime) -> int:
    erased = 0
    for picture in Picture.objects.unheld().uploaded_before(at - PICTURE_MAY_BE_ALONE).order_by("pk").iterator():
        services.erase_picture(picture=picture, by_reason=PictureErasure.Reason.UNUSED, at=at)
        erased += 1
    return erased


def _sweep_shelf(folder: str, shelf: str, at: datetime, report: Report, *, dry_run: bool) -> None:
    of_pictures = folder == files.FOLDER
    named_by = Derivative.objects.order_by("pk") if of_pictures else ClipFile.objects.order_by("pk")
    missing = report.rows_without_files if of_pictures else report.clips_without_files
    rows = named_by.filter(storage_name__startswith=f"{folder}/{shelf}/")
    # Rows are read before files: a row committed in between has its file, since files are written first.
    expected = dict(rows.values_list("storage_name", "pk"))
    oldest = (at - FILE_MAY_BE_ALONE).timestamp()
    found = dict(files.on_shelf(shelf, folder))
    for name in sorted(expected.keys() - found.keys()):
        # Asked again: the picture may have been erased while we looked.
        if named_by.filter(pk=expected[name]).exists() and not files.storage().exists(name):
            missing.append(expected[name])
    for name, since in files.buried_on_shelf(shelf, folder):
        if since < oldest:
            report.buried_files.append(name)
            if not dry_run:
                files.remove([name])
    alone = (name for name in sorted(found.keys() - expected.keys()) if found[name] < oldest)
    for names in _batches(alone):
        named = set(named_by.filter(storage_name__in=names).values_list("storage_name", flat=True))
        orphans = [name for name in names if name not in named]
        report.files_without_rows.extend(orphans)
        if not dry_run:
            files.remove(orphans)


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, _AT_ONCE)):
        yield batch
