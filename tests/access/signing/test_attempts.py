"""Guessing has to wait longer and longer; nobody is locked out, least of all by somebody else."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from access.models import Attempts
from access.signing import attempts
from access.signing.attempts import LIMITS, NOTHING, Limit, address_of, buckets, enter, succeeded
from tests.cast import NOW

pytestmark = pytest.mark.django_db
ASTRID = buckets(account="astrid", address="192.0.2.7")


def fail(where, times, at=NOW):
    """So many wrong tries, each as soon as it is let through; when the last was made."""
    for _ in range(times):
        while wait := enter("password", where, at=at):
            at += wait
    return at


def test_the_first_tries_wait_for_nothing():
    assert fail(ASTRID, LIMITS["account"].free) == NOW


def test_then_the_wait_grows_up_to_a_quarter_of_an_hour():
    at = fail(ASTRID, LIMITS["account"].free + 1)
    waits = []
    for _ in range(12):
        wait = enter("password", ASTRID, at=at)
        waits.append(wait)
        at += wait
        assert enter("password", ASTRID, at=at) == NOTHING
    assert waits[:4] == [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=15)


def test_hammering_while_one_waits_makes_the_wait_no_longer():
    at = fail(ASTRID, LIMITS["account"].free + 1)
    first = enter("password", ASTRID, at=at)
    for _ in range(50):
        assert enter("password", ASTRID, at=at) == first
    assert enter("password", ASTRID, at=at + first) == NOTHING


def test_the_right_one_clears_the_account():
    at = fail(ASTRID, LIMITS["account"].free + 1)
    at += enter("password", ASTRID, at=at)
    assert enter("password", ASTRID, at=at) == NOTHING
    succeeded("password", ASTRID, at=at)
    assert fail(ASTRID, LIMITS["account"].free, at) == at


def test_a_quiet_day_clears_the_account():
    at = fail(ASTRID, LIMITS["account"].free + 6)
    later = at + LIMITS["account"].forget + timedelta(minutes=16)
    assert fail(ASTRID, LIMITS["account"].free, later) == later


def test_a_strangers_guessing_does_not_delay_a_browser_that_is_known():
    at = NOW
    for number in range(40):
        at = fail(buckets(account="astrid", address=f"198.51.100.{number}"), 1, at)
    assert enter("password", buckets(account="astrid", address="203.0.113.9"), at=at) > NOTHING
    assert enter("password", buckets(account="astrid", address="203.0.113.9", browser="hers"), at=at) == NOTHING


def test_a_known_browser_is_no_way_around_for_its_own_guessing():
    known = buckets(account="astrid", address="203.0.113.9", browser="hers")
    at = fail(known, LIMITS["browser"].free + 1)
    assert enter("password", known, at=at) > NOTHING


def test_one_account_does_not_delay_another():
    at = fail(ASTRID, LIMITS["account"].free + 1)
    assert enter("password", buckets(account="birger", address="192.0.2.7"), at=at) == NOTHING


def test_a_whole_school_behind_one_address_mistypes_without_waiting():
    for number in range(LIMITS["address"].free):
        where = buckets(account=f"person {number}", address="192.0.2.1")
        assert enter("password", where, at=NOW) == NOTHING
        if number % 2:
            succeeded("password", where, at=NOW)
    assert enter("password", buckets(account="one more", address="192.0.2.1"), at=NOW) == NOTHING


def test_guessing_at_many_accounts_from_one_address_is_slowed_but_for_a_minute_at_most():
    at = NOW
    for number in range(LIMITS["address"].free + 20):
        at = fail(buckets(account=f"person {number}", address="192.0.2.1"), 1, at)
    wait = enter("password", buckets(account="one more", address="192.0.2.1"), at=at)
    assert NOTHING < wait <= timedelta(minutes=1)


def test_codes_and_passwords_are_counted_apart():
    at = fail(ASTRID, LIMITS["account"].free + 1)
    assert enter("code", ASTRID, at=at) == NOTHING


def test_neither_names_nor_addresses_are_stored():
    fail(ASTRID, 1)
    stored = str(list(Attempts.objects.values()))
    assert "astrid" not in stored
    assert "192.0.2.7" not in stored


def test_counts_that_decide_nothing_are_deleted():
    fail(ASTRID, 3)
    assert attempts.forget_old(NOW + timedelta(days=1)) == 0
    assert attempts.forget_old(NOW + timedelta(days=3)) == 2
    assert Attempts.objects.count() == 0


def test_a_huge_count_still_gives_a_wait():
    assert Limit(5, timedelta(seconds=5), timedelta(minutes=15), timedelta(days=1)).wait(10**9) == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("trusted", "forwarded", "remote", "found"),
    [
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "192.0.2.1", "203.0.113.9"),
        (1, "", "192.0.2.1", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1", "unknown"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_an_address_is_what_the_trusted_proxy_saw(settings, trusted, forwarded, remote, found):
    settings.TRUSTED_PROXIES = trusted
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **more)) == found
