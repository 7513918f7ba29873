"""manage.py load_frameworks: brings the frameworks that come with the product into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curriculum import shipped_guidance
from curriculum.loading import Report, load
from curriculum.shipped import FOLDER, ShippedError, ShippedFramework, read


class Command(BaseCommand):
    help = (
        "Loads the curriculum frameworks that come with the product. Run it as often as you like: it adds what is new, "
        "changes what was changed in the product, and leaves every field that the office has edited, drafted or "
        "locked. A file with a fault changes nothing. With -v 2 it names every row."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="frameworks as JSON; without any, those of the product")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reports = load(self._read(options["files"] or sorted(FOLDER.glob("*.json"))))
        except ShippedError as error:
            raise CommandError(str(error)) from error
        guided = shipped_guidance.load() if not options["files"] else 0
        if options["verbosity"] > 0:
            if guided:
                self.stdout.write(f"guidance: {guided} areas added")
            for report in reports:
                self._tell(report, every_row=options["verbosity"] > 1)

    def _read(self, paths: list[Path]) -> list[ShippedFramework]:
        frameworks, faults = [], []
        for path in paths:
            try:
                frameworks.append(read(path))
            except ShippedError as error:
                faults += error.faults
        if faults:
            raise ShippedError(faults)
        return frameworks

    def _tell(self, report: Report, *, every_row: bool) -> None:
        self.stdout.write(
            f"{report.framework}: {len(report.added)} added, {len(report.changed)} changed, "
            f"{len(report.unchanged)} unchanged, {len(report.left)} left as the office has them"
        )
        if every_row:
            for word, codes in (("added", report.added), ("changed", report.changed), ("unchanged", report.unchanged)):
                for code in codes:
                    self.stdout.write(f"  {word} {code}")
        for code, fields in report.left.items():
            self.stdout.write(f"  left {code}: {', '.join(fields)}")
        for code in report.no_longer_shipped:
            self.stdout.write(f"  kept {code}: no longer comes with the product")
