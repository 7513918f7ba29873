"""Attempts that were refused are the head's: who, as what, what and when; no family reads them."""

from datetime import timedelta

import pytest
from django.test import Client

from people.models import Duty
from tests.access.team.conftest import href
from tests.cast import NOW
from visibility import refusals
from visibility.models import RefusedLook
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(cast, at):
    """Birger has asked for Alma's log, and the job has run."""
    assert at("birger").get(href("family:log", child=cast.alma)).status_code == 404
    RefusedLook.objects.update(at=NOW - timedelta(minutes=7))
    refusals.find(at=NOW)


def page(client: Client, child) -> str:
    return client.get(href("readings:head", child=child)).content.decode()


def test_the_head_sees_who_as_what_what_and_when(cast, at, refused):
    said = page(at("eva"), cast.alma)
    for word in ("Refused attempts", "Birger", "a page about the child · as guardian", "10:23"):
        assert word in said
    assert "Refused attempts" not in page(at("eva"), cast.bo)


def test_a_family_never_sees_them(cast, at, refused):
    for name, child in (("astrid", cast.alma), ("birger", cast.bo)):
        said = at(name).get(href("readings:family", child=child)).content.decode()
        assert "Reading log" in said
        assert "Refused" not in said
        assert "10:23" not in said


def test_nor_does_a_head_who_is_the_childs_guardian(cast, at, refused):
    cast.make.guardian(cast.eva, cast.alma)
    assert at("eva").get(href("readings:head", child=cast.alma)).status_code == 404
    assert "Refused" not in at("eva", Hat.GUARDIAN).get(href("readings:family", child=cast.alma)).content.decode()


def test_nor_does_the_head_of_another_unit(cast, at, refused):
    cast.make.duty(cast.stranger, Duty.Role.HEAD, cast.other_unit)
    assert at("stranger", Hat.STAFF).get(href("readings:head", child=cast.alma)).status_code == 404


def test_many_come_in_pages_and_none_is_lost(cast, at):
    for minutes in range(25):
        at("birger").get(href("family:log", child=cast.alma))
        RefusedLook.objects.filter(at=NOW).update(at=NOW - timedelta(minutes=minutes + 1))
    refusals.find(at=NOW)
    client = at("eva")
    first = client.get(href("readings:head", child=cast.alma))
    more = first.content.decode().partition('href="?refused=')[2].partition('"')[0]
    second = client.get(f"{href('readings:head', child=cast.alma)}?refused={more}").content.decode()
    assert (first.content.decode().count("Birger"), second.count("Birger")) == (20, 5)
    assert "Older attempts" not in second
