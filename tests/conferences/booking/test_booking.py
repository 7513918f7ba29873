"""Keeping times, offering each home its own few, booking, moving, cancelling, taking back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from access.models import FrozenWording, WordingKind
from access.terms import services as terms
from conferences import booking_homes
from conferences.models import Conference, FreeTime, Offer
from conferences.services import booking, issuing
from people.models import Guardianship
from tests.cast import NOW
from tests.conferences.booking.conftest import NEXT_WEEK
from visibility.matrix import BOOK
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


def test_times_that_meet_others_of_the_same_person_are_left_and_those_of_another_are_not(talks, world):
    talks.keep(0, 1)
    begin = NEXT_WEEK + timedelta(minutes=20)
    pairs = [(begin, begin + timedelta(minutes=30)), (NEXT_WEEK + timedelta(hours=3), NEXT_WEEK + timedelta(hours=4))]
    given = {"unit": world.unit, "times": pairs, "place": "", "link": "", "by": world.viewer("cecilia")}
    assert booking.keep_times(staff=world.cecilia, **given) == booking.Kept(made=1, met=1)
    assert booking.keep_times(staff=world.ines, **given) == booking.Kept(made=2, met=0)


def test_a_time_that_is_over_is_not_kept(talks):
    assert talks.keep(0, at=NOW - timedelta(hours=2)) == []


@pytest.mark.parametrize("name", ["david", "gun", "astrid", "siri", "office"])
def test_who_does_not_work_there_keeps_no_times(talks, world, name):
    with pytest.raises(PermissionDenied):
        booking.keep_times(
            unit=world.unit, staff=world.cecilia, times=[(NEXT_WEEK, NEXT_WEEK + timedelta(hours=1))], place="",
            link="", by=world.viewer(name),
        )  # fmt: skip


def test_nobody_keeps_times_for_somebody_who_does_not_work_there(talks, world):
    with pytest.raises(PermissionDenied):
        talks.keep(0, staff="gun")


def test_a_time_is_offered_to_one_family_at_a_time(talks):
    (time,) = talks.keep(0)
    assert len(talks.offer(talks.alma, talks.astrid, time)) == 1
    assert talks.offer(talks.bo, talks.birger, time) == []
    assert talks.offer(talks.alma, talks.ulf, time) == []


def test_a_time_that_is_kept_no_longer_or_is_over_is_offered_to_nobody(talks, world):
    removed, over = talks.keep(0, 1)
    booking.remove_time(time=removed, by=world.viewer("cecilia"))
    late = world.viewer("cecilia", at=over.starts_at)
    assert talks.offer(talks.alma, talks.astrid, removed) == []
    assert booking.offer(conference=talks.alma, tie=talks.astrid, times=[over], by=late) == []


def test_a_guardian_of_another_child_is_offered_nothing(talks):
    (time,) = talks.keep(0)
    with pytest.raises(PermissionDenied):
        talks.offer(talks.alma, talks.birger, time)


@pytest.mark.parametrize("name", ["karin", "frans", "siri", "david", "astrid"])
def test_who_does_not_hold_conferences_offers_nothing(talks, world, name):
    (time,) = talks.keep(0)
    with pytest.raises(PermissionDenied):
        talks.offer(talks.alma, talks.astrid, time, by=name)


def test_who_reads_log_only_is_offered_nothing(talks, world):
    (time,) = talks.keep(0)
    with pytest.raises(PermissionDenied):
        talks.offer(talks.alma, world.alma.guardianships.get(person=world.moa), time)


def test_who_was_never_in_a_home_is_a_home_alone_from_the_first_offer(talks, world):
    lone = world.make.guardian(world.pia, world.bo)
    lone.home_memberships.all().delete()
    (time,) = talks.keep(0)
    (made,) = talks.offer(talks.bo, lone, time)
    assert lone.home_memberships.get().home == made.home
    assert talks.book(made, "pia").booked_by == world.pia


def test_spreading_gives_each_home_its_own_and_neighbouring_times_to_different_homes(talks, world):
    times = talks.keep(0, 1, 2, 3, 24, 25, 26)
    asked = [
        booking.Asked(talks.alma, talks.astrid, world.cecilia.pk, 0),
        booking.Asked(talks.alma, talks.ulf, world.cecilia.pk, 0),
        booking.Asked(talks.bo, talks.birger, None, 0),
    ]
    assert (
        booking.spread(asked=asked, unit=world.unit, team={world.cecilia.pk}, each=2, by=world.viewer("cecilia")) == 6
    )
    homes = [offer.home_id for offer in talks.standing()]
    assert homes == homes[:3] * 2
    assert len(set(homes)) == 3
    assert Offer.objects.filter(time=times[-1]).count() == 0


def test_spreading_takes_the_times_of_who_holds_the_conference(talks, world):
    talks.keep(0, 2)
    (hers,) = talks.keep(1, staff="ines")
    asked = [booking.Asked(talks.alma, talks.astrid, world.ines.pk, 0)]
    assert (
        booking.spread(asked=asked, unit=world.unit, team={world.cecilia.pk}, each=3, by=world.viewer("cecilia")) == 1
    )
    assert [offer.time for offer in talks.standing()] == [hers]


def test_nobody_outside_the_team_has_their_times_given_away(talks, world):
    talks.keep(0, 1, staff="ines")
    (ours,) = talks.keep(2)
    asked = [booking.Asked(talks.alma, talks.astrid, None, 0), booking.Asked(talks.bo, talks.birger, world.eva.pk, 0)]
    spread = {"asked": asked, "unit": world.unit, "each": 3, "by": world.viewer("cecilia")}
    assert booking.spread(team=set(), **spread) == 0
    assert booking.spread(team={world.cecilia.pk}, **spread) == 1
    assert [offer.time for offer in talks.standing()] == [ours]


def test_who_has_enough_gets_no_more(talks, world):
    talks.keep(0, 1, 2, 3)
    asked = [booking.Asked(talks.alma, talks.astrid, None, 2), booking.Asked(talks.bo, talks.birger, None, 0)]
    booking.spread(asked=asked, unit=world.unit, team={world.cecilia.pk}, each=3, by=world.viewer("cecilia"))
    assert len(talks.standing(conference=talks.alma)) == 1
    assert len(talks.standing(conference=talks.bo)) == 3


def test_a_legal_guardian_books_and_a_second_tap_is_the_same_booking(talks, world):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    talks.book(first, "astrid", interpreter="Somali")
    talks.book(first, "astrid", interpreter="Somali")
    (booked,) = talks.booked()
    assert (booked, booked.booked_by, booked.interpreter) == (first, world.astrid, "Somali")
    assert talks.standing() == [first, second]


@pytest.mark.parametrize("name", ["mats", "ulf", "birger", "anders", "moa"])
def test_nobody_else_books_a_homes_times(talks, name):
    """Mats reads together with Astrid but is no legal guardian; Ulf is one, of another home."""
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    with pytest.raises(booking.Taken):
        talks.book(offer, name)
    assert talks.booked() == []


def test_booking_from_a_page_that_is_out_of_date_changes_nothing(talks):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    talks.book(first, "astrid")
    with pytest.raises(booking.Changed):
        talks.book(second, "astrid")
    talks.cancel(first, "astrid")
    with pytest.raises(booking.Changed):
        talks.book(second, "astrid", instead_of=first)
    assert talks.booked() == []


def test_a_talk_moves_to_another_of_the_homes_times(talks):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    talks.book(first, "astrid", interpreter="Somali")
    talks.book(second, "astrid", instead_of=first)
    assert talks.booked() == [second]
    first.refresh_from_db()
    assert (first.booked_at, first.booked_by, first.interpreter) == (None, None, "")


def test_within_a_day_of_the_talk_only_a_call_changes_it(talks, settings):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 24))
    talks.book(first, "astrid")
    edge = first.time.starts_at - timedelta(hours=24)
    for act in (
        lambda at: talks.cancel(first, "astrid", at=at),
        lambda at: talks.book(second, "astrid", instead_of=first, at=at),
    ):
        with pytest.raises(booking.TooLate):
            act(edge + timedelta(seconds=1))
    talks.cancel(first, "astrid", at=edge)
    assert talks.booked() == []


def test_a_time_that_has_begun_is_booked_by_nobody(talks):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    with pytest.raises(booking.Taken):
        talks.book(offer, "astrid", at=offer.time.starts_at)


def test_after_cancelling_the_home_has_its_times_as_before(talks):
    offers = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    talks.book(offers[0], "astrid")
    talks.cancel(offers[0], "astrid")
    assert talks.standing() == offers
    assert talks.booked() == []


def test_what_a_family_does_not_need_any_more_can_be_offered_to_another(talks):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    assert talks.offer(talks.bo, talks.birger, second.time) == []
    talks.book(first, "astrid")
    assert talks.offer(talks.bo, talks.birger, first.time) == []
    (given,) = talks.offer(talks.bo, talks.birger, second.time)
    with pytest.raises(booking.Taken):
        talks.book(second, "astrid", instead_of=first)
    assert talks.book(given, "birger")


def test_the_staff_take_back_an_offer_and_a_booking(talks, world):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    talks.book(first, "astrid")
    for offer in (first, second):
        booking.take_back(offer=offer, by=world.viewer("cecilia"))
    assert talks.standing() == []
    with pytest.raises(booking.Taken):
        talks.book(second, "astrid")
    with pytest.raises(PermissionDenied):
        booking.take_back(offer=first, by=world.viewer("karin"))


def test_a_booked_time_is_not_removed_and_another_is_with_its_offer(talks, world):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    talks.book(first, "astrid")
    with pytest.raises(booking.Taken):
        booking.remove_time(time=first.time, by=world.viewer("karin"))
    booking.remove_time(time=second.time, by=world.viewer("karin"))
    assert talks.standing() == [first]
    assert list(FreeTime.objects.filter(removed_at__isnull=True)) == [first.time]


def test_the_staff_book_for_a_home_that_said_so_in_another_way(talks, world):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    with pytest.raises(PermissionDenied):
        booking.book_for(offer=offer, interpreter="", said_by=talks.astrid, by=world.viewer("karin"))
    made = booking.book_for(offer=offer, interpreter="", said_by=talks.astrid, by=world.viewer("cecilia"))
    assert (made.booked_by, made.said_by) == (world.cecilia, world.astrid)
    talks.cancel(made, "astrid")
    assert talks.book(made, "astrid").said_by is None


@pytest.mark.parametrize("name", ["mats", "moa", "ulf", "birger", "made inactive"])
def test_only_a_legal_guardian_of_the_very_home_says_when_it_comes(talks, world, name):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    if name == "made inactive":
        tie = talks.astrid
        Guardianship.objects.filter(pk=tie.pk).update(inactivated_at=NOW - timedelta(minutes=1))
    else:
        tie = getattr(world, name).guardianships.get()
    with pytest.raises(PermissionDenied):
        booking.book_for(offer=offer, interpreter="", said_by=tie, by=world.viewer("cecilia"))
    assert talks.booked() == []


def test_two_homes_have_their_own_talks_and_see_only_those(talks, world):
    of_astrid, of_ulf = talks.keep(0, 1)
    (hers,), (his,) = talks.offer(talks.alma, talks.astrid, of_astrid), talks.offer(talks.alma, talks.ulf, of_ulf)
    talks.book(hers, "astrid")
    talks.book(his, "ulf")
    assert talks.booked() == [hers, his]
    for name, own in (("astrid", [hers]), ("mats", [hers]), ("ulf", [his]), ("birger", []), ("moa", [])):
        viewer = world.viewer(name, Hat.GUARDIAN)
        assert list(Offer.objects.visible_to(viewer).order_by("pk")) == own
        assert FreeTime.objects.visible_to(viewer).count() == 0
    assert not Offer.objects.visible_to(world.viewer("mats", Hat.GUARDIAN), BOOK).exists()


def test_a_guardian_made_inactive_neither_sees_nor_books(talks, world):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    Guardianship.objects.filter(pk=world.astrid_alma.pk).update(inactivated_at=NOW - timedelta(minutes=1))
    with pytest.raises(booking.Taken):
        talks.book(offer, "astrid")


def test_times_end_with_the_conference(talks, world):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    talks.book(offer, "astrid")
    because = Conference.Closed.NOT_WANTED
    issuing.close(conference=talks.alma, because=because, by=world.viewer("cecilia"))
    assert talks.standing() == []
    with pytest.raises(booking.Taken):
        talks.cancel(offer, "astrid")


def test_who_joins_another_home_leaves_the_times_of_the_old_one(talks, world):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    membership = world.astrid_alma.home_memberships.get()
    membership.ends_at = NOW - timedelta(minutes=1)
    membership.save()
    with pytest.raises(booking.Taken):
        talks.book(offer, "astrid")


def test_a_guardian_made_inactive_is_offered_nothing_and_called_by_nobody(talks, world):
    Guardianship.objects.filter(pk=talks.ulf.pk).update(inactivated_at=NOW - timedelta(minutes=1))
    (time,) = talks.keep(0)
    with pytest.raises(PermissionDenied):
        talks.offer(talks.alma, talks.ulf, time)
    homes = booking_homes.of([talks.alma], world.viewer("cecilia"))[talks.alma.pk]
    assert [(home.names, home.reached) for home in homes] == [("Anders", False), ("Astrid, Mats", True)]


def test_a_home_that_is_no_more_still_shows_what_it_holds_until_the_staff_take_it_back(talks, world):
    (offer,) = talks.offer(talks.alma, talks.ulf, *talks.keep(0))
    talks.book(offer, "ulf")
    talks.ulf.home_memberships.update(ends_at=NOW - timedelta(minutes=1))
    homes = booking_homes.of([talks.alma], world.viewer("cecilia"))[talks.alma.pk]
    assert [home.booked for home in homes if home.tie is None] == [offer]
    assert all(home.offers == [] for home in homes if home.tie is not None)
    booking.take_back(offer=offer, by=world.viewer("cecilia"))
    homes = booking_homes.of([talks.alma], world.viewer("cecilia"))[talks.alma.pk]
    assert all(home.tie is not None for home in homes)


def test_that_a_guardian_declined_the_terms_is_not_said_only_that_the_home_is_reached_another_way(talks, world):
    wording = FrozenWording.objects.create(
        kind=WordingKind.TERMS, language="sv", edition=1, title="Terms", body="Terms", digest="x", frozen_at=NOW
    )
    terms.answer(person=world.ulf, wording=wording, accepted=False, at=NOW)
    homes = booking_homes.of([talks.alma], world.viewer("cecilia"))[talks.alma.pk]
    assert {home.names: home.reached for home in homes} == {"Anders": False, "Astrid, Mats": True, "Ulf": False}
