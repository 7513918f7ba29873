"""When a home is told of its times: new ones, one taken back, the talk of tomorrow. Others are told nothing."""

from datetime import timedelta

import pytest
from django.core import mail

from access import notices
from access.models import NoticeMail
from conferences import reminders
from conferences.services import booking
from tests.cast import NOW

pytestmark = pytest.mark.django_db
# Seventeen o'clock in Stockholm, when the mails of the day are written.
EVENING = NOW.replace(hour=16)
A_DAY = timedelta(days=1)


def told(world, at, since=None):
    """Who has something to be told of their times."""
    names = ("astrid", "mats", "moa", "ulf", "birger")
    before = since or at - A_DAY
    return [name for name in names if reminders.about_times(getattr(world, name), before, at)]


@pytest.fixture
def offers(talks):
    return talks.offer(talks.alma, talks.astrid, *talks.keep(0, 24))


def test_a_home_is_told_of_new_times_once_and_no_other_home_is(world, offers):
    assert told(world, EVENING) == ["astrid", "mats"]
    assert told(world, EVENING + A_DAY) == []


def test_who_has_booked_is_told_of_no_more_times(world, talks, offers):
    talks.book(offers[0], "astrid")
    assert told(world, EVENING) == []


def test_the_day_before_the_talk_is_told_and_no_other_day(world, talks, offers):
    talks.book(offers[0], "astrid")
    day = offers[0].time.starts_at.replace(hour=16)
    evenings = [day - 2 * A_DAY, day - A_DAY, day]
    assert [told(world, at) for at in evenings] == [[], ["astrid", "mats"], []]


def test_a_day_begins_at_midnight_where_the_preschool_is(world, talks):
    """A talk just after midnight in Stockholm is tomorrow's there, and today's in Greenwich."""
    early = (NOW + 7 * A_DAY).replace(hour=23, minute=30)
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0, at=early))
    talks.book(offer, "astrid")
    assert told(world, early.replace(hour=16)) == ["astrid", "mats"]
    assert told(world, early.replace(hour=16) - A_DAY) == []


def test_a_talk_that_was_cancelled_or_moved_is_told_no_more(world, talks, offers):
    talks.book(offers[0], "astrid")
    talks.book(offers[1], "astrid", instead_of=offers[0])
    day = offers[0].time.starts_at.replace(hour=16)
    assert told(world, day - A_DAY) == []
    assert told(world, day) == ["astrid", "mats"]
    talks.cancel(offers[1], "astrid")
    assert told(world, day) == []


def test_a_booking_that_the_staff_took_back_is_told(world, talks, offers):
    talks.book(offers[0], "astrid")
    booking.take_back(offer=offers[0], by=world.viewer("cecilia", at=NOW + A_DAY))
    assert told(world, EVENING + A_DAY, since=EVENING) == ["astrid", "mats"]
    assert told(world, EVENING + 2 * A_DAY) == []


def test_what_was_never_booked_goes_without_a_word(world, talks, offers):
    for offer in offers:
        booking.take_back(offer=offer, by=world.viewer("cecilia", at=NOW + A_DAY))
    assert told(world, EVENING + A_DAY, since=EVENING) == []


def test_the_mail_is_sent_once_and_says_nothing_of_a_talk(world, talks, offers):
    talks.book(offers[0], "astrid")
    eve = offers[0].time.starts_at.replace(hour=16) - A_DAY
    for at in (eve, eve + timedelta(hours=1)):
        notices.write_batch(organisation_id=world.organisation.pk, after=0, at=at)
        for row in NoticeMail.objects.filter(person=world.astrid, sent_at=None):
            notices.send(mail_id=row.pk, at=at)
    sent = [message for message in mail.outbox if message.to == ["astrid@example.org"]]
    assert len(sent) == 1
    said = f"{sent[0].subject} {sent[0].body}".casefold()
    for word in ("alma", "cecilia", "library", "talk", "samtal", "skogsgläntan"):
        assert word not in said
