"""manage.py case_import: takes a CASE package in as drafts, or says what it would change."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curriculum.case.diffing import ADDED, CHANGED, SAME, Diff
from curriculum.case.faults import CaseError
from curriculum.case.meaning import Told
from curriculum.case.writing import compare, take_in


class Command(BaseCommand):
    help = (
        "Reads a curriculum from a CASE 1.1 package and writes it as drafts; publishing the framework, after review in "
        "the office, publishes all of it. A file with a fault changes nothing, and every fault is said with its place."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--country", choices=["SE", "NO"], default="", help="where the package does not say")
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, help="in force from, as 2025-07-01")

    def handle(self, *args: Any, **options: Any) -> None:
        told = Told(options["country"], options["valid_from"])
        try:
            raw = options["file"].read_bytes()
            self._tell(compare(raw, told), every_row=options["verbosity"] > 1)
            if not options["dry_run"]:
                framework = take_in(raw=raw, told=told)
                self.stdout.write(f"{framework.code} is a draft now; review and publish it in the office.")
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read ({error.strerror}).") from error
        except CaseError as error:
            raise CommandError(str(error)) from error

    def _tell(self, found: Diff, *, every_row: bool) -> None:
        counts = ", ".join(f"{len(found.of_state(state))} {state}" for state in (ADDED, CHANGED, SAME))
        self.stdout.write(f"{found.framework.row.code}: {counts}, {len(found.gone)} no longer in the file")
        for change in found.changes if every_row else found.of_state(CHANGED):
            if change.state != SAME:
                fields = ", ".join(name for name, _old, _new in change.fields)
                self.stdout.write(f"  {change.state} {change.row.code}{': ' + fields if fields else ''}")
        for code in found.gone:
            self.stdout.write(f"  kept {code}: no longer in the file")
