"""The same second: of what two ask for at once the database lets one through, and nobody's booking is lost.

On PostgreSQL two threads with connections of their own start together; SQLite has one writer at a time, so there one
comes after the other.
"""

from datetime import timedelta

import pytest

from conferences.models import FreeTime, Offer
from conferences.services import booking
from tests import cast as casting
from tests.cast import NOW
from tests.conferences.booking.conftest import NEXT_WEEK, talks_of, with_homes
from tests.faults.test_double import twice
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db(transaction=True)
AGAIN = range(3)


@pytest.fixture
def talks():
    return talks_of(with_homes(casting.build()))


def outcome(act):
    """What an act ended in: its own errors are answers here."""
    try:
        return act()
    except (booking.Taken, booking.Changed, booking.TooLate) as refused:
        return type(refused)


def booked():
    rows = Offer.objects.filter(ended_at__isnull=True, booked_at__isnull=False)
    return list(rows.order_by("pk"))


def test_two_colleagues_offer_one_time_to_two_families_at_once_and_one_of_them_gets_it(talks):
    (time,) = talks.keep(0)
    wanted = ((talks.alma, talks.astrid), (talks.bo, talks.birger))
    people = ("cecilia", "ines")
    made = twice(lambda number: talks.offer(*wanted[number], time, by=people[number]))
    assert sorted(len(rows) for rows in made) == [0, 1]
    assert Offer.objects.filter(time=time, ended_at__isnull=True).count() == 1


def test_two_homes_are_offered_the_same_time_at_once_and_one_of_them_gets_it(talks):
    (time,) = talks.keep(0)
    ties = (talks.astrid, talks.ulf)
    made = twice(lambda number: talks.offer(talks.alma, ties[number], time))
    assert sorted(len(rows) for rows in made) == [0, 1]


def test_a_home_that_was_none_is_made_once_by_two_offers_at_once(talks):
    talks.birger.home_memberships.all().delete()
    times = talks.keep(0, 1)
    twice(lambda number: talks.offer(talks.bo, talks.birger, times[number], by=("cecilia", "ines")[number]))
    assert talks.birger.home_memberships.count() == 1
    assert Offer.objects.values("home").distinct().count() == 1


@pytest.mark.parametrize("again", AGAIN)
def test_two_guardians_of_a_home_book_two_times_at_once_and_one_stands(talks, again):
    talks.cast.pia = talks.cast.make.person("pia", "Pia", "Extra")
    talks.cast.make.guardian(talks.cast.pia, talks.cast.alma, home=talks.astrid.home_memberships.get().home)
    offers = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    people = ("astrid", "pia")
    found = twice(lambda number: outcome(lambda: talks.book(offers[number], people[number])))
    assert booking.Changed in found
    assert booked() == [one for one in found if one != booking.Changed]


def test_two_homes_book_their_own_times_at_once_and_both_have_theirs(talks):
    times = talks.keep(0, 1)
    (hers,), (his,) = talks.offer(talks.alma, talks.astrid, times[0]), talks.offer(talks.alma, talks.ulf, times[1])
    wanted = ((hers, "astrid"), (his, "ulf"))
    twice(lambda number: talks.book(*wanted[number]))
    assert booked() == [hers, his]


def test_a_double_tap_books_once(talks):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    assert twice(lambda number: talks.book(offer, "astrid")) == [offer, offer]
    assert booked() == [offer]


@pytest.mark.parametrize("again", AGAIN)
def test_staff_take_a_time_back_while_the_guardian_books_it(talks, again):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    acts = (
        lambda: talks.book(offer, "astrid"),
        lambda: booking.take_back(offer=offer, by=talks.cast.viewer("cecilia")),
    )
    found = twice(lambda number: outcome(acts[number]))
    # Whoever came first: the staff's word is the last, and a guardian who came second was told so.
    assert booked() == []
    offer.refresh_from_db()
    assert offer.ended_at is not None
    assert (found[0] == booking.Taken) == (offer.booked_at is None)


@pytest.mark.parametrize("again", AGAIN)
def test_a_time_is_removed_while_the_guardian_books_it(talks, again):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    acts = (
        lambda: talks.book(offer, "astrid"),
        lambda: booking.remove_time(time=offer.time, by=talks.cast.viewer("cecilia")),
    )
    found = twice(lambda number: outcome(acts[number]))
    time = FreeTime.objects.get(pk=offer.time_id)
    # One of the two was refused, and what stands is what the other was told.
    assert booking.Taken in found
    assert (booked() == [offer]) == (time.removed_at is None) == (found[1] == booking.Taken)


@pytest.mark.parametrize("again", AGAIN)
def test_a_home_moves_to_a_time_while_it_is_offered_to_another_family(talks, again):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    talks.book(first, "astrid")
    acts = (
        lambda: talks.book(second, "astrid", instead_of=first),
        lambda: talks.offer(talks.bo, talks.birger, second.time, by="ines"),
    )
    moved, given = twice(lambda number: outcome(acts[number]))
    standing = Offer.objects.get(time=second.time, ended_at__isnull=True)
    if moved == booking.Taken:
        assert (given, booked()) == ([standing], [first])
    else:
        assert (standing, booked(), given) == (second, [second], [])


@pytest.mark.parametrize("again", AGAIN)
def test_cancelling_and_moving_at_once_leaves_one_booking_or_none(talks, again):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    talks.book(first, "astrid")
    acts = (lambda: talks.cancel(first, "astrid"), lambda: talks.book(second, "astrid", instead_of=first))
    found = twice(lambda number: outcome(acts[number]))
    assert booked() == ([] if found[1] == booking.Changed else [second])


def test_times_of_one_person_that_meet_are_not_both_kept(talks):
    by = talks.cast.viewer("cecilia", Hat.STAFF, at=NOW)
    begins = (NEXT_WEEK, NEXT_WEEK + timedelta(minutes=20))
    kept = twice(lambda number: booking.keep_times(
        unit=talks.cast.unit, staff=talks.cast.cecilia, place="", link="", by=by,
        times=[(begins[number], begins[number] + timedelta(minutes=40))],
    ))  # fmt: skip
    assert sorted((one.made, one.met) for one in kept) == [(0, 1), (1, 0)]
    assert FreeTime.objects.count() == 1
