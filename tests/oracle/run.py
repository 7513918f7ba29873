"""Many random worlds by command: `python -m tests.oracle.run --worlds 100000 --seed 1`, with `--moving` of transfers.

A world in which code and oracle differ is made as small as it gets and printed, step by step; the exit code is 1.
"""

import argparse
import os
import sys
import time
from random import Random
from typing import Any


def main() -> int:
    asked = _arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return _run(asked)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare the rule with the oracle in random worlds.")
    parser.add_argument("--worlds", type=int, default=100, help="how many worlds (100)")
    parser.add_argument("--seed", type=int, default=1, help="the first world's seed; the next has the next (1)")
    parser.add_argument("--people", type=int, default=5, help="how many people of each world are asked about (5)")
    parser.add_argument("--moments", type=int, default=1, help="at how many moments (1, at most 6)")
    parser.add_argument("--go-on", action="store_true", help="do not stop at the first world that differs")
    parser.add_argument("--moving", action="store_true", help="worlds in which everybody moves on")
    parser.add_argument("--as-it-is", action="store_true", help="do not make a world that differs smaller")
    return parser.parse_args()


def _run(asked: argparse.Namespace) -> int:
    about = _about(asked)
    started, bad, shown = time.monotonic(), 0, 0.0
    for number in range(asked.worlds):
        seed = asked.seed + number
        found = about.differences(seed, people=asked.people, moments=asked.moments)
        if found:
            bad += 1
            print(f"\nWorld {seed} differs:", *found[:10], sep="\n  ", flush=True)
            if not asked.as_it_is:
                _print_smaller(seed, asked)
            if not asked.go_on:
                return 1
        if time.monotonic() - shown > 5 or number + 1 == asked.worlds:
            shown = time.monotonic()
            rate = (number + 1) / (shown - started)
            left = (asked.worlds - number - 1) / rate / 60
            sys.stderr.write(f"\r{number + 1} of {asked.worlds} worlds, {rate:.1f} a second, {left:.0f} minutes left ")
            sys.stderr.flush()
    print(f"\n{asked.worlds} worlds, {bad} with differences")
    return 1 if bad else 0


def _about(asked: argparse.Namespace) -> Any:
    """Which worlds are asked about, and how."""
    from tests.oracle import test_moving, test_properties

    return test_moving if asked.moving else test_properties


def smaller(steps: list[Any], fails: Any) -> list[Any]:
    """The steps that a failure needs: halves, quarters … and at last single ones are left out while it still fails."""
    size = len(steps) // 2
    while size:
        start = 0
        while start < len(steps):
            fewer = steps[:start] + steps[start + size :]
            if fails(fewer):
                steps = fewer
            else:
                start += size
        size //= 2
    return steps


def _print_smaller(seed: int, asked: argparse.Namespace) -> None:
    from django.db import transaction

    from tests.oracle import moving, worlds

    def answers(steps: list[Any]) -> list[str]:
        with transaction.atomic():
            found = _about(asked).asked_of(steps, seed, people=worlds.PEOPLE, moments=asked.moments)
            transaction.set_rollback(True)
        return found

    plan = moving.plan if asked.moving else worlds.plan
    steps = smaller(plan(Random(seed)), lambda fewer: bool(answers(fewer)))
    print("It takes these steps:", *steps, "and then", *answers(steps)[:3], sep="\n  ", flush=True)


if __name__ == "__main__":
    sys.exit(main())
