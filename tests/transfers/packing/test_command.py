"""`manage.py transfer`: says what would go, hands over, takes back, verifies; with exit codes, and without a name."""

import json

import pytest
from django.core.management import CommandError, call_command

from media_policy import files
from tests.cast import NOW
from tests.transfers.packing.conftest import LATER, here
from transfers import choice
from transfers.models import Package
from transfers.services import keys, links, making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _set_up(stop_clock, monkeypatch):
    stop_clock(LATER)
    made = making.make
    monkeypatch.setattr(making, "make", lambda **more: made(**{**more, "opened": here}))
    monkeypatch.setattr(links, "address", lambda package: f"https://example.org/handed-over/{package.public_id}/")


def run(capsys, *arguments):
    """(exit code, what it printed, what it complained of)"""
    try:
        call_command("transfer", *map(str, arguments))
        code = 0
    except SystemExit as left:
        code = left.code
    except CommandError as failed:
        code = failed.returncode
    said = capsys.readouterr()
    return code, said.out, said.err


def withdraw(move):
    for question in (choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES):
        move.answer(question, "withdrawn", at=NOW)


def test_preview_says_how_much_would_go_and_names_nobody(move, capsys):
    code, out, _err = run(capsys, "preview", move.handover.public_id, "--json")
    told = json.loads(out)
    assert (code, told["may go"], told["entries"], told["conferences"], told["pictures"]) == (0, True, 2, 1, 2)
    assert (told["from"], told["until, not including"]) == ("2026-08-18", "2027-08-18")
    assert "Alma" not in out


def test_preview_of_what_may_not_go_ends_with_three(move, capsys):
    withdraw(move)
    code, out, _err = run(capsys, "preview", move.handover.public_id)
    assert (code, "may go: False" in out, "entries: 0" in out) == (3, True, True)


def test_send_makes_the_package_and_prints_link_and_code(move, capsys):
    code, out, _err = run(capsys, "send", move.handover.public_id, "--for", "Byskolan", "--downloads", 1)
    package = Package.objects.get()
    assert (code, package.state, package.most_downloads, package.made_for) == (0, "ready", 1, "Byskolan")
    spoken = next(line for line in out.splitlines() if line.startswith("code")).rpartition(" ")[2]
    assert f"/handed-over/{package.public_id}/" in out
    assert links.open_with(public_id=package.public_id, code=spoken, at=LATER)
    assert "Alma" not in out


def test_a_dry_run_sends_nothing(move, capsys):
    code, out, _err = run(capsys, "send", move.handover.public_id, "--dry-run")
    assert (code, "dry run" in out, Package.objects.count()) == (0, True, 0)


def test_send_without_a_yes_ends_with_three(move, capsys):
    withdraw(move)
    code, _out, err = run(capsys, "send", move.handover.public_id)
    assert (code, "no yes" in err, Package.objects.count()) == (3, True, 0)


def test_revoke_takes_it_back_and_a_dry_run_does_not(move, capsys):
    package = move.made()
    assert run(capsys, "revoke", package.public_id, "--dry-run")[0] == 0
    package.refresh_from_db()
    assert package.state == "ready"
    code, out, _err = run(capsys, "revoke", package.public_id)
    package.refresh_from_db()
    assert (code, package.state, "cannot be called back" in out) == (0, "gone", True)


def test_verify_knows_our_own_packages_and_finds_out_the_others(move, capsys, tmp_path):
    package, path = move.made(), tmp_path / "log.zip"
    with files.storage().open(package.file, "rb") as stored:
        octets = stored.read()
    path.write_bytes(octets)
    code, out, _err = run(capsys, "verify", path)
    assert (code, keys.published()["keys"][0]["kid"] in out) == (0, True)
    path.write_bytes(octets.replace(b"manifest", b"mAnifest", 1))
    assert run(capsys, "verify", path)[0] == 3
    keys.withdraw(key=keys.in_use(move.cast.organisation, LATER), at=LATER)
    path.write_bytes(octets)
    assert run(capsys, "verify", path)[0] == 3


def test_what_is_unknown_ends_with_one_and_what_is_no_id_with_two(move, capsys, tmp_path):
    unknown = move.entry.public_id
    assert run(capsys, "preview", unknown)[0] == 1
    assert run(capsys, "revoke", unknown)[0] == 1
    assert run(capsys, "send", "nonsense")[0] == 2
    for wrong in (("--days", 0), ("--days", 31), ("--days", 10**12), ("--downloads", 0), ("--downloads", 10**6)):
        assert run(capsys, "send", move.handover.public_id, *wrong)[0] == 2, wrong
    assert not Package.objects.exists()
    assert run(capsys, "verify", tmp_path / "none.zip", "--keys", tmp_path / "none.json")[0] == 2
