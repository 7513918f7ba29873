import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from ground import clock, jobs

PAUSE_SECONDS = 20


class Command(BaseCommand):
    help = (
        "Runs the registered jobs that are due: once with --once, else every 20 seconds until it is told to stop. "
        "With --once the exit code is 1 when a job failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once, run what is due, and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            failed = self.round()
            if failed:
                raise CommandError(f"{failed} job(s) failed.", returncode=1)
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            try:
                self.round(stop, quiet=True)
            except DatabaseError as failure:
                # The database may be restarting; its jobs wait for it as its rows do.
                self.say(f"the database did not answer ({type(failure).__name__}); trying again", bad=True)
            close_old_connections()
            stop.wait(PAUSE_SECONDS)
        self.say("stopped")

    def round(self, stop: threading.Event | None = None, quiet: bool = False) -> int:
        """Runs what is due and says so; returns how many failed."""
        ran = failed = 0
        for job in jobs.registered():
            if stop is not None and stop.is_set():
                break
            outcome = jobs.run_if_due(job, clock.now())
            if outcome is None:
                continue
            ran += 1
            if outcome.error:
                failed += 1
                self.say(f"{outcome.name} FAILED: {outcome.error}", bad=True)
            else:
                self.say(f"{outcome.name} done")
        if not ran and not quiet:
            self.say("nothing was due")
        return failed

    def say(self, text: str, bad: bool = False) -> None:
        line = f"{clock.now():%Y-%m-%d %H:%M:%S}Z {text}"
        (self.stderr if bad else self.stdout).write(self.style.ERROR(line) if bad else line)
