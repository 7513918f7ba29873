"""Beginning an entry about one child: also who works with the child by name, and in no group."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from learninglog import services
from learninglog.models import Entry
from learninglog.services.beginning import groups_about
from people.models import Duty, GroupMembership, NamedChild
from tests.cast import TODAY
from tests.entries import write
from tests.learninglog.staff.conftest import entry_of, filled, href
from visibility import rule

pytestmark = pytest.mark.django_db
START = reverse("portal:staff")


def test_frans_begins_from_almas_page_writes_and_leaves_the_sharing_to_the_team(cast, at):
    frans = at("frans")
    assert "New entry about Alma" in frans.get(href("child", child=cast.alma)).content.decode()
    entry = entry_of(frans.post(href("new_about", child=cast.alma)))
    assert (entry.group, entry.unit, entry.created_by) == (cast.granen, cast.unit, cast.frans)
    page = frans.get(href("compose", entry=entry)).content.decode()
    assert "A colleague who works in the group shares it." in page
    frans.post(href("save", entry=entry), filled(page, text="@Alma hopped on one leg.", do="save"))
    entry.refresh_from_db()
    assert entry.text == f"\ue000{cast.alma.pk}\ue001 hopped on one leg."
    assert rule.may(cast.viewer("cecilia"), "SHARE", entry)
    assert not rule.may(cast.viewer("frans"), "SHARE", entry)


def test_frans_begins_from_his_start_page_and_finds_his_draft_there_again(cast, at):
    frans = at("frans")
    page = frans.get(START).content.decode()
    assert f'action="{href("new_about", child=cast.alma)}"' in page
    entry = entry_of(frans.post(href("new_about", child=cast.alma)))
    write(cast, cast.alma, title="Of the team")
    page = frans.get(START).content.decode()
    assert href("compose", entry=entry) in page
    assert "Of the team" not in page


def test_tapped_twice_it_is_one_draft_and_never_the_draft_about_nobody(cast, at):
    cecilia = at("cecilia")
    about_nobody = entry_of(cecilia.post(href("new", group=cast.granen)))
    about_alma = entry_of(cecilia.post(href("new_about", child=cast.alma)))
    assert entry_of(cecilia.post(href("new_about", child=cast.alma))) == about_alma
    assert entry_of(cecilia.post(href("new_about", child=cast.bo))) not in {about_alma, about_nobody}
    assert entry_of(cecilia.post(href("new", group=cast.granen))) == about_nobody
    assert Entry.objects.count() == 3


def test_about_whom_one_may_not_write_nothing_can_be_begun(cast, at):
    for name, child in (("frans", cast.bo), ("eva", cast.alma), ("ines", cast.elsa), ("gun", cast.alma)):
        assert at(name).post(href("new_about", child=child)).status_code == 404
        with pytest.raises(PermissionDenied):
            services.start_entry(group=cast.granen, by=cast.viewer(name), about=child)
    assert "New entry about" not in at("eva").get(href("child", child=cast.alma)).content.decode()
    assert not Entry.objects.exists()


def test_what_ended_begins_nothing_also_while_it_may_be_finished(cast):
    cast.organisation.finishing_tail_days = 10
    cast.organisation.save()
    NamedChild.objects.filter(child=cast.alma).update(ends_on=TODAY)
    Duty.objects.filter(pk=cast.cecilia_duty.pk).update(ends_on=TODAY - timedelta(days=1))
    for name in ("frans", "cecilia"):
        assert groups_about([cast.alma.pk], cast.viewer(name)) == {}


def test_a_draft_is_begun_in_the_own_group_first_and_never_in_another_unit(cast):
    club = type(cast.granen).objects.create(unit=cast.unit, name="Five-year club")
    for group in (club, cast.klovern):
        GroupMembership.objects.create(child=cast.alma, group=group, starts_on=TODAY - timedelta(days=900))
    assert groups_about([cast.alma.pk], cast.viewer("cecilia")) == {cast.alma.pk: [cast.granen, club]}
    assert groups_about([cast.alma.pk], cast.viewer("frans")) == {cast.alma.pk: [club, cast.granen]}
    with pytest.raises(PermissionDenied):
        services.start_entry(group=cast.klovern, by=cast.viewer("frans"), about=cast.alma)


def test_frans_throws_his_draft_away_and_comes_to_his_start_page(cast, at):
    frans = at("frans")
    entry = entry_of(frans.post(href("new_about", child=cast.alma)))
    assert frans.post(href("discard", entry=entry)).url == START
    assert "Thrown away." in frans.get(START).content.decode()
