"""System checks: no demo in production, no superuser anywhere but in tests."""

import pytest
from django.core.checks import registry, run_checks
from django.core.checks.registry import Tags

from config import checks
from people.models import Person


@pytest.mark.parametrize(
    ("demo", "production", "found"),
    [(True, True, ["learninglog.E001"]), (True, False, []), (False, True, []), (False, False, [])],
)
def test_production_is_no_demo(settings, demo, production, found):
    settings.DEMO, settings.PRODUCTION = demo, production
    assert [message.id for message in checks.production_is_no_demo(None)] == found


def test_settings_that_build_on_productions_are_refused_too(settings):
    settings.DEMO, settings.PRODUCTION, settings.SETTINGS_MODULE = True, True, "municipality.settings"
    assert "learninglog.E001" in [message.id for message in run_checks(tags=[Tags.security])]


def test_a_superuser_is_an_error_outside_the_suite(settings, db):
    settings.TESTING = False
    assert checks.nobody_is_superuser(None, databases=["default"]) == []
    Person.objects.create_superuser("root")
    (message,) = checks.nobody_is_superuser(None, databases=["default"])
    assert message.id == "learninglog.E002"


def test_superusers_are_looked_for_only_where_the_database_may_be_asked(settings, db):
    settings.TESTING = False
    Person.objects.create_superuser("root")
    assert checks.nobody_is_superuser(None, databases=None) == []


def test_both_checks_are_registered():
    known = registry.registry.get_checks()
    assert {checks.production_is_no_demo, checks.nobody_is_superuser} <= set(known)


def test_the_suite_itself_passes_the_checks(db):
    assert run_checks() == []
