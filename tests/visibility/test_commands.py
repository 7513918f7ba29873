"""What an operator can ask on the command line, and the page that tells the rule in plain words."""

import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.cast import NOW
from tests.entries import shared, write
from visibility import matrix, plainly, relations

ROOT = Path(__file__).resolve().parent.parent.parent


def said(*args, **options):
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_the_page_about_the_rule_is_the_one_made_from_the_matrix():
    assert said("describe_rule") == (ROOT / "docs" / "visibility.md").read_text(encoding="utf-8")


def test_every_row_of_the_matrix_and_every_tie_has_its_words():
    assert set(plainly.ACTIONS) == set(matrix.MATRIX)
    assert set(plainly.TIES) == {relation.name for relation in relations.ALL}
    text = plainly.description()
    with translation.override("en"):
        assert [relation for relation in relations.ALL if f"**{relation.label}**" not in text] == []


@pytest.mark.django_db
def test_why_names_the_hat_and_the_tie(cast, stop_clock):
    stop_clock(NOW)
    entry = shared(cast, cast.elsa, cast.bo)
    answer = said("why", persona="ines", entry=str(entry.public_id))
    assert answer.splitlines() == [
        f"Ines Ek may READ Entry {entry.pk} as Guardian: Guardian who may read the log (shared).",
        f"Ines Ek may READ Entry {entry.pk} as Staff: Pedagogue in the child's group (made in unit).",
    ]


@pytest.mark.django_db
def test_why_says_no_plainly(cast, stop_clock):
    stop_clock(NOW)
    entry = write(cast, cast.bo)
    for login in ("astrid", "eva", "gun", "office", "stranger", "david"):
        answer = said("why", persona=login, entry=str(entry.public_id))
        assert f"may not READ Entry {entry.pk}" in answer
    assert "may SHARE" in said("why", persona="karin", entry=str(entry.public_id), action="share")


@pytest.mark.django_db
def test_the_audience_is_listed_by_name_and_reason(cast, stop_clock):
    stop_clock(NOW)
    entry = shared(cast, cast.bo)
    assert said("audience", entry=str(entry.public_id)).splitlines() == [
        "Birger Carlsson: Guardian who may read the log, Bo",
        "Cecilia Sund: Pedagogue in the child's group, Bo",
        "Eva Holm: Head of the child's unit, Bo",
        "Ines Ek: Pedagogue in the child's group, Bo",
        "Karin Lund: Childcare worker in the child's group, Bo",
        "Siri Vik: Substitute with a pass to the child's group, Bo",
        "6 people, 6 reasons.",
    ]


@pytest.mark.django_db
def test_what_is_unknown_ends_the_command_with_an_error(cast):
    entry = str(write(cast, cast.bo).public_id)
    for args in (
        ("why", "--persona", "nobody-at-all", "--entry", entry),
        ("why", "--persona", "astrid", "--entry", str(uuid.uuid4())),
        ("why", "--persona", "astrid", "--entry", "7"),
        ("why", "--persona", "astrid", "--entry", entry, "--action", "juggle"),
        ("audience", "--entry", str(uuid.uuid4())),
    ):
        with pytest.raises(CommandError):
            call_command(*args)


@pytest.mark.parametrize("name", ["why", "audience", "describe_rule"])
def test_each_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command(name, "--help")
    assert ended.value.code == 0
    assert "usage" in capsys.readouterr().out
