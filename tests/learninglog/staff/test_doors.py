"""Every address of the staff, knocked at by the whole cast: who has no tie finds nothing there."""

import uuid

import pytest
from django.test import Client

from learninglog.models import Entry, TrayItem
from learninglog.services import threads, tray
from tests.cast import NOW
from tests.entries import picture, put_in, share, shared, write
from tests.learninglog.staff.conftest import href, photo
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db

WORKING = {"cecilia", "karin", "ines", "siri"}
OTHERS = {"astrid", "anders", "birger", "gun", "office", "stranger"}


@pytest.fixture
def answers(cast, at):
    """`answers("get", address)` is who of the cast gets anything but 404 there."""

    def ask(method, address, **data):
        found = set()
        for name, hat in [*cast.HATS.items(), ("ines", Hat.GUARDIAN)]:
            response = getattr(at(name, hat), method)(address, data)
            assert response.status_code in {200, 302, 404}, (name, response.status_code)
            if response.status_code != 404:
                found.add("ines as guardian" if (name, hat) == ("ines", Hat.GUARDIAN) else name)
        return found

    return ask


def test_lists_of_a_group_are_for_who_works_in_it_and_its_head_reads_the_log(cast, answers):
    shared(cast, cast.alma)
    for name in ("drafts", "tray"):
        assert answers("get", href(name, group=cast.granen)) == WORKING
    for name in ("group_log", "unreached", "replies"):
        assert answers("get", href(name, group=cast.granen)) == WORKING | {"eva"}


def test_a_new_entry_is_begun_by_who_works_in_the_group(cast, answers):
    assert answers("post", href("new", group=cast.granen)) == WORKING
    assert answers("post", href("new", group=cast.klovern)) == set()


def test_a_draft_is_open_to_those_who_write_on_it_and_not_to_the_head(cast, answers):
    entry = write(cast, cast.alma, cast.bo)
    assert answers("get", href("compose", entry=entry)) == {"cecilia", "karin", "ines"}
    assert answers("get", href("entry", entry=entry)) == {"cecilia", "karin", "ines", "siri", "frans"}
    assert answers("get", href("share", entry=entry)) == {"cecilia", "karin", "ines"}
    assert answers("post", href("here", entry=entry)) == {"cecilia", "karin", "ines"}


def test_the_head_reads_and_withdraws_what_is_shared(cast, answers):
    entry = shared(cast, cast.alma, cast.bo)
    assert answers("get", href("entry", entry=entry)) == {"cecilia", "karin", "ines", "siri", "frans", "eva"}
    assert answers("get", href("withdraw", entry=entry)) == {"cecilia", "ines", "eva"}
    assert answers("get", href("compose", entry=entry)) == {"cecilia", "karin", "ines"}


def test_writes_on_an_entry_are_refused_to_everybody_else(cast, answers):
    entry = put_in(cast, write(cast, cast.bo), picture(cast, cast.bo))
    key = entry.entry_pictures.get().picture.public_id
    writers = {"cecilia", "karin", "ines"}
    assert answers("post", href("name", entry=entry), child=cast.bo.public_id, do="not") == writers
    assert answers("post", href("mark", entry=entry, picture=key), who="nobody") == writers
    assert answers("post", href("leave_out", entry=entry), child=uuid.uuid4()) == writers
    assert answers("get", href("discard", entry=entry)) == writers


def test_a_childs_log_is_for_those_tied_to_it(cast, answers):
    shared(cast, cast.alma)
    assert answers("get", href("child", child=cast.alma)) == WORKING | {"eva", "frans"}
    assert answers("get", href("child", child=cast.elsa)) == {"cecilia", "karin", "siri", "eva"}
    assert answers("get", href("child", child=cast.noor)) == set()


def test_a_conversation_is_for_the_childs_staff(cast, answers):
    entry = shared(cast, cast.alma)
    message = threads.write(
        entry=entry, child=cast.alma, by=cast.viewer("astrid"), text="Where was it?", client_key=uuid.uuid4()
    )
    assert answers("get", href("thread", thread=message.thread)) == {"cecilia", "karin", "ines", "frans", "eva"}
    assert answers("post", href("take", thread=message.thread), do="take") == {"cecilia", "karin", "ines"}


def test_the_tray_is_added_to_by_the_group_and_an_item_is_used_by_who_may(cast, answers):
    item = tray.put_in_tray(group=cast.granen, by=cast.viewer("cecilia"), text="x", client_key=uuid.uuid4())
    assert answers("post", href("tray", group=cast.granen), text="jotting") == WORKING
    assert answers("post", href("tray_use", group=cast.granen)) == WORKING
    assert answers("post", href("tray_remove", item=item)) >= {"cecilia"}
    assert not TrayItem.objects.filter(pk=item.pk).exists()


def test_pictures_are_sent_by_those_who_write(cast, at):
    entry = write(cast, cast.bo)

    def taken(address):
        sent = {"picture": photo(), "client_key": uuid.uuid4()}
        return {name for name in cast.HATS if at(name).post(address, sent | {"picture": photo()}).status_code == 201}

    assert taken(href("upload", entry=entry)) == {"cecilia", "karin", "ines"}
    assert taken(href("tray_upload", group=cast.granen)) == WORKING


def test_the_key_of_unsent_words_is_for_whoever_writes_somewhere(cast, answers):
    assert answers("post", href("device_key"), device=uuid.uuid4()) == WORKING | {"frans"}


def test_nobody_signed_in_is_told_nothing_about_what_there_is(cast):
    entry = shared(cast, cast.alma)
    there = Client().get(href("entry", entry=entry))
    not_there = Client().get(href("entry", entry=uuid.uuid4()))
    assert there.status_code == not_there.status_code
    assert there.status_code in {302, 404}


def test_a_draft_thrown_away_is_there_for_nobody(cast, at, answers):
    entry = write(cast, cast.bo)
    assert at("cecilia").post(href("discard", entry=entry)).url == href("drafts", group=cast.granen)
    assert answers("get", href("compose", entry=entry)) == set()
    assert answers("get", href("entry", entry=entry)) == set()


def test_siri_writes_a_draft_of_her_own_and_a_colleague_shares_it(cast, at):
    entry = write(cast, cast.bo, by="siri", text="Snow")
    page = at("siri").get(href("compose", entry=entry)).content.decode()
    assert "A colleague who works in the group shares it." in page
    assert at("siri").post(href("share", entry=entry), {"confirmed": "x"}).status_code in {200, 404}
    assert not Entry.objects.get(pk=entry.pk).is_shared
    share(cast, entry, by="karin", at=NOW)
    assert at("siri").get(href("compose", entry=entry)).status_code == 404
