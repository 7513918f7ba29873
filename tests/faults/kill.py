"""Kills a writing process and a worker at random moments, and looks each time at what is left.

    python -m tests.faults.kill --times 100 --seed 1 [--database sqlite|postgres]

A database and folders of its own, gone at the end. Exit code 1 when anything confirmed was lost, anything half-shared
is visible, a file has no owner after the sweep or a job is forgotten. PostgreSQL is the server of DATABASE_URL, or one
that is started for this.
"""

import argparse
import logging
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

LONGEST = 1.5  # seconds from a hand's first word to its end
# Copies of a process that has Django loaded and no connection open: as good as new, without seconds of starting.
FORK = multiprocessing.get_context("fork")


def begin(target: Callable[..., None], *arguments: Any) -> tuple[Any, Connection]:
    """A process that runs `target(say, …)`, and the end of the pipe where it is heard."""
    ear, mouth = FORK.Pipe(duplex=False)

    def run() -> None:
        from tests.databases import end_with_parent

        # A search that is itself killed leaves nobody writing.
        end_with_parent()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        ear.close()
        try:
            target(mouth.send, *arguments)
        except BaseException:
            with suppress(BrokenPipeError):
                mouth.send(traceback.format_exc())
            raise SystemExit(1) from None

    process = FORK.Process(target=run)
    process.start()
    # Else the pipe would have no end when the child dies.
    mouth.close()
    return process, ear


def heard(ear: Connection, until: float | None = None) -> Iterator[Any]:
    """What was said until a moment, or until nobody is there any more."""
    while True:
        left = None if until is None else until - time.monotonic()
        if left is not None and (left <= 0 or not ear.poll(left)):
            return
        try:
            yield ear.recv()
        except EOFError:
            return


def write(say: Callable[[Any], None], ledger: Any, seed: str) -> None:
    from tests.faults.hand import Hand

    Hand(ledger, seed, say).run()


def work(say: Callable[[Any], None]) -> None:
    from tests.faults import hand

    hand.work(batch=False)


def look(say: Callable[[Any], None], ledger: Any) -> None:
    from tests.faults import findings

    say(findings.look(ledger))


class Rounds:
    def __init__(self, seed: int) -> None:
        from tests.faults.ledger import Ledger

        self.seed, self.random = seed, random.Random(seed)
        self.ledger = Ledger()
        self.faults: list[str] = []
        self.killed: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def one(self, number: int) -> None:
        self.kill(number)
        process, ear = begin(look, self.ledger)
        said = list(heard(ear))
        process.join()
        report = said[-1] if said else "the look ended without a word"
        if isinstance(report, str):
            self.faults.append(f"round {number}: {report}")
            return
        self.faults += [f"round {number}: {fault}" for fault in report.faults]
        self.counts += report.counts
        self.ledger.settle(report.slots)

    def kill(self, number: int) -> None:
        writer, ear = begin(write, self.ledger, f"{self.seed}:{number}")
        worker, worker_ear = begin(work)
        try:
            self.note(number, [ear.recv()])
            self.note(number, heard(ear, time.monotonic() + self.random.uniform(0, LONGEST)))
        except EOFError:
            self.faults.append(f"round {number}: the hand wrote nothing")
        finally:
            for process in (writer, worker):
                process.kill()
                process.join()
        self.note(number, heard(ear))
        self.faults += [f"round {number}: the worker failed: {said}" for said in heard(worker_ear)]
        doing = self.ledger.under_way
        self.killed[doing.name if doing else "between two"] += 1

    def note(self, number: int, said: Any) -> None:
        for word in said:
            if word is None:
                self.ledger.confirm()
            elif isinstance(word, str):
                self.faults.append(f"round {number}: the hand failed: {word}")
            else:
                self.ledger.begin(word)


@contextmanager
def world(database: str) -> Iterator[None]:
    """Django with a migrated database and folders of its own, and the cast in it."""
    folder = Path(tempfile.mkdtemp(prefix="killed-"))
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings.test", VAR_DIR=str(folder))
    os.environ.pop("PYTEST_XDIST_WORKER", None)
    try:
        with {"sqlite": on_sqlite, "postgres": on_postgresql}[database](folder):
            from django.db import connections

            from tests import cast

            logging.disable(logging.WARNING)
            cast.build()
            connections.close_all()
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def on_sqlite(folder: Path) -> Iterator[None]:
    from tests import migrated

    path = folder / "killed.sqlite3"
    os.environ["DATABASE_URL"] = f"sqlite:///{path}"
    shutil.copy(migrated.sqlite_template(), path)
    start_django()
    yield


@contextmanager
def on_postgresql(folder: Path) -> Iterator[None]:
    from tests import databases

    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        with database_of_its_own():
            yield
        return
    with databases.postgresql() as server:
        os.environ["DATABASE_URL"] = server.url
        with database_of_its_own():
            yield


@contextmanager
def database_of_its_own() -> Iterator[None]:
    start_django()
    from django.db import connection
    from psycopg import connect, sql

    from tests import migrated

    migrated.fill_postgresql(connection)
    settings = connection.settings_dict
    server = connection.get_connection_params() | {"dbname": "postgres"}
    known = {key: server[key] for key in ("dbname", "user", "password", "host", "port") if server.get(key)}
    name = f"killed_{uuid.uuid4().hex}"
    names = {"name": sql.Identifier(name), "template": sql.Identifier(settings["TEST"]["TEMPLATE"])}
    with connect(**known, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(**names))
    settings["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        with connect(**known, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**names))


def start_django() -> None:
    import django

    django.setup()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100, help="how many kills (100)")
    parser.add_argument("--seed", type=int, default=1, help="of what is written and when it ends (1)")
    given = "postgres" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    parser.add_argument("--database", choices=["sqlite", "postgres"], default=given, help=f"({given})")
    asked = parser.parse_args()
    if asked.times < 1:
        parser.error("--times: at least one")
    # Told to stop, it takes its database and folders away as when it is through.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with world(asked.database):
        rounds = Rounds(asked.seed)
        for number in range(1, asked.times + 1):
            rounds.one(number)
            print(f"\r{number} of {asked.times}", end="", file=sys.stderr, flush=True)
            if rounds.faults:
                # What stands is no ground to go on from.
                break
        print(file=sys.stderr)
    print(f"{asked.database}: {sum(rounds.killed.values())} killed, {rounds.ledger.done} operations confirmed")
    for name, count in sorted(rounds.killed.items()):
        print(f"  killed in {name}: {count}")
    for name, count in sorted(rounds.counts.items()):
        print(f"  mended, {name}: {count}")
    print(f"{len(rounds.faults)} faults")
    for fault in rounds.faults:
        print(fault)
    return 1 if rounds.faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
