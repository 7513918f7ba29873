from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, OperationalError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ground.constraints import NoOverlap

throwaway = Apps(["ground"])


class Stay(models.Model):
    child = models.PositiveIntegerField()
    group = models.PositiveIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=9, default="it's on")

    class Meta:
        app_label = "ground"
        apps = throwaway
        constraints = [
            NoOverlap(
                name="stay_once",
                fields=("child", "group"),
                condition=~Q(state="off"),
                violation_error_message="This child is already here then.",
            )
        ]


class Hiding(models.Manager):
    """A default manager that shows nothing, as a scoped one may."""

    def get_queryset(self):
        return super().get_queryset().none()


class Shift(models.Model):
    person = models.PositiveIntegerField()
    begins_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    everything = models.Manager()
    objects = Hiding()

    class Meta:
        app_label = "ground"
        apps = throwaway
        default_manager_name = "objects"
        constraints = [NoOverlap(name="shift_once", fields=["person"], lower="begins_at", upper="until_at")]


@pytest.fixture(scope="module", autouse=True)
def tables(make_tables):
    with make_tables(Stay, Shift):
        yield


def day(number):
    return None if number is None else date(2025, 1, 1) + timedelta(days=number)


def stay(starts, ends, *, child=1, group=1, **more):
    return Stay(child=child, group=group, starts_on=day(starts), ends_on=day(ends), **more)


def refused(row):
    """Both sides are asked, and must agree: full_clean's check and the database's own."""
    valid, stored, words = True, True, ""
    try:
        row.validate_constraints()
    except ValidationError:
        valid = False
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        stored, words = False, str(error)
    assert stored is valid
    assert stored or row._meta.constraints[0].name in words
    return not stored


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("second", "clash"),
    [
        ((10, 20), False),
        ((-5, 0), False),
        ((10, None), False),
        ((9, 20), True),
        ((-5, 1), True),
        ((2, 3), True),
        ((-5, 50), True),
        ((0, 10), True),
        ((-5, None), True),
        ((9, None), True),
        ((5, 5), False),
    ],
)
def test_touching_is_allowed_and_overlapping_is_not(second, clash):
    stay(0, 10).save()
    assert refused(stay(*second)) is clash


@pytest.mark.django_db
def test_an_open_end_reaches_for_ever():
    stay(0, None).save()
    assert refused(stay(4000, 4001))
    assert refused(stay(4000, None))
    assert not refused(stay(-9, 0))


@pytest.mark.django_db
def test_only_rows_with_the_same_fields_are_compared():
    stay(0, 10).save()
    assert not refused(stay(0, 10, child=2))
    assert not refused(stay(0, 10, group=2))


@pytest.mark.django_db
def test_an_empty_field_is_the_same_as_no_other():
    stay(0, 10, group=None).save()
    assert not refused(stay(0, 10, group=None))


@pytest.mark.django_db
def test_the_condition_takes_rows_out_on_either_side():
    stay(0, 10, state="off").save()
    assert not refused(stay(0, 10))
    assert not refused(stay(0, 10, state="off"))
    assert refused(stay(0, 10))


@pytest.mark.django_db
def test_a_row_that_comes_back_under_the_condition_is_compared_again():
    gone = stay(0, 10, state="off")
    gone.save()
    stay(0, 10).save()
    gone.state = "on"
    assert refused(gone)


@pytest.mark.django_db
def test_a_row_may_change_without_meeting_itself_but_not_run_into_another():
    first, second = stay(0, 10), stay(10, 20)
    first.save()
    second.save()
    second.ends_on = day(30)
    assert not refused(second)
    second.starts_on = day(9)
    assert refused(second)


@pytest.mark.django_db
def test_bulk_writing_is_held_too():
    with pytest.raises(IntegrityError, match="stay_once"), transaction.atomic():
        Stay.objects.bulk_create([stay(0, 10), stay(5, 15)])
    Stay.objects.bulk_create([stay(0, 10), stay(10, 20)])
    with pytest.raises(IntegrityError, match="stay_once"), transaction.atomic():
        Stay.objects.update(starts_on=day(0))


@pytest.mark.django_db
def test_an_interval_that_runs_backward_is_refused_by_the_database():
    with pytest.raises(DatabaseError), transaction.atomic():
        stay(10, 0).save()
    stay(10, 0, state="off").save()


@pytest.mark.django_db
def test_moments_are_compared_to_the_microsecond():
    noon = datetime(2025, 5, 5, 12, tzinfo=UTC)
    Shift.everything.create(person=1, begins_at=noon, until_at=noon + timedelta(hours=1))
    assert refused(Shift(person=1, begins_at=noon + timedelta(minutes=59, seconds=59, microseconds=999999)))
    assert refused(Shift(person=1, begins_at=noon - timedelta(days=1), until_at=noon + timedelta(microseconds=1)))
    assert not refused(Shift(person=1, begins_at=noon + timedelta(hours=1)))
    assert not refused(Shift(person=1, begins_at=noon - timedelta(days=1), until_at=noon))


@pytest.mark.django_db
def test_the_sentence_is_the_constraint_s_own():
    stay(0, 10).save()
    with pytest.raises(ValidationError, match="already here then"):
        stay(5, 6).full_clean()
    noon = datetime(2025, 5, 5, 12, tzinfo=UTC)
    Shift.everything.create(person=1, begins_at=noon)
    with pytest.raises(ValidationError, match="overlaps another period"):
        Shift(person=1, begins_at=noon).full_clean()


@pytest.mark.django_db
def test_validate_keeps_quiet_about_fields_it_was_told_to_leave_out():
    stay(0, 10).save()
    constraint = Stay._meta.constraints[0]
    for name in ("child", "group", "starts_on", "ends_on", "state"):
        constraint.validate(Stay, stay(0, 10), exclude={name})
    with pytest.raises(ValidationError):
        constraint.validate(Stay, stay(0, 10), exclude={"id"})


@pytest.mark.django_db
def test_a_half_filled_form_is_not_compared():
    stay(0, 10).save()
    stay(None, 10).validate_constraints()
    stay(0, 10, child=None).validate_constraints()


EDGES = st.tuples(st.integers(0, 12), st.one_of(st.none(), st.integers(0, 12))).filter(
    lambda ends: ends[1] is None or ends[0] <= ends[1]
)


def days(span):
    return set(range(span[0], 99 if span[1] is None else span[1]))


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDGES, max_size=8))
def test_database_and_validation_agree_with_counting_days(spans):
    Stay.objects.all().delete()
    kept = []
    for span in spans:
        clash = any(days(span) & days(other) for other in kept)
        assert refused(stay(*span)) is clash
        if not clash:
            kept.append(span)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_both_come_in():
    other = connection.copy()
    row = "INSERT INTO ground_stay (child, \"group\", starts_on, ends_on, state) VALUES (1, 1, %s, %s, 'on')"
    try:
        with other.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET lock_timeout = '100ms'")
            with transaction.atomic():
                stay(0, 10).save()
                # It has to wait for what becomes of the first (on SQLite for its turn); it does not slip in.
                with pytest.raises(OperationalError):
                    cursor.execute(row, [day(5), day(9)])
            with pytest.raises(IntegrityError, match="stay_once"):
                cursor.execute(row, [day(5), day(9)])
            cursor.execute(row, [day(10), day(20)])
        assert Stay.objects.count() == 2
    finally:
        # Django leaves a database in memory open, which Python 3.13 warns about.
        if other.connection is not None:
            other.connection.close()
        Stay.objects.all().delete()


def test_it_can_be_written_into_a_migration_and_read_back():
    for constraint in (Stay._meta.constraints[0], Shift._meta.constraints[0]):
        code, imports = MigrationWriter.serialize(constraint)
        names = {}
        exec("\n".join(["from django.db import models", *imports]), names)
        assert eval(code, names) == constraint
        assert constraint.clone() == constraint


def test_two_are_the_same_when_all_their_parts_are():
    base = {"name": "n", "fields": ("a",)}
    one = NoOverlap(**base)
    assert one == NoOverlap(**base)
    different = [{"fields": ("b",)}, {"lower": "x"}, {"upper": "x"}, {"condition": Q(a=1)}, {"name": "m"}]
    assert not [more for more in different if NoOverlap(**{**base, **more}) == one]
    assert one != models.UniqueConstraint(name="n", fields=["a"])
    assert "a in [starts_on, ends_on)" in repr(one)


def test_senseless_declarations_are_refused():
    with pytest.raises(ValueError, match="fields"):
        NoOverlap(name="n", fields=())
    with pytest.raises(ValueError, match="condition"):
        NoOverlap(name="n", fields=("a",), condition="a = 1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fields": ("nobody",)}, "models.E012"),
        ({"lower": "child"}, "ground.E001"),
        ({"lower": "child", "upper": "child"}, "ground.E001"),
        ({"lower": "ends_on"}, "ground.E002"),
        ({"condition": Q(nobody=1)}, "models.E012"),
    ],
)
def test_the_system_check_finds_wrong_fields(changes, code):
    constraint = NoOverlap(**{"name": "n", "fields": ("child",), **changes})
    assert [error.id for error in constraint._check(Stay, connection)] == [code]
    assert Stay._meta.constraints[0]._check(Stay, connection) == []


@pytest.mark.django_db
def test_a_condition_with_a_percent_sign_is_refused_instead_of_mangled():
    constraint = NoOverlap(name="n", fields=("child",), condition=Q(state__contains="x"))
    with pytest.raises(ValueError, match="percent"):
        str(constraint.create_sql(Stay, connection.schema_editor()))
