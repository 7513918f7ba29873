"""A filled site on this machine: made at the first run, then served until Ctrl-C.

PORT and HOST say where; RESET=1 throws the demo's data away first. Web server, worker and tick run together and stop
together, whichever of them ends first.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
BEGUN, BUILT = VAR / "demo-begun", VAR / "demo-built"
DATA = ("learning-log.sqlite3*", "private", "spool", "public", "mail", "reading-log-anchor.txt", BEGUN.name, BUILT.name)
GRACE_SECONDS = 10
START_SECONDS = 60


class Stopped(Exception):
    """Somebody asked us to stop."""


def say(text: str) -> None:
    print(text, flush=True)


def manage(*arguments: str) -> None:
    if subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=False).returncode:
        raise SystemExit(f"manage.py {arguments[0]} failed.")


def is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def throw_away() -> None:
    """The demo's rows and files; keys of this machine and what tests keep stay."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        raise SystemExit("RESET=1 empties the demo's SQLite only; drop the database of DATABASE_URL yourself.")
    for pattern in DATA:
        for path in VAR.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def build() -> None:
    """Migrate always; fill once. A filling that was cut off begins again from nothing."""
    if BEGUN.exists():
        say("The last filling was cut off; starting over.")
        throw_away()
    VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = not BUILT.exists()
    if new:
        say("Preparing the database (once) …")
        BEGUN.touch()
    manage("migrate", "--verbosity", "0")
    if new:
        manage("load_frameworks")
        say("Filling the demo (once; a minute or two) …")
        manage("build_demo")
        BEGUN.rename(BUILT)


def start(host: str, port: int) -> list[subprocess.Popen[bytes]]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    commands = [
        ["-m", "gunicorn", "config.wsgi", "--bind", bind, "--workers", "3", "--log-level", "warning",
         "--no-control-socket"],
        ["manage.py", "db_worker", "--verbosity", "0", "--no-startup-delay"],
        ["manage.py", "tick", "--verbosity", "0"],
    ]  # fmt: skip
    # Sessions of their own: Ctrl-C reaches us alone, and we stop each of them once.
    return [subprocess.Popen([sys.executable, *each], cwd=ROOT, start_new_session=True) for each in commands]


def wait_until_served(base: str, running: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and all(process.poll() is None for process in running):
        try:
            urlopen(f"{base}/demo/", timeout=5).close()
            return
        except HTTPError as answer:
            raise SystemExit(f"{base}/demo/ answers {answer.code}.") from None
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The web server did not start.")


def stop(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + GRACE_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def address(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host in {'', '0.0.0.0', '::'} else host}:{port}"


def serve(host: str, port: int) -> int:
    base = address(host, port)
    running = start(host, port)
    try:
        wait_until_served(base, running)
        say(f"\n  Who do you want to be?   {base}/demo/")
        say(f"  The public site          {base}/")
        say(f"  The office               {base}/cms/\n\nCtrl-C stops it; `make demo RESET=1` starts over.")
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
        ended = next(process for process in running if process.poll() is not None)
        say(f"{' '.join(map(str, ended.args[1:4]))} ended ({ended.returncode}); stopping the others.")
        return 1
    finally:
        stop(running)


def main() -> int:
    host, port = os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000)

    def asked(number: int, frame: FrameType | None) -> None:
        # Once is enough: a second Ctrl-C must not cut the stopping short.
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, asked)
    # What links in mails and handed-over packages lead to.
    os.environ.setdefault("BASE_URL", address(host, port))
    if not is_free(host, port):
        raise SystemExit(f"Port {port} is taken; choose another: PORT={port + 1} make demo")
    try:
        if os.environ.get("RESET", "") not in {"", "0"}:
            throw_away()
        build()
        return serve(host, port)
    except Stopped:
        say("Stopped.")
        return 0


if __name__ == "__main__":
    raise SystemExit(main())
