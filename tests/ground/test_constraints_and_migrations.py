"""SQLite remakes a table to alter it and drops its triggers with the old one; the constraint must come out alive."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ProjectState
from django.db.models import Q

from ground.constraints import BtreeGist, NoOverlap

pytestmark = pytest.mark.django_db(transaction=True)

ONCE = NoOverlap(name="visit_once", fields=("child",))


class Database:
    """Applies operations one after the other, each in a migration of its own, and undoes them all at the end."""

    def __init__(self):
        self.state = ProjectState()
        self.table = "ground_visit"

    def run(self, *operations):
        with connection.schema_editor() as editor:
            for operation in operations:
                before = self.state.clone()
                operation.state_forwards("ground", self.state)
                operation.database_forwards("ground", editor, before, self.state)

    def holds(self, name="Visit", child=1):
        """Whether a second row for the same days is refused."""
        model = self.state.apps.get_model("ground", name)
        days = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 2, 1)}
        model.objects.all().delete()
        first = model.objects.create(child=child, **days)
        moved = model.objects.create(child=child + 1, **days)
        words = []
        for write in (
            lambda: model.objects.create(child=child, **days),
            lambda: model.objects.filter(pk=moved.pk).update(child=first.child),
        ):
            try:
                with transaction.atomic():
                    write()
            except IntegrityError as error:
                words.append(str(error))
        assert len(words) != 1
        return len([text for text in words if "visit_once" in text]) == 2


def create(*constraints):
    return migrations.CreateModel(
        name="Visit",
        fields=[
            ("id", models.BigAutoField(primary_key=True)),
            ("child", models.PositiveIntegerField()),
            ("starts_on", models.DateField()),
            ("ends_on", models.DateField(null=True)),
        ],
        options={"constraints": list(constraints)},
    )


@pytest.fixture
def database(db):
    database = Database()
    yield database
    with connection.schema_editor() as editor:
        for model in database.state.apps.get_models():
            editor.delete_model(model)


def test_it_comes_with_the_table(database):
    database.run(create(ONCE))
    assert database.holds()


def test_it_can_be_added_later_and_removed_again(database):
    database.run(create())
    assert not database.holds()
    database.state.apps.get_model("ground", "Visit").objects.all().delete()
    database.run(migrations.AddConstraint("Visit", ONCE))
    assert database.holds()
    database.run(migrations.RemoveConstraint("Visit", "visit_once"))
    assert not database.holds()


def test_it_survives_what_remakes_the_table(database):
    database.run(create(ONCE))
    database.run(migrations.AddField("Visit", "note", models.TextField(default="")))
    assert database.holds()
    database.run(migrations.AlterField("Visit", "child", models.BigIntegerField(db_index=True)))
    assert database.holds()
    database.run(migrations.AddConstraint("Visit", models.CheckConstraint(name="pos", condition=Q(child__gt=0))))
    assert database.holds()
    database.run(migrations.RemoveField("Visit", "note"))
    assert database.holds()


def test_it_survives_what_does_not_remake_the_table(database):
    database.run(create(ONCE))
    database.run(migrations.AddField("Visit", "note", models.TextField(null=True)))
    assert database.holds()
    database.run(migrations.AddIndex("Visit", models.Index(fields=["child"], name="visit_child")))
    assert database.holds()


def test_it_survives_a_new_name_of_the_model_and_of_the_table(database):
    database.run(create(ONCE))
    database.run(migrations.RenameModel("Visit", "Call"))
    assert database.holds("Call")
    database.run(migrations.AlterModelTable("Call", "other_calls"))
    assert database.holds("Call")
    database.run(migrations.AddField("Call", "note", models.TextField(default="")))
    assert database.holds("Call")


def test_it_survives_several_changes_in_one_migration(database):
    database.run(
        create(ONCE),
        migrations.AddField("Visit", "note", models.TextField(default="")),
        migrations.RenameModel("Visit", "Call"),
        migrations.AddField("Call", "more", models.TextField(default="")),
    )
    assert database.holds("Call")


def test_the_names_of_columns_follow_their_fields(database):
    database.run(create(ONCE))
    database.run(migrations.RemoveConstraint("Visit", "visit_once"))
    database.run(migrations.RenameField("Visit", "starts_on", "first_day"))
    database.run(migrations.AddConstraint("Visit", NoOverlap(name="visit_once", fields=("child",), lower="first_day")))
    model = database.state.apps.get_model("ground", "Visit")
    model.objects.create(child=1, first_day=date(2025, 1, 1))
    with pytest.raises(IntegrityError, match="visit_once"), transaction.atomic():
        model.objects.create(child=1, first_day=date(2025, 2, 1))


def test_the_constraint_s_own_statements_do_the_same_as_the_operations(database):
    database.run(create())
    model = database.state.apps.get_model("ground", "Visit")
    with connection.schema_editor() as editor:
        editor.execute(ONCE.create_sql(model, editor), None)
    assert database.holds()
    with connection.schema_editor() as editor:
        editor.execute(ONCE.remove_sql(model, editor), None)
    assert not database.holds()


def test_makemigrations_sees_no_change_where_there_is_none_and_a_change_where_there_is():
    before, same, other = ProjectState(), ProjectState(), ProjectState()
    create(ONCE).state_forwards("ground", before)
    create(ONCE.clone()).state_forwards("ground", same)
    create(NoOverlap(name="visit_once", fields=("child", "id"))).state_forwards("ground", other)
    assert not MigrationAutodetector(before, same)._detect_changes()
    kinds = [type(op).__name__ for op in MigrationAutodetector(before, other)._detect_changes()["ground"][0].operations]
    assert kinds == ["RemoveConstraint", "AddConstraint"]


def test_the_extension_is_there_on_postgresql_and_asked_for_once_only():
    operation = BtreeGist()
    for _ in range(2):
        with connection.schema_editor() as editor:
            operation.database_forwards("ground", editor, None, None)
            operation.database_backwards("ground", editor, None, None)
    assert "btree_gist" in operation.describe() + operation.migration_name_fragment
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'")
            assert cursor.fetchone() == (1,)
