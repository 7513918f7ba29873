from contextlib import contextmanager

import pytest
from django.db import connection


@pytest.fixture(scope="session")
def make_tables(django_db_setup, django_db_blocker):
    """Tables for models that exist in tests only; made outside any transaction, as SQLite's schema editor wants."""

    @contextmanager
    def make(*models):
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for model in models:
                editor.create_model(model)
        yield
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for model in reversed(models):
                editor.delete_model(model)

    return make
