"""The pages about times as they are sent and shown: at work and at home, without any script."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from conferences.models import FreeTime, Offer
from conferences.services import booking
from people.models import Person
from tests.cast import NOW
from visibility.models import ReadingLine
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(world, stop_clock, as_persona):
    """`visit("astrid", Hat.GUARDIAN)` is a browser of hers, in English, at the moment of the cast."""
    stop_clock(NOW)
    Person.objects.update(language="en")

    def opened(name, hat=Hat.STAFF):
        return as_persona(Client(), Person.objects.get(pk=getattr(world, name).pk), hat)

    return opened


def at_home(conference, name="booking", **more):
    parts = {"child": conference.child.public_id, "conference": conference.public_id, **more}
    return reverse(f"family_talks:{name}", kwargs=parts)


def at_work(world, name, **more):
    return reverse(f"talks:{name}", kwargs={"group": world.granen.public_id, **more})


SERIES = {
    "first_day": "2026-11-23", "last_day": "2026-11-24", "weekdays": ["0", "1"], "begins": "14:00", "ends": "15:40",
    "minutes": "40", "pause": "10", "place": "The library", "link": "",
}  # fmt: skip


def test_a_teacher_keeps_a_series_offers_it_and_each_home_gets_its_own(talks, world, visit):
    staff = visit("cecilia")
    kept = staff.post(at_work(world, "keep_times"), {**SERIES, "staff": world.cecilia.public_id}, follow=True)
    assert "4 times are kept." in kept.content.decode()
    assert [time.starts_at.hour for time in FreeTime.objects.order_by("starts_at")] == [13, 13, 13, 13]
    offered = staff.post(at_work(world, "spread"), {"each": "1"}, follow=True)
    assert "offered." in offered.content.decode()
    assert Offer.objects.values("home").distinct().count() == Offer.objects.count() == 4


def test_a_form_that_makes_no_sense_says_so_and_keeps_nothing(talks, world, visit):
    wrong = {**SERIES, "staff": world.cecilia.public_id, "ends": "14:10"}
    answer = visit("cecilia").post(at_work(world, "keep_times"), wrong)
    assert answer.status_code == 422
    assert "No talk fits in there" in answer.content.decode()
    assert FreeTime.objects.count() == 0


def test_a_guardian_books_moves_and_cancels_with_plain_forms(talks, visit):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 24))
    browser, page = visit("astrid", Hat.GUARDIAN), at_home(talks.alma)
    assert str(second.public_id) in browser.get(page).content.decode()
    sent = {"offer": first.public_id, "instead_of": "", "interpreter": "Somali"}
    assert "You have booked" in browser.post(page, sent, follow=True).content.decode()
    moved = browser.post(
        page, {"offer": second.public_id, "instead_of": first.public_id, "interpreter": ""}, follow=True
    )
    assert moved.status_code == 200
    assert talks.booked() == [second]
    cancelled = browser.post(at_home(talks.alma, "cancel_talk", offer=second.public_id), follow=True)
    assert talks.booked() == []
    file = re.search(r'href="([^"]+talk\.ics)"', cancelled.content.decode())
    assert file is not None
    assert "STATUS:CANCELLED" in browser.get(file[1]).content.decode()


def test_the_calendar_file_is_fetched_by_the_home_alone_and_kept_nowhere(talks, visit):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    talks.book(offer, "astrid")
    file = at_home(talks.alma, "appointment", offer=offer.public_id)
    answer = visit("mats", Hat.GUARDIAN).get(file)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert visit("ulf", Hat.GUARDIAN).get(file).status_code == 404
    assert visit("cecilia").get(file).status_code == 404


def test_a_page_that_is_out_of_date_is_told_what_stands_now(talks, visit):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 24))
    talks.book(first, "astrid")
    answer = visit("astrid", Hat.GUARDIAN).post(at_home(talks.alma), {"offer": second.public_id, "instead_of": ""})
    assert answer.status_code == 409
    assert "has booked in between" in answer.content.decode()
    assert f'value="{first.public_id}"' in answer.content.decode()
    assert talks.booked() == [first]


def test_a_home_reads_nothing_of_another_homes_or_familys_times(talks, world, visit):
    times = talks.keep(0, 1, 2, 3)
    own = talks.offer(talks.alma, talks.astrid, times[0])[0]
    others = [talks.offer(talks.alma, talks.ulf, times[1])[0], talks.offer(talks.bo, talks.birger, times[2])[0]]
    talks.book(others[0], "ulf")
    talks.book(others[1], "birger")
    before = visit("astrid", Hat.GUARDIAN).get(at_home(talks.alma)).content.decode()
    assert str(own.public_id) in before
    for secret in (
        *(one.public_id for one in others),
        *(one.home.public_id for one in others),
        "Ulf",
        "Bo<",
        "15:00",
        "16:00",
    ):
        assert str(secret) not in before
    # What the others do leaves no trace on it.
    talks.cancel(others[0], "ulf")
    booking.remove_time(time=times[3], by=world.viewer("cecilia"))
    after = visit("astrid", Hat.GUARDIAN).get(at_home(talks.alma)).content.decode()
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|hx-headers=\'[^\']*\'')
    assert token.sub("", after) == token.sub("", before)


def test_who_is_no_legal_guardian_sees_the_homes_times_and_no_button(talks, visit):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    page = visit("mats", Hat.GUARDIAN).get(at_home(talks.alma)).content.decode()
    assert "A legal guardian of your home chooses the time." in page
    assert str(offer.public_id) not in page


def test_near_the_talk_the_page_says_whom_to_call(talks, world, visit, stop_clock):
    (offer,) = talks.offer(talks.alma, talks.astrid, *talks.keep(0))
    talks.book(offer, "astrid")
    world.unit.phone = "08-123 45 67"
    world.unit.save()
    browser = visit("astrid", Hat.GUARDIAN)
    stop_clock(offer.time.starts_at.replace(hour=6))
    page = browser.get(at_home(talks.alma)).content.decode()
    assert 'href="tel:08-123 45 67"' in page
    assert at_home(talks.alma, "cancel_talk", offer=offer.public_id) not in page


def test_the_wall_holds_every_kept_time_booked_or_not_and_no_family(talks, world, visit):
    times = talks.keep(0, 1, 2)
    (offer,) = talks.offer(talks.alma, talks.astrid, times[0])
    before = visit("cecilia").get(at_work(world, "wall")).content.decode()
    talks.book(offer, "astrid", interpreter="Somali")
    after = visit("cecilia").get(at_work(world, "wall")).content.decode()
    main = re.compile(r"<main.*</main>", re.S)
    said = main.search(after)[0]
    assert said == main.search(before)[0]
    assert said.count("The library") == 3
    for name in ("Alma", "Astrid", "Somali", "Berg"):
        assert name not in said


def test_the_staff_see_who_has_not_booked_and_the_reading_is_recorded(talks, world, visit):
    mine, _other = talks.keep(0, 1)
    (offer,) = talks.offer(talks.bo, talks.birger, mine)
    talks.book(offer, "birger")
    page = visit("cecilia").get(at_work(world, "times")).content.decode()
    assert "1 of 4 homes have booked" in page
    assert page.count("Not booked") == 3
    lines = ReadingLine.objects.filter(person=world.cecilia)
    assert lines.exists()


def test_a_colleague_offers_and_takes_back_from_the_groups_page(talks, world, visit):
    (time,) = talks.keep(0)
    browser, conference = visit("cecilia"), {"conference": talks.alma.public_id}
    new = reverse("talks:offer", kwargs=conference)
    sent = {"time": time.public_id, "tie": talks.astrid.public_id, "group": world.granen.public_id}
    assert browser.post(new, sent).headers["Location"] == at_work(world, "times")
    (offer,) = talks.standing()
    for_them = reverse("talks:book_for", kwargs={**conference, "offer": offer.public_id})
    again = {"group": world.granen.public_id}
    assert "Say which legal guardian" in browser.post(for_them, again, follow=True).content.decode()
    assert talks.booked() == []
    browser.post(for_them, {"said_by": talks.astrid.public_id})
    assert [(one.booked_by, one.said_by) for one in talks.booked()] == [(world.cecilia, world.astrid)]
    assert "as Astrid said" in browser.get(at_work(world, "times")).content.decode()
    told = visit("astrid", Hat.GUARDIAN).get(at_home(talks.alma)).content.decode()
    assert "The preschool booked it, as Astrid said." in told
    removed = browser.post(at_work(world, "remove_time", time=time.public_id), follow=True).content.decode()
    assert "A home has booked this time." in removed
    for _tap in range(2):
        back = browser.post(reverse("talks:take_back_time", kwargs={**conference, "offer": offer.public_id}))
        assert back.status_code == 302
    assert talks.standing() == []


def test_a_talk_that_the_staff_took_back_leaves_the_calendar_of_that_home_alone(talks, world, visit):
    first, second = talks.offer(talks.alma, talks.astrid, *talks.keep(0, 1))
    talks.book(first, "astrid")
    booking.take_back(offer=first, by=world.viewer("cecilia"))
    booking.take_back(offer=second, by=world.viewer("cecilia"))
    browser = visit("astrid", Hat.GUARDIAN)
    listed = browser.get(reverse("family_talks:listing", kwargs={"child": world.alma.public_id})).content.decode()
    assert at_home(talks.alma) in listed
    page = browser.get(at_home(talks.alma)).content.decode()
    file = at_home(talks.alma, "appointment", offer=first.public_id)
    assert file in page
    assert "STATUS:CANCELLED" in browser.get(file).content.decode()
    # What was never booked is in no calendar, and of another home's nothing is told.
    assert browser.get(at_home(talks.alma, "appointment", offer=second.public_id)).status_code == 404
    assert visit("ulf", Hat.GUARDIAN).get(file).status_code == 404
    assert file not in visit("ulf", Hat.GUARDIAN).get(at_home(talks.alma)).content.decode()
    (again,) = talks.offer(talks.alma, talks.astrid, *talks.keep(4))
    talks.book(again, "astrid")
    assert file not in visit("astrid", Hat.GUARDIAN).get(at_home(talks.alma)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_day": "0001-01-01", "last_day": "0001-01-05", "begins": "00:00"},
        {"first_day": "9999-12-31", "last_day": "9999-12-31", "weekdays": ["4"], "ends": "23:59"},
        {"last_day": "9999-12-31"},
    ],
)  # fmt: skip
def test_days_at_the_end_of_the_calendar_are_refused_and_nothing_breaks(talks, world, visit, wrong):
    sent = {**SERIES, "staff": world.cecilia.public_id, **wrong}
    assert visit("cecilia").post(at_work(world, "keep_times"), sent).status_code == 422
    assert FreeTime.objects.count() == 0


def test_tapping_twice_on_a_button_about_a_time_ends_on_the_page_and_not_in_an_error(talks, world, visit):
    mine, spare = talks.keep(0, 1)
    browser = visit("cecilia")
    new = reverse("talks:offer", kwargs={"conference": talks.alma.public_id})
    sent = {"time": mine.public_id, "tie": talks.astrid.public_id, "group": world.granen.public_id}
    for _tap in range(2):
        assert "Offered." in browser.post(new, sent, follow=True).content.decode()
        assert browser.post(at_work(world, "remove_time", time=spare.public_id)).status_code == 302
    assert len(talks.standing()) == 1
