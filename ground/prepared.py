"""Queries whose SQL is put together once a process, for the few pages that are opened all day.

Putting a query together through the ORM costs the processor several times what reading its rows costs. A `Prepared`
query is still written with the ORM, over stand-ins; afterwards only the values change.

    _goals = Prepared(lambda keys: Goal.objects.filter(pk__in=keys).values_list("pk", "code"), keys=[int])
    rows = _goals.rows(keys=[3, 5])
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Nothing real has these values, and no two parameters of a query share one.
FIRST_KEY = 7_777_777_000
FIRST_YEAR = 7000


@dataclass(frozen=True)
class _Statement:
    sql: tuple[str, ...]
    """The pieces between the parameters."""
    params: tuple[Any, ...]
    names: tuple[str | None, ...]
    """Which given value goes where a parameter stands; None where the parameter stays."""
    finish: Callable[[list[tuple[Any, ...]]], Iterable[Any]] | None


class Prepared:
    """`build` takes one stand-in for each of `kinds` and returns a queryset of `values_list`.

    A kind is int, date or datetime, or a list of one of them ([int]) for what stands in an `__in`.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], **kinds: Any) -> None:
        self._build = build
        self._kinds = kinds
        self._statements: dict[str, _Statement | None] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values, as tuples; none where a list is empty."""
        if any(isinstance(value, list) and not value for value in values.values()):
            return []
        if connection.vendor not in self._statements:
            self._statements[connection.vendor] = self._compile()
        statement = self._statements[connection.vendor]
        if statement is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(*_filled(statement, values))
            found = cursor.fetchall()
        return list(map(tuple, statement.finish(found))) if statement.finish else found

    def _compile(self) -> _Statement | None:
        stand_ins = {name: _stand_in(kind, number) for number, (name, kind) in enumerate(self._kinds.items())}
        marks: dict[Any, str] = {}
        for name, value in stand_ins.items():
            marks[_adapted(value[0] if isinstance(value, list) else value)] = name
        query = self._build(**stand_ins).query
        compiler = query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        names = tuple(marks.get(param) for param in params)
        if missing := set(marks.values()) - set(names):
            raise ValueError(f"The query has no place for {sorted(missing)}.")
        return _Statement(tuple(sql.split("%s")), tuple(params), names, _finisher(compiler))


def _stand_in(kind: Any, number: int) -> Any:
    if isinstance(kind, list):
        return [_stand_in(kind[0], number)]
    if kind is datetime:
        return datetime(FIRST_YEAR + number, 7, 7, 7, 7, 7, 7, tzinfo=UTC)
    if kind is date:
        return date(FIRST_YEAR + number, 7, 8)
    return FIRST_KEY + number


def _adapted(value: Any) -> Any:
    """As the backend puts it into a statement: moments are text on SQLite, themselves on PostgreSQL."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _filled(statement: _Statement, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    adapted: dict[str, list[Any]] = {}
    for name, value in values.items():
        adapted[name] = [_adapted(one) for one in (value if isinstance(value, list) else [value])]
    sql, params = [statement.sql[0]], []
    for piece, param, place in zip(statement.sql[1:], statement.params, statement.names, strict=True):
        given = [param] if place is None else adapted[place]
        sql.append(", ".join(["%s"] * len(given)))
        params.extend(given)
        sql.append(piece)
    return "".join(sql), params


def _finisher(compiler: Any) -> Callable[[list[tuple[Any, ...]]], Iterable[Any]] | None:
    """What turns the backend's values into the fields' own; None where they are that already."""
    converters = compiler.get_converters([select[0] for select in compiler.select])
    if not converters:
        return None
    return lambda rows: compiler.apply_converters(rows, converters)
