"""Cropped and covered pictures: who gets which, what becomes of the whole one, and that nothing tells of it."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from learninglog import services
from learninglog.changes import homes_that_see_a_change
from learninglog.models import EntryPicture, VersionPicture
from learninglog.rendition import for_viewer
from learninglog.services import composing, covering, preview_sharing
from learninglog.services.composing import Marked
from learninglog.services.covering import NotCovered, Use, cover, let_go_beside
from media_policy import files
from media_policy.covering.regions import Frame, Plan, Shape, Spot, Unfit
from media_policy.models import Picture
from media_policy.services import erase_picture, mark, take_in
from tests.cast import NOW
from tests.entries import put_in, share, write
from tests.learninglog.test_answers_and_pictures import say
from tests.learninglog.test_hidden_members import everything_of
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
DAY, LATER = timedelta(days=1), NOW + timedelta(hours=1)
OVER_ONE = Plan((Spot(Shape.OVAL, Frame(0.1, 0.1, 0.2, 0.3)),))
LEFT, RIGHT = Plan(frame=Frame(0, 0, 0.5, 1)), Plan(frame=Frame(0.5, 0, 0.5, 1))


@pytest.fixture(autouse=True)
def rooms(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT, settings.SPOOL_ROOT = tmp_path / "private", tmp_path / "spool"


@pytest.fixture
def opened(cast):
    return cast.granen.openings.create(opened_at=NOW - 9 * DAY)


@pytest.fixture
def entry(cast):
    return write(cast, cast.alma, cast.bo)


@pytest.fixture
def whole(cast, entry):
    """A picture of Alma and Bo, with its files, in the entry."""
    out = io.BytesIO()
    Image.effect_noise((240, 180), 60).convert("RGB").save(out, "JPEG")
    upload, by = SimpleUploadedFile("a.jpg", out.getvalue()), cast.viewer("cecilia")
    row = take_in(upload=upload, by=by, unit=cast.unit, organisation=cast.organisation)
    mark(picture=row, children=[cast.alma, cast.bo], nobody=False, by=by)
    put_in(cast, entry, row)
    return row


@pytest.fixture
def made(cast, entry):
    def _made(whole, *subjects, plan=OVER_ONE, use=Use.BESIDE, key=None, by="cecilia", at=NOW):
        marked = Marked(frozenset(child.pk for child in subjects), not subjects)
        return cover(
            entry=entry, by=cast.viewer(by, at=at), picture=whole.public_id, plan=plan, marked=marked, use=use,
            client_key=key or uuid.uuid4(),
        )  # fmt: skip

    return _made


def getting(cast, entry, at=NOW):
    """What each of the two families gets: the page, the bytes and the preview's promise agree."""
    entry.refresh_from_db()
    found = {}
    for name in ("astrid", "birger"):
        viewer = cast.viewer(name, at=at)
        [rendition] = for_viewer([entry], viewer)
        held = VersionPicture.objects.filter(version=entry.current).values("picture")
        given = Picture.objects.visible_to(viewer).filter(pk__in=held)
        assert {view.public_id for view in rendition.pictures} == set(given.values_list("public_id", flat=True))
        found[name] = [Picture.objects.get(public_id=view.public_id) for view in rendition.pictures]
    return found


def stored():
    return [name for shelf in files.SHELVES for name, _at in files.on_shelf(shelf)]


# --- beside the whole one, for some families ------------------------------------------------------------------------


def test_in_an_open_group_who_may_not_see_the_whole_one_gets_the_covered_one(cast, opened, entry, whole, made):
    say(cast.astrid_alma, "other_families", "yes")
    say(cast.birger_bo, "other_families", "no")
    covered = made(whole, cast.alma).picture
    preview = preview_sharing(entry=entry, by=cast.viewer("cecilia"))
    assert (preview.pictures_to, preview.staying_pictures) == ({cast.alma.pk: 1, cast.bo.pk: 1}, [])
    share(cast, entry)
    assert getting(cast, entry) == {"astrid": [covered], "birger": [whole]}


def test_whoever_gets_the_whole_one_gets_no_covered_one_beside_it(cast, opened, entry, whole, made):
    say(cast.astrid_alma, "other_families", "yes")
    say(cast.birger_bo, "other_families", "yes")
    made(whole, cast.alma)
    share(cast, entry)
    assert getting(cast, entry) == {"astrid": [whole], "birger": [whole]}


def test_a_withdrawn_yes_puts_the_covered_one_in_the_place_of_the_whole_at_once(cast, opened, entry, whole, made):
    say(cast.astrid_alma, "other_families", "yes")
    say(cast.birger_bo, "other_families", "yes")
    covered = made(whole, cast.alma).picture
    share(cast, entry)
    say(cast.birger_bo, "other_families", "withdrawn", NOW)
    assert getting(cast, entry) == {"astrid": [covered], "birger": [whole]}


def test_in_a_group_with_hidden_members_each_family_gets_the_crop_of_its_own_child(cast, entry, whole, made):
    of_alma, of_bo = made(whole, cast.alma, plan=LEFT).picture, made(whole, cast.bo, plan=RIGHT).picture
    preview = preview_sharing(entry=entry, by=cast.viewer("cecilia"))
    assert (preview.pictures_to, preview.staying_pictures) == ({cast.alma.pk: 1, cast.bo.pk: 1}, [])
    share(cast, entry)
    assert getting(cast, entry) == {"astrid": [of_alma], "birger": [of_bo]}


def test_of_two_that_a_family_may_see_it_gets_the_first(cast, entry, whole, made):
    of_nobody, of_alma = made(whole, plan=RIGHT).picture, made(whole, cast.alma, plan=LEFT).picture
    share(cast, entry)
    assert getting(cast, entry) == {"astrid": [of_nobody], "birger": [of_nobody]}
    mark(picture=of_nobody, children=[cast.bo], nobody=False, by=cast.viewer("cecilia"))
    assert getting(cast, entry) == {"astrid": [of_alma], "birger": [of_nobody]}


def test_in_a_group_with_hidden_members_nothing_covered_is_made(cast, entry, whole, made):
    for use in Use:
        with pytest.raises(NotCovered, match="hidden"):
            made(whole, cast.alma, use=use)
    assert Picture.objects.count() == 1


def test_what_was_covered_stops_for_every_family_when_the_group_closes(cast, opened, entry, whole, made):
    say(cast.astrid_alma, "other_families", "yes")
    made(whole, cast.alma)
    share(cast, entry)
    opened.closed_at = LATER
    opened.save()
    assert getting(cast, entry, at=LATER) == {"astrid": [], "birger": []}


def test_not_even_its_own_family_gets_a_covered_one_where_members_are_hidden(cast, opened, entry, whole, made):
    """The spot tells that somebody else was there."""
    made(whole, cast.alma, use=Use.INSTEAD)
    opened.closed_at = LATER
    opened.save()
    services.share_entry(entry=entry, by=cast.viewer("cecilia", at=LATER + DAY))
    preview = preview_sharing(entry=entry, by=cast.viewer("cecilia", at=LATER + DAY))
    assert len(preview.staying_pictures) == 1
    assert getting(cast, entry, at=LATER + DAY) == {"astrid": [], "birger": []}


def test_the_first_to_say_who_is_left_on_it_decides_and_an_unmarked_one_is_not_made(cast, opened, entry, whole, made):
    with pytest.raises(NotCovered, match="not_said"):
        cover(
            entry=entry, by=cast.viewer("cecilia"), picture=whole.public_id, plan=OVER_ONE, marked=Marked(),
            use=Use.BESIDE, client_key=uuid.uuid4(),
        )  # fmt: skip


def test_the_place_and_the_caption_are_those_of_the_whole_one_and_the_other_words_its_own(cast, entry, whole, made):
    token = f"\ue000{cast.bo.pk}\ue001"
    EntryPicture.objects.filter(picture=whole).update(position=3, caption="By the pond", alt=f"{token} on the left")
    made(whole, cast.alma, plan=LEFT)
    share(cast, entry)
    [_whole, crop] = VersionPicture.objects.order_by("pk")
    assert (crop.position, crop.caption, crop.stands_for) == (3, "By the pond", _whole)
    assert token not in crop.alt
    assert f"\ue000{cast.alma.pk}\ue001" in crop.alt


@pytest.mark.parametrize("which", ["log", "entry"])
def test_a_crop_looks_in_every_byte_like_a_picture_that_never_was_another(cast, entry, whole, made, sign_in, which):
    crop = made(whole, cast.alma, plan=LEFT).picture
    share(cast, entry)
    client, child = sign_in(cast.astrid), cast.alma.public_id
    page = reverse("family:log", kwargs={"child": child})
    if which == "entry":
        page = reverse("family:entry", kwargs={"child": child, "entry": entry.public_id})
    shown = client.get(page).content.decode()
    assert str(crop.public_id) in shown
    assert str(whole.public_id) not in shown
    with_both = everything_of(client.get(page))
    held = VersionPicture.objects.get(picture=whole)
    erased = {"picture": None, "caption": "", "alt": "", "marking": "unmarked", "erased_at": NOW}
    VersionPicture.objects.filter(pk=held.pk).update(**erased)
    assert everything_of(client.get(page)) == with_both


def test_sharing_again_with_a_new_crop_tells_only_the_home_that_sees_it(cast, entry, whole, made):
    before = share(cast, entry)
    made(whole, cast.alma, plan=LEFT)
    after = services.share_entry(entry=entry, by=cast.viewer("cecilia", at=LATER))
    assert {home.child for home in homes_that_see_a_change(before, after)} == {cast.alma}


def test_sharing_asks_again_when_a_crop_came_in_or_was_marked_anew_meanwhile(cast, entry, whole, made):
    by = cast.viewer("cecilia")
    first = preview_sharing(entry=entry, by=by).digest
    crop = made(whole, cast.alma, plan=LEFT).picture
    second = preview_sharing(entry=entry, by=by).digest
    mark(picture=crop, children=[], nobody=True, by=by)
    assert len({first, second, preview_sharing(entry=entry, by=by).digest}) == 3
    version = share(cast, entry)
    assert share(cast, entry) == version
    mark(picture=crop, children=[cast.alma], nobody=False, by=by)
    assert share(cast, entry) != version


def test_a_save_of_the_composer_guesses_nothing_about_what_stands_in(cast, entry, whole, made):
    crop = made(whole, cast.alma, plan=LEFT).picture
    entry.refresh_from_db()
    child = services.drafts.ChildInput()
    data = services.EntryInput(title="", text="x", happened_on=entry.happened_on, children={cast.bo.pk: child})
    by = cast.viewer("cecilia")
    composing.save(entry=entry, by=by, revision=entry.revision, form=composing.Form(data))
    assert {row.child for row in crop.subjects.all()} == {cast.alma}


def test_taken_away_it_is_erased_and_families_get_nothing_in_its_place(cast, entry, whole, made):
    crop = made(whole, cast.alma, plan=LEFT).picture
    share(cast, entry)
    let_go_beside(entry=entry, by=cast.viewer("cecilia"), picture=crop.public_id)
    assert getting(cast, entry)["astrid"] == [crop]
    services.share_entry(entry=entry, by=cast.viewer("cecilia", at=LATER))
    assert getting(cast, entry, at=LATER)["astrid"] == []
    other = made(whole, cast.alma, plan=LEFT).picture
    let_go_beside(entry=entry, by=cast.viewer("cecilia"), picture=other.public_id)
    let_go_beside(entry=entry, by=cast.viewer("cecilia"), picture=other.public_id)
    other.refresh_from_db()
    assert other.erased_at


# --- in the place of the whole one ----------------------------------------------------------------------------------


def test_who_may_not_be_photographed_is_gone_from_everywhere_at_once(
    cast, opened, entry, whole, made, django_capture_on_commit_callbacks
):
    say(cast.astrid_alma, "other_families", "yes")
    say(cast.birger_bo, "other_families", "yes")
    made(whole, cast.alma)
    share(cast, entry)
    say(cast.birger_bo, "photograph", "no", NOW)
    with django_capture_on_commit_callbacks(execute=True):
        covered = made(whole, cast.alma, use=Use.INSTEAD)
    whole.refresh_from_db()
    assert covered.erased
    assert whole.erased_at == NOW
    assert whole.erasure.reason == "covered"
    assert Picture.objects.standing().get() == covered.picture
    assert len(stored()) == 4
    assert getting(cast, entry) == {"astrid": [], "birger": []}
    assert EntryPicture.objects.get().picture == covered.picture
    assert not preview_sharing(entry=entry, by=cast.viewer("cecilia")).blockers
    services.share_entry(entry=entry, by=cast.viewer("cecilia", at=LATER))
    assert getting(cast, entry, at=LATER) == {"astrid": [covered.picture], "birger": [covered.picture]}


def test_by_a_wish_alone_families_keep_the_whole_one_until_it_is_shared_again(cast, entry, whole, made):
    mark(picture=whole, children=[cast.alma], nobody=False, by=cast.viewer("cecilia"))
    share(cast, entry)
    crop = made(whole, cast.alma, plan=LEFT, use=Use.INSTEAD)
    assert not crop.erased
    assert getting(cast, entry)["astrid"] == [whole]
    services.share_entry(entry=entry, by=cast.viewer("cecilia", at=LATER))
    assert getting(cast, entry, at=LATER)["astrid"] == [crop.picture]
    assert whole in Picture.objects.unheld()


def test_in_a_draft_the_whole_one_goes_at_once_by_a_wish_too(cast, entry, whole, made):
    beside = made(whole, cast.alma, plan=LEFT).picture
    crop = made(whole, cast.alma, plan=LEFT, use=Use.INSTEAD)
    whole.refresh_from_db()
    beside.refresh_from_db()
    assert crop.erased
    assert whole.erased_at
    assert beside.erased_at
    assert crop.picture.made_from is None


def test_what_may_not_be_photographed_cannot_be_kept_beside_a_covered_one(cast, opened, entry, whole, made):
    say(cast.birger_bo, "photograph", "no")
    with pytest.raises(NotCovered, match="goes_first"):
        made(whole, cast.alma)


def test_the_words_for_those_who_cannot_see_it_go_with_the_old_one(cast, entry, whole, made):
    EntryPicture.objects.update(alt="Bo with his red hat", caption="By the pond")
    made(whole, cast.alma, plan=LEFT, use=Use.INSTEAD)
    held = EntryPicture.objects.get()
    assert (held.alt, held.caption) == ("", "By the pond")


# --- once, and by whom ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("use", list(Use))
def test_a_second_tap_makes_no_second_picture(cast, opened, entry, whole, made, use):
    key = uuid.uuid4()
    first = made(whole, cast.alma, use=use, key=key)
    again = made(whole, cast.alma, use=use, key=key)
    assert again.picture == first.picture
    assert EntryPicture.objects.filter(picture=first.picture).count() == 1
    assert Picture.objects.standing().count() == (1 if use is Use.INSTEAD else 2)


def test_two_taps_at_once_make_one_picture(cast, opened, entry, whole, made, monkeypatch):
    """The second comes while the first is painting: it finds nothing done yet."""
    key = uuid.uuid4()
    first = made(whole, cast.alma, key=key)
    monkeypatch.setattr(covering, "_done", lambda entry, by, client_key: None)
    assert made(whole, cast.alma, key=key).picture == first.picture
    assert EntryPicture.objects.count() == 2


@pytest.mark.parametrize("who", ["david", "eva", "frans", "siri"])
def test_who_may_not_write_on_the_entry_covers_nothing(cast, opened, entry, whole, made, who):
    with pytest.raises(PermissionDenied):
        made(whole, cast.alma, by=who)
    with pytest.raises(PermissionDenied):
        let_go_beside(entry=entry, by=cast.viewer(who, hat=Hat.STAFF), picture=whole.public_id)
    assert Picture.objects.standing().count() == 1


def test_a_child_nobody_here_knows_is_not_said_to_be_on_it(cast, opened, entry, whole, made):
    other = cast.make.child("Olle", "Öst")
    with pytest.raises(PermissionDenied):
        made(whole, other)
    assert Picture.objects.standing().count() == 1


def test_nothing_drawn_makes_nothing(cast, opened, entry, whole, made):
    with pytest.raises(Unfit):
        made(whole, cast.alma, plan=Plan())
    assert Picture.objects.count() == 1


def test_what_could_not_be_put_in_its_place_is_not_kept(cast, opened, entry, whole, made, monkeypatch):
    def gone(entry, by):
        raise PermissionDenied

    monkeypatch.setattr(covering, "writable", lambda **more: gone(**more))
    with pytest.raises(PermissionDenied):
        made(whole, cast.alma)
    assert Picture.objects.standing().get() == whole


def test_what_stands_in_is_not_shown_to_the_staff_as_one_more_picture(cast, opened, entry, whole, made):
    covered = made(whole, cast.alma).picture
    viewer = cast.viewer("cecilia")
    entry.refresh_from_db()
    assert [view.public_id for view in for_viewer([entry], viewer)[0].pictures] == [whole.public_id]
    assert covered in Picture.objects.visible_to(viewer)


def test_erasing_the_whole_one_leaves_no_covered_one_with_families(cast, opened, entry, whole, made):
    say(cast.astrid_alma, "other_families", "yes")
    made(whole, cast.alma)
    share(cast, entry)
    erase_picture(picture=whole, by_reason="child", at=NOW)
    assert getting(cast, entry) == {"astrid": [], "birger": []}
