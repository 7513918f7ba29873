"""Makes the virtual environment and installs one lock into it; does nothing when that has been done already.

    python3 scripts/install.py .venv requirements/dev.txt [--asked]

With --asked the interpreter was named on purpose: an environment of another version is made anew.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

PYTHONS = ((3, 11), (3, 13))
# What a fuller lock installed holds the smaller one too.
FULLER = {"production.txt": "dev.txt"}


def version_of(python: Path) -> tuple[int, ...]:
    """The major and minor version of an environment's interpreter; () when it cannot run."""
    try:
        said = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(part) for part in said.stdout.split())


def stamp_of(venv: Path, lock: Path) -> Path:
    return venv / f"installed-{lock.name}"


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def installed(venv: Path, lock: Path) -> bool:
    """Whether this very lock, or the fuller one that includes it, was the last to be installed."""
    names = [lock, lock.with_name(FULLER[lock.name])] if lock.name in FULLER else [lock]
    for name in names:
        stamp = stamp_of(venv, name)
        if stamp.exists() and stamp.read_text() == digest(name):
            return True
    return False


def make(venv: Path, *, asked: bool) -> None:
    python = venv / "bin" / "python"
    found = version_of(python)
    wanted = sys.version_info[:2]
    if PYTHONS[0] <= found <= PYTHONS[1] and (not asked or found == wanted):
        return
    if not PYTHONS[0] <= wanted <= PYTHONS[1]:
        raise SystemExit(f"Python 3.11 to 3.13 is needed; this is {wanted[0]}.{wanted[1]}.")
    print(f"Making {venv} with Python {wanted[0]}.{wanted[1]} …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)


def install(venv: Path, lock: Path) -> None:
    count = sum(1 for line in lock.read_text().splitlines() if "==" in line and not line.startswith((" ", "#")))
    print(f"Installing {lock} ({count} packages); this is done once …", flush=True)
    for stamp in venv.glob("installed-*.txt"):
        stamp.unlink()
    pip = [venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--require-virtualenv"]
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    subprocess.run([*pip, "install", *quiet, "--requirement", lock], check=True)
    stamp_of(venv, lock).write_text(digest(lock))


def main(arguments: list[str]) -> int:
    asked = "--asked" in arguments
    venv, lock = (Path(argument) for argument in arguments if argument != "--asked")
    try:
        make(venv, asked=asked)
        if not installed(venv, lock):
            install(venv, lock)
    except subprocess.CalledProcessError as failure:
        print(f"{lock} could not be installed (exit code {failure.returncode}).", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
