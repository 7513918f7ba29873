"""On SQLite a remade table loses its triggers; `migrate` has to leave every append-only table guarded all the same."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from ground import append_only

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2025, 5, 5, tzinfo=UTC)


@pytest.fixture
def migrate(db, settings):
    # The other rooms count as without migrations here: working out their state would take most of the time.
    others = dict.fromkeys(app.label for app in apps.get_app_configs())
    settings.MIGRATION_MODULES = {**others, "ground": "tests.ground.diary_migrations"}
    append_only._operations.cache_clear()

    def to(name):
        call_command("migrate", "ground", name, verbosity=0, interactive=False)

    yield to
    to("0001_job_runs")
    append_only._operations.cache_clear()


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def refuses(sql, *params, table="ground_diary"):
    try:
        run(sql, *params)
    except IntegrityError as error:
        return f"{table} is append-only" in str(error)
    return False


def write():
    run("INSERT INTO ground_diary (text) VALUES ('a')")


def test_a_table_is_guarded_from_its_first_migration(migrate):
    migrate("0002_diary")
    write()
    assert refuses("UPDATE ground_diary SET text = 'b'")
    assert refuses("DELETE FROM ground_diary")


def test_a_remade_table_is_guarded_again_and_so_is_its_new_column(migrate):
    migrate("0002_diary")
    write()
    migrate("0003_remade")
    assert refuses("UPDATE ground_diary SET text = 'b'")
    assert refuses("DELETE FROM ground_diary")
    assert refuses("UPDATE ground_diary SET text = '', mood = 'wild', erased_at = %s", AT)
    assert run("UPDATE ground_diary SET text = '', erased_at = %s", AT) == 1


def test_a_column_added_without_a_remake_is_guarded_too(migrate):
    migrate("0003_remade")
    run("INSERT INTO ground_diary (text, mood) VALUES ('a', 'calm')")
    migrate("0004_one_more_column")
    assert refuses("UPDATE ground_diary SET text = '', place = 'here', erased_at = %s", AT)
    assert run("UPDATE ground_diary SET text = '', erased_at = %s", AT) == 1


def test_a_later_declaration_replaces_the_earlier_one(migrate):
    migrate("0005_mood_is_erasable_too")
    run("INSERT INTO ground_diary (words, mood) VALUES ('a', 'calm')")
    assert refuses("UPDATE ground_diary SET words = '', erased_at = %s", AT)
    assert run("UPDATE ground_diary SET words = '', mood = '', erased_at = %s", AT) == 1


def test_a_column_of_a_guarded_table_can_be_dropped(migrate):
    migrate("0004_one_more_column")
    migrate("0003_remade")
    run("INSERT INTO ground_diary (text, mood) VALUES ('a', 'calm')")
    assert refuses("UPDATE ground_diary SET mood = 'wild'")
    assert run("UPDATE ground_diary SET text = '', erased_at = %s", AT) == 1


def test_new_names_of_model_and_field_are_followed(migrate):
    migrate("0006_new_names")
    run("INSERT INTO ground_journal (said, mood) VALUES ('a', 'calm')")
    assert refuses("DELETE FROM ground_journal", table="ground_journal")
    assert refuses("UPDATE ground_journal SET said = '', erased_at = %s", AT, table="ground_journal")
    assert run("UPDATE ground_journal SET said = '', mood = '', erased_at = %s", AT) == 1


def test_going_back_guards_what_is_left(migrate):
    migrate("0005_mood_is_erasable_too")
    migrate("0002_diary")
    write()
    assert refuses("UPDATE ground_diary SET text = 'b'")
    assert run("UPDATE ground_diary SET text = '', erased_at = %s", AT) == 1


def test_a_table_that_is_gone_is_not_missed(migrate):
    migrate("0007_gone")
    assert append_only.guards(app_label="ground") == []
    assert "ground_journal" not in append_only.missing()


def test_a_guard_that_somebody_took_away_is_missed_and_put_back(migrate):
    migrate("0002_diary")
    state = append_only.MigrationLoader(connection).project_state([("ground", "0002_diary")]).apps
    (guard,) = append_only.guards(app_label="ground", apps=state)
    assert guard.stands()
    if connection.vendor == "postgresql":
        run("ALTER TABLE ground_diary DISABLE TRIGGER append_only_delete_ground_diary")
    else:
        run("DROP TRIGGER append_only_delete_ground_diary")
    assert not guard.stands()
    call_command("migrate", "ground", "0002_diary", verbosity=0, interactive=False)
    assert guard.stands()


def test_emptying_the_database_between_tests_reaches_guarded_tables_and_leaves_them_guarded(migrate):
    migrate("0002_diary")
    write()
    with append_only.switched_off():
        assert run("DELETE FROM ground_diary") == 1
    write()
    call_command("flush", verbosity=0, interactive=False)
    assert refuses("DELETE FROM ground_diary")


def test_every_table_of_the_house_that_should_be_guarded_is():
    assert append_only.missing() == []
