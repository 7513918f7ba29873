"""Tables that only grow: the database itself refuses to change or delete their rows.

The eraser's one step is let through: `erased_at` goes from nothing to a moment, the named columns become empty, and
everything else stays. Which tables are meant is written in their migrations with the operation `AppendOnly`.

On SQLite a remade table loses its triggers, and a new column is not in them yet. So after every `migrate` what the
migrations ask for is compared with what the database holds, and put right (`restore`); a check can ask `missing`.
"""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

from django.apps import apps as installed
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import truncate_name
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.recorder import MigrationRecorder

PREFIX = "append_only"
RECEIPT = "erased_at"


class AppendOnly(Operation):
    """Makes a model's table append-only; `erasable` maps the fields an eraser empties to what they become."""

    reduces_to_sql = True
    reversible = True
    category = OperationCategory.ALTERATION

    def __init__(self, app_label: str, model_name: str, erasable: dict[str, Any] | None = None) -> None:
        self.app_label = app_label
        self.model_name = model_name
        self.erasable = erasable or {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(self.app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            for sql in Guard(model, self.erasable, schema_editor.connection).install_sql():
                schema_editor.execute(sql, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(self.app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            for sql in Guard(model, self.erasable, schema_editor.connection).remove_sql():
                schema_editor.execute(sql, None)

    def describe(self) -> str:
        return f"Make {self.model_name} append-only"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_append_only"


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return cast("models.Field[Any, Any]", model._meta.get_field(name))


class Guard:
    """The triggers of one table on one database."""

    def __init__(self, model: type[models.Model], erasable: dict[str, Any], connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.quote = connection.ops.quote_name
        self.table = model._meta.db_table
        # Sorted, because a model in its migrations has another order of fields than in its class.
        self.columns = sorted(str(field.column) for field in model._meta.local_concrete_fields)
        self.receipt = _field(model, RECEIPT).column if erasable else None
        self.emptied: dict[str, str] = {}
        # Only its quoting is used; a schema editor opens nothing until it is entered.
        editor = connection.schema_editor()
        for name, value in sorted(erasable.items()):
            field = _field(model, name)
            stored = field.get_db_prep_save(value, connection)
            self.emptied[str(field.column)] = "NULL" if stored is None else str(editor.quote_value(stored))

    def name(self, event: str) -> str:
        return truncate_name(f"{PREFIX}_{event}_{self.table}", 63)

    def install_sql(self) -> list[str]:
        return [*self.remove_sql(), *self.wanted().values()]

    def wanted(self) -> dict[str, str]:
        """Name to statement, in the order in which they must be made."""
        return self._postgresql() if self.connection.vendor == "postgresql" else self._sqlite()

    def remove_sql(self) -> list[str]:
        if self.connection.vendor == "postgresql":
            return [f"DROP FUNCTION IF EXISTS {self.quote(self.name('refuse'))}() CASCADE"]
        return [f"DROP TRIGGER IF EXISTS {self.quote(self.name(event))}" for event in ("update", "delete")]

    def _sqlite(self) -> dict[str, str]:
        allowed = "0"
        if self.receipt:
            receipt = self.quote(self.receipt)
            kept = [self.quote(c) for c in self.columns if c != self.receipt and c not in self.emptied]
            terms = [f"OLD.{receipt} IS NULL AND NEW.{receipt} IS NOT NULL"]
            terms += [f"NEW.{self.quote(column)} IS {value}" for column, value in self.emptied.items()]
            terms += [f"NEW.{column} IS OLD.{column}" for column in kept]
            allowed = " AND ".join(terms)
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"
        table = self.quote(self.table)
        return {
            self.name("update"): f"CREATE TRIGGER {self.quote(self.name('update'))} BEFORE UPDATE ON {table} "
            f"FOR EACH ROW WHEN NOT ({allowed}) {refuse}",
            self.name("delete"): f"CREATE TRIGGER {self.quote(self.name('delete'))} BEFORE DELETE ON {table} "
            f"FOR EACH ROW {refuse}",
        }

    def _postgresql(self) -> dict[str, str]:
        function, table = self.quote(self.name("refuse")), self.quote(self.table)
        triggers = {
            # After, so that what is judged is the row as other triggers and generated columns leave it.
            "update": f"AFTER UPDATE ON {table} FOR EACH ROW",
            "delete": f"BEFORE DELETE ON {table} FOR EACH ROW",
            "truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        }
        made = f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $${self.body()}$$"
        wanted = {self.name("refuse"): made}
        for event, when in triggers.items():
            name = self.name(event)
            wanted[name] = f"CREATE TRIGGER {self.quote(name)} {when} EXECUTE FUNCTION {function}()"
        return wanted

    def body(self) -> str:
        """What the function of PostgreSQL does. The rows are compared as images: every type can be, to the bit."""
        step = ""
        if self.receipt:
            receipt = self.quote(self.receipt)
            empty = "".join(f"erased.{self.quote(column)} := {value}; " for column, value in self.emptied.items())
            step = (
                f"IF TG_OP = 'UPDATE' THEN IF OLD.{receipt} IS NULL AND NEW.{receipt} IS NOT NULL THEN "
                f"erased := OLD; erased.{receipt} := NEW.{receipt}; {empty}"
                "IF NEW *= erased THEN RETURN NULL; END IF; END IF; END IF; "
            )
        return (
            f"DECLARE erased record; BEGIN {step}"
            f"RAISE EXCEPTION '{self.table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END"
        )

    def held(self) -> dict[str, str]:
        """Our triggers on the table as the database holds them, switched-off ones left out; like `wanted`."""
        with self.connection.cursor() as cursor:
            if self.connection.vendor != "postgresql":
                cursor.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name LIKE %s",
                    [self.table, f"{PREFIX}%"],
                )
                return dict(cursor.fetchall())
            cursor.execute(
                "SELECT tgname, proname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
                "WHERE tgrelid = to_regclass(%s) AND tgenabled = 'O' AND tgname LIKE %s",
                [self.quote(self.table), f"{PREFIX}%"],
            )
            rows = cursor.fetchall()
        return {trigger: "" for trigger, _, _ in rows} | {function: source for _, function, source in rows}

    def stands(self) -> bool:
        """Whether the database holds exactly these triggers, switched on."""
        wanted = self.wanted()
        if self.connection.vendor == "postgresql":
            wanted = dict.fromkeys(wanted, "") | {self.name("refuse"): self.body()}
        return self.held() == wanted

    def lift(self) -> None:
        """Takes the triggers off, also those from when the table had another name."""
        on = f" ON {self.quote(self.table)}" if self.connection.vendor == "postgresql" else ""
        with self.connection.cursor() as cursor:
            for name in self.held():
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.quote(name)}{on}")

    def install(self) -> None:
        """Makes the triggers, instead of those that the table has."""
        self.lift()
        with self.connection.cursor() as cursor:
            for sql in self.install_sql():
                cursor.execute(sql)


@cache
def _operations() -> list[tuple[str, str, Operation]]:
    """(app, migration, operation) of what is on disk and concerns us, in the order in which it is applied."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    order = dict.fromkeys(key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf))
    kinds = (AppendOnly, migrations.RenameModel, migrations.DeleteModel, migrations.RenameField, migrations.RemoveField)
    return [
        (*key, operation) for key in order for operation in graph.nodes[key].operations if isinstance(operation, kinds)
    ]


def _declared(applied: Container[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The append-only models after these migrations, (app, model) to erasable; renames are followed."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for app, migration, operation in _operations():
        if (app, migration) not in applied:
            continue
        if isinstance(operation, AppendOnly):
            found[operation.app_label, operation.model_name.lower()] = dict(operation.erasable)
        elif isinstance(operation, migrations.RenameModel):
            if (app, operation.old_name_lower) in found:
                found[app, operation.new_name_lower] = found.pop((app, operation.old_name_lower))
        elif isinstance(operation, migrations.DeleteModel):
            found.pop((app, operation.name_lower), None)
        elif isinstance(operation, migrations.RenameField):
            erasable = found.get((app, operation.model_name_lower), {})
            if operation.old_name in erasable:
                erasable[operation.new_name] = erasable.pop(operation.old_name)
        elif isinstance(operation, migrations.RemoveField):
            found.get((app, operation.model_name_lower), {}).pop(operation.name, None)
    return found


def guards(using: str = DEFAULT_DB_ALIAS, *, app_label: str | None = None, apps: Any = None) -> list[Guard]:
    """The guards that the applied migrations ask for; a later AppendOnly of a model replaces an earlier one."""
    connection = connections[using]
    if not any(app_label in (None, app) and isinstance(op, AppendOnly) for app, _, op in _operations()):
        return []
    found = []
    for (app, name), erasable in _declared(MigrationRecorder(connection).applied_migrations()).items():
        # The database may be ahead of the code; a model that the code does not know is nobody's to write.
        if app_label in (None, app) and name in (apps or installed).all_models[app]:
            found.append(Guard((apps or installed).get_model(app, name), erasable, connection))
    return found


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The tables that should be append-only on this database and are not."""
    return [guard.table for guard in guards(using) if not guard.stands()]


def step_aside(sender: Any, plan: Any, using: str = DEFAULT_DB_ALIAS, apps: Any = None, **kwargs: Any) -> None:
    """Receiver of pre_migrate: SQLite drops no column that a trigger names, so the sender's are lifted for that."""
    drops = {False: migrations.RemoveField, True: migrations.AddField}
    here = [(migration, backwards) for migration, backwards in plan if migration.app_label == sender.label]
    dropping = any(isinstance(op, drops[backwards]) for migration, backwards in here for op in migration.operations)
    if dropping and connections[using].vendor == "sqlite":
        for guard in guards(using, app_label=sender.label, apps=apps):
            guard.lift()


def restore(sender: Any, using: str = DEFAULT_DB_ALIAS, apps: Any = None, **kwargs: Any) -> None:
    """Receiver of post_migrate: puts back the triggers of the sender's tables where they are gone or out of date."""
    for guard in guards(using, app_label=sender.label, apps=apps):
        if not guard.stands():
            guard.install()


@contextmanager
def switched_off(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Lets a test change and delete append-only rows; refuses to work anywhere else."""
    if not getattr(settings, "TESTING", False):
        raise RuntimeError("Append-only tables are switched off in tests only.")
    connection = connections[using]
    off, on = _switches(connection)
    _run(connection, off)
    try:
        yield
    finally:
        # A transaction that is going to be rolled back brings the triggers back by itself.
        if not connection.needs_rollback:
            _run(connection, on)


def _switches(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s",
                [f"{PREFIX}\\_%"],
            )
            rows = cursor.fetchall()
            return (
                [f"ALTER TABLE {table} DISABLE TRIGGER {quote(name)}" for table, name in rows],
                [f"ALTER TABLE {table} ENABLE TRIGGER {quote(name)}" for table, name in rows],
            )
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"])
        rows = cursor.fetchall()
        return [f"DROP TRIGGER IF EXISTS {quote(name)}" for name, _ in rows], _remade(quote, rows)


def _remade(quote: Any, rows: list[tuple[str, str]]) -> list[str]:
    return [sql for name, made in rows for sql in (f"DROP TRIGGER IF EXISTS {quote(name)}", made)]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    # PostgreSQL alters no table while a deferred foreign key of this transaction still waits for its check.
    if connection.vendor == "postgresql" and connection.in_atomic_block and statements:
        statements = ["SET CONSTRAINTS ALL IMMEDIATE", *statements, "SET CONSTRAINTS ALL DEFERRED"]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
