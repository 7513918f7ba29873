"""What one does with an entry may close it to oneself: then one is led to a page of one's own, with the message."""

from datetime import timedelta

import pytest
from django.urls import reverse

from learninglog.models import Entry
from people.models import Duty
from tests.cast import TODAY
from tests.entries import shared, write
from tests.learninglog.staff.conftest import href
from tests.learninglog.staff.test_without_a_script import confirmation

pytestmark = pytest.mark.django_db
START = reverse("portal:staff")


def led_to(client, address, said, **data):
    """Where a form leads, which must be there and say what was done."""
    response = client.post(address, data)
    page = client.get(response.url)
    assert page.status_code == 200, response.url
    assert said in page.content.decode()
    return response.url


def test_ines_leaves_out_bo_and_is_alone_with_her_own_child(cast, at):
    entry = write(cast, cast.elsa, cast.bo)
    left = led_to(at("ines"), href("leave_out", entry=entry), "Left out.", child=cast.bo.public_id)
    assert left == href("drafts", group=cast.granen)
    assert not Entry.objects.visible_to(cast.viewer("ines")).filter(pk=entry.pk).exists()


def test_who_still_reads_the_entry_stays_with_it(cast, at):
    entry = write(cast, cast.alma, cast.bo)
    left = led_to(at("cecilia"), href("leave_out", entry=entry), "Left out.", child=cast.bo.public_id)
    assert left == href("entry", entry=entry)
    other = shared(cast, cast.bo)
    assert led_to(at("eva"), href("withdraw", entry=other), "Withdrawn.") == href("entry", entry=other)


def test_the_team_comes_to_its_drafts_after_throwing_one_away(cast, at):
    entry = write(cast, cast.bo)
    assert led_to(at("karin"), href("discard", entry=entry), "Thrown away.") == href("drafts", group=cast.granen)


@pytest.fixture
def cecilia_has_left(cast):
    """She works here no more since yesterday, and has ten days to finish what she began."""
    cast.organisation.finishing_tail_days = 10
    cast.organisation.save()
    drafts = [write(cast, cast.bo), write(cast, cast.tyra)]
    Duty.objects.filter(pk=cast.cecilia_duty.pk).update(ends_on=TODAY - timedelta(days=1))
    cast.cecilia_duty.assignments.update(ends_on=TODAY - timedelta(days=1))
    return drafts


def test_who_has_no_group_comes_to_the_start_page(cast, at, cecilia_has_left):
    thrown, shared_last = cecilia_has_left
    assert led_to(at("cecilia"), href("discard", entry=thrown), "Thrown away.") == START
    page = at("cecilia").get(href("share", entry=shared_last)).content.decode()
    assert led_to(at("cecilia"), href("share", entry=shared_last), "Shared with", **confirmation(page)) == START
