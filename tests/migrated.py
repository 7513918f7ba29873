"""Some 250 migrations run once, not once a worker: into an empty database that each of them then copies.

On SQLite the copy is a file under var/, kept for a day while migrations stay the same; on PostgreSQL a template
database beside the others. Django still looks for migrations to run on the copy, and finds none.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.architecture.house import ROOT, relative, sources

FOLDER = ROOT / "var" / "tests"
KEPT_SECONDS = 24 * 60 * 60
LOCK = 1848_2011
WRITES_TABLES = ("ground/append_only.py", "ground/constraints.py", "ground/fields.py", "requirements/dev.txt")


def digest() -> str:
    """A name for what the migrations of this tree make."""
    made = hashlib.sha256(sqlite3.sqlite_version.encode() + sys.version.encode())
    written = [path for path in sources(migrations=True) if "migrations" in path.parts]
    for path in [*written, *(ROOT / name for name in WRITES_TABLES)]:
        made.update(relative(path).encode() + path.read_bytes())
    return made.hexdigest()[:16]


def migrate(url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    ran = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise RuntimeError(f"The migrations did not run:\n{ran.stderr}")


def sqlite_template() -> Path:
    """The file to copy, made by whoever comes first."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = FOLDER / f"{digest()}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                if time.time() - old.stat().st_mtime > KEPT_SECONDS:
                    old.unlink()
            half = FOLDER / "half.sqlite3"
            migrate(f"sqlite:///{half}")
            with closing(sqlite3.connect(half)) as written:
                written.execute("PRAGMA journal_mode=DELETE")
            half.rename(made)
    return made


def fill_sqlite(connection: Any) -> None:
    """Have the suite's database, which lives in memory, begin as a copy."""
    from django.db.backends.signals import connection_created

    template = sqlite_template()

    def copy(sender: Any, connection: Any, **rest: Any) -> None:
        if connection.alias != "default" or not connection.is_in_memory_db():
            return
        raw = connection.connection
        if not raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            with closing(sqlite3.connect(f"file:{template}?mode=ro", uri=True)) as source:
                source.backup(raw)

    connection_created.connect(copy, weak=False, dispatch_uid="tests.migrated")


def fill_postgresql(connection: Any) -> None:
    """Have the suite's database made from a template."""
    from psycopg import connect, sql

    name = f"test_template_{digest()}"
    settings = connection.settings_dict
    server = connection.get_connection_params() | {"dbname": "postgres"}
    known = {key: server[key] for key in ("dbname", "user", "password", "host", "port") if server.get(key)}
    with connect(**known, autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            half = f"{name}_half"
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
            user = f"{settings['USER']}:{settings['PASSWORD']}" if settings["PASSWORD"] else settings["USER"]
            port = f"&port={settings['PORT']}" if settings["PORT"] else ""
            migrate(f"postgresql://{user}@/{half}?host={settings['HOST']}{port}")
            admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half, name))))
    settings["TEST"]["TEMPLATE"] = name


def begin_migrated(connection: Any) -> None:
    """Make ready for Django to create the suite's database."""
    {"sqlite": fill_sqlite, "postgresql": fill_postgresql}[connection.vendor](connection)
