from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.apps.registry import Apps
from django.core.exceptions import FieldDoesNotExist
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from ground import append_only
from ground.append_only import AppendOnly, Guard
from ground.fields import EncryptedTextField, IdListField

throwaway = Apps(["ground"])
AT = datetime(2025, 5, 5, 12, tzinfo=UTC)


class Line(models.Model):
    reader = models.PositiveIntegerField(null=True)
    text = EncryptedTextField()
    salt = models.CharField(max_length=20)
    digest = models.BinaryField(default=b"\x00'%")
    amount = models.DecimalField(max_digits=5, decimal_places=2, default="1.50")
    children = IdListField()
    extra = models.JSONField(default=dict)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "ground"
        apps = throwaway


class Stone(models.Model):
    text = models.TextField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "ground"
        apps = throwaway


LINE = {"reader": None, "text": "", "salt": "", "children": []}
OPERATIONS = [AppendOnly("ground", "Line", erasable=LINE), AppendOnly("ground", "Stone")]


@pytest.fixture(scope="module", autouse=True)
def tables(make_tables, django_db_blocker):
    with make_tables(Line, Stone):
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for operation in OPERATIONS:
                operation.database_forwards("ground", editor, None, SimpleNamespace(apps=throwaway))
        yield
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for operation in OPERATIONS:
                operation.database_backwards("ground", editor, None, SimpleNamespace(apps=throwaway))


@pytest.fixture
def line(db):
    return Line.objects.create(reader=7, text="öppnade", salt="ab'c", children=[3, 4], extra={"a": 1})


@pytest.fixture
def stone(db):
    return Stone.objects.create(text="står kvar")


def update(row, **changes):
    with transaction.atomic():
        return type(row).objects.filter(pk=row.pk).update(**changes)


@pytest.mark.parametrize("field", [f.name for f in Line._meta.fields if f.name != "id"])
def test_no_column_can_be_changed(line, field):
    value = {"reader": 8, "digest": b"x", "amount": "1.51", "children": [3], "extra": {}, "erased_at": AT}.get(
        field, "x"
    )
    with pytest.raises(IntegrityError, match="ground_line is append-only"):
        update(line, **{field: value})


DELETIONS = {
    "row": lambda: Line.objects.get().delete(),
    "queryset": lambda: Line.objects.all().delete(),
    "raw": lambda: Line.objects.all()._raw_delete(using="default"),
}


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_nothing_can_be_deleted(line, delete):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        delete()
    assert Line.objects.count() == 1


def test_saving_a_row_again_is_refused_even_unchanged(line):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        line.save()
    with pytest.raises(IntegrityError, match="append-only"):
        update(line, salt=F("salt"))


def test_bulk_writing_is_refused(line):
    line.salt = "x"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Line.objects.bulk_update([line], ["salt"])
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Line.objects.bulk_create([line], update_conflicts=True, update_fields=["salt"], unique_fields=["id"])
    assert Line.objects.get().salt == "ab'c"


def test_adding_is_not_hindered(line):
    Line.objects.bulk_create([Line(text="a", salt="b"), Line(text="c", salt="d")])
    assert Line.objects.count() == 3


def test_the_eraser_empties_a_line_in_one_step(line):
    assert update(line, **LINE, erased_at=AT) == 1
    line.refresh_from_db()
    assert (line.reader, line.text, line.salt, line.children) == (None, "", "", [])
    assert (bytes(line.digest), str(line.amount), line.extra, line.erased_at) == (b"\x00'%", "1.50", {"a": 1}, AT)


def test_the_eraser_may_take_several_lines_at_once(line):
    Line.objects.create(reader=None, text="x", salt="y")
    assert Line.objects.update(**LINE, erased_at=AT) == 2


def test_saving_a_whole_emptied_row_is_the_same_step(line):
    for name, value in LINE.items():
        setattr(line, name, value)
    line.erased_at = AT
    with transaction.atomic():
        line.save()
    assert Line.objects.get().text == ""


@pytest.mark.parametrize(
    "step",
    [
        {**LINE},
        {"erased_at": AT},
        {**LINE, "text": "x", "erased_at": AT},
        {**LINE, "salt": F("salt"), "erased_at": AT},
        {**LINE, "reader": F("reader"), "erased_at": AT},
        {**LINE, "children": [3], "erased_at": AT},
        {**LINE, "digest": b"", "erased_at": AT},
        {**LINE, "amount": "1.51", "erased_at": AT},
        {**LINE, "extra": {"a": 2}, "erased_at": AT},
        {**LINE, "id": F("id") + 1000, "erased_at": AT},
    ],
    ids=lambda step: (
        " ".join(f"{key}={value}" for key, value in step.items() if LINE.get(key, "-") != value) or "no receipt"
    ),
)
def test_anything_but_the_whole_step_is_refused(line, step):
    with pytest.raises(IntegrityError, match="append-only"):
        update(line, **step)
    assert Line.objects.get().text == "öppnade"


@pytest.mark.parametrize(
    "after", [{"erased_at": None}, {"erased_at": AT.replace(hour=13)}, {"salt": "x"}, {**LINE, "erased_at": AT}]
)
def test_an_emptied_line_is_final(line, after):
    update(line, **LINE, erased_at=AT)
    with pytest.raises(IntegrityError, match="append-only"):
        update(line, **after)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Line.objects.all().delete()


def test_a_line_cannot_be_given_back_what_was_erased(line):
    update(line, **LINE, erased_at=AT)
    with pytest.raises(IntegrityError, match="append-only"):
        update(line, text="öppnade", erased_at=None)


def test_a_table_without_erasable_columns_never_changes(stone):
    for changes in ({"text": ""}, {"erased_at": AT}, {"text": "", "erased_at": AT}):
        with pytest.raises(IntegrityError, match="ground_stone is append-only"):
            update(stone, **changes)


def test_a_table_cannot_be_emptied_at_a_stroke(stone):
    # SQLite has no TRUNCATE: it takes a DELETE without a condition for one, where no trigger forbids.
    empty = "TRUNCATE ground_stone" if connection.vendor == "postgresql" else "DELETE FROM ground_stone"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(empty)
    assert Stone.objects.get() == stone


def test_tests_can_switch_it_off_and_it_comes_back(line, stone):
    with append_only.switched_off():
        assert update(line, salt="x") == 1
        stone.delete()
    with pytest.raises(IntegrityError, match="append-only"):
        update(line, salt="y")


def test_it_comes_back_after_an_error_too(line):
    with pytest.raises(ZeroDivisionError), append_only.switched_off():
        1 / 0  # noqa: B018
    with pytest.raises(IntegrityError, match="append-only"):
        update(line, salt="y")


@pytest.mark.django_db(transaction=True)
def test_it_comes_back_when_the_transaction_around_it_fails():
    row = Line.objects.create(text="a", salt="b")

    def write_and_fail():
        with transaction.atomic(), append_only.switched_off():
            update(row, salt="c")
            with transaction.atomic(savepoint=False):
                Line.objects.create(pk=row.pk, text="", salt="")

    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        write_and_fail()
    assert Line.objects.get().salt == "b"
    with pytest.raises(IntegrityError, match="append-only"):
        update(row, salt="y")
    with append_only.switched_off():
        row.delete()


@pytest.mark.parametrize("testing", [False, None])
def test_nobody_else_can_switch_it_off(settings, testing):
    if testing is None:
        del settings.TESTING
    else:
        settings.TESTING = testing
    with pytest.raises(RuntimeError, match="tests only"), append_only.switched_off():
        pass
    with pytest.raises(CommandError, match="append-only"):
        call_command("flush", interactive=False, verbosity=0)


def guard(model=Line, erasable=LINE):
    return Guard(model, erasable, connection)


@pytest.mark.django_db
def test_a_guard_knows_whether_it_stands():
    assert guard().stands()
    assert not guard(erasable={"text": ""}).stands()
    with append_only.switched_off():
        assert not guard().stands()
    assert guard().stands()
    assert guard(Stone, {}).stands()


class Bare(models.Model):
    text = models.TextField()

    class Meta:
        app_label = "ground"
        apps = throwaway


def test_an_eraser_needs_a_place_for_its_receipt():
    with pytest.raises(FieldDoesNotExist, match="erased_at"):
        guard(Bare, {"text": ""})
    assert guard(Bare, {}).receipt is None


def test_the_operation_tells_what_it_does():
    operation = OPERATIONS[0]
    assert operation.describe() == "Make Line append-only"
    assert operation.migration_name_fragment == "line_append_only"
    assert operation.deconstruct() == ("AppendOnly", ("ground", "Line"), {"erasable": LINE})
