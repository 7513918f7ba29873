"""Shoot now, write later: the group's tray."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from learninglog.models import Entry, TrayItem
from learninglog.services import tray
from media_policy.models import Picture
from tests.cast import NOW
from tests.entries import picture
from tests.learninglog.staff.conftest import entry_of, href, photo

pytestmark = pytest.mark.django_db


def put(cast, text="", by="cecilia", at=NOW, *pictures):
    item = tray.put_in_tray(group=cast.granen, by=cast.viewer(by, at=at), text=text, client_key=uuid.uuid4())
    for row in pictures:
        tray.add_tray_picture(item=item, picture=row, by=cast.viewer(by, at=at))
    return item


def page_of(client, cast):
    return client.get(href("tray", group=cast.granen)).content.decode()


def test_two_pictures_and_a_jotting_lie_in_the_tray_for_colleagues(cast, at):
    form = {"pictures": [photo(), photo("red", "2.jpg")], "text": "The moon follows us", "client_key": uuid.uuid4()}
    cecilia = at("cecilia")
    assert cecilia.post(href("tray", group=cast.granen), form).url == href("tray", group=cast.granen)
    page = page_of(at("karin"), cast)
    assert "The moon follows us" in page
    assert page.count('class="tray-item"') == 1
    assert Picture.objects.visible_to(cast.viewer("karin")).count() == 2
    assert Picture.objects.visible_to(cast.viewer("eva")).count() == 0


def test_the_same_form_twice_is_one_item_with_each_picture_once(cast, at):
    key = uuid.uuid4()
    for _time in range(2):
        form = {"pictures": [photo()], "text": "Once", "client_key": key}
        at("cecilia").post(href("tray", group=cast.granen), form)
    item = TrayItem.objects.get()
    assert item.tray_pictures.count() == 1


def test_pictures_that_come_one_by_one_join_their_item_and_the_jotting_comes_after(cast, at):
    cecilia, key = at("cecilia"), uuid.uuid4()
    for name in ("green", "red"):
        sent = {"picture": photo(name), "picture_key": uuid.uuid4(), "client_key": key}
        response = cecilia.post(href("tray_upload", group=cast.granen), sent)
        assert response.status_code == 201
        assert "/media/" in response.content.decode()
    cecilia.post(href("tray", group=cast.granen), {"text": "Later", "client_key": key})
    item = TrayItem.objects.get()
    assert (item.text, item.tray_pictures.count()) == ("Later", 2)


def test_a_file_that_is_no_picture_says_why(cast, at):
    from django.core.files.uploadedfile import SimpleUploadedFile

    wrong = SimpleUploadedFile("x.jpg", b"nothing", "image/jpeg")
    sent = {"picture": wrong, "client_key": uuid.uuid4()}
    response = at("cecilia").post(href("tray_upload", group=cast.granen), sent)
    assert response.status_code == 422
    assert "This is not a picture" in response.json()["sentence"]
    assert not TrayItem.objects.exists()


def test_a_colleague_makes_an_entry_of_chosen_items_and_they_leave_the_tray(cast, at):
    one = put(cast, "First words", "cecilia", NOW - timedelta(hours=2), picture(cast))
    two = put(cast, "Second words", "siri", NOW - timedelta(hours=1), picture(cast, by="siri"))
    left = put(cast, "Stays")
    form = {"items": [one.public_id, two.public_id], "client_key": uuid.uuid4()}
    karin = at("karin")
    entry = entry_of(karin.post(href("tray_use", group=cast.granen), form))
    assert entry.text == "First words\n\nSecond words"
    assert entry.entry_pictures.count() == 2
    assert list(TrayItem.objects.unused()) == [left]
    assert entry_of(karin.post(href("tray_use", group=cast.granen), form | {"items": [left.public_id]})) == entry
    assert Entry.objects.count() == 1


def test_a_substitute_uses_her_own_items_only(cast):
    other, own = put(cast, "Cecilia’s"), put(cast, "Siri’s", "siri")
    siri = cast.viewer("siri")
    with pytest.raises(PermissionDenied):
        tray.make_entry(items=[other], group=cast.granen, by=siri, client_key=uuid.uuid4())
    assert tray.make_entry(items=[own], group=cast.granen, by=siri, client_key=uuid.uuid4()).text == "Siri’s"


def test_items_warn_five_days_before_and_go_after_thirty(cast, at):
    put(cast, "young", "cecilia", NOW - timedelta(days=24))
    old = put(cast, "old", "cecilia", NOW - timedelta(days=27))
    page = page_of(at("cecilia"), cast)
    assert "goes in 3 days" in page
    assert page.count("goes in") == 1
    assert tray.sweep_tray(at=NOW + timedelta(days=2, hours=23)) == 0
    assert tray.sweep_tray(at=NOW + timedelta(days=3)) == 1
    assert not TrayItem.objects.filter(pk=old.pk).exists()
    assert TrayItem.objects.count() == 1


def test_the_organisations_own_days_count(cast):
    cast.organisation.tray_days = 7
    cast.organisation.save()
    put(cast, "old", "cecilia", NOW - timedelta(days=8))
    assert tray.sweep_tray(at=NOW) == 1


def test_a_picture_of_a_child_of_another_group_is_not_shown(cast, at):
    put(cast, "", "cecilia", NOW, picture(cast, cast.milo), picture(cast, cast.bo))
    page = page_of(at("cecilia"), cast)
    assert page.count("/media/") == 1
