"""Feeds damaged files to the intake of pictures, or to the workshop of films and recordings.

    python -m tests.faults.mutate_intake --count 50000 --state /tmp/pictures.json --seconds 800
    python -m tests.faults.mutate_intake --kind clips --count 2000

Each worker is a process with bounds on memory and time. With --state it goes on where it was, also after being killed;
with --seconds it stops in time, with exit code 3 while something is left. Exit code 1 on any fault.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

STEP = {"pictures": 500, "clips": 20}
UNFINISHED = 3


def parts(first: int, end: int, step: int) -> Iterator[tuple[int, int]]:
    for start in range(first, end, step):
        yield start, min(step, end - start)


def told(state: dict[str, Any], asked: argparse.Namespace) -> None:
    line = f"{state['tried']} of {asked.count} {asked.kind}: {state['taken']} taken, {state['refused']} refused, "
    print(line + f"{len(state['faults'])} faults", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.mutate_intake", description=__doc__)
    parser.add_argument("--kind", choices=sorted(STEP), default="pictures")
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=1_000_000, help="the first seed")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--state", type=Path, help="where to write how far it is")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so many")
    asked = parser.parse_args()
    state: dict[str, Any] = {"kind": asked.kind, "first": asked.first, "tried": 0, "taken": 0, "refused": 0}
    state["faults"] = []
    if asked.state and asked.state.exists():
        state = json.loads(asked.state.read_text())
        if (state["kind"], state["first"]) != (asked.kind, asked.first):
            parser.error("the state is of another run")
    _search(asked, state)
    for fault in state["faults"]:
        print(fault)
    if state["faults"]:
        return 1
    return 0 if state["tried"] >= asked.count else UNFINISHED


def _search(asked: argparse.Namespace, state: dict[str, Any]) -> None:
    from tests.media_policy import mutations

    until, step = time.monotonic() + asked.seconds, STEP[asked.kind]
    waiting = parts(asked.first + state["tried"], asked.first + asked.count, step)
    # The threads only wait for their processes; one round of them at a time, so that the state has no holes.
    with ThreadPoolExecutor(asked.workers) as pool:
        while time.monotonic() < until and (some := list(islice(waiting, asked.workers))):
            for outcome in pool.map(lambda part: mutations.run(*part, kind=asked.kind), some):
                for name in ("tried", "taken", "refused", "faults"):
                    state[name] += getattr(outcome, name)
            if asked.state:
                asked.state.write_text(json.dumps(state))
            told(state, asked)


if __name__ == "__main__":
    sys.exit(main())
