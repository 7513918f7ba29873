"""Dated rows that may not overlap, as one constraint on both databases."""

from collections.abc import Sequence
from typing import Any, cast

from django.core import checks
from django.core.exceptions import FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.models import BaseConstraint, F, Q
from django.db.models.sql.query import Query
from django.utils.translation import gettext_lazy as _


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(cast("models.Field[Any, Any]", field).column)


class BtreeGist(Operation):
    """Lets an exclusion constraint compare plain columns with "="; nothing to do on SQLite.

    Never undone: other tables may lean on the extension.
    """

    reduces_to_sql = True
    reversible = True
    category = OperationCategory.ADDITION

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        pass

    def describe(self) -> str:
        return "Create the extension btree_gist where the database has it"

    @property
    def migration_name_fragment(self) -> str:
        return "btree_gist"


class NoOverlap(BaseConstraint):
    """No two rows with the same `fields` share a moment of [lower, upper); an empty upper end is open.

    As everywhere in SQL, a row with an empty column among `fields` is the same as no other. Pair it with a
    CheckConstraint that wants the end after the start: the database refuses a backward interval here too, but
    `validate()` leaves that sentence to the CheckConstraint.
    """

    default_violation_error_message = _("This overlaps another period of the same kind.")

    def __init__(
        self,
        *,
        name: str,
        fields: tuple[str, ...] | list[str],
        lower: str = "starts_on",
        upper: str = "ends_on",
        condition: Q | None = None,
        violation_error_code: str | None = None,
        violation_error_message: Any = None,
    ) -> None:
        if not fields:
            raise ValueError("NoOverlap needs the fields that two rows must share to be compared.")
        if condition is not None and not isinstance(condition, Q):
            raise ValueError("NoOverlap.condition must be a Q.")
        self.fields = tuple(fields)
        self.lower = lower
        self.upper = upper
        self.condition = condition
        super().__init__(
            name=name,
            violation_error_code=violation_error_code,
            violation_error_message=violation_error_message,
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs |= {"fields": self.fields, "lower": self.lower, "upper": self.upper}
        if self.condition is not None:
            kwargs["condition"] = self.condition
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return self.deconstruct() == other.deconstruct() if isinstance(other, NoOverlap) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<NoOverlap: {self.name} of {', '.join(self.fields)} in [{self.lower}, {self.upper})>"

    def _check(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[checks.CheckMessage]:
        errors: list[checks.CheckMessage] = list(
            model._check_local_fields({*self.fields, self.lower, self.upper}, "constraints")  # type: ignore[attr-defined]
        )
        if self.condition is not None:
            references = set(model._get_expr_references(self.condition))  # type: ignore[attr-defined]
            errors += self._check_references(model, references)  # type: ignore[attr-defined]
        if errors:
            return errors
        ends = (model._meta.get_field(self.lower), model._meta.get_field(self.upper))
        lower, upper = (cast("models.Field[Any, Any]", field) for field in ends)
        kinds = {lower.get_internal_type(), upper.get_internal_type()}
        if kinds not in ({"DateField"}, {"DateTimeField"}):
            errors.append(
                checks.Error(f"{self.name}: both ends must be dates, or both moments.", obj=model, id="ground.E001")
            )
        elif lower.null:
            errors.append(checks.Error(f"{self.name}: every row must have a start.", obj=model, id="ground.E002"))
        return errors

    # The database's side

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """The clause inside CREATE TABLE on PostgreSQL.

        SQLite gets triggers after the table, by the same way as its partial indexes: Django's remake of a table
        creates the new one, moves the deferred statements over to the final name and runs them, triggers included.
        """
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion(model, schema_editor)
        schema_editor.deferred_sql += self._triggers(model, schema_editor)
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor == "postgresql":
            return Statement(
                "ALTER TABLE %(table)s ADD %(constraint)s",
                table=Table(model._meta.db_table, schema_editor.quote_name),
                constraint=self._exclusion(model, schema_editor),
            )
        insert, update = self._triggers(model, schema_editor)
        schema_editor.deferred_sql.append(update)
        return insert

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        quote = schema_editor.quote_name
        if schema_editor.connection.vendor == "postgresql":
            return Statement(
                "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
                table=Table(model._meta.db_table, quote),
                name=quote(self.name),
            )
        schema_editor.deferred_sql.append(Statement("DROP TRIGGER %(name)s", name=quote(f"{self.name}_update")))
        return Statement("DROP TRIGGER %(name)s", name=quote(f"{self.name}_insert"))

    def _exclusion(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        quote = schema_editor.quote_name
        moments = isinstance(model._meta.get_field(self.lower), models.DateTimeField)
        same = [f"{quote(_column(model, field))} WITH =" for field in self.fields]
        condition = self._condition_sql(model, schema_editor)
        return Statement(
            "CONSTRAINT %(name)s EXCLUDE USING gist (%(same)s, %(span)s(%(lower)s, %(upper)s, '[)') WITH &&)%(where)s",
            name=quote(self.name),
            same=", ".join(same),
            span="tstzrange" if moments else "daterange",
            lower=quote(_column(model, self.lower)),
            upper=quote(_column(model, self.upper)),
            where=f" WHERE ({condition})" if condition else "",
        )

    def _triggers(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        quote = schema_editor.quote_name
        lower, upper = quote(_column(model, self.lower)), quote(_column(model, self.upper))
        key = quote(_column(model, "pk"))
        same = [quote(_column(model, field)) for field in self.fields]
        clash = [f"held.{column} = NEW.{column}" for column in same]
        clash += [
            f"(NEW.{upper} IS NULL OR held.{lower} < NEW.{upper})",
            f"(held.{upper} IS NULL OR NEW.{lower} < held.{upper})",
            # An empty interval shares no moment with anything; PostgreSQL's ranges see it so by themselves.
            f"(NEW.{upper} IS NULL OR NEW.{lower} < NEW.{upper})",
            f"(held.{upper} IS NULL OR held.{lower} < held.{upper})",
        ]
        if self.condition is not None:
            clash.append(f"({self._condition_sql(model, schema_editor, alias='held')})")
        statements = []
        for event in ("INSERT", "UPDATE"):
            others = [f"held.{key} <> OLD.{key}"] if event == "UPDATE" else []
            statements.append(
                Statement(
                    "CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s FOR EACH ROW WHEN %(applies)s BEGIN "
                    "SELECT RAISE(ABORT, %(message)s) WHERE %(backward)s "
                    "OR EXISTS (SELECT 1 FROM %(table)s AS held WHERE %(clash)s); END",
                    name=quote(f"{self.name}_{event.lower()}"),
                    event=event,
                    table=Table(model._meta.db_table, quote),
                    applies=self._condition_sql(model, schema_editor, alias="NEW") or "1",
                    message=schema_editor.quote_value(f"conflicting interval violates NoOverlap {self.name}"),
                    backward=f"NEW.{upper} < NEW.{lower}",
                    clash=" AND ".join(clash + others),
                )
            )
        return statements

    def _condition_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, alias: str | None = None
    ) -> str:
        if self.condition is None:
            return ""
        query = Query(model, alias_cols=alias is not None)
        where = query.build_where(self.condition)
        if alias is not None:
            where = where.relabeled_clone({model._meta.db_table: alias})
        compiler = query.get_compiler(connection=schema_editor.connection)
        sql, params = where.as_sql(compiler, schema_editor.connection)
        sql = sql % tuple(schema_editor.quote_value(param) for param in params)
        if "%" in sql:
            raise ValueError(f"{self.name}: a condition cannot hold a percent sign.")
        return sql

    # Django's side

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raises ValidationError with the constraint's own sentence when the row would overlap a stored one."""
        if exclude and {*self.fields, self.lower, self.upper} & set(exclude):
            return
        fields = [cast("models.Field[Any, Any]", model._meta.get_field(name)) for name in self.fields]
        same = {field.attname: getattr(instance, field.attname) for field in fields}
        starts, ends = getattr(instance, self.lower), getattr(instance, self.upper)
        if starts is None or None in same.values() or (ends is not None and ends <= starts):
            return
        # The base manager: a scoped default one would hide the very rows that stand in the way.
        others = model._base_manager.using(using).filter(
            Q(**{f"{self.upper}__isnull": True})
            | (Q(**{f"{self.upper}__gt": starts}) & Q(**{f"{self.upper}__gt": F(self.lower)})),
            **same,
        )
        if ends is not None:
            others = others.filter(**{f"{self.lower}__lt": ends})
        if not instance._state.adding:
            others = others.exclude(pk=instance.pk)
        if self.condition is not None:
            others = others.filter(self.condition)
            try:
                against = instance._get_field_expression_map(meta=model._meta, exclude=exclude)  # type: ignore[attr-defined]
                if not self.condition.check(against, using=using):
                    return
            except FieldError:
                return
        if others.exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)
