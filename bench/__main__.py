"""Measures ratios in worlds of size S, M or L; prints a table, keeps JSON, a plot and docs/performance.md."""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from bench.http import Client, served
from bench.report import write
from tests.databases import postgresql

ROUNDS, REQUESTS = 25, 12


def prepare(database: str, size: str, only: str = "") -> dict[str, Any]:
    print(f"building world {size} …", flush=True)
    env = {**os.environ, "DATABASE_URL": database}
    asked = [sys.executable, "-m", "bench.prepare", size, *([only] if only else [])]
    made = subprocess.run(asked, env=env, check=True, stdout=subprocess.PIPE)
    facts: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return facts


# What stands in the page, or in the headers where the web server is told to fetch a file.
PAGES = {"log": {"expect": "article"}, "floor": {"expect": "Bench"}, "card": {"header": "X-Accel-Redirect"}}


def rates(client: Client, looks: list[dict[str, str]], asked: str) -> tuple[list[float], list[float]]:
    """Requests a second of a page and of the floor, a pair a round, in turn."""
    pages, floors = [], []
    for number in range(ROUNDS + 2):
        pair = []
        for page in (asked, "floor"):
            took = 0.0
            for index in range(REQUESTS):
                look = looks[(number * REQUESTS + index) % len(looks)]
                took += client.seconds(look.get(page, "/floor/"), look["cookie"], **PAGES[page])
            pair.append(REQUESTS / took)
        if number >= 2:
            pages.append(pair[0])
            floors.append(pair[1])
    return pages, floors


def in_turn(clients: dict[str, Client], facts: dict[str, Any]) -> dict[str, list[float]]:
    """Seconds of the log page in each world, alternating request by request."""
    times: dict[str, list[float]] = {size: [] for size in clients}
    for number in range(300):
        for size, client in clients.items():
            looks = facts[size]["looks"]
            look = looks[number % len(looks)]
            took = client.seconds(look["log"], look["cookie"], expect="article")
            if number >= 40:
                times[size].append(took)
    return times


def spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    quarter = len(ordered) // 4
    return {"median": median(ordered), "low": ordered[quarter], "high": ordered[-quarter - 1], "runs": len(ordered)}


def measure(size: str, only: str = "") -> dict[str, Any]:
    sizes = ["S"] if size == "S" else [size] if only else ["S", size]
    found: dict[str, Any] = {"size": size, "python": platform.python_version(), "results": {}}
    with postgresql() as server:
        databases = {}
        for name in sizes:
            server.run("createdb", "--host", server.home, "--username", "tests", f"bench_{name.lower()}")
            databases[name] = re.sub(r"@/\w+\?", f"@/bench_{name.lower()}?", server.url)
        facts = {name: prepare(databases[name], name, only) for name in sizes}
        results = found["results"]
        coverage(results, databases[sizes[-1]])
        if only:
            return found
        with served(databases[sizes[-1]]) as port, served(databases["S"]) as port_s:
            for asked in ("log", "card"):
                pages, floors = rates(Client(port), facts[sizes[-1]]["looks"], asked)
                results[f"{asked}_to_floor"] = spread([page / floor for page, floor in zip(pages, floors, strict=True)])
                results[f"{asked}_per_second"] = spread(pages)
            results["floor_per_second"] = spread(floors)
            if len(sizes) == 2:
                times = in_turn({"S": Client(port_s), size: Client(port)}, facts)
                pairs = zip(times[size], times["S"], strict=True)
                results["large_to_small"] = spread([large / small for large, small in pairs])
                results["large_to_small"]["median"] = median(times[size]) / median(times["S"])
        env = {**os.environ, "DATABASE_URL": databases[sizes[-1]]}
        said = subprocess.run([sys.executable, "-m", "bench.sharing"], env=env, check=True, stdout=subprocess.PIPE)
        sharing = json.loads(said.stdout.splitlines()[-1])
        pairs = zip(sharing["share"], sharing["bare"], strict=True)
        results["share_to_bare"] = spread([share / bare for share, bare in pairs])
        results["share_seconds"] = spread(sharing["share"])
    results |= intake()
    results |= packaging()
    return found


def coverage(results: dict[str, Any], database: str) -> None:
    """Ours to the plain statement for a child, a group and a unit."""
    env = {**os.environ, "DATABASE_URL": database}
    said = subprocess.run([sys.executable, "-m", "bench.coverage"], env=env, check=True, stdout=subprocess.PIPE)
    for name, pairs in json.loads(said.stdout.splitlines()[-1]).items():
        results[f"coverage_of_{name}"] = spread([ours / plain for ours, plain in pairs])
        results[f"coverage_of_{name}_seconds"] = spread([ours for ours, _plain in pairs])


def intake() -> dict[str, Any]:
    said = subprocess.run([sys.executable, "-m", "bench.intake"], check=True, stdout=subprocess.PIPE)
    told = json.loads(said.stdout.splitlines()[-1])
    pairs = zip(told["intake"], told["bare"], strict=True)
    return {
        "intake_to_bare": spread([bare / ours for ours, bare in pairs]),
        "intake_seconds": spread(told["intake"]),
        "most_decoded": told["most_decoded"],
    }


def packaging() -> dict[str, Any]:
    said = subprocess.run([sys.executable, "-m", "bench.packaging"], check=True, stdout=subprocess.PIPE)
    told = json.loads(said.stdout.splitlines()[-1])
    pairs = zip(told["packaging"], told["zip"], strict=True)
    return {
        "packaging_to_zip": spread([plain / ours for ours, plain in pairs]),
        "packaging_memory": spread([told["mebibytes_over_idle"]]),
        "packaging_seconds": spread(told["packaging"]),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", choices=["S", "M", "L"], default="S")
    parser.add_argument(
        "--only", choices=["coverage", "packaging"], default="", help="the other figures stay as they were measured"
    )
    asked = parser.parse_args()
    # It needs no world and no database; the other figures stay.
    found = (
        {"size": asked.size, "python": platform.python_version(), "results": packaging()}
        if asked.only == "packaging"
        else measure(asked.size, asked.only)
    )
    return write(found, Path(__file__).resolve().parent.parent)


if __name__ == "__main__":
    sys.exit(main())
