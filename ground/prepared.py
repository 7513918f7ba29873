"""Queries whose SQL is put together once a process, for the few pages that are opened all day.

Putting a query together through the ORM costs the processor several times what reading its rows costs. A `Prepared`
query is still written with the ORM, over stand-ins; afterwards only the values change.

    _goals = Prepared(lambda keys: Goal.objects.filter(pk__in=keys).values_list("pk", "code"), keys=[int])
    rows = _goals.rows(keys=[3, 5])
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Nothing real has these values, and no two parameters of a query share one.
FIRST_KEY = 7_777_777_000
FIRST_YEAR = 7000

_MOMENT_OF_STAND_IN = re.compile(r"(6999|7\d{3})-\d\d-\d\d")

Sql = tuple[str, tuple[Any, ...]]


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

    A kind is int, date or datetime, or a list of one of them ([int]) for what stands in an `__in`. With `around`,
    `build` returns several: `around` gets each as SQL and parameters and makes one statement of them, for what the ORM
    has no words for; its columns come as the backend gives them. `optional` names values that the query need not have
    a place for.
    """

    def __init__(
        self,
        build: Callable[..., Any],
        *,
        around: Callable[..., Sql] | None = None,
        optional: Collection[str] = (),
        **kinds: Any,
    ) -> None:
        self._build = build
        self._around = around
        self._optional = frozenset(optional)
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
        built = self._build(**stand_ins)
        if self._around:
            sql, params = self._around(*(_in_full(one) for one in built))
            finish = None
        else:
            compiler = built.query.get_compiler(connection=connection)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return None
            finish = _finisher(compiler)
        names = tuple(marks.get(param) for param in params)
        if missing := set(marks.values()) - set(names) - self._optional:
            raise ValueError(f"The query has no place for {sorted(missing)}.")
        if made := [param for param, name in zip(params, names, strict=True) if name is None and _of_stand_in(param)]:
            raise ValueError(f"The query computes {made} from a stand-in, and would keep it for every value.")
        return _Statement(tuple(sql.split("%s")), tuple(params), names, finish)


def _in_full(built: "QuerySet[Any, Any]") -> Sql:
    """One queryset as SQL, also where it can find nothing."""
    sql, params = built.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, tuple(params)


def _stand_in(kind: Any, number: int) -> Any:
    if isinstance(kind, list):
        return [_stand_in(kind[0], number)]
    if kind is datetime:
        return datetime(FIRST_YEAR + number, 7, 7, 7, 7, 7, 7, tzinfo=UTC)
    if kind is date:
        return date(FIRST_YEAR + number, 7, 8)
    return FIRST_KEY + number


def _of_stand_in(param: Any) -> bool:
    """Whether a parameter was worked out of a stand-in, as the day before one."""
    if isinstance(param, list | tuple):
        return any(map(_of_stand_in, param))
    if isinstance(param, date):
        return FIRST_YEAR - 1 <= param.year < FIRST_YEAR + 1000
    if isinstance(param, str):
        return bool(_MOMENT_OF_STAND_IN.match(param))
    return isinstance(param, int) and FIRST_KEY - 1000 <= param < FIRST_KEY + 1000


def _adapted(value: Any) -> Any:
    """As the backend puts it into a statement: moments are text on SQLite, themselves on PostgreSQL."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _filled(statement: _Statement, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Keys of a list are written out, for a driver takes longer over a hundred parameters than many a query runs."""
    adapted: dict[str, Any] = {}
    listed: dict[str, str] = {}
    for name, value in values.items():
        if not isinstance(value, list):
            adapted[name] = [_adapted(value)]
        elif isinstance(value[0], int):
            listed[name] = ", ".join([f"{one:d}" for one in value])
        else:
            adapted[name] = [_adapted(one) for one in value]
    sql = [statement.sql[0]]
    params: list[Any] = []
    for piece, param, place in zip(statement.sql[1:], statement.params, statement.names, strict=True):
        if place in listed:
            sql.append(listed[place])
        else:
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
