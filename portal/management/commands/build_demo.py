"""manage.py build_demo: fills an empty site with the demo world."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ground.clock import now
from people.models import Organisation
from portal.demo import darkroom, world
from portal.demo.building import build

SEED = 1814


class Command(BaseCommand):
    help = (
        "Fills the site with the demo: an invented municipality, its preschools, families, staff, eighteen months of "
        "entries, and pictures painted by code. Everything is dated back from today. A demo that is there is kept as "
        "it is; a site with a real organisation is refused, and so is one whose settings do not allow the demo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=("full", "small"), default="full", help="small: two groups, for tests")
        parser.add_argument("--seed", type=int, default=SEED, help="another number tells it otherwise")
        parser.add_argument(
            "--workers", type=int, default=darkroom.WORKERS, help="processes that paint; 0 paints in this one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This site is not a demo (settings.DEMO is off); nothing was written.")
        if world.is_built():
            self.stdout.write("The demo is there already; nothing was changed.")
            return
        if Organisation.objects.exists():
            raise CommandError("There is an organisation here that is not the demo's; nothing was written.")
        began, small = time.monotonic(), options["size"] == "small"
        self.quiet = options["verbosity"] == 0
        built = build(
            at=now(), seed=options["seed"], small=small, say=self._say, step=self._step, workers=options["workers"]
        )
        self._say(
            f"Done in {time.monotonic() - began:.0f} seconds: {built.children} children, {built.staff} staff, "
            f"{built.entries} entries, {built.pictures} pictures, {built.threads} conversations, "
            f"{built.words} words from home."
        )

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.stdout.write(text)

    def _step(self, what: str, number: int, of: int) -> None:
        """A line that counts on a terminal; every quarter elsewhere."""
        if self.quiet:
            return
        if self.stdout.isatty():
            self.stdout.write(f"\r  {what} {number} of {of}", ending="\n" if number == of else "")
            self.stdout.flush()
        elif number * 4 // of != (number - 1) * 4 // of:
            self.stdout.write(f"  {what} {number} of {of}")
