"""What homes are told of and how they are listed when adults come, part, join or go; and that lists stay quick."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences import booking_pages, family_page, head_page, overview, panels, reading, sides
from conferences.services import sealing, showing, writing
from people.models import Guardianship, Person
from people.services import join_homes
from tests.cast import NOW, TODAY
from tests.conferences.booking.conftest import Talks
from tests.conferences.talks import begun, handed_in, key, put, said, shown
from tests.conferences.test_hardship import at_home, at_work
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(world, stop_clock, as_persona):
    stop_clock(NOW)
    Person.objects.update(language="en")

    def opened(name, hat=Hat.STAFF):
        return as_persona(Client(), Person.objects.get(pk=getattr(world, name).pk), hat)

    return opened


def waiting(world: Any, name: str, at: Any = NOW) -> list[str]:
    viewer = world.viewer(name, Hat.GUARDIAN, at=at)
    return [line.href for line in panels.waiting(viewer, [world.alma])]


def test_a_guardian_made_inactive_is_in_no_list_of_homes(world):
    row = shown(world, world.alma)
    assert "Ulf" in [side.names for side in sides.of(row, world.viewer("cecilia"))]
    Guardianship.objects.filter(person=world.ulf).update(inactivated_at=NOW - timedelta(minutes=1))
    listed = [side.names for side in sides.of(row, world.viewer("cecilia"))]
    assert "Ulf" not in listed
    assert any("Astrid" in names for names in listed)


def test_who_reads_no_conferences_is_in_no_list_of_homes(world):
    row = shown(world, world.alma)
    assert all("Moa" not in side.names for side in sides.of(row, world.viewer("cecilia")))


def test_times_are_told_of_before_anything_is_shown_and_lead_to_where_they_are_booked(world):
    row, talks = begun(world, world.alma), Talks(cast=world)
    (offer,) = talks.offer(row, world.astrid_alma, *talks.keep(0))
    assert waiting(world, "astrid") == [at_home(row, "booking")]
    # Another home has none, and who is no legal guardian books nothing.
    assert waiting(world, "ulf") == waiting(world, "mats") == []
    assert waiting(world, "astrid", NOW + timedelta(days=30)) == []
    showing.show(conference=row, by=world.viewer("cecilia"))
    assert waiting(world, "astrid") == [at_home(row, "conference"), at_home(row, "booking")]
    talks.book(offer, "astrid")
    assert waiting(world, "astrid") == [at_home(row, "conference")]


def test_what_is_sealed_or_added_after_it_was_opened_is_news_until_it_is_opened_again(world):
    row, before = shown(world, world.alma), timedelta(hours=1)
    writing.open_side(conference=row, by=world.viewer("astrid", at=NOW + timedelta(minutes=1)))
    for day in (1, 2):
        at = NOW + timedelta(days=day)
        assert not panels.something_new(world.astrid, at - before, at)
        by = world.viewer("cecilia", at=at)
        if day == 1:
            sealing.seal(conference=row, by=by)
        else:
            sealing.add(conference=row, text="And she draws", by=by)
        assert panels.something_new(world.astrid, at - before, at)
        row.refresh_from_db()
        writing.open_side(conference=row, by=world.viewer("astrid", at=at + timedelta(minutes=1)))
        assert not panels.something_new(world.astrid, at - before, at + timedelta(minutes=2))
        assert panels.something_new(world.ulf, at - before, at)


def test_homes_that_join_have_a_part_to_fill_in_and_each_reads_its_own_earlier_one(world, visit):
    row = shown(world, world.alma)
    for name in ("astrid", "ulf"):
        put(row, "at home", f"Once by {name}", world.viewer(name, Hat.GUARDIAN))
    handed_in(world, row, "astrid")
    ties = [world.astrid_alma, Guardianship.objects.get(person=world.ulf)]
    join_homes(guardianships=ties, at=NOW, by=world.astrid)
    for name, other in (("astrid", "ulf"), ("ulf", "astrid")):
        side = family_page.side_of(row, world.viewer(name, Hat.GUARDIAN))
        assert side is None or side.handed_in_at is None
        assert waiting(world, name) == [at_home(row, "conference")]
        page = visit(name, Hat.GUARDIAN).get(at_home(row, "conference")).content.decode()
        assert f"Once by {name}" in page
        assert f"Once by {other}" not in page
        assert "From your home as it was before." in page
    staff = visit("cecilia").get(at_work(row, "prepare")).content.decode()
    assert "Once by astrid" in staff
    assert "Once by ulf" not in staff


def test_what_a_home_wrote_before_it_joined_another_stands_beside_what_it_writes_now(world):
    row = shown(world, world.alma)
    put(row, "at home", "Alone", world.viewer("ulf", Hat.GUARDIAN))
    ties = [world.astrid_alma, Guardianship.objects.get(person=world.ulf)]
    join_homes(guardianships=ties, at=NOW, by=world.astrid)
    later = world.viewer("ulf", Hat.GUARDIAN, at=NOW + timedelta(minutes=1))
    writing.save(conference=row, question=key("at home"), value="Together", number=0, by=later)
    row.refresh_from_db()
    mine = said(reading.for_home(row, world.viewer("ulf", Hat.GUARDIAN, at=NOW + timedelta(minutes=2))), "at home")
    assert (mine.value, [then.value for then in mine.earlier]) == ("Together", ["Alone"])
    hers = said(reading.for_home(row, world.viewer("astrid", at=NOW + timedelta(minutes=2))), "at home")
    assert (hers.value, hers.earlier) == ("Together", [])


def test_the_way_to_a_childs_conferences_is_on_its_page_for_who_reads_them(world, visit):
    href = reverse("talks:child", kwargs={"child": world.alma.public_id})
    page = reverse("staff:child", kwargs={"child": world.alma.public_id})
    assert href not in visit("cecilia").get(page).content.decode()
    shown(world, world.alma)
    assert href in visit("cecilia").get(page).content.decode()
    assert href in visit("cecilia").get(f"{page}?show=home").content.decode()


def test_the_day_of_sealing_is_the_day_where_the_preschool_is(world):
    row = shown(world, world.alma)
    sealing.seal(conference=row, by=world.viewer("cecilia", at=NOW.replace(hour=23, minute=30)))
    row.refresh_from_db()
    tomorrow = TODAY + timedelta(days=1)
    words = family_page.words_of(row, world.viewer("astrid", at=NOW + timedelta(days=1)), handed_in=False)
    assert f" {tomorrow.day}" in words


def queries(act: Any) -> int:
    with CaptureQueriesContext(connection) as all_of_them:
        act()
    return len(all_of_them)


def test_no_list_asks_more_for_more_children(world):
    def look() -> list[int]:
        return [
            queries(lambda: overview.of_group(world.granen, world.viewer("cecilia"))),
            queries(lambda: booking_pages.of_group(world.granen, world.viewer("cecilia"))),
            queries(lambda: head_page.of(world.unit, world.viewer("eva"))),
        ]

    def one_more(child: Any) -> None:
        shown(world, child)
        child.placements.update(ends_on=TODAY + timedelta(days=20))

    one_more(world.bo)
    before = look()
    for number in range(4):
        child = world.make.child(f"New{number}", "Extra")
        world.make.place(child, world.granen)
        world.make.guardian(world.make.person(f"g{number}", f"G{number}", "Extra"), child)
        one_more(child)
    assert look() == before
