"""Who can be recognised, said anew after sharing: stricter at once, looser when it is shared again."""

import importlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from ground import append_only
from learninglog import services
from learninglog.models import HomeChange, VersionPicture, VersionSubject
from learninglog.rendition import for_viewer
from learninglog.services import composing
from learninglog.services.drafts import ChildInput, EntryInput
from media_policy.models import Picture
from people.services import erase_child
from tests.cast import NOW, TODAY
from tests.entries import picture, put_in, share, write
from tests.learninglog.staff.conftest import href
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def entry(cast):
    return write(cast, cast.alma, cast.bo)


def holding(cast, entry, *subjects, **more):
    """The entry shared with one picture, marked so."""
    row = picture(cast, *subjects, **more)
    put_in(cast, entry, row)
    share(cast, entry)
    return row


def say(cast, entry, row, *children, nobody=False):
    marked = composing.Marked(frozenset(child.pk for child in children), nobody)
    composing.mark_picture(entry=entry, by=cast.viewer("cecilia"), picture=row.public_id, marked=marked)


def getting(cast, entry, row, at=NOW):
    """The guardians whom the picture reaches: its address and the entry's page say the same."""
    found = set()
    for name in ("astrid", "birger"):
        viewer = cast.viewer(name, at=at)
        given = Picture.objects.visible_to(viewer).filter(pk=row.pk).exists()
        [rendition] = for_viewer([entry], viewer)
        assert [view.public_id for view in rendition.pictures] == [row.public_id] * given
        found |= {name} if given else set()
    return found


def test_another_child_marked_takes_the_picture_from_the_first_family_at_once(cast, entry):
    row = holding(cast, entry, cast.alma)
    assert getting(cast, entry, row) == {"astrid"}
    say(cast, entry, row, cast.alma, cast.bo)
    assert getting(cast, entry, row) == set()


def test_a_picture_that_nobody_speaks_for_any_more_is_gone_at_once(cast, entry):
    row = holding(cast, entry, nobody=True)
    assert getting(cast, entry, row) == {"astrid", "birger"}
    say(cast, entry, row)
    assert getting(cast, entry, row) == set()


@pytest.mark.parametrize("nobody", [False, True])
def test_a_mark_taken_away_gives_the_picture_to_more_families_only_when_shared_again(cast, entry, nobody):
    row = holding(cast, entry, cast.alma, cast.bo)
    say(cast, entry, row, *([] if nobody else [cast.alma]), nobody=nobody)
    assert getting(cast, entry, row) == set()
    share(cast, entry, at=LATER)
    assert getting(cast, entry, row, at=LATER) == ({"astrid", "birger"} if nobody else {"astrid"})


def test_a_picture_without_a_word_when_it_was_shared_waits_too(cast, entry):
    row = holding(cast, entry)
    say(cast, entry, row, cast.alma)
    assert getting(cast, entry, row) == set()
    share(cast, entry, at=LATER)
    assert getting(cast, entry, row, at=LATER) == {"astrid"}


def test_moved_from_one_child_to_another_it_reaches_neither_family_until_it_is_shared(cast, entry):
    row = holding(cast, entry, cast.alma)
    say(cast, entry, row, cast.bo)
    assert getting(cast, entry, row) == set()
    share(cast, entry, at=LATER)
    assert getting(cast, entry, row, at=LATER) == {"birger"}


def test_taking_the_mark_away_does_not_outwit_a_child_who_said_no(cast, entry):
    put_in(cast, entry, row := picture(cast, cast.alma))
    children = {cast.alma.pk: ChildInput(asked="no"), cast.bo.pk: ChildInput()}
    data = EntryInput(title="x", text="y", happened_on=TODAY, children=children)
    services.save_entry(entry=entry, by=cast.viewer("cecilia"), revision=entry.revision, data=data)
    share(cast, entry)
    assert getting(cast, entry, row) == set()
    say(cast, entry, row, nobody=True)
    assert getting(cast, entry, row) == set()


def test_the_address_of_the_picture_waits_as_the_page_does(cast, entry, sign_in, monkeypatch):
    from django.http import HttpResponse

    from media_policy import serving

    monkeypatch.setattr(serving, "respond", lambda request, row: HttpResponse(b"picture"))
    row = holding(cast, entry, cast.alma, cast.bo)
    address = reverse("media_policy:picture", kwargs={"public_id": row.public_id, "purpose": "thumb"})
    astrid = sign_in(cast.astrid)
    say(cast, entry, row, cast.alma)
    assert astrid.get(address).status_code == 404
    share(cast, entry)
    assert astrid.get(address).status_code == 200


def test_only_the_family_that_gets_it_with_the_second_sharing_is_told(cast, entry):
    row = holding(cast, entry, cast.alma, cast.bo)
    say(cast, entry, row, cast.alma)
    share(cast, entry, at=LATER)
    assert set(HomeChange.objects.values_list("child", flat=True)) == {cast.alma.pk}


def test_before_sharing_the_page_counts_what_this_sharing_will_give(cast, entry, sign_in):
    row = holding(cast, entry, cast.alma, cast.bo)
    say(cast, entry, row, nobody=True)
    page = sign_in(cast.cecilia, Hat.STAFF).get(href("share", entry=entry), headers={"accept-language": "en"})
    assert page.content.decode().count("1 picture") == 2
    share(cast, entry)
    assert getting(cast, entry, row) == {"astrid", "birger"}


def test_an_erased_child_leaves_no_trace_in_the_marks_and_opens_nothing(cast, entry):
    row = holding(cast, entry, cast.alma, cast.tyra)
    say(cast, entry, row, cast.alma)
    erase_child(child=cast.tyra, at=NOW, by=cast.eva, because="asked for, confirmed")
    assert not VersionSubject.objects.filter(child=cast.tyra).exists()
    assert set(VersionSubject.objects.values_list("child", flat=True)) == {cast.alma.pk, None}
    assert Picture.objects.standing().filter(pk=row.pk).exists()
    assert getting(cast, entry, row, at=LATER) == set()
    share(cast, entry, at=LATER)
    assert getting(cast, entry, row, at=LATER) == {"astrid"}


def test_the_composer_of_a_shared_entry_says_when_a_mark_works(cast, entry, sign_in):
    client, line = sign_in(cast.cecilia, Hat.STAFF), "Taking a mark away is shown to families when you share again."
    english = {"accept-language": "en"}
    put_in(cast, entry, picture(cast, cast.alma))
    assert line not in client.get(href("compose", entry=entry), headers=english).content.decode()
    share(cast, entry)
    assert line in client.get(href("compose", entry=entry), headers=english).content.decode()


def test_the_migration_takes_the_marks_of_its_day_for_confirmed(cast, entry):
    row, leaf, unmarked = picture(cast, cast.alma), picture(cast, nobody=True), picture(cast)
    put_in(cast, entry, row, leaf, unmarked)
    share(cast, entry)
    confirmed = dict(VersionPicture.objects.values_list("picture", "marking"))
    with append_only.switched_off():
        VersionSubject.objects.all().delete()
        VersionPicture.objects.update(marking="unmarked")
        assert getting(cast, entry, row) == set()
        migration = importlib.import_module("learninglog.migrations.0004_marks_as_confirmed")
        migration.keep_marks(apps, SimpleNamespace(connection=connection))
    assert dict(VersionPicture.objects.values_list("picture", "marking")) == confirmed
    assert confirmed == {row.pk: "children", leaf.pk: "nobody", unmarked.pk: "unmarked"}
    assert list(VersionSubject.objects.values_list("version_picture__picture", "child")) == [(row.pk, cast.alma.pk)]
