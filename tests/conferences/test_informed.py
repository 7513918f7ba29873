"""How a home that does not read here was told: written down before sealing and after, for that home and the staff."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from conferences.models import Side
from conferences.paper import Paper
from conferences.photographs import Photographs
from conferences.printed import _page
from conferences.services import sealing, writing
from people.models import Home, Person
from tests.cast import NOW
from tests.conferences.talks import shown
from tests.conferences.test_hardship import at_home, at_work
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
TOLD = "You were shown everything at the talk."


@pytest.fixture
def visit(world, stop_clock, as_persona):
    stop_clock(NOW)
    Person.objects.update(language="en")
    return lambda name, hat=Hat.STAFF: as_persona(Client(), Person.objects.get(pk=getattr(world, name).pk), hat)


def inform(visit, world, row, tie, value="at_talk", name="cecilia"):
    sent = {"tie": tie.public_id, "informed": value}
    return visit(name).post(at_work(row, "inform"), sent)


def facts(row, viewer):
    page = _page(row, viewer)
    told = Paper(page, viewer, Photographs(viewer, row.child_id))._facts()
    return [fact["told"]["text"] for fact in told]


def test_a_guardian_without_access_is_written_down_before_sealing_and_after(world, visit):
    row = shown(world, world.alma)
    anders = world.anders_alma
    page = visit("cecilia").get(at_work(row, "talk")).content.decode()
    assert str(anders.public_id) in page
    assert inform(visit, world, row, anders).url == at_work(row, "talk")
    sealing.seal(conference=row, by=world.viewer("cecilia"))
    page = visit("cecilia").get(at_work(row, "after")).content.decode()
    assert re.search(r'value="at_talk"[^>]*(checked|selected)', page)
    assert inform(visit, world, row, anders, "on_paper").url == at_work(row, "after")
    assert [side.informed for side in Side.objects.filter(conference=row, home__memberships__guardianship=anders)] == [
        "on_paper"
    ]


def test_a_home_reads_how_it_was_told_and_not_how_the_other_was(world, visit):
    row = shown(world, world.alma)
    inform(visit, world, row, world.astrid_alma)
    inform(visit, world, row, world.anders_alma, "not_reached")
    page = visit("astrid", Hat.GUARDIAN).get(at_home(row, "conference")).content.decode()
    assert TOLD in page
    assert "could not reach you" not in page
    assert TOLD in facts(row, world.viewer("astrid", Hat.GUARDIAN))
    # What the staff print is a paper for both homes.
    assert not {TOLD, "The preschool could not reach you."} & set(facts(row, world.viewer("cecilia")))


@pytest.mark.parametrize("name", ["frans", "eva", "gun", "astrid"])
def test_only_who_writes_in_it_writes_that_down(world, visit, name):
    row = shown(world, world.alma)
    assert inform(visit, world, row, world.astrid_alma, name=name).status_code in (302, 403, 404)
    assert not Side.objects.filter(conference=row).exclude(informed="reads").exists()


def test_nobody_of_another_child_is_written_down(world, visit):
    row, before = shown(world, world.alma), Home.objects.count()
    inform(visit, world, row, world.birger_bo)
    assert not Side.objects.filter(conference=row).exclude(informed="reads").exists()
    assert Home.objects.count() == before
    with pytest.raises(PermissionDenied):
        writing.inform(conference=row, tie=world.birger_bo, informed="at_talk", by=world.viewer("cecilia"))
