"""Feeds damaged pictures to the intake: `python tests/faults/mutate_intake.py --count 50000`.

Each worker is a process with bounds on memory and time. Prints what became of them; exit code 1 on any fault.
"""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

from tests.media_policy import mutations

STEP = 500


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=1_000_000, help="the first seed")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    total, end = mutations.Outcome(), asked.first + asked.count
    # The threads only wait for their processes.
    with ThreadPoolExecutor(asked.workers) as pool:
        parts = [(first, min(STEP, end - first)) for first in range(asked.first, end, STEP)]
        for outcome in pool.map(lambda part: mutations.run(*part), parts):
            total.tried += outcome.tried
            total.taken += outcome.taken
            total.refused += outcome.refused
            total.faults += outcome.faults
            print(f"\r{total.tried} of {asked.count}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{total.tried} tried, {total.taken} taken, {total.refused} refused, {len(total.faults)} faults")
    for fault in total.faults:
        print(fault)
    return 1 if total.faults else 0


if __name__ == "__main__":
    sys.exit(main())
