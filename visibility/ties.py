"""The relations' rows, read: all ties of one viewer, or of some children, in one statement.

Putting the relations together through the ORM costs tens of milliseconds, reading them half of one. So their SQL is
made once a process, with stand-ins where the moment, the person and the children go; the rows are the relations' own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from people.models import Child
from visibility.relations import Relation
from visibility.viewer import Moment, Viewer

AT = datetime(7777, 7, 7, 7, 7, 7, 7, tzinfo=UTC)
DAY = date(7777, 7, 8)
SINCE = DAY - timedelta(days=1)
SOMEBODY = 7777777777
COLUMNS = ("tie_person", "tie_child", "tie_unit", "tie_home", "tie_group")


@dataclass(frozen=True, slots=True)
class Tie:
    person: int
    child: int | None
    unit: int | None
    home: int | None
    group: int | None

    def value(self, column: str) -> int | None:
        found: int | None = getattr(self, column.removeprefix("tie_"))
        return found


Ties = dict[Relation, list[Tie]]


@dataclass(frozen=True)
class _Statement:
    sql: str
    slots: tuple[Any, ...]

    def filled(self, moment: Moment, who: Iterable[int]) -> tuple[str, list[Any]]:
        """The statement for one moment, and one person or several children."""
        keys = list(who)
        place = ", ".join(["%s"] * len(keys))
        known: dict[Any, Any] = {
            _adapted(AT): _adapted(moment.at),
            _adapted(DAY): _adapted(moment.day),
            _adapted(SINCE): _adapted(moment.day - timedelta(days=moment.tail_days)),
        }
        params: list[Any] = []
        for slot in self.slots:
            params.extend(keys) if slot == SOMEBODY else params.append(known.get(slot, slot))
        return self.sql.replace(f"(%({SOMEBODY})s)", f"({place})"), params


def _adapted(value: datetime | date) -> Any:
    """As the backend puts it into a statement: text on SQLite, itself on PostgreSQL."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


@cache
def _statement(vendor: str, relations: tuple[Relation, ...], path: str, tail: bool) -> _Statement | None:
    moment = Moment(AT, DAY, 1 if tail else 0)
    parts: list[str] = []
    slots: list[Any] = []
    for relation in relations:
        rows = relation.rows(moment)
        named = [column for column in COLUMNS if column in rows.query.annotations]
        try:
            sql, params = rows.filter(**{f"{path}__in": [SOMEBODY]}).values(*named).query.sql_with_params()
        except EmptyResultSet:
            continue
        columns = ", ".join(f"t.{c}" if c in named else "CAST(NULL AS bigint)" for c in COLUMNS)
        parts.append(f"SELECT '{relation.name}', {columns} FROM ({_marked(sql, params)}) t")  # noqa: S608  our own names
        slots.extend(params)
    return _Statement(" UNION ALL ".join(parts), tuple(slots)) if parts else None


def _marked(sql: str, params: tuple[Any, ...]) -> str:
    """The SQL with the list of people or children marked, so that it can take as many as it gets."""
    pieces = sql.split("%s")
    out = pieces[0]
    for param, piece in zip(params, pieces[1:], strict=True):
        out += (f"%({SOMEBODY})s" if param == SOMEBODY else "%s") + piece
    return out


def _read(relations: Collection[Relation], path: str, who: Iterable[int], moment: Moment) -> Ties:
    ordered = tuple(sorted(relations, key=lambda relation: relation.name))
    found: Ties = {relation: [] for relation in ordered}
    keys = list(who)
    statement = _statement(connection.vendor, ordered, path, bool(moment.tail_days)) if keys else None
    if statement is None:
        return found
    names = {relation.name: relation for relation in ordered}
    with connection.cursor() as cursor:
        cursor.execute(*statement.filled(moment, keys))
        for name, *row in set(cursor.fetchall()):
            found[names[name]].append(Tie(*row))
    return found


def of_viewer(viewer: Viewer, relations: Collection[Relation]) -> Ties:
    """This viewer's ties by relation. A viewer is one look at the world: what was read once is kept for it."""
    missing = [relation for relation in relations if relation not in viewer.ties]
    if missing:
        viewer.ties.update(_read(missing, "tie_person", [viewer.person.pk], viewer.moment))
    return {relation: viewer.ties[relation] for relation in relations}


def of_children(child_ids: Iterable[int], relations: Collection[Relation], moment: Moment) -> Ties:
    """Everyone tied to these children by these relations."""
    return _read(relations, "tie_child", child_ids, moment)


def of_group(group_id: int, relations: Collection[Relation], moment: Moment) -> Ties:
    """Everyone tied to this group by these group relations."""
    return _read(relations, "tie_group", [group_id], moment)


def of_unit(unit_id: int, relations: Collection[Relation], moment: Moment) -> Ties:
    """Everyone tied to this unit by these unit relations."""
    return _read(relations, "tie_unit", [unit_id], moment)


def children(viewer: Viewer, *relations: Relation) -> list[int]:
    """Keys of the children this viewer is tied to by any of these relations."""
    found = of_viewer(viewer, relations)
    return sorted({tie.child for ties in found.values() for tie in ties if tie.child is not None})


def groups(viewer: Viewer, *relations: Relation) -> list[int]:
    """Keys of the groups this viewer is tied to by any of these group relations."""
    mine = [relation for relation in relations if relation.hat == viewer.hat]
    found = of_viewer(viewer, mine)
    return sorted({tie.group for ties in found.values() for tie in ties if tie.group is not None})


def units(viewer: Viewer, *relations: Relation) -> list[int]:
    """Keys of the units this viewer is tied to by any of these unit relations."""
    mine = [relation for relation in relations if relation.hat == viewer.hat]
    found = of_viewer(viewer, mine)
    return sorted({tie.unit for ties in found.values() for tie in ties if tie.unit is not None})


def homes(viewer: Viewer, relation: Relation, child: Child | None = None) -> list[int]:
    """Keys of the viewer's homes by a home relation, of one child or of all."""
    found = of_viewer(viewer, [relation])[relation] if relation.hat == viewer.hat else []
    return sorted({tie.home for tie in found if tie.home is not None and (child is None or tie.child == child.pk)})
