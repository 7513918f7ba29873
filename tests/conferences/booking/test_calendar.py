"""The talk in one's own calendar: when and where, and nobody's name."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from conferences import calendar
from conferences.models import Offer
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def read(offer: Offer, at=NOW):
    """The one appointment in the file, read by the library that others read it with, and the file itself."""
    row = Offer.objects.select_related("time", "conference", "home").get(pk=offer.pk)
    octets = calendar.appointment(row, at=at)
    (event,) = Calendar.from_ical(octets).walk("VEVENT")
    return event, octets.decode()


@pytest.fixture
def offers(talks):
    made = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 24))
    talks.book(made[0], "astrid", interpreter="Somali")
    return made


def test_it_says_when_and_where(offers):
    event, _file = read(offers[0])
    assert event.decoded("dtstart") == offers[0].time.starts_at
    assert event.decoded("dtend") == offers[0].time.ends_at
    assert str(event["location"]) == "The library"


def test_it_names_nobody_and_no_preschool(offers, world):
    _event, text = read(offers[0])
    people = [world.alma, world.bo, world.astrid, world.mats, world.ulf, world.cecilia]
    names = [name for one in people for name in (one.given_name, one.family_name)]
    said = text.casefold()
    for name in [*names, world.unit.name, world.organisation.name, world.granen.name, "Somali", "@"]:
        assert name.casefold() not in said
    keys = (offers[0].conference.public_id, offers[0].home.public_id, offers[0].public_id, world.alma.public_id)
    assert not [key for key in keys if str(key) in said]


def test_a_talk_that_moves_stays_the_same_appointment_and_is_newer(talks, offers):
    before, _file = read(offers[0])
    talks.book(offers[1], "astrid", instead_of=offers[0], at=NOW + timedelta(minutes=5))
    after, _file = read(offers[1])
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == offers[1].time.starts_at


def test_a_cancelled_talk_takes_the_same_appointment_out_again(talks, offers):
    before, _file = read(offers[0])
    assert str(before["status"]) == "CONFIRMED"
    talks.cancel(offers[0], "astrid")
    after, text = read(offers[0], at=NOW + timedelta(minutes=5))
    assert (str(after["status"]), after["uid"]) == ("CANCELLED", before["uid"])
    assert after["sequence"] > before["sequence"]
    assert "METHOD:CANCEL" in text


def test_two_homes_have_appointments_that_do_not_know_each_other(talks, offers):
    (his,) = talks.offer(talks.alma, talks.ulf, *talks.keep(2))
    talks.book(his, "ulf")
    assert read(his)[0]["uid"] != read(offers[0])[0]["uid"]


def test_its_lines_end_and_fold_as_the_standard_says(talks):
    from conferences.models import FreeTime

    times = talks.keep(4)
    FreeTime.objects.filter(pk=times[0].pk).update(place="Biblioteket, vid röda bänken; " * 4, link="https://x.test/a")
    (offer,) = talks.offer(talks.alma, talks.astrid, *times)
    talks.book(offer, "astrid")
    event, text = read(offer)
    assert str(event["location"]) == "Biblioteket, vid röda bänken; " * 4
    assert "\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert str(event["url"]) == "https://x.test/a"
