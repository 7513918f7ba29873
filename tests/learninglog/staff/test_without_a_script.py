"""From the first tap to the family's page with plain forms alone."""

import uuid

import pytest

from learninglog.models import Entry, Publication
from learninglog.rendition import for_viewer
from media_policy.models import Picture
from tests.entries import picture
from tests.learninglog.staff.conftest import entry_of, filled, href, photo

pytestmark = pytest.mark.django_db


def begin(client, cast):
    response = client.post(href("new", group=cast.granen))
    assert response.status_code == 302
    return entry_of(response)


def page_of(client, entry):
    response = client.get(href("compose", entry=entry))
    assert response.status_code == 200
    return response.content.decode()


def test_a_teacher_takes_writes_chooses_looks_and_shares(cast, at):
    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    form = filled(
        page_of(cecilia, entry),
        text="We sorted leaves. @Alma found the largest.",
        children=[str(cast.alma.public_id)],
        pictures=[photo("green"), photo("red", "IMG_2.jpg")],
        do="save",
    )
    assert cecilia.post(href("save", entry=entry), form).url == href("compose", entry=entry)
    assert entry.entry_pictures.count() == 2
    # The entry has one child, so each picture says so already; sending the form confirms it.
    response = cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), do="next"))
    assert response.url == href("share", entry=entry)
    page = cecilia.get(response.url).content.decode()
    assert "1 family, 1 adult" in page
    assert "Astrid Berg" in page
    assert "1 not yet activated" in page
    shared = cecilia.post(response.url, confirmation(page))
    assert shared.url == href("entry", entry=entry)
    assert "Shared with 1 family." in cecilia.get(shared.url).content.decode()
    [seen] = for_viewer(Entry.objects.visible_to(cast.viewer("astrid")), cast.viewer("astrid"))
    assert seen.text == "We sorted leaves. Alma found the largest."
    assert len(seen.pictures) == 2


def confirmation(page):
    import re

    form = page[page.index('name="confirmed"') - 400 :]
    found = re.findall(r'name="(confirmed|revision|reached)" value="([^"]+)"', form)
    data = {}
    for name, value in found:
        data.setdefault(name, []).append(value)
    return data


def test_a_new_entry_tapped_twice_is_one_draft(cast, at):
    cecilia = at("cecilia")
    assert begin(cecilia, cast) == begin(cecilia, cast)
    assert Entry.objects.count() == 1


def test_everything_written_comes_back_in_the_form(cast, at):
    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    alma, bo = str(cast.alma.public_id), str(cast.bo.public_id)
    cecilia.post(
        href("save", entry=entry), filled(page_of(cecilia, entry), children=[alma, bo], title="Löv", do="save")
    )
    sent = filled(page_of(cecilia, entry), **{
        f"line_{alma}": "counted with @Bo", f"asked_{alma}": "yes", f"quote_{alma}": ["Roads in it.", ""],
        f"line_{bo}": "laughed", "text": "Up & <away> @Bo",
    })  # fmt: skip
    cecilia.post(href("save", entry=entry), sent | {"do": ["save"]})
    page = page_of(cecilia, entry)
    assert "counted with @Bo" in page
    assert "Roads in it." in page
    assert "Up &amp; &lt;away&gt; @Bo" in page
    assert filled(page)[f"asked_{alma}"] == ["yes"]
    rows = {row.child_id: row for row in entry.entry_children.all()}
    assert str(cast.bo.pk) in rows[cast.alma.pk].line
    assert [quote.text for quote in rows[cast.alma.pk].quotes.all()] == ["Roads in it."]


def test_the_whole_group_is_one_tap_and_leaving_one_out_another(cast, at):
    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), do="everyone"))
    entry.refresh_from_db()
    assert entry.whole_group
    assert entry.entry_children.count() == 4
    form = filled(page_of(cecilia, entry), do="save")
    form["children"].remove(str(cast.tyra.public_id))
    cecilia.post(href("save", entry=entry), form)
    entry.refresh_from_db()
    assert not entry.whole_group
    assert cast.tyra.pk not in entry.entry_children.values_list("child_id", flat=True)


def test_pictures_are_put_earlier_marked_as_the_last_and_taken_out(cast, at):
    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    both = [str(cast.alma.public_id), str(cast.bo.public_id)]
    files = [photo("green"), photo("red", "2.jpg")]
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), children=both, pictures=files, do="save"))
    first, second = entry.entry_pictures.order_by("position").values_list("picture__public_id", flat=True)
    form = filled(page_of(cecilia, entry), do=f"same:{second}", **{f"who_{first}": [str(cast.bo.public_id)]})
    cecilia.post(href("save", entry=entry), form)
    for key in (first, second):
        assert list(Picture.objects.get(public_id=key).subjects.values_list("child", flat=True)) == [cast.bo.pk]
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), do=f"earlier:{second}"))
    order = entry.entry_pictures.order_by("position").values_list("picture__public_id", flat=True)
    assert list(order) == [second, first]
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), do=f"remove:{first}"))
    assert list(entry.entry_pictures.values_list("picture__public_id", flat=True)) == [second]


def test_a_guess_about_who_is_in_a_picture_is_taken_back_when_a_second_child_comes(cast, at):
    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    alma, bo = str(cast.alma.public_id), str(cast.bo.public_id)
    files = [photo()]
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), children=[alma], pictures=files, do="save"))
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), do="save"))
    assert Picture.objects.get().marking == Picture.Marking.CHILDREN
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), children=[alma, bo], do="save"))
    assert Picture.objects.get().marking == Picture.Marking.UNMARKED
    assert "it stays with the staff" in page_of(cecilia, entry)


def test_the_same_form_sent_twice_saves_once_and_takes_each_picture_once(cast, at):
    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    page = page_of(cecilia, entry)
    for _time in range(2):
        form = filled(page, text="Twice", pictures=[photo()], do="save")
        cecilia.post(href("save", entry=entry), form)
    entry.refresh_from_db()
    assert entry.revision == 1
    assert entry.entry_pictures.count() == 1
    assert entry.second_words.count() == 0


def test_a_file_that_is_no_picture_is_told_by_name_and_the_words_are_saved(cast, at):
    from django.core.files.uploadedfile import SimpleUploadedFile

    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    wrong = SimpleUploadedFile("list.jpg", b"not a picture at all", "image/jpeg")
    form = filled(page_of(cecilia, entry), text="Kept", pictures=[wrong, photo()], do="next")
    response = cecilia.post(href("save", entry=entry), form, follow=True)
    assert "list.jpg: This is not a picture" in response.content.decode()
    entry.refresh_from_db()
    assert entry.text == "Kept"
    assert entry.entry_pictures.count() == 1


def test_a_day_to_come_is_told_and_everything_else_is_saved(cast, at):
    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    form = filled(page_of(cecilia, entry), text="Kept", happened_on="2026-12-24", do="save")
    response = cecilia.post(href("save", entry=entry), form, follow=True)
    assert "That day is still to come" in response.content.decode()
    entry.refresh_from_db()
    assert (entry.text, str(entry.happened_on)) == ("Kept", "2026-11-17")


def test_an_entry_tapped_twice_at_sharing_is_shared_once(cast, at):
    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    form = filled(page_of(cecilia, entry), text="Words", children=[str(cast.bo.public_id)], do="next")
    cecilia.post(href("save", entry=entry), form)
    confirmed = confirmation(cecilia.get(href("share", entry=entry)).content.decode())
    for _time in range(2):
        assert cecilia.post(href("share", entry=entry), confirmed).url == href("entry", entry=entry)
    assert entry.versions.count() == 1
    assert Publication.objects.count() == 1


def test_a_picture_from_the_tray_is_taken_to_show_the_one_child_and_whoever_takes_it_off_is_believed(cast, at):
    from learninglog.services import tray

    item = tray.put_in_tray(group=cast.granen, by=cast.viewer("cecilia"), client_key=uuid.uuid4())
    tray.add_tray_picture(item=item, picture=picture(cast), by=cast.viewer("cecilia"))
    cecilia = at("cecilia")
    entry = entry_of(cecilia.post(href("tray_use", group=cast.granen), {"items": [item.public_id]}))
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), children=[str(cast.alma.public_id)]))
    assert Picture.objects.get().marking == Picture.Marking.CHILDREN
    form = filled(page_of(cecilia, entry))
    form.pop(f"who_{Picture.objects.get().public_id}")
    form[f"guessed_{Picture.objects.get().public_id}"] = [""]
    cecilia.post(href("save", entry=entry), form)
    assert Picture.objects.get().marking == Picture.Marking.UNMARKED


def test_a_picture_that_came_while_a_second_child_was_put_on_is_asked_about(cast, at):
    cecilia = at("cecilia")
    entry = begin(cecilia, cast)
    alma, bo = str(cast.alma.public_id), str(cast.bo.public_id)
    cecilia.post(href("save", entry=entry), filled(page_of(cecilia, entry), children=[alma]))
    form = filled(page_of(cecilia, entry), children=[alma, bo])
    cecilia.post(href("upload", entry=entry), {"picture": photo(), "client_key": uuid.uuid4()})
    assert Picture.objects.get().marking == Picture.Marking.CHILDREN
    cecilia.post(href("save", entry=entry), form)
    assert Picture.objects.get().marking == Picture.Marking.UNMARKED
