"""Whether the database still refuses what it was told to refuse: asked by `manage.py check` and every night."""

import logging
from datetime import datetime
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from ground import append_only

logger = logging.getLogger("ground.checks")


class Unguarded(Exception):
    """Rows of an append-only table could be changed."""


@register(Tags.database)
def tables_are_append_only(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every append-only table has its triggers, switched on and up to date."""
    return [
        Error(
            f"{table} is not append-only on the database “{using}”: its triggers are gone, switched off or altered.",
            hint="`manage.py migrate --skip-checks` puts them back. Find out what took them away.",
            id="ground.E001",
        )
        for using in databases or ()
        for table in _unguarded(using)
    ]


def _unguarded(using: str) -> list[str]:
    try:
        executor = MigrationExecutor(connections[using])
        # Before a migration the triggers may be those of the columns before; `migrate` puts that right by itself.
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return []
        return append_only.missing(using)
    except DatabaseError:
        return []


def watch_append_only(at: datetime) -> None:
    """The nightly look: fails, and names the tables in the log, when one of them could be changed."""
    if missing := append_only.missing():
        logger.critical("not append-only, run migrate --skip-checks: %s", ", ".join(missing))
        raise Unguarded
