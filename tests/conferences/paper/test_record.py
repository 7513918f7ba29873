"""The record on paper: what its reader may read, in their language, with pictures, and true about itself."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.http import Http404
from django.utils import translation

from conferences import printed
from conferences.services import writing
from learninglog.services import withdraw_entry
from media_policy.models import PictureSubject
from people.models import Answer, HomeMembership
from tests.cast import NOW, TODAY
from tests.conferences.paper.conftest import ALT
from tests.entries import share
from tests.ground.test_pictures_on_paper import alternatives
from tests.pdf import assert_kept_and_readable, words

pytestmark = pytest.mark.django_db


def fetched(story, name, language="sv", hours=48):
    with translation.override(language):
        return printed.response(story.conference, story.at(hours, name)).content


def read(story, name, language="sv", hours=48):
    return words(fetched(story, name, language, hours))


@pytest.mark.parametrize(
    ("language", "heading", "fixed"),
    [
        ("sv", "Utvecklingssamtal", "Dagarna hos oss"),
        ("nb", "Utviklingssamtale", "Dagene hos oss"),
        ("en", "Development conversation", "The days with us"),
    ],
)
def test_it_can_be_kept_and_read_by_everybody_in_the_homes_language(sealed, language, heading, fixed, tmp_path):
    pdf = fetched(sealed, "astrid", language)
    assert_kept_and_readable(pdf, language, tmp_path)
    told = words(pdf)
    for part in (heading, fixed, "Alma · Skogsgläntan", "Broar och vatten.", "Min bro gungar!", "Bron över bäcken",
                 "Hon bygger kojor hos mig.", "Om hur kul det är att bygga.", "Vi lånar hem en bok.",
                 "Astrid, Anders, Cecilia", "arabiska", "Vattenbordet står nu ute.", "2027"):  # fmt: skip
        assert part in told


def test_it_says_that_it_cannot_be_called_back_and_which_record_it_is(sealed):
    told = read(sealed, "astrid", "en")
    assert "cannot be called back" in told
    assert "do not spread" in told
    record = sealed.conference.versions.get(kind="sealed")
    assert record.digest in told.replace(" ", "")


def test_what_the_staff_wrote_for_themselves_is_on_nobodys_paper(sealed):
    for name in ("astrid", "anders", "cecilia"):
        told = read(sealed, name)
        assert "flytten" not in told
        assert "Inför samtalet" not in told


def test_a_home_never_reads_the_others_part(sealed):
    hers, his = read(sealed, "astrid"), read(sealed, "anders")
    assert ("kojor" in hers, "havet" in hers) == (True, False)
    assert ("kojor" in his, "havet" in his) == (False, True)
    assert "Språk och samtal" in his


def test_what_the_staff_print_is_for_every_home(sealed):
    told = read(sealed, "cecilia", "en")
    assert "Om hur kul det är att bygga." in told
    assert "kojor" not in told
    assert "havet" not in told
    # In the language of the record, whatever the page around it was in.
    assert "Dagarna hos oss" in told
    assert "The days with us" not in told


def test_a_talk_with_one_home_is_on_that_homes_paper_alone(story):
    story.show()
    home = HomeMembership.objects.get(guardianship=story.cast.astrid_alma).home
    writing.note_talk(
        conference=story.conference, home=home, held_on=TODAY, took_part="Astrid och mormor", interpreter="",
        by=story.at(4, "cecilia"),
    )  # fmt: skip
    told = {name: "mormor" in read(story, name) for name in ("astrid", "anders", "cecilia")}
    assert told == {"astrid": True, "anders": False, "cecilia": False}


@pytest.mark.parametrize("name", ["astrid", "cecilia"])
def test_other_children_are_friends_on_paper(sealed, name):
    told = read(sealed, name)
    assert "Alma och kompisar byggde en bro av plankor" in told
    assert "Den gungar!" in told
    assert "Bo " not in told
    assert "Jag håller i repet" not in told


def printed_in_english(story):
    type(story.conference).objects.filter(pk=story.conference.pk).update(language="en")
    story.conference.refresh_from_db()
    return fetched(story, "cecilia")


def say(story, tie, value):
    Answer.objects.create(
        child=tie.child, guardianship=tie, question="print", value=value, given_at=story.at(6, "astrid").at,
        given_by=tie.person,
    )  # fmt: skip


def pictures(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return alternatives(opened.Root.StructTreeRoot.K)


@pytest.mark.parametrize("name", ["astrid", "cecilia"])
def test_pictures_stand_in_it_with_their_words(sealed, name):
    for tie in (sealed.cast.astrid_alma, sealed.cast.anders_alma):
        say(sealed, tie, "yes")
    with pikepdf.open(io.BytesIO(fetched(sealed, name))) as opened:
        assert alternatives(opened.Root.StructTreeRoot.K) == [ALT]
        images = [one for one in opened.objects if isinstance(one, pikepdf.Stream) and one.get("/Width")]
        assert [(int(one.Width), int(one.Height)) for one in images] == [(80, 60)]


def test_the_staff_print_no_picture_of_who_may_not_appear_in_print(sealed):
    assert pictures(fetched(sealed, "cecilia")) == []
    assert "more pictures in the learning log" in words(printed_in_english(sealed))
    say(sealed, sealed.cast.astrid_alma, "no")
    # It is asked for what the preschool prints; a home may fetch the picture of its own child.
    assert pictures(fetched(sealed, "astrid")) == [ALT]


def test_a_picture_with_another_child_is_on_no_paper_without_that_childs_yes(sealed):
    cast = sealed.cast
    cast.granen.openings.create(opened_at=NOW - timedelta(days=30))
    PictureSubject.objects.create(picture=sealed.photograph, child=cast.bo)
    Answer.objects.create(
        child=cast.bo, guardianship=cast.birger_bo, question="other_families", value="yes",
        given_at=NOW - timedelta(days=30), given_by=cast.birger,
    )  # fmt: skip
    share(cast, sealed.entry, at=sealed.at(7, "cecilia").at)
    assert pictures(fetched(sealed, "astrid")) == []
    say(sealed, cast.birger_bo, "yes")
    for tie in (cast.astrid_alma, cast.anders_alma):
        say(sealed, tie, "yes")
    assert pictures(fetched(sealed, "astrid")) == [ALT]


def test_a_withdrawn_entry_is_a_removed_line(sealed):
    withdraw_entry(entry=sealed.entry, by=sealed.at(40, "cecilia"))
    for name in ("astrid", "cecilia"):
        told = read(sealed, name, "en")
        assert "Bron över bäcken" not in told
        assert "plankor" not in told
    with pikepdf.open(io.BytesIO(fetched(sealed, "astrid", "en"))) as opened:
        assert alternatives(opened.Root.StructTreeRoot.K) == []
    assert "stood here, and is not shown any more" in read(sealed, "astrid", "en")


def test_the_same_record_at_the_same_moment_is_the_same_file(sealed):
    assert fetched(sealed, "astrid") == fetched(sealed, "astrid")
    assert fetched(sealed, "astrid") != fetched(sealed, "astrid", hours=49)


def test_before_it_is_shown_there_is_no_paper_for_the_home(story):
    with pytest.raises(Http404):
        fetched(story, "astrid")
    assert "Broar och vatten." in read(story, "cecilia", hours=2)
    story.show()
    told = read(story, "astrid", "en", hours=3)
    assert "Broar och vatten." in told
    assert "Not sealed yet" in told


def test_what_is_written_after_it_was_shown_waits_until_it_is_shown_again(story):
    story.show()
    story.save("Vad dras barnet till", "Något helt nytt.", hours=3)
    assert "Något helt nytt." not in read(story, "astrid", hours=4)


def test_a_sign_that_no_letter_here_has_does_not_stop_it(story, tmp_path):
    story.show()
    story.save("Vad tycker ert barn", "Kojor 👍 och havet", by="astrid", hours=3)
    pdf = fetched(story, "astrid", "en", hours=4)
    assert_kept_and_readable(pdf, "en", tmp_path)
    assert "Kojor □ och havet" in words(pdf)
    assert "stands for a sign" in words(pdf)
    assert "stands for a sign" not in read(story, "anders", "en", hours=4)


def test_what_a_home_wrote_from_right_to_left_can_be_set(story, tmp_path):
    story.show()
    story.save("Vad tycker ert barn", "تحب الرسم واللعب بالماء.", by="astrid", hours=3)
    assert_kept_and_readable(fetched(story, "astrid", hours=4), "sv", tmp_path)


def test_the_file_is_put_away_and_its_name_names_nobody(sealed):
    response = printed.response(sealed.conference, sealed.at(48, "astrid"))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store, private"
    named = response["Content-Disposition"]
    assert named.startswith("attachment;")
    assert str(NOW.date()) in named
    assert "Alma" not in named
