"""`manage.py affected`: within minutes an operator knows whom an incident concerns, and has a notice to begin with."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import NOW
from tests.entries import shared
from visibility import readinglog

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(cast):
    def record(name, entry, *children, at=NOW):
        viewer = cast.viewer(name, at=at)
        readinglog.record(viewer=viewer, what="entry", about=entry, child_ids=[child.pk for child in children])

    return record


def affected(**options) -> str:
    out = StringIO()
    call_command("affected", stdout=out, **options)
    return out.getvalue()


def test_of_an_entry_it_lists_every_childs_guardians_and_everyone_who_opened_it(cast, read):
    entry = shared(cast, cast.alma, cast.bo)
    read("karin", entry.public_id, cast.alma, cast.bo)
    read("frans", uuid.uuid4(), cast.alma)
    said = affected(entry=str(entry.public_id), without_notice=True)
    for words in (
        "Children concerned: 2",
        "Alma Berg",
        "Astrid Berg, Legal guardian: astrid@example.org",
        "Bo Carlsson",
    ):
        assert words in said
    assert "Anders Alm, Legal guardian, not active" in said
    assert "Karin Lund (karin) as staff: 2026-11-17 09:30" in said
    assert "Frans" not in said
    assert "Tyra" not in said


def test_a_child_that_was_taken_off_the_entry_is_concerned_all_the_same(cast, read):
    entry = shared(cast, cast.alma)
    read("karin", entry.public_id, cast.tyra)
    assert "Tyra Dahl" in affected(entry=str(entry.public_id))


def test_of_a_person_it_lists_whom_they_have_read_about_since_then(cast, read):
    read("cecilia", uuid.uuid4(), cast.bo, at=NOW - timedelta(days=10))
    read("cecilia", uuid.uuid4(), cast.alma)
    read("karin", uuid.uuid4(), cast.tyra)
    everything, lately = affected(person="cecilia"), affected(person="cecilia", since="2026-11-15")
    assert "Bo Carlsson" in everything
    assert "Bo Carlsson" not in lately
    for said in (everything, lately):
        assert "Alma Berg" in said
        assert "Tyra" not in said
        assert "Karin" not in said


def test_the_notice_is_drafted_in_three_languages_and_holds_no_name(cast, read):
    read("cecilia", uuid.uuid4(), cast.alma)
    drafts = affected(person="cecilia").partition("--- notice, sv ---")[2]
    assert "--- notice, nb ---" in drafts
    assert "--- notice, en ---" in drafts
    assert "To the guardians of [the child’s name]" in drafts.partition("--- notice, en ---")[2]
    assert not {"Alma", "Cecilia", "Astrid"} & set(drafts.replace(",", " ").split())


def test_of_a_blocked_child_nothing_is_told_but_its_own_id(cast, read):
    read("cecilia", uuid.uuid4(), cast.alma)
    type(cast.alma).objects.filter(pk=cast.alma.pk).update(blocked_at=NOW)
    said = affected(person="cecilia", without_notice=True)
    assert str(cast.alma.public_id) in said
    assert "Alma" not in said
    assert "Astrid" not in said


def test_with_nobody_concerned_it_ends_with_three(cast):
    with pytest.raises(SystemExit) as ended:
        affected(person="stranger")
    assert ended.value.code == 3


@pytest.mark.parametrize(
    "options", [{"person": "nobody-here"}, {"entry": str(uuid.uuid4())}, {"person": "cecilia", "since": "yesterday"}]
)
def test_what_is_unknown_ends_with_a_sentence(cast, options):
    with pytest.raises(CommandError):
        affected(**options)


@pytest.mark.parametrize("arguments", [[], ["--entry", "x", "--person", "y"]])
def test_called_wrongly_it_says_so(arguments):
    with pytest.raises(CommandError):
        call_command("affected", *arguments)


def test_its_help_tells_the_exit_codes(capsys):
    from access.management.commands.affected import Command

    Command().print_help("manage.py", "affected")
    assert "3 nobody is" in " ".join(capsys.readouterr().out.split())
