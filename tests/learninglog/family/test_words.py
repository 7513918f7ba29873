"""From home: for the staff and the own home, or for the staff alone; for another home only when it is shown there."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from learninglog.models import HomeWords
from learninglog.services import words as service
from media_policy.models import Picture
from people.models import AccessEvent, Home, Placement
from tests.cast import NOW, TODAY
from tests.learninglog.family.shortcuts import log_of, page_of, text_of
from visibility.viewer import Hat

HOME, PRESCHOOL = HomeWords.Readers.HOME, HomeWords.Readers.PRESCHOOL


def photo(name="photo.png", colour=(90, 30, 30)):
    file = BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def form(**more):
    return {
        "text": "She built a bridge",
        "happened_on": TODAY.isoformat(),
        "readers": HOME,
        "client_key": uuid.uuid4(),
    } | more


@pytest.fixture
def anders(cast):
    """Alma's father reads too, in a home of his own."""
    cast.anders_alma.activated_at = NOW - timedelta(days=30)
    cast.anders_alma.save()
    return cast.anders


def readers_of(row, cast):
    """Who of the cast reads these words, or is shown this picture."""
    rows = type(row).objects.filter(pk=row.pk)
    return {name for name, viewer in cast.viewers().items() if rows.visible_to(viewer).exists()}


STAFF = {"cecilia", "karin", "eva", "frans", "ines", "siri"}


def test_astrid_writes_with_a_picture_and_both_stand_in_almas_log(cast, sign_in):
    client = sign_in(cast.astrid)
    sent = client.post(page_of("from_home", cast.alma), form(pictures=[photo()]))
    assert sent.status_code == 302
    for address in (log_of(cast.alma), log_of(cast.alma, show="home"), page_of("from_home", cast.alma)):
        page = text_of(client.get(address))
        assert "She built a bridge" in page
        assert "/media/" in page
    picture = Picture.objects.get()
    assert (picture.marking, [row.child for row in picture.subjects.all()]) == ("children", [cast.alma])
    assert readers_of(HomeWords.objects.get(), cast) == {"astrid", *STAFF}


def test_the_picture_goes_to_those_who_read_the_words_and_to_nobody_else(cast, sign_in):
    sign_in(cast.astrid).post(page_of("from_home", cast.alma), form(pictures=[photo()]))
    picture = Picture.objects.get()
    assert readers_of(picture, cast) == {"astrid", *STAFF}
    media = reverse("media_policy:picture", kwargs={"public_id": picture.public_id, "purpose": "card"})
    response = sign_in(cast.astrid).get(media)
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    assert sign_in(cast.birger, fresh=True).get(media).status_code == 404


def test_only_the_preschool_means_not_even_the_others_of_the_own_home(cast, say):
    home = Home.objects.get(memberships__guardianship=cast.astrid_alma)
    cast.britta = cast.make.person("britta", "Britta", "Berg")
    cast.make.guardian(cast.britta, cast.alma, home=home)
    for_all, for_you = say(cast.astrid, cast.alma, "For all"), say(cast.astrid, cast.alma, "For you", readers=PRESCHOOL)
    hers = HomeWords.objects.visible_to(cast.viewer("britta", Hat.GUARDIAN))
    assert list(hers) == [for_all]
    assert readers_of(for_all, cast) == readers_of(for_you, cast) == {"astrid", *STAFF}


def test_another_home_reads_nothing_until_the_writing_home_shows_it_and_then_without_a_name(cast, say, sign_in, anders):
    before = say(cast.astrid, cast.alma, "Before it was shown")
    client = sign_in(cast.astrid)
    client.post(reverse("family:show_words", kwargs={"child": cast.alma.public_id}), {"on": "1"})
    shown = say(cast.astrid, cast.alma, "Now it is shown")
    private = say(cast.astrid, cast.alma, "Still for the preschool", readers=PRESCHOOL)
    assert "anders" in readers_of(shown, cast)
    assert "anders" not in readers_of(before, cast) | readers_of(private, cast)
    his = sign_in(anders, fresh=True)
    for address in (log_of(cast.alma), page_of("from_home", cast.alma)):
        page = text_of(his.get(address, headers={"Accept-Language": "en"}))
        assert "Now it is shown" in page
        assert "another home of Alma" in page
        assert "Astrid" not in page
        assert "Before it was shown" not in page
        assert "Still for the preschool" not in page
    client.post(reverse("family:show_words", kwargs={"child": cast.alma.public_id}), {})
    assert "Now it is shown" not in text_of(his.get(log_of(cast.alma)))


def test_showing_words_to_other_homes_is_an_event_and_for_the_home_itself(cast, anders):
    home = Home.objects.get(memberships__guardianship=cast.astrid_alma)
    by = cast.viewer("astrid")
    for _ in range(2):
        service.show_to_other_homes(home=home, on=True, by=by)
    event = AccessEvent.objects.get(what="setting")
    assert (event.by, event.child, event.before["shows_words_to_other_homes"]) == (cast.astrid, cast.alma, False)
    for name in ("anders", "birger", "cecilia"):
        with pytest.raises(PermissionDenied):
            service.show_to_other_homes(home=home, on=False, by=cast.viewer(name))


@pytest.mark.parametrize("name", ["anders", "birger", "cecilia", "stranger", "gun", "office"])
def test_nobody_else_writes_into_almas_log(cast, name):
    with pytest.raises(PermissionDenied):
        service.write_words(
            child=cast.alma,
            by=cast.viewer(name),
            text="Hello",
            happened_on=TODAY,
            readers=HOME,
            client_key=uuid.uuid4(),
        )


def test_the_same_form_sent_twice_is_written_once_with_one_picture(cast, sign_in):
    client, once = sign_in(cast.astrid), form()
    for _ in range(2):
        client.post(page_of("from_home", cast.alma), once | {"pictures": [photo()]})
    assert HomeWords.objects.count() == Picture.objects.count() == 1


def test_a_picture_that_is_none_brings_the_form_back_with_the_words_and_keeps_the_good_ones(cast, sign_in):
    client = sign_in(cast.astrid)
    bad = SimpleUploadedFile("diary.pdf", b"%PDF-1.7 nothing to see", "application/pdf")
    once = form()
    page = text_of(client.post(page_of("from_home", cast.alma), once | {"pictures": [bad, photo()]}))
    assert "She built a bridge" in page
    assert str(once["client_key"]) in page
    assert "diary.pdf" in page
    assert not HomeWords.objects.exists()
    kept = Picture.objects.get()
    assert f'name="kept" value="{kept.public_id}"' in page
    again = once | {"kept": [str(kept.public_id)], "pictures": [photo("another.png", (1, 2, 3))]}
    assert client.post(page_of("from_home", cast.alma), again).status_code == 302
    assert HomeWords.objects.get().words_pictures.count() == 2
    assert Picture.objects.count() == 2


def test_nobody_takes_along_a_picture_that_is_not_their_own_upload(cast, sign_in):
    sign_in(cast.birger).post(page_of("from_home", cast.bo), form(pictures=[photo()]))
    other = Picture.objects.get()
    client = sign_in(cast.astrid, fresh=True)
    client.post(page_of("from_home", cast.alma), form(kept=[str(other.public_id), "no id"]))
    assert not HomeWords.objects.get(child=cast.alma).words_pictures.exists()


def test_nothing_at_all_or_a_day_to_come_is_said_kindly(cast, sign_in):
    client = sign_in(cast.astrid)
    for wrong in (form(text=" "), form(happened_on=(TODAY + timedelta(days=1)).isoformat()), form(readers="everyone")):
        page = text_of(client.post(page_of("from_home", cast.alma), wrong))
        assert 'role="alert"' in page
    assert not HomeWords.objects.exists()


def test_without_a_preschool_there_is_nobody_to_write_to(cast, sign_in):
    Placement.objects.filter(child=cast.alma, unit=cast.unit).update(ends_on=TODAY)
    client = sign_in(cast.astrid)
    assert "<textarea" not in text_of(client.get(page_of("from_home", cast.alma)))
    text_of(client.post(page_of("from_home", cast.alma), form()))
    assert not HomeWords.objects.exists()


def test_who_wrote_withdraws_after_a_question_and_then_nobody_reads_it(cast, sign_in):
    client = sign_in(cast.astrid)
    client.post(page_of("from_home", cast.alma), form(pictures=[photo()]))
    words, picture = HomeWords.objects.get(), Picture.objects.get()
    address = page_of("withdraw_words", cast.alma, words=words)
    assert address in text_of(client.get(page_of("from_home", cast.alma)))
    assert "She built a bridge" in text_of(client.get(address))
    assert client.post(address).status_code == 302
    assert readers_of(words, cast) == set()
    assert "She built a bridge" not in text_of(client.get(log_of(cast.alma)))
    media = reverse("media_policy:picture", kwargs={"public_id": picture.public_id, "purpose": "card"})
    assert client.get(media).status_code == 404
    assert client.post(address).status_code == 404


def test_only_who_wrote_may_withdraw(cast, say, sign_in, anders):
    words = say(cast.astrid, cast.alma, "Mine")
    service.show_to_other_homes(home=words.home, on=True, by=cast.viewer("astrid"))
    HomeWords.objects.filter(pk=words.pk).update(for_other_homes=True)
    client = sign_in(anders)
    assert "Mine" in text_of(client.get(log_of(cast.alma)))
    assert client.post(page_of("withdraw_words", cast.alma, words=words)).status_code == 404
    for name in ("anders", "cecilia", "eva"):
        with pytest.raises(PermissionDenied):
            service.withdraw_words(words=words, by=cast.viewer(name))


def test_words_do_not_hold_the_mark_of_a_mention(cast, say):
    assert say(cast.astrid, cast.alma, f"\ue000{cast.bo.pk}\ue001 was here").text == f"{cast.bo.pk} was here"
