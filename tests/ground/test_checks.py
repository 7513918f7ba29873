"""A trigger that is gone is told loudly: by the system check, and by the nightly job in its row and in the log."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from ground import append_only, checks, jobs
from ground.models import JobRun

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 17, 2, tzinfo=UTC)


@pytest.fixture
def unguarded():
    """One append-only table of the site, with its triggers taken off for this test's transaction."""
    guard = append_only.guards()[0]
    guard.lift()
    return guard.table


def found():
    return run_checks(tags=[Tags.database], databases=["default"])


def watch():
    (job,) = [job for job in jobs.registered() if job.func is checks.watch_append_only]
    assert job.every == timedelta(days=1)
    return jobs.run_if_due(job, AT)


def test_the_site_has_tables_to_watch_and_all_of_them_stand():
    assert len(append_only.guards()) > 3
    assert found() == []
    assert watch().error == ""


def test_the_check_names_the_table(unguarded):
    (message,) = found()
    assert (message.id, message.level) == ("ground.E001", logging.ERROR)
    assert unguarded in message.msg
    with pytest.raises(CommandError, match=unguarded):
        call_command("check", databases=["default"], tags=["database"])


def test_a_trigger_that_is_switched_off_is_as_good_as_gone():
    guard = append_only.guards()[0]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {guard.table} DISABLE TRIGGER {guard.name('delete')}")
        else:
            cursor.execute(f"DROP TRIGGER {guard.name('delete')}")
    assert [message.id for message in found()] == ["ground.E001"]


def test_the_nightly_look_fails_its_run_and_names_the_table_in_the_log(unguarded, caplog):
    outcome = watch()
    assert outcome.error.startswith("Unguarded at checks.py:")
    assert JobRun.objects.get(name="ground.append_only").error == outcome.error
    (record,) = [record for record in caplog.records if record.name == "ground.checks"]
    assert record.levelno == logging.CRITICAL
    assert record.getMessage().endswith(f": {unguarded}")


def test_the_nightly_look_is_content_again_when_the_triggers_are_back(unguarded):
    assert watch().error
    append_only.guards()[0].install()
    JobRun.objects.update(due_at=AT)
    assert watch().error == ""
    assert found() == []


def test_while_a_migration_waits_the_check_leaves_the_triggers_to_it(unguarded):
    MigrationRecorder.Migration.objects.filter(app="portal").delete()
    assert found() == []


def test_without_a_database_to_ask_the_check_says_nothing(unguarded, monkeypatch):
    assert checks.tables_are_append_only(None, databases=None) == []

    def away(using):
        raise DatabaseError

    monkeypatch.setattr(append_only, "missing", away)
    assert found() == []
