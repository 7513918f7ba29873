"""The start pages: each shows what the rule and the rendition give, and says what to do where there is nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from access.families import words
from learninglog.models import TrayItem, TrayPicture
from learninglog.services import withdraw_entry
from people.models import Duty, GroupAssignment
from portal.navigation import navigation
from tests import entries
from tests.cast import NOW, TODAY
from visibility.models import ReadingLine
from visibility.viewer import Hat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_work")]


@pytest.fixture
def at_work(stop_clock):
    stop_clock(NOW)


@pytest.fixture
def open_page(cast, as_persona):
    """`open_page("astrid", "/family/")`: the page in English, as this person sees it."""

    def get(name, address, hat=None):
        client = as_persona(Client(), getattr(cast, name), hat or cast.HATS[name])
        client.cookies.load({"django_language": "en"})
        return client.get(address)

    return get


def test_astrid_finds_almas_latest_three_newest_first(cast, open_page):
    for days, title in [(4, "Fourth"), (3, "Third"), (2, "Second"), (1, "First")]:
        entries.shared(cast, cast.alma, title=title, happened_on=TODAY - timedelta(days=days))
    entries.write(cast, cast.alma, title="Unshared")
    page = open_page("astrid", "/family/").content.decode()
    places = [page.index(title) for title in ("First", "Second", "Third")]
    assert places == sorted(places)
    assert "Fourth" not in page
    assert "Unshared" not in page
    assert "4 new" in page
    assert f"/family/children/{cast.alma.public_id}/" in page


def test_what_was_withdrawn_is_gone_from_the_start_page(cast, open_page):
    entry = entries.shared(cast, cast.alma, title="Gone")
    withdraw_entry(entry=entry, by=cast.viewer("cecilia"))
    assert "Gone" not in open_page("astrid", "/family/").content.decode()


def test_no_other_child_is_on_a_familys_start_page(cast, open_page):
    entries.shared(cast, cast.alma, cast.bo, title="Together", text="@Alma and @Bo")
    page = open_page("astrid", "/family/").content.decode()
    assert "Together" in page
    assert str(cast.bo.public_id) not in page
    assert ">Bo<" not in page
    assert "Carlsson" not in page


def test_a_picture_stands_on_the_card_only_if_the_family_may_have_it(cast, open_page):
    own, others = entries.picture(cast, cast.alma), entries.picture(cast, cast.alma, cast.bo)
    entry = entries.write(cast, cast.alma, cast.bo)
    entries.put_in(cast, entry, others, own)
    entries.share(cast, entry)
    page = open_page("astrid", "/family/").content.decode()
    assert str(own.public_id) in page
    assert str(others.public_id) not in page


def test_a_child_without_entries_says_what_to_do_next(cast, open_page):
    page = open_page("astrid", "/family/").content.decode()
    assert "No entries about Alma yet" in page
    assert f"/family/children/{cast.alma.public_id}/from-home/" in page


def test_the_start_page_is_in_the_reading_log(cast, open_page):
    open_page("astrid", "/family/")
    line = ReadingLine.objects.get(person=cast.astrid)
    assert (line.what, [row.child_id for row in line.children.all()]) == ("start", [cast.alma.pk])


def test_who_is_not_activated_meets_the_one_form_first_and_then_who_opens(cast, open_page):
    assert open_page("anders", "/family/")["Location"] == "/family/wanted/"
    assert "Alma" not in open_page("anders", "/family/wanted/").content.decode()
    words.tell(guardianship=cast.anders_alma, wishes=[], by=cast.viewer("anders"))
    page = open_page("anders", "/family/").content.decode()
    assert "Alma" not in page
    assert "head of your preschool" in page


def test_the_head_and_the_owner_find_what_waits_for_them(cast, open_page):
    assert "1 closed envelope" in open_page("eva", "/staff/").content.decode()
    olga = cast.make.person("olga", "Olga", "Ahl", language="en")
    cast.olga, cast.HATS = olga, cast.HATS | {"olga": Hat.STAFF}
    cast.make.duty(olga, Duty.Role.OWNERS_OFFICER, None)
    page = open_page("olga", "/staff/").content.decode()
    assert reverse("reviews:all") in page
    assert reverse("work:without_e_id") in page
    assert "No group is yours today" not in page
    assert "Yours to see to" not in open_page("cecilia", "/staff/").content.decode()


def test_a_stranger_sees_an_empty_page(cast, open_page):
    page = open_page("stranger", "/family/").content.decode()
    assert "Nothing is open to you here now" in page


@pytest.mark.parametrize("name", ["astrid", "gun", "office"])
def test_the_staffs_page_is_not_there_under_another_hat(cast, open_page, name):
    assert open_page(name, "/staff/").status_code == 404


def test_cecilia_sees_todays_children_what_waits_and_who_is_seldom_seen(cast, open_page):
    entries.shared(cast, cast.alma, cast.bo)
    entries.write(cast, cast.tyra, title="Fire drill")
    response = open_page("cecilia", "/staff/")
    page = response.content.decode()
    for name in ("Alma", "Bo", "Elsa", "Tyra"):
        assert f">{name}<" in page
    assert "Milo" not in page
    assert "Fire drill" in page
    quiet = page[page.index("Seldom seen lately") :]
    assert ">Elsa<" in quiet
    assert ">Tyra<" in quiet
    assert ">Alma<" not in quiet


def test_an_entry_about_the_whole_group_is_nobodys_own(cast, open_page):
    entries.shared(cast, cast.alma, cast.bo, whole_group=True)
    page = open_page("cecilia", "/staff/").content.decode()
    assert ">Alma<" in page[page.index("Seldom seen lately") :]


def test_the_tray_shows_what_came_since_yesterday(cast, open_page):
    def put(days):
        picture = entries.picture(cast, at=NOW - timedelta(days=days))
        item = TrayItem.objects.create(
            unit=cast.unit, group=cast.granen, created_by=cast.karin, created_at=NOW - timedelta(days=days)
        )
        TrayPicture.objects.create(item=item, picture=picture)
        return str(picture.public_id)

    new, old = put(1), put(2)
    page = open_page("cecilia", "/staff/").content.decode()
    assert new in page
    assert old not in page


def test_new_entry_and_camera_are_on_the_page_for_the_team_and_not_for_the_head(cast, open_page):
    team = open_page("cecilia", "/staff/").content.decode()
    assert re.search(rf'<form id="make-entry"[^>]* action="/staff/groups/{cast.granen.public_id}/new/"', team)
    assert f"/staff/groups/{cast.granen.public_id}/tray/#add" in team
    head = open_page("eva", "/staff/").content.decode()
    assert "make-entry" not in head
    assert "/tray/" not in head
    assert "Fire drill" not in head


def test_with_several_groups_one_chooses_and_it_is_remembered(cast, as_persona):
    GroupAssignment.objects.create(duty=cast.cecilia_duty, group=cast.tallen, starts_on=TODAY)
    client = as_persona(Client(), cast.cecilia, Hat.STAFF)
    assert ">Alma<" in client.get("/staff/").content.decode()
    assert ">Milo<" in client.get(f"/staff/?group={cast.tallen.public_id}").content.decode()
    assert ">Milo<" in client.get("/staff/").content.decode()
    # A group that is not hers is not chosen by its address.
    assert ">Noor<" not in client.get(f"/staff/?group={cast.klovern.public_id}").content.decode()


def test_frans_sees_the_children_he_works_with_by_name(cast, open_page):
    page = open_page("frans", "/staff/").content.decode()
    assert ">Alma<" in page
    assert ">Bo<" not in page


def test_ines_at_work_does_not_find_her_own_child(cast, open_page):
    page = open_page("ines", "/staff/").content.decode()
    assert ">Alma<" in page
    assert ">Elsa<" not in page
    assert ">Elsa<" in open_page("ines", "/family/", Hat.GUARDIAN).content.decode()


@pytest.mark.parametrize("name", ["david", "stranger"])
def test_who_works_nowhere_now_is_told_how_a_group_opens(cast, open_page, name):
    page = open_page(name, "/staff/", Hat.STAFF).content.decode()
    assert "No group is yours today" in page
    assert "Alma" not in page


def test_siris_page_closes_with_her_pass(cast, open_page, stop_clock):
    assert ">Alma<" in open_page("siri", "/staff/").content.decode()
    stop_clock(NOW.replace(hour=16))
    assert "No group is yours today" in open_page("siri", "/staff/").content.decode()


def test_gun_sees_what_will_come(cast, open_page):
    entries.shared(cast, cast.alma, title="Secret")
    page = open_page("gun", "/school/").content.decode()
    assert "Nothing has been handed on" in page
    assert "Alma" not in page
    assert "Secret" not in page


def test_the_number_of_queries_does_not_grow_with_the_group(cast, as_persona, django_assert_max_num_queries):
    for number in range(8):
        child = cast.make.child(f"Kid{number}", "Y")
        cast.make.place(child, cast.granen)
        entries.shared(cast, child, title=f"Entry {number}")
        entries.write(cast, child, title=f"Draft {number}")
    client = as_persona(Client(), cast.cecilia, Hat.STAFF)
    with django_assert_max_num_queries(45):
        assert client.get("/staff/").status_code == 200


def test_mail_can_be_switched_off_and_on(cast, as_persona):
    client = as_persona(Client(), cast.astrid, Hat.GUARDIAN)
    assert "checked" in client.get("/family/notices/").content.decode()
    assert client.post("/family/notices/", {}).status_code == 302
    assert "checked" not in client.get("/family/notices/").content.decode()
    client.post("/family/notices/", {"by_mail": "1"})
    assert "checked" in client.get("/family/notices/").content.decode()


def test_the_navigation_of_a_request_is_made_once(cast, rf, django_assert_num_queries):
    request = rf.get("/family/")
    request.viewer, request.resolver_match = cast.viewer("astrid"), None
    first = navigation(request)
    assert [link.label for link in first.nav][1:] == ["Alma"]
    with django_assert_num_queries(0):
        assert navigation(request) is first


def test_nobodys_navigation_is_empty(rf):
    found = navigation(rf.get("/"))
    assert (found.nav, found.camera, found.compose, found.viewer) == ([], None, None, None)
