"""What every test of the house has: the cast, signing in without a screen, and the strictness of the suite."""

import os
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from tests import chance, strict

REQUIRE_ALL = os.environ.get("REQUIRE_ALL", "") not in {"", "0"}

# No deadline: time decides no test. The short form is the same examples in every run.
hypothesis_settings.register_profile("short", max_examples=60, deadline=None, derandomize=True, database=None)
hypothesis_settings.register_profile(
    "long", max_examples=int(os.environ.get("WORLDS", "100000")), deadline=None, print_blob=True
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def pytest_configure(config: pytest.Config) -> None:
    # Playwright keeps an event loop running in the thread of the tests; Django would refuse its database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    strict.shuffle_unordered_lists()


def pytest_report_header(config: pytest.Config) -> str:
    from django.conf import settings

    skips = "fail" if REQUIRE_ALL else "are allowed"
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}; skips {skips}"


def _fail_instead(report: Any) -> None:
    """A skip is a promise that the test runs elsewhere; here is elsewhere."""
    if REQUIRE_ALL and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: nothing may be skipped when REQUIRE_ALL is set. {reason}"


def asks_the_database(item: pytest.Item) -> bool:
    """Whether a test may find one database other than another: by a mark, or by a fixture that leads there."""
    fixtures = set(getattr(item, "fixturenames", ()))
    led_there = bool(fixtures & {"db", "transactional_db", "django_db_setup"})
    if any(item.iter_markers("once")):
        return False
    return led_there or any(item.iter_markers("django_db")) or any(item.iter_markers("own_database"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second run of the suite is about the other database: what asks none has run already."""
    if os.environ.get("ONLY_DATABASE", "") in {"", "0"}:
        return
    kept = [item for item in items if asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks_the_database(item)])
    items[:] = kept


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    _fail_instead(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    report = yield
    _fail_instead(report)
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What a test measured is said at the end; it decides nothing."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "measured":
                terminalreporter.write_line(f"measured: {value}")


@pytest.fixture
def cast(db: None) -> Any:
    """The small world of `tests/cast.py`."""
    from tests import cast

    return cast.build()


@pytest.fixture
def as_persona() -> Callable[..., Any]:
    """`as_persona(client, cast.astrid, Hat.GUARDIAN)` signs a person in under one hat, by the session alone."""
    from visibility.middleware import HAT_KEY, STRENGTH_KEY
    from visibility.viewer import Strength

    def sign_in(client: Any, person: Any, hat: str, strength: int = Strength.SUBSTANTIAL) -> Any:
        client.force_login(person)
        session = client.session
        session[HAT_KEY], session[STRENGTH_KEY] = str(hat), int(strength)
        session.save()
        return client

    return sign_in


@pytest.fixture
def stop_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`stop_clock(moment)` is what views, commands and tasks read from then on; sessions and cookies keep real time."""
    from ground import clock

    def stop(moment: datetime) -> None:
        class Stopped(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:
                return moment.astimezone(tz)

        # Modules hold `now` by name, so it is stopped from within.
        monkeypatch.setattr(clock, "datetime", Stopped)

    return stop


@pytest.fixture(autouse=True)
def _same_chance(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        chance.draw_for(request.node.nodeid, patch)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser a process: Playwright does not start twice in a thread."""
    from tests.chromium import launched

    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """The suite's database is copied from one that is migrated once."""
    from django.db import connection

    from tests import migrated

    migrated.begin_migrated(connection)


@pytest.fixture(autouse=True)
def _goals_anew() -> None:
    """A test's goals go with it, and the next one's have the same keys."""
    from curriculum import lines, spoken

    lines.forget()
    spoken.forget()


MIGRATED = ("wagtailcore.Locale", "wagtailcore.Collection", "wagtailcore.Page", "wagtailcore.Site")
_migrated_rows = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def migrated_rows(django_db_setup: None, django_db_blocker: Any) -> str:
    """The rows that Wagtail's migrations wrote: a flush takes them, and the next test needs them."""
    from django.apps import apps
    from django.core import serializers

    with django_db_blocker.unblock():
        rows = [row for name in MIGRATED for row in apps.get_model(name)._default_manager.order_by("pk")]
        return str(serializers.serialize("json", rows, use_natural_foreign_keys=True))


@pytest.fixture(autouse=True)
def _after_a_flush(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        request.node.stash[_migrated_rows] = request.getfixturevalue("migrated_rows")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, Any, Any]:
    done = yield
    rows = item.stash.get(_migrated_rows, None)
    # After the last test the database is gone already.
    if rows is not None and nextitem is not None:
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            _put_back(rows)
    return done


def _put_back(rows: str) -> None:
    from django.apps import apps
    from django.core import serializers
    from django.core.management.color import no_style
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for row in serializers.deserialize("json", rows):
            row.save()
        # The command `flush` begins the keys anew, and these rows brought theirs along.
        for statement in connection.ops.sequence_reset_sql(no_style(), [apps.get_model(name) for name in MIGRATED]):
            cursor.execute(statement)
