"""A parent without access is handed what the head decided and chose, once, and never a way in."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from access.recordings.services import NotPossible
from learninglog.models import Entry
from tests.cast import NOW, TODAY
from tests.transfers.packing.conftest import LATER, STAYS, opened, readable
from transfers.models import Disclosure, Package
from transfers.services import links, packages

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(move):
    return Disclosure.objects.create(
        child=move.cast.alma, asked_by="Anders Alm", asked_on=TODAY, asked_for="Lärloggen", harm_check="Ingen risk.",
        decision="partly", decided_at=LATER, decided_by=move.cast.eva, letter="…", appeal_told=True, created_at=NOW,
        created_by=move.cast.eva,
    )  # fmt: skip


def eva(move):
    return move.cast.viewer("eva", at=LATER)


def handed_out(move, case, entries=None, conferences=()):
    package = packages.for_disclosure(
        disclosure=case, entries=[move.entry] if entries is None else entries, conferences=conferences, language="sv",
        by=eva(move),
    )  # fmt: skip
    return move.make(package)


def test_what_was_chosen_is_handed_out_and_nothing_else(move, case):
    package = handed_out(move, case)
    told = json.loads(opened(package)["data/log.json"])
    assert [one["title"] for one in told["entries"]] == ["Bron Alma och kompisar byggde"]
    assert (told["conferences"], told["wordsFromHome"], told["choices"]) == ([], [], [])
    for path, octets in opened(package).items():
        assert STAYS.casefold() not in readable(octets, path).casefold(), path


def test_no_answer_is_asked_and_no_window(move, case):
    old = Entry.objects.get(title=f"{STAYS} för länge sedan")
    package = handed_out(move, case, entries=[old], conferences=[move.talk])
    told = json.loads(opened(package)["data/log.json"])
    assert (len(told["entries"]), len(told["conferences"])) == (1, 1)
    assert "HEMMADEL" not in json.dumps(told)


def test_only_the_head_hands_out(move, case):
    for name in ("cecilia", "astrid", "gun", "office"):
        with pytest.raises(PermissionDenied):
            packages.for_disclosure(
                disclosure=case, entries=[move.entry], conferences=[], language="sv",
                by=move.cast.viewer(name, at=LATER),
            )  # fmt: skip


def test_what_the_head_may_not_read_and_nothing_at_all_is_not_handed_out(move, case):
    draft = Entry.objects.get(title=f"{STAYS} utkast")
    for entries in ([], [draft]):
        with pytest.raises(NotPossible):
            handed_out(move, case, entries=entries)
    assert not Package.objects.exists()


def test_a_decision_that_grants_nothing_hands_out_nothing(move, case):
    Disclosure.objects.filter(pk=case.pk).update(decision="refused")
    with pytest.raises(NotPossible):
        handed_out(move, case)
    assert not Package.objects.exists()


def test_it_is_handed_over_by_link_and_code_as_any_other(move, case):
    link = links.hand_over(package=handed_out(move, case), by=eva(move), at=LATER)
    links.open_with(public_id=link.package.public_id, code=link.code, at=LATER)
    _row, pieces = links.fetch(public_id=link.package.public_id, now=lambda: LATER + timedelta(minutes=1))
    assert len(b"".join(pieces)) == link.package.octets
    assert handed_out(move, case).pk == link.package.pk


def test_it_says_that_the_head_decided_and_not_that_the_guardians_chose(move, case):
    package = packages.for_disclosure(
        disclosure=case, entries=[move.entry], conferences=[], language="en", by=eva(move)
    )  # fmt: skip
    page = opened(move.make(package))["data/index.html"].decode()
    assert "The head decided" in page
    assert "said yes" not in page
