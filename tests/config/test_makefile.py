"""What `make lint` looks at, as make itself would run it."""

import os
import subprocess

import pytest

from tests.architecture.house import ROOT


@pytest.fixture(scope="module")
def lint():
    # A make that runs the suite hands its own flags down.
    own = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    asked = ["make", "--dry-run", "--no-print-directory", "lint", "PYTHON=python3"]
    done = subprocess.run(asked, cwd=ROOT, env=own, capture_output=True, text=True, check=True)
    return [line.strip() for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "command",
    ["ruff check .", "ruff format --check .", "lint-imports --no-cache", "scripts/messages.py --check"],
)
def test_lint_looks_at(lint, command):
    assert [line for line in lint if line.endswith(command)]
