from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ground.clock import now
from visibility import readinglog


class Command(BaseCommand):
    help = "Seal the reading log, or verify that no line was altered, removed or moved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["seal", "verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "seal":
            self.stdout.write(f"{readinglog.seal(at=now())} lines sealed.")
            return
        verdict = readinglog.verify()
        self.stdout.write(
            f"{verdict.blocks} blocks, {verdict.lines} lines ({verdict.erased} lawfully emptied), "
            f"{verdict.waiting} waiting to be sealed."
        )
        for fault in verdict.faults:
            self.stderr.write(fault)
        if verdict.faults:
            raise CommandError(f"The reading log does not verify: {len(verdict.faults)} faults.")
        self.stdout.write("The reading log verifies.")
