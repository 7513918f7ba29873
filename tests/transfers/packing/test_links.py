"""Handing over: a link, a code by another way that works once, so many downloads until a day, and a line of each."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from access.recordings.services import NotPossible
from media_policy import files
from people.models import Guardianship
from tests.cast import NOW
from tests.transfers.packing.conftest import LATER
from transfers import choice
from transfers.models import Package
from transfers.services import links, packages
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
SOON = LATER + timedelta(hours=1)


@pytest.fixture
def link(move):
    return links.hand_over(package=move.made(), by=move.cast.viewer("eva", at=LATER), at=LATER)


def given(link, code=None, at=SOON):
    return links.open_with(public_id=link.package.public_id, code=link.code if code is None else code, at=at)


def fetched(link, at=SOON):
    _package, pieces = links.fetch(public_id=link.package.public_id, now=lambda: at)
    return b"".join(pieces)


def lines(link):
    return list(link.package.receipts.order_by("pk").values_list("what", flat=True))


def test_the_code_opens_it_once_however_it_is_typed(link):
    assert given(link, link.spoken.lower().replace("-", " "))
    with pytest.raises(links.WrongCode):
        given(link)
    with files.storage().open(link.package.file, "rb") as stored:
        assert fetched(link) == stored.read()
    assert lines(link) == ["asked", "made", "sent", "downloaded"]


def test_only_a_hash_of_the_code_is_kept(link):
    row = Package.objects.get(pk=link.package.pk)
    assert link.code not in str(vars(row))
    assert row.code_hash != Package(public_id=uuid.uuid4()).code_hash


def test_wrong_codes_are_counted_and_the_right_one_is_dead_after_five(link):
    for left in range(links.MOST_WRONG - 1, -1, -1):
        with pytest.raises(links.WrongCode) as wrong:
            given(link, "BBBB-BBBB-BBBB")
        assert wrong.value.left == left
    with pytest.raises(links.WrongCode):
        given(link)
    assert lines(link).count("wrong_code") == links.MOST_WRONG
    anew = links.hand_over(package=link.package, by=None, at=SOON)
    assert given(anew)


def test_an_earlier_code_opens_nothing_once_there_is_a_new_one(link):
    anew = links.hand_over(package=link.package, by=None, at=SOON)
    with pytest.raises(links.WrongCode):
        given(link)
    assert given(anew)


def test_a_link_ends_on_its_day(link):
    links.behind(link.package.public_id, LATER + links.LASTS - timedelta(seconds=1))
    with pytest.raises(links.NotHere):
        links.behind(link.package.public_id, LATER + links.LASTS)


def test_it_is_fetched_so_often_and_no_more(link):
    for _number in range(links.MOST_DOWNLOADS):
        fetched(link)
    with pytest.raises(links.NotHere):
        fetched(link)
    assert lines(link).count("downloaded") == links.MOST_DOWNLOADS


def test_a_package_without_a_link_and_an_unknown_one_look_alike(move):
    package = move.made()
    for public_id in (package.public_id, uuid.uuid4(), move.own_copy().public_id):
        with pytest.raises(links.NotHere):
            links.behind(public_id, LATER)


def test_revoked_is_gone_for_whoever_has_link_and_code(link, move):
    given(link)
    packages.revoke(package=link.package, by=move.cast.viewer("eva", at=SOON), at=SOON)
    with pytest.raises(links.NotHere):
        fetched(link)
    row = Package.objects.get(pk=link.package.pk)
    assert (row.state, row.file, row.revoked_at) == ("gone", "", SOON)


def test_a_choice_withdrawn_before_it_is_fetched_stops_it(link, move):
    for question in (choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES):
        move.answer(question, "withdrawn", at=LATER)
    with pytest.raises(links.NotHere):
        fetched(link)
    assert Package.objects.get(pk=link.package.pk).state == "stopped"


@pytest.mark.parametrize("what", ["one question", "an entry", "a picture"])
def test_what_is_taken_back_in_part_is_handed_out_in_no_old_package(link, move, what):
    if what == "one question":
        move.answer(choice.Question.SCHOOL_LOG, "withdrawn", at=LATER)
    else:
        move.leave_out(**({"entry": move.entry} if what == "an entry" else {"picture": move.photograph}))
    with pytest.raises(links.NotHere):
        fetched(link)
    assert Package.objects.get(pk=link.package.pk).state == "stopped"
    anew = links.hand_over(package=move.made(SOON), by=None, at=SOON)
    assert fetched(anew)


def test_what_may_not_go_any_more_is_stopped_when_it_is_to_be_handed_over_and_a_new_one_is_made(move):
    package = move.made()
    move.leave_out(entry=move.entry)
    with pytest.raises(NotPossible):
        links.hand_over(package=package, by=move.cast.viewer("eva", at=SOON), at=SOON)
    package.refresh_from_db()
    assert package.state == "stopped"
    anew = move.made(SOON)
    assert anew != package
    assert links.hand_over(package=anew, by=move.cast.viewer("eva", at=SOON), at=SOON)


def test_what_was_shared_after_it_was_made_does_not_stop_it(link, move):
    from tests.entries import shared

    shared(move.cast, move.cast.alma, title="Nytt")
    assert fetched(link)


def test_a_choice_withdrawn_while_it_is_fetched_stops_the_rest(link, move, monkeypatch):
    monkeypatch.setattr(links, "PIECE", 1024)
    monkeypatch.setattr(links, "STRIDE", 2)
    _package, pieces = links.fetch(public_id=link.package.public_id, now=lambda: SOON)
    got = [next(pieces), next(pieces)]
    for question in (choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES):
        move.answer(question, "withdrawn", at=LATER)
    with pytest.raises(links.Stopped):
        got += list(pieces)
    assert sum(map(len, got)) < link.package.octets


def test_the_own_copy_is_fetched_by_its_guardian_also_where_downloads_are_off(move):
    from media_policy.downloads import who

    assert who(move.cast.organisation.pk) == "off"
    package = move.own_copy()
    got = b"".join(links.own(package=package, now=lambda: SOON))
    assert len(got) == package.octets
    assert list(package.receipts.values_list("what", flat=True).order_by("pk")) == ["asked", "made", "downloaded"]


def test_the_own_copy_of_who_is_made_inactive_is_gone(move):
    package = move.own_copy()
    Guardianship.objects.filter(pk=move.cast.astrid_alma.pk).update(inactivated_at=LATER)
    with pytest.raises(links.NotHere):
        links.own(package=package, now=lambda: SOON)
    assert Package.objects.get(pk=package.pk).state == "stopped"


def test_nobody_asks_for_anothers_own_copy(move):
    for name, hat in (("birger", Hat.GUARDIAN), ("cecilia", Hat.STAFF), ("eva", Hat.STAFF)):
        with pytest.raises(PermissionDenied):
            packages.own_copy(guardianship=move.cast.astrid_alma, by=move.cast.viewer(name, hat, at=LATER))


@pytest.mark.parametrize("name", ["cecilia", "gun", "astrid", "office"])
def test_only_who_answers_for_the_unit_sends_and_takes_back(move, name):
    package, by = move.made(), move.cast.viewer(name, at=LATER)
    with pytest.raises(PermissionDenied):
        packages.for_handover(handover=move.handover, made_for="x", language="sv", by=by, at=LATER)
    with pytest.raises(PermissionDenied):
        links.hand_over(package=package, by=by, at=LATER)
    with pytest.raises(PermissionDenied):
        packages.revoke(package=package, by=by, at=LATER)


def test_what_was_in_a_package_once_only_becomes_less(move):
    move.made()
    move.handover.refresh_from_db()
    assert (move.handover.opened_at, move.handover.windows.count()) == (LATER, 1)


def test_an_inactive_guardian_gets_no_own_copy(move):
    with pytest.raises(PermissionDenied):
        packages.own_copy(guardianship=move.cast.anders_alma, by=move.cast.viewer("anders", Hat.GUARDIAN, at=LATER))


def test_a_new_own_copy_takes_the_place_of_the_old_one(move):
    first = move.own_copy()
    second = move.own_copy(SOON)
    first.refresh_from_db()
    assert (first.state, first.file, second.state) == ("gone", "", "ready")
    assert packages.newest_own_copy(move.cast.astrid_alma) == second


def test_that_it_is_ready_is_news_for_the_one_who_asked(move):
    move.own_copy()
    at = LATER + timedelta(minutes=1)
    assert packages.about_own_copy(move.cast.astrid, NOW, at)
    assert not packages.about_own_copy(move.cast.astrid, LATER, at)
    assert not packages.about_own_copy(move.cast.anders, NOW, at)
