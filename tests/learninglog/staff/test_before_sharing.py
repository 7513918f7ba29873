"""Who gets it, said before; what was confirmed is what is shared."""

import pytest

from learninglog.models import Entry
from media_policy.models import Picture
from people.models import Guardianship
from tests.cast import NOW
from tests.entries import picture, put_in, write
from tests.learninglog.staff.conftest import href
from tests.learninglog.staff.test_without_a_script import confirmation

pytestmark = pytest.mark.django_db


def sheet(client, entry):
    response = client.get(href("share", entry=entry))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_how_many_by_name_and_why(cast, at):
    entry = write(cast, cast.alma, cast.bo)
    page = sheet(at("cecilia"), entry)
    for words in ("2 families, 2 adults", "Astrid Berg, mamma", "1 not yet activated", "Share with 2 families",
                  "Head of the child’s unit", "Eva Holm", "Siri Vik"):  # fmt: skip
        assert words.replace("’", "&#39;") in page or words in page or words.replace("’", "'") in page, words


def test_with_htmx_only_the_sheets_content_comes(cast, at):
    entry = write(cast, cast.bo)
    response = at("cecilia").get(href("share", entry=entry), headers={"hx-request": "true"})
    assert "<html" not in response.content.decode()
    assert "1 family, 1 adult" in response.content.decode()
    assert "HX-Request" in response.headers["Vary"]


def test_a_picture_nobody_marked_stays_and_is_marked_from_here(cast, at):
    entry = put_in(cast, write(cast, cast.alma, cast.bo), picture(cast))
    cecilia = at("cecilia")
    assert "1 picture stays with the staff." in sheet(cecilia, entry)
    row = Picture.objects.get()
    cecilia.post(href("mark", entry=entry, picture=row), {"who": [cast.bo.public_id]})
    row.refresh_from_db()
    assert row.marking == Picture.Marking.CHILDREN
    assert "stays with the staff" not in sheet(cecilia, entry)


def test_a_family_without_an_active_guardian_is_said(cast, at):
    Guardianship.objects.filter(pk=cast.birger_bo.pk).update(activated_at=None)
    page = sheet(at("cecilia"), write(cast, cast.bo))
    assert "Nobody of Bo" in page
    assert "No family yet" in page


def test_a_child_who_is_not_in_the_system_is_remembered_beside_pictures(cast, at):
    cast.granen.has_children_outside = True
    cast.granen.save()
    entry = put_in(cast, write(cast, cast.bo), picture(cast, nobody=True))
    assert "Look at the pictures once more." in sheet(at("cecilia"), entry)


def test_without_a_child_or_without_words_it_says_what_is_missing(cast, at):
    page = sheet(at("cecilia"), write(cast, title="", text=""))
    assert "Choose at least one child first." in page
    assert "There is nothing in it yet." in page
    assert 'name="confirmed"' not in page


def test_a_plain_name_becomes_a_mention_by_one_tap(cast, at):
    entry = write(cast, cast.alma, cast.bo, text="Alma and Bo’s bridge", lines={cast.bo: "built with Alma"})
    cecilia = at("cecilia")
    page = sheet(cecilia, entry)
    assert "“Alma” stands as a plain word." in page
    assert 'name="confirmed"' not in page
    for child in (cast.alma, cast.bo):
        answer = cecilia.post(href("name", entry=entry), {"child": child.public_id, "do": "mention"})
        assert answer.url == href("share", entry=entry)
    assert "plain word" not in sheet(cecilia, entry)
    entry.refresh_from_db()
    assert "Alma" not in entry.text
    assert "Alma" not in entry.entry_children.get(child=cast.bo).line
    assert "@Alma and @Bo’s bridge" in cecilia.get(href("compose", entry=entry)).content.decode()


def test_this_is_not_the_child_is_kept_with_the_version(cast, at):
    entry = write(cast, cast.alma, cast.tyra, text="Bo is Swedish for nest")
    cecilia = at("cecilia")
    cecilia.post(href("name", entry=entry), {"child": cast.bo.public_id, "do": "not"})
    response = cecilia.post(href("share", entry=entry), confirmation(sheet(cecilia, entry)))
    assert response.url == href("entry", entry=entry)
    assert entry.versions.get().not_names == ["Bo"]


def test_when_somebody_was_added_it_asks_again_and_names_them(cast, at):
    entry = write(cast, cast.alma)
    cecilia = at("cecilia")
    confirmed = confirmation(sheet(cecilia, entry))
    Guardianship.objects.filter(pk=cast.anders_alma.pk).update(activated_at=NOW)
    response = cecilia.post(href("share", entry=entry), confirmed)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Something changed since you looked." in page
    assert "Now it would also reach: Anders Alm." in page
    assert not Entry.objects.get(pk=entry.pk).is_shared
    assert cecilia.post(href("share", entry=entry), confirmation(page)).status_code == 302
    assert Entry.objects.get(pk=entry.pk).is_shared


def test_when_a_colleague_saved_meanwhile_it_asks_again(cast, at):
    entry = write(cast, cast.alma)
    cecilia = at("cecilia")
    confirmed = confirmation(sheet(cecilia, entry))
    at("karin").post(href("name", entry=entry), {"child": cast.bo.public_id, "do": "not"})
    page = cecilia.post(href("share", entry=entry), confirmed).content.decode()
    assert "The entry was saved again meanwhile." in page


def test_without_a_confirmation_nothing_is_shared(cast, at):
    entry = write(cast, cast.alma)
    assert at("cecilia").post(href("share", entry=entry)).status_code == 200
    assert not Entry.objects.get(pk=entry.pk).is_shared


def test_withdrawing_asks_first_and_then_takes_it_from_the_families(cast, at):
    from tests.entries import shared

    entry = shared(cast, cast.alma)
    cecilia = at("cecilia")
    assert "Withdraw the entry?" in cecilia.get(href("withdraw", entry=entry)).content.decode()
    cecilia.post(href("withdraw", entry=entry))
    assert not Entry.objects.visible_to(cast.viewer("astrid")).exists()
    page = cecilia.get(href("entry", entry=entry)).content.decode()
    assert "Withdrawn" in page
    assert "No family sees it now." in page


def test_what_stands_shared_unchanged_is_not_offered_again(cast, at):
    from tests.entries import shared

    page = sheet(at("cecilia"), shared(cast, cast.alma))
    assert "It is shared as it stands." in page
    assert 'name="confirmed"' not in page


def test_a_picture_that_comes_in_meanwhile_is_looked_at_first(cast, at):
    entry = write(cast, cast.alma)
    cecilia = at("cecilia")
    confirmed = confirmation(sheet(cecilia, entry))
    put_in(cast, entry, picture(cast, cast.alma), by="karin")
    assert cecilia.post(href("share", entry=entry), confirmed).status_code == 200
    assert not Entry.objects.get(pk=entry.pk).is_shared
