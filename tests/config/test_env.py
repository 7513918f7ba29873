"""Readers of the environment: the right value, or a stop that names the variable and never its content."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "LEARNING_LOG_TEST_VALUE"


@pytest.fixture
def given(monkeypatch):
    def give(value):
        monkeypatch.delenv(NAME, raising=False) if value is None else monkeypatch.setenv(NAME, value)

    give(None)
    return give


@pytest.mark.parametrize("missing", [None, ""])
def test_a_text_that_must_be_there_is_named_when_it_is_not(given, missing):
    given(missing)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.text(NAME)
    assert env.text(NAME, "else") == "else"


def test_a_short_secret_is_refused_without_being_told(given):
    given("too-short-to-be-one")
    with pytest.raises(ImproperlyConfigured, match=NAME) as refused:
        env.secret(NAME)
    assert "too-short" not in str(refused.value)
    given("x" * 32)
    assert env.secret(NAME) == "x" * 32


@pytest.mark.parametrize(("said", "means"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False)])
def test_a_flag_is_said_in_several_ways(given, said, means):
    given(said)
    assert env.flag(NAME, default=not means) is means


def test_an_unset_flag_keeps_its_default_and_a_strange_one_stops(given):
    assert env.flag(NAME) is False
    assert env.flag(NAME, default=True) is True
    given("perhaps")
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.flag(NAME)


def test_a_number_is_whole(given):
    assert env.whole(NAME, 7) == 7
    given("12")
    assert env.whole(NAME, 7) == 12
    given("1.5")
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.whole(NAME, 7)


def test_words_have_commas_between_them(given):
    assert env.words(NAME) == []
    given(" a, b ,,c ")
    assert env.words(NAME) == ["a", "b", "c"]
    assert env.some_words(NAME) == ["a", "b", "c"]


@pytest.mark.parametrize("nothing", [None, "", " , "])
def test_words_that_must_be_there_are_named_when_they_are_not(given, nothing):
    given(nothing)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.some_words(NAME)


def test_field_keys_are_checked_one_by_one_and_never_told(given):
    good = Fernet.generate_key().decode()
    given(f"{good},{good}")
    assert env.field_keys(NAME) == [good, good]
    given(f"{good},not-a-key")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}: key 2") as refused:
        env.field_keys(NAME)
    assert "not-a-key" not in str(refused.value)


def test_without_an_address_the_database_is_sqlite_that_waits_and_writes_safely(given):
    found = env.database(NAME, sqlite=Path("log.sqlite3"))
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", "log.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_a_sqlite_address_names_its_file(given):
    given("sqlite:////srv/log.sqlite3")
    assert env.database(NAME, sqlite=Path("other"))["NAME"] == "/srv/log.sqlite3"


def test_a_postgresql_address_is_taken_apart(given):
    given("postgresql://log%40owner:p%2Fw@db.example:6432/log?sslmode=require")
    found = env.database(NAME, sqlite=Path("other"))
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("log@owner", "p/w")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6432", "log")
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert found["CONN_MAX_AGE"] == 60


def test_a_socket_folder_goes_in_as_the_host(given):
    given("postgresql://tests@/tests?host=/run/pg&port=5433")
    found = env.database(NAME, sqlite=Path("other"))
    assert (found["HOST"], found["PORT"], found["USER"]) == ("/run/pg", "5433", "tests")
    assert found["OPTIONS"] == {}


def test_another_kind_of_database_is_refused(given):
    given("mysql://x@y/z")
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.database(NAME, sqlite=Path("other"))
