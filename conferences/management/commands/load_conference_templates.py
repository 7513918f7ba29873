"""manage.py load_conference_templates: brings the templates that come with the product into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conferences.office.loading import load
from conferences.office.shipped import FOLDER, ShippedError, ShippedTemplate, read


class Command(BaseCommand):
    help = (
        "Loads the conference templates that come with the product. Run it as often as you like: it adds what is new, "
        "changes what was changed in the product, and leaves every template that the office has edited, drafted, "
        "locked or unpublished, or that a conference was begun with. Ends with 0 when it is done, also when there was "
        "nothing to do, and with 1 when a file has a fault; then nothing was changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="templates as JSON; without any, those of the product")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcomes = load(self._read(options["files"] or sorted(FOLDER.glob("*.json"))), dry_run=options["dry_run"])
        except ShippedError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            for code, outcome in outcomes.items():
                self.stdout.write(f"{code}: {outcome}")
            if options["dry_run"]:
                self.stdout.write("Nothing was changed.")

    def _read(self, paths: list[Path]) -> list[ShippedTemplate]:
        found, faults = [], []
        for path in paths:
            try:
                found.append(read(path))
            except ShippedError as error:
                faults += error.faults
        if faults:
            raise ShippedError(faults)
        return found
