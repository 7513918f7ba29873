"""Whatever breaks while a package is made or fetched, there is a whole one or none, and never one without a yes."""

import errno
import os
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from access.recordings.services import NotPossible
from media_policy import files
from people.models import Guardianship
from tests.cast import NOW
from tests.transfers.packing.conftest import LATER, STAYS, here, opened, readable
from transfers import choice
from transfers.models import Package, Receipt
from transfers.packaging import bag, building, workshop
from transfers.services import links, making, packages

pytestmark = pytest.mark.django_db


def stored(rooms):
    """Every file of a package, and whatever was left behind in making one."""
    private = [path for path in (rooms / "private" / "packages").rglob("*") if path.is_file()]
    return private + [path for path in (rooms / "spool").rglob("*") if path.is_file()]


def receipts(package):
    return list(package.receipts.order_by("pk").values_list("what", flat=True))


class Shop(workshop.Here):
    """A workshop that does something at its second piece of work."""

    def __init__(self, then):
        self.then, self.done = then, []

    def copy(self, source, target):
        if len(self.done) == 1:
            self.then()
        self.done.append(target.name)
        super().copy(source, target)


def going_to(then):
    shop = Shop(then)

    @contextmanager
    def opened_shop():
        yield shop

    return shop, opened_shop


class Killed(BaseException):
    """As a worker ends that is killed: nothing of ours runs any more."""


def test_a_worker_that_is_killed_leaves_no_package_and_the_next_goes_on(move, rooms, monkeypatch):
    package = move.ask()

    def die():
        raise Killed

    _shop, opened_shop = going_to(die)
    with pytest.raises(Killed):
        making.make(package_id=package.pk, now=lambda: LATER, opened=opened_shop)
    package.refresh_from_db()
    assert (package.state, package.file) == ("building", "")
    assert not list((rooms / "private").rglob("*.zip"))
    shop, again = going_to(lambda: None)
    assert making.make(package_id=package.pk, now=lambda: LATER, opened=again) == "ready"
    # The copy that was made before is there still.
    assert len(shop.done) == 1
    assert receipts(package) == ["asked", "made"]


def test_killed_between_the_file_and_the_row_the_file_is_swept_away(move, rooms, monkeypatch):
    package = move.ask()

    def die(*_args, **_more):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(making, "_finished", die)
        # A killed process takes nothing back.
        patch.setattr(files, "remove", lambda names: None)
        with pytest.raises(Killed):
            making.make(package_id=package.pk, now=lambda: LATER, opened=here)
    [orphan] = (rooms / "private").rglob("*.zip")
    assert move.make(package).state == "ready"
    os.utime(orphan, (LATER.timestamp(), LATER.timestamp()))
    packages.sweep(at=LATER)
    assert orphan.exists()
    long_ago = (LATER - timedelta(days=3)).timestamp()
    os.utime(orphan, (long_ago, long_ago))
    packages.sweep(at=LATER)
    assert not orphan.exists()
    assert opened(package)


def test_a_worker_that_was_taken_for_dead_stops_and_leaves_the_package_to_the_other(move, rooms):
    package = move.ask()

    def another_worker():
        assert making.make(package_id=package.pk, now=lambda: LATER, opened=here) == "ready"

    _shop, opened_shop = going_to(another_worker)
    assert making.make(package_id=package.pk, now=lambda: LATER, opened=opened_shop) == "ready"
    assert receipts(package) == ["asked", "made"]
    assert len(list((rooms / "private").rglob("*.zip"))) == 1


@pytest.mark.parametrize("question", [choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES])
def test_a_choice_withdrawn_while_it_is_made_is_not_in_it(move, question):
    package = move.ask()
    _shop, opened_shop = going_to(lambda: move.answer(question, "withdrawn", at=NOW + timedelta(days=1)))
    assert making.make(package_id=package.pk, now=lambda: LATER, opened=opened_shop) == "ready"
    package.refresh_from_db()
    told = readable(opened(package)["data/log.json"], "log.json")
    assert ("Den gungar!" in told, "Om broar." in told) == (
        question != choice.Question.SCHOOL_LOG,
        question != choice.Question.SCHOOL_CONFERENCES,
    )


def test_everything_withdrawn_while_it_is_made_stops_it(move, rooms):
    package = move.ask()

    def withdraw():
        for question in (choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES):
            move.answer(question, "withdrawn", at=NOW + timedelta(days=1))

    _shop, opened_shop = going_to(withdraw)
    assert making.make(package_id=package.pk, now=lambda: LATER, opened=opened_shop) == "stopped"
    package.refresh_from_db()
    assert (package.file, package.contents, receipts(package)) == ("", {}, ["asked", "stopped"])
    assert stored(rooms) == [path for path in stored(rooms) if path.suffix in {".webp", ".mp4"}]


def test_a_choice_withdrawn_in_the_last_moment_before_it_is_ready_stops_it(move, rooms, monkeypatch):
    package, put_away = move.ask(), building.put_away

    def withdrawn_meanwhile(path):
        for question in (choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES):
            move.answer(question, "withdrawn", at=NOW + timedelta(days=1))
        return put_away(path)

    monkeypatch.setattr(building, "put_away", withdrawn_meanwhile)
    assert making.make(package_id=package.pk, now=lambda: LATER, opened=here) == "stopped"
    assert receipts(package) == ["asked", "stopped"]
    assert not list((rooms / "private").rglob("*.zip"))


def test_an_item_left_out_while_it_is_made_is_not_in_it(move):
    package = move.ask()
    _shop, opened_shop = going_to(lambda: move.leave_out(entry=move.entry))
    assert making.make(package_id=package.pk, now=lambda: LATER, opened=opened_shop) == "ready"
    package.refresh_from_db()
    assert not [path for path, octets in opened(package).items() if "gungar" in readable(octets, path)]


def test_a_guardianship_that_ends_while_the_own_copy_is_made_stops_it(move):
    package = packages.own_copy(guardianship=move.cast.astrid_alma, by=move.cast.viewer("astrid", at=LATER))
    _shop, opened_shop = going_to(
        lambda: Guardianship.objects.filter(pk=move.cast.astrid_alma.pk).update(inactivated_at=NOW + timedelta(days=1))
    )
    assert making.make(package_id=package.pk, now=lambda: LATER, opened=opened_shop) == "stopped"


@pytest.mark.parametrize("place", ["written", "put_away", "copies"])
def test_a_full_disk_is_a_clean_failure_and_it_can_be_asked_for_again(move, rooms, monkeypatch, place):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    package = move.ask()
    with monkeypatch.context() as patch:
        if place == "written":
            patch.setattr(bag, "write", full)
        elif place == "put_away":
            patch.setattr(building, "put_away", full)
        else:
            patch.setattr(workshop, "_put", full)
        assert making.make(package_id=package.pk, now=lambda: LATER, opened=here) == "failed"
    package.refresh_from_db()
    assert (package.file, receipts(package)) == ("", ["asked", "failed"])
    assert not [path for path in stored(rooms) if path.suffix not in {".webp", ".mp4"}]
    again = move.ask()
    assert again.pk != package.pk
    assert move.make(again).state == "ready"


def test_a_workshop_that_falls_over_is_a_failure(move):
    def lose():
        raise workshop.Lost

    package = move.ask()
    _shop, opened_shop = going_to(lose)
    assert making.make(package_id=package.pk, now=lambda: LATER, opened=opened_shop) == "failed"


def test_a_real_workshop_makes_the_same_package(move):
    package = move.made()
    first = opened(package)
    Package.objects.filter(pk=package.pk).update(state="waiting", file="", digest="")
    assert making.make(package_id=package.pk, now=lambda: LATER) == "ready"
    package.refresh_from_db()
    assert opened(package) == first


def test_two_keepers_who_ask_at_once_get_one_package(move):
    first, second = move.ask(), move.ask(LATER + timedelta(seconds=1))
    assert first.pk == second.pk
    made = move.make(first)
    assert move.ask(LATER + timedelta(hours=1)).pk == made.pk
    assert Package.objects.count() == 1


def test_the_database_takes_no_second_one_either(move):
    package = move.ask()
    twin = Package(child=package.child, handover=package.handover, created_at=LATER)
    with pytest.raises(Exception, match=r"(?i)unique|one_for_receiver"), transaction.atomic():
        twin.save()


def test_without_a_yes_nothing_is_begun(move):
    move.answer(choice.Question.SCHOOL_LOG, "no", at=NOW + timedelta(hours=1))
    move.answer(choice.Question.SCHOOL_CONFERENCES, "no", at=NOW + timedelta(hours=1))
    with pytest.raises(NotPossible, match="no yes"):
        move.ask()
    assert not Package.objects.exists()


def test_a_withdrawal_takes_the_ready_package_away(move, rooms):
    package = move.made()
    for question in (choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES):
        move.answer(question, "withdrawn", at=LATER)
    with transaction.atomic():
        assert packages.stop_for(child_id=package.child_id, at=LATER + timedelta(minutes=1)) == 1
    package.refresh_from_db()
    assert (package.state, package.file, receipts(package)[-1]) == ("stopped", "", "stopped")


@pytest.mark.django_db(transaction=True)
def test_its_file_is_gone_with_it(move, rooms):
    package = move.made()
    packages.revoke(package=package, by=move.cast.viewer("eva", at=LATER), at=LATER)
    package.refresh_from_db()
    assert (package.state, receipts(package)[-1]) == ("gone", "revoked")
    assert not list((rooms / "private").rglob("*.zip"))


def test_what_was_never_ended_is_given_up_and_what_was_never_begun_is_put_again(move):
    package = move.ask()
    Package.objects.filter(pk=package.pk).update(state="building", claim="x", claimed_at=LATER)
    packages.sweep(at=LATER + timedelta(hours=7))
    package.refresh_from_db()
    assert package.state == "failed"
    again = move.ask(LATER + timedelta(hours=8))
    before = DBTaskResult.objects.count()
    packages.sweep(at=LATER + timedelta(hours=9))
    assert DBTaskResult.objects.count() == before + 1
    assert again.state == "waiting"


def test_what_has_lain_there_long_enough_is_gone(move):
    package = move.made()
    packages.sweep(at=LATER + making.KEPT)
    package.refresh_from_db()
    assert (package.state, receipts(package)[-1]) == ("gone", "expired")


def test_progress_is_told_and_only_grows(move):
    package = move.ask()
    seen = []

    def look():
        package.refresh_from_db()
        seen.append(packages.percent(package))

    _shop, opened_shop = going_to(look)
    making.make(package_id=package.pk, now=lambda: LATER, opened=opened_shop)
    package.refresh_from_db()
    assert seen == sorted(seen)
    assert 0 < seen[0] < 100
    assert packages.percent(package) == 100
    assert package.contents["entries"] == 2
    assert STAYS not in str(Receipt.objects.filter(package=package).values_list("detail", flat=True))


def test_nothing_is_fetched_of_what_is_being_made(move):
    package = move.ask()
    with pytest.raises(links.NotHere):
        links.behind(package.public_id, LATER)
