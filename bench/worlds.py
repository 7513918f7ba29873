"""Worlds by bulk load: whole tables in a handful of INSERT … SELECT generate_series statements.

A world of 10,000 children with half a million entries takes about a minute; every row obeys the constraints, and the
rule sees no difference to rows that came through the services.
"""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED

from curriculum.models import Goal
from learninglog.models import (
    Entry,
    EntryChild,
    EntryPicture,
    Publication,
    SharedVersion,
    VersionChild,
    VersionPicture,
    VersionSubject,
)
from media_policy.models import Picture, PictureSubject
from people.models import (
    Child,
    Duty,
    Group,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    Home,
    HomeMembership,
    Organisation,
    Person,
    Placement,
    Unit,
)

CHILDREN_IN_GROUP = 20
GROUPS_IN_UNIT = 6
DAYS = 540


@dataclass(frozen=True)
class Size:
    name: str
    children: int
    entries: int


SIZES = {
    "S": Size("S", 60, 600),
    "M": Size("M", 10_000, 500_000),
    "L": Size("L", 200_000, 10_000_000),
}


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | dict):
        return "'" + json.dumps(value) + "'"
    return "'" + str(value).replace("'", "''") + "'"


def fill(model: type[Model], rows: str, **columns: str) -> None:
    """INSERT … SELECT from `rows` (a FROM clause); columns not given take the field's default."""
    names, values = [], []
    for field in model._meta.concrete_fields:
        assert field.column is not None
        names.append(f'"{field.column}"')
        if field.column in columns:
            values.append(columns.pop(field.column))
        elif field.default is uuid.uuid4:
            values.append("gen_random_uuid()")
        elif field.null:
            values.append("NULL")
        elif field.get_internal_type() == "IdListField" or type(field).__name__ == "IdListField":
            values.append("'{}'::integer[]")
        elif field.default is not NOT_PROVIDED:
            values.append(_literal(field.get_default()))
        else:
            values.append("''")
    assert not columns, f"{model.__name__} has no columns {sorted(columns)}"
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{table}" ({", ".join(names)}) SELECT {", ".join(values)} FROM {rows}')
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))")


def series(last: int) -> str:
    return f"generate_series(1, {last}) n"


def load(size: Size, *, media: bool = True) -> None:
    """Fill an empty, migrated database; frameworks must be there. Without media it is what coverage reads."""
    groups = -(-size.children // CHILDREN_IN_GROUP)
    with connection.cursor() as cursor:
        # Loading obeys the constraints by how it is written; the triggers would triple the time.
        cursor.execute("SET session_replication_role = replica")
    _people(size, groups)
    with indexed_afterwards(Entry, SharedVersion, EntryChild, Publication):
        _entries(size, groups)
    if media:
        _media(size, groups)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


@contextmanager
def indexed_afterwards(*models: type[Model]) -> Iterator[None]:
    """Take the indexes of these tables away, and make the very same again at the end: sorted at once is quicker."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)",
            [tables],
        )
        unique = cursor.fetchall()
        for table, name, _said in unique:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY(%s) "
            "AND i.indexname NOT IN (SELECT conname FROM pg_constraint)",
            [tables],
        )
        others = cursor.fetchall()
        for name, _said in others:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for table, name, said in unique:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {said}')
        for _name, said in others:
            cursor.execute(said)


def _people(size: Size, groups: int) -> None:
    units = -(-groups // GROUPS_IN_UNIT)
    fill(Organisation, series(1), id="1", name="'Bench'", country="'SE'")
    fill(Unit, series(units), id="n", organisation_id="1", name="'Unit ' || n", kind="'preschool'")
    fill(Group, series(groups), id="n", unit_id=f"(n - 1) / {GROUPS_IN_UNIT} + 1", name="'Group ' || n")
    names = "(ARRAY['Alma','Bo','Tyra','Elsa','Milo','Noor','Sami','Vera','Ture','Ines'])[n % 10 + 1]"
    fill(Child, series(size.children), id="n", organisation_id="1", given_name=names, family_name="'Berg'")
    in_group = f"(n - 1) / {CHILDREN_IN_GROUP} + 1"
    in_unit = f"(n - 1) / {CHILDREN_IN_GROUP * GROUPS_IN_UNIT} + 1"
    long_ago = {"starts_on": "current_date - 900"}
    fill(Placement, series(size.children), id="n", child_id="n", unit_id=in_unit, **long_ago)
    fill(GroupMembership, series(size.children), id="n", child_id="n", group_id=in_group, **long_ago)
    adults = size.children * 2
    person = {"organisation_id": "1", "is_active": "TRUE", "login": "'p' || n", "password": "'!'"}
    fill(Person, series(adults + groups * 3), id="n", given_name="'Person'", **person)
    of_child = "(n - 1) / 2 + 1"
    since = {"begins_at": "now() - interval '900 days'"}
    active = {**since, "activated_at": "now() - interval '900 days'", "kind": "'legal'"}
    fill(Guardianship, series(adults), id="n", person_id="n", child_id=of_child, **active)
    fill(Home, series(adults), id="n", child_id=of_child)
    fill(HomeMembership, series(adults), id="n", home_id="n", guardianship_id="n", **since)
    staff = {"organisation_id": "1", "unit_id": f"((n - 1) / 3) / {GROUPS_IN_UNIT} + 1", "role": "'pedagogue'"}
    fill(Duty, series(groups * 3), id="n", person_id=f"{adults} + n", **staff, **long_ago)
    fill(GroupAssignment, series(groups * 3), id="n", duty_id="n", group_id="(n - 1) / 3 + 1", **long_ago)


TEXT = (
    "'We gathered leaves on the way to the pond and sorted them by shape. ' || chr(57344) || {child} || chr(57345) || "
    "' and ' || chr(57344) || {other} || chr(57345) || ' held them up to the sun to see the lines inside, and wondered "
    "who had drawn them. Afterwards we looked for the tree that each leaf had come from.'"
)


@dataclass(frozen=True)
class Made:
    """How the number of an entry says where it was made, when, by whom and about which two children."""

    unit: str
    group: str
    day: str
    at: str
    by: str
    first: str
    second: str

    @classmethod
    def of(cls, size: Size, groups: int) -> "Made":
        group = f"((n - 1) % {groups} + 1)"
        round_ = f"((n - 1) / {groups})"
        members = min(CHILDREN_IN_GROUP, size.children)
        first = f"(({group} - 1) * {CHILDREN_IN_GROUP} + ({round_} * 7) % {members} + 1)"
        step = f"(1 + {round_} % {members - 2})"
        second = f"(({group} - 1) * {CHILDREN_IN_GROUP} + (({round_} * 7) + {step}) % {members} + 1)"
        day = f"(current_date - ({round_}::bigint * {DAYS} / greatest({size.entries} / {groups}, 1))::int)"
        at = f"({day} + time '14:00') AT TIME ZONE 'UTC'"
        by = f"({size.children * 2} + ({group} - 1) * 3 + 1)"
        return cls(f"(({group} - 1) / {GROUPS_IN_UNIT} + 1)", group, day, at, by, first, second)


def _entries(size: Size, groups: int) -> None:
    goals = list(Goal.objects.order_by("pk").values_list("pk", flat=True))
    made, entries = Made.of(size, groups), series(size.entries)
    tagged = f"ARRAY[{goals[0]} + n % {len(goals) - 3}, {goals[0]} + 1 + n % {len(goals) - 3}]::integer[]"
    text = TEXT.format(child=made.first, other=made.second)
    who = {"unit_id": made.unit, "group_id": made.group, "created_by_id": made.by}
    when = {"created_at": made.at, "updated_at": made.at, "first_shared_at": made.at, "happened_on": made.day}
    words = {"title": "'Whose leaf is this?'", "text": text}
    fill(Entry, entries, id="n", current_id="n", **who, **when, **words)
    fill(
        SharedVersion, entries, id="n", entry_id="n", number="1", at=made.at, by_id=made.by, revision="0",
        happened_on=made.day, language="'sv'", goals=tagged, **words,
    )  # fmt: skip
    two = f"generate_series(1, {size.entries}) n CROSS JOIN generate_series(0, 1) k"
    child = f"CASE k WHEN 0 THEN {made.first} ELSE {made.second} END"
    key = "n * 2 - k"
    fill(EntryChild, two, id=key, entry_id="n", child_id=child, position="k")
    fill(
        Publication, two, id=key, entry_id="n", version_id="n", child_id=child, unit_id=made.unit,
        happened_on=made.day, shared_at=made.at, first_shared_at=made.at, goals=tagged,
        search="'we gathered leaves on the way to the pond'",
    )  # fmt: skip


def _media(size: Size, groups: int) -> None:
    """A picture an entry, and each child's own line."""
    made, entries = Made.of(size, groups), series(size.entries)
    two = f"generate_series(1, {size.entries}) n CROSS JOIN generate_series(0, 1) k"
    child = f"CASE k WHEN 0 THEN {made.first} ELSE {made.second} END"
    line = "CASE k WHEN 0 THEN 'She counted the points aloud to seven.' ELSE '' END"
    fill(VersionChild, two, id="n * 2 - k", version_id="n", child_id=child, position="k", line=line)
    marking = "CASE n % 3 WHEN 0 THEN 'nobody' ELSE 'children' END"
    shot = {"organisation_id": "1", "unit_id": made.unit, "uploaded_by_id": made.by, "uploaded_at": made.at}
    fill(Picture, entries, id="n", marking=marking, width="1600", height="1200", **shot)
    marked = f"generate_series(1, {size.entries}) n WHERE n % 3 <> 0"
    fill(PictureSubject, marked, id="n", picture_id="n", child_id=made.first)
    fill(EntryPicture, entries, id="n", entry_id="n", picture_id="n")
    alt = "'Whose leaf is this?'"
    fill(VersionPicture, entries, id="n", version_id="n", picture_id="n", alt=alt, marking=marking)
    fill(VersionSubject, marked, id="n", version_picture_id="n", child_id=made.first)
