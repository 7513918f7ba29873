"""The page on which a picture is cropped or covered: nothing is lost on the way there, on it, or back."""

import json
import re
import uuid
from datetime import timedelta

import pytest

from learninglog.models import Entry, EntryPicture
from media_policy.models import Picture
from media_policy.services import mark
from tests.cast import NOW
from tests.entries import share, write
from tests.learninglog.staff.conftest import filled, href, photo
from tests.learninglog.test_answers_and_pictures import say

pytestmark = pytest.mark.django_db
OVER_ONE = json.dumps({"spots": [{"shape": "oval", "x": 0.1, "y": 0.1, "width": 0.3, "height": 0.4}], "crop": None})
LEFT = json.dumps({"spots": [], "crop": {"x": 0, "y": 0, "width": 0.5, "height": 1}})


@pytest.fixture
def opened(cast):
    return cast.granen.openings.create(opened_at=NOW - timedelta(days=9))


@pytest.fixture
def entry(cast):
    return write(cast, cast.alma, cast.bo)


@pytest.fixture
def whole(cast, at, entry):
    at("cecilia").post(href("upload", entry=entry), {"picture": photo(), "client_key": str(uuid.uuid4())})
    row = Picture.objects.get()
    mark(picture=row, children=[cast.alma, cast.bo], nobody=False, by=cast.viewer("cecilia"))
    return row


def sent(*who, drawn=OVER_ONE, use="beside", **more):
    said = [str(getattr(child, "public_id", child)) for child in who]
    return {"drawn": drawn, "who": said, "use": use, "client_key": str(uuid.uuid4()), **more}


def page_of(client, entry, whole):
    response = client.get(href("cover", entry=entry, picture=whole))
    assert response.status_code == 200
    return response.content.decode()


def ticked(page):
    form = page[page.index('id="who"') :]
    form = form[: form.index("</form>")]
    return re.findall(r'name="who" value="([^"]+)"\s+checked', form)


def test_the_composers_button_saves_the_form_before_it_goes_there(cast, at, entry, whole):
    cecilia = at("cecilia")
    page = cecilia.get(href("compose", entry=entry)).content.decode()
    form = filled(page, text="New words", do=f"cover:{whole.public_id}")
    response = cecilia.post(href("save", entry=entry), form)
    assert response.url == href("cover", entry=entry, picture=whole)
    assert Entry.objects.get().text == "New words"
    assert href("compose", entry=entry) in page_of(cecilia, entry, whole)


def test_beside_the_whole_one_it_comes_back_to_the_draft(cast, at, opened, entry, whole):
    cecilia = at("cecilia")
    response = cecilia.post(href("cover", entry=entry, picture=whole), sent(cast.alma))
    assert response.url == href("compose", entry=entry)
    [_whole, made] = EntryPicture.objects.order_by("pk")
    assert (made.stands_for, made.picture.covered) == (_whole, True)
    page = cecilia.get(response.url).content.decode()
    assert page.count('class="shot"') == 1
    assert str(made.picture.public_id) in page


@pytest.mark.parametrize("back", ["share", "https://elsewhere.example/", ""])
def test_from_the_page_before_sharing_it_comes_back_there_and_nowhere_else(cast, at, opened, entry, whole, back):
    response = at("cecilia").post(href("cover", entry=entry, picture=whole), sent(cast.alma, back=back))
    assert response.url == href("share" if back == "share" else "compose", entry=entry)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"drawn": ""}, "Nothing is covered or cut away yet."),
        ({"drawn": OVER_ONE.replace("0.3", "7")}, "lies outside of the picture"),
        ({"drawn": "{"}, "did not arrive whole"),
        ({"who": []}, "Say who can still be recognised, or nobody."),
        ({"use": ""}, "Say who can still be recognised, or nobody."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(cast, at, opened, entry, whole, wrong, said):
    form = sent(cast.alma) | wrong
    page = at("cecilia").post(href("cover", entry=entry, picture=whole), form).content.decode()
    assert said in page
    assert form["client_key"] in page
    assert page.count("checked") == len(form["who"])
    assert form["drawn"].replace('"', "&#34;") in page
    assert Picture.objects.count() == 1


def test_the_same_form_twice_makes_one(cast, at, opened, entry, whole):
    form = sent(cast.alma, use="instead")
    answers = [at("cecilia").post(href("cover", entry=entry, picture=whole), form) for _time in range(2)]
    assert {answer.url for answer in answers} == {href("compose", entry=entry)}
    assert Picture.objects.standing().count() == 1


def test_without_a_script_four_numbers_cut_away_what_is_outside(cast, at, entry, whole):
    numbers = {"cut_left": "50", "cut_top": "", "cut_right": "0", "cut_bottom": "25"}
    cecilia = at("cecilia")
    response = cecilia.post(href("cover", entry=entry, picture=whole), sent(cast.alma, drawn="", **numbers))
    assert response.status_code == 302
    made = EntryPicture.objects.get(stands_for__isnull=False).picture
    assert (made.width, made.height) == (32, 36)
    away = {"cut_left": "80", "cut_right": "80"}
    page = cecilia.post(href("cover", entry=entry, picture=whole), sent(cast.alma, drawn="", **away)).content.decode()
    assert 'name="cut_left" value="80"' in page
    assert "The frame keeps too little" in page or "outside" in page


def test_in_a_group_with_hidden_members_one_crops_and_is_told_why(cast, at, entry, whole):
    cecilia = at("cecilia")
    page = page_of(cecilia, entry, whole)
    assert "A covered spot would tell that somebody else is there" in page
    assert "data-add" not in page
    assert "A covered spot would tell" not in cecilia.get(href("compose", entry=entry)).content.decode()
    refused = cecilia.post(href("cover", entry=entry, picture=whole), sent(cast.alma)).content.decode()
    assert "Crop it instead." in refused
    assert cecilia.post(href("cover", entry=entry, picture=whole), sent(cast.alma, drawn=LEFT)).status_code == 302


def test_who_may_not_be_photographed_leaves_only_the_way_without_the_whole_one(cast, at, opened, entry, whole):
    say(cast.birger_bo, "photograph", "no")
    page = page_of(at("cecilia"), entry, whole)
    assert "Bo may not be photographed." in page
    assert 'value="beside"' not in page
    assert ticked(page) == [str(cast.alma.public_id)]
    shown = at("cecilia").get(href("share", entry=entry)).content.decode()
    assert f"{href('cover', entry=entry, picture=whole)}?back=share" in shown


def test_before_anybody_says_so_those_are_ticked_who_are_not_the_reason(cast, at, opened, entry, whole):
    say(cast.astrid_alma, "other_families", "yes")
    say(cast.birger_bo, "other_families", "no")
    page = page_of(at("cecilia"), entry, whole)
    assert "Bo may not be shown to other families." in page
    assert ticked(page) == [str(cast.alma.public_id)]


def test_where_members_are_hidden_nobody_is_ticked_before_because_each_family_gets_its_own(cast, at, entry, whole):
    assert ticked(page_of(at("cecilia"), entry, whole)) == []


def test_who_is_on_what_was_made_can_be_said_anew_and_it_can_be_taken_away(cast, at, opened, entry, whole):
    cecilia = at("cecilia")
    cecilia.post(href("cover", entry=entry, picture=whole), sent(cast.alma))
    made = EntryPicture.objects.get(stands_for__isnull=False).picture
    said = {"who": [str(cast.bo.public_id)], "back": "compose"}
    assert cecilia.post(href("mark", entry=entry, picture=made), said).url == href("compose", entry=entry)
    assert [row.child for row in made.subjects.all()] == [cast.bo]
    page = page_of(cecilia, entry, whole)
    assert href("let_go", entry=entry, picture=made) in page
    assert cecilia.post(href("let_go", entry=entry, picture=made)).url == href("compose", entry=entry)
    assert EntryPicture.objects.get().picture == whole
    made.refresh_from_db()
    assert made.erased_at


def test_what_stands_in_and_what_is_elsewhere_has_no_such_page(cast, at, opened, entry, whole):
    cecilia = at("cecilia")
    cecilia.post(href("cover", entry=entry, picture=whole), sent(cast.alma))
    made = EntryPicture.objects.get(stands_for__isnull=False).picture
    other = write(cast, cast.alma)
    for address in (
        href("cover", entry=entry, picture=made),
        href("cover", entry=other, picture=whole),
        href("cover", entry=entry, picture=cast.alma),
    ):
        assert cecilia.get(address).status_code == 404
        assert cecilia.post(address, sent(cast.alma)).status_code == 404


@pytest.mark.parametrize("name", ["karin", "ines"])
def test_a_colleague_who_may_write_may_cover(cast, at, opened, entry, whole, name):
    assert at(name).get(href("cover", entry=entry, picture=whole)).status_code == 200


def test_what_is_said_after_it_tells_whether_families_still_have_the_whole_one(cast, at, opened, entry, whole):
    cecilia = at("cecilia")
    say(cast.astrid_alma, "other_families", "yes")
    say(cast.birger_bo, "other_families", "yes")
    share(cast, entry)
    say(cast.birger_bo, "photograph", "no", NOW)
    response = cecilia.post(href("cover", entry=entry, picture=whole), sent(cast.alma, use="instead"), follow=True)
    assert "also from what is shared. Share again" in response.content.decode()


def test_one_tap_says_that_everybody_of_the_entry_is_on_a_picture(cast, at, entry, whole):
    mark(picture=whole, children=[], nobody=True, by=cast.viewer("cecilia"))
    cecilia = at("cecilia")
    page = cecilia.get(href("compose", entry=entry)).content.decode()
    assert f'value="all:{whole.public_id}"' in page
    cecilia.post(href("save", entry=entry), filled(page, do=f"all:{whole.public_id}"))
    assert {row.child for row in whole.subjects.all()} == {cast.alma, cast.bo}


def test_the_card_names_who_is_kept_from_other_families_until_a_covered_one_is_there(cast, at, opened, entry, whole):
    say(cast.astrid_alma, "other_families", "yes")
    say(cast.birger_bo, "other_families", "no")
    cecilia = at("cecilia")
    told = "Other families do not get it: Bo may not be shown to them."
    assert told in cecilia.get(href("compose", entry=entry)).content.decode()
    cecilia.post(href("cover", entry=entry, picture=whole), sent(cast.alma))
    assert told not in cecilia.get(href("compose", entry=entry)).content.decode()


def test_a_line_of_the_reading_log_names_the_children_of_the_page(cast, at, entry, whole):
    from visibility.models import ReadingLine

    at("cecilia").get(href("cover", entry=entry, picture=whole))
    line = ReadingLine.objects.order_by("-pk").first()
    assert (line.what, line.about) == ("compose", entry.public_id)
