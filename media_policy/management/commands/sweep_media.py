"""Compares the pictures' rows with their files; exit code 1 when a row misses its file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ground import clock
from media_policy.sweep import sweep


class Command(BaseCommand):
    help = "Compare pictures and files, remove files that no row names, and fail when a row misses its file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only report")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run: bool = options["dry_run"]
        report = sweep(clock.now(), dry_run=dry_run)
        for name in report.files_without_rows:
            self.stdout.write(f"{'orphan' if dry_run else 'removed'}  {name}")
        for name in report.buried_files:
            self.stdout.write(f"{'version' if dry_run else 'unburied'}  {name}")
        for key in report.rows_without_files:
            self.stdout.write(f"missing  Derivative {key}")
        for key in report.clips_without_files:
            self.stdout.write(f"missing  ClipFile {key}")
        self.stdout.write(
            f"{len(report.files_without_rows)} files without rows, "
            f"{len(report.buried_files)} kept as old versions, "
            f"{len(report.rows_without_files) + len(report.clips_without_files)} rows without files, "
            f"{report.unused_pictures} unused pictures and {report.unused_clips} unused films and recordings erased, "
            f"{report.raw_files} raw uploads erased"
        )
        if not report.whole:
            raise CommandError("Some pictures miss their files.", returncode=1)
