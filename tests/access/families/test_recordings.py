"""What was said on paper or in person: how it was known who said it, the pages of the paper, and who reads them."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from access.families import consents, envelopes, words
from access.models import Consent, FamilyWord, RecordedPage, Recording
from access.recordings import services as recordings
from media_policy import spool, sweep
from media_policy.models import Derivative, Picture
from people.models import AccessEvent, DutyLeave
from people.services import erase_child
from tests.access.families.conftest import on_paper
from tests.cast import NOW, TODAY
from tests.media_policy import samples
from visibility import rule
from visibility.models import ReadingLine
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
NOBODY = {"adults-TOTAL_FORMS": "0", "adults-INITIAL_FORMS": "0"}


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.SPOOL_ROOT = tmp_path / "spool"
    settings.FILE_UPLOAD_TEMP_DIR = str(settings.SPOOL_ROOT)
    settings.X_ACCEL_PREFIX = ""
    spool.folder()
    return settings.PRIVATE_MEDIA_ROOT


@pytest.fixture
def door(cast, family, stop_clock, as_persona):
    """`door("eva")` is a client signed in as somebody, at the stopped hour or another."""

    def sign_in(name, hat=None, strength=Strength.SUBSTANTIAL, at=NOW):
        stop_clock(at)
        client = Client(headers={"accept-language": "en"})
        return as_persona(client, getattr(cast, name), hat or cast.HATS[name], strength)

    return sign_in


def text(response):
    return response.content.decode()


def page(size=96, name="IMG_0001.jpg"):
    return SimpleUploadedFile(name, samples.jpeg(image=samples.scene(size, 64)), "image/jpeg")


def no_picture():
    return SimpleUploadedFile("form.pdf", b"%PDF-1.7 of Alma", "application/pdf")


def adult(tie):
    return reverse("access:adult", kwargs={"adult": tie.public_id})


def child(row):
    return reverse("access:child", kwargs={"child": row.public_id})


def full(picture):
    return reverse("media_policy:picture", kwargs={"public_id": picture.public_id, "purpose": "full"})


def opened(client, picture):
    """What becomes of opening a page in full size; the bytes are read to their end."""
    answer = client.get(full(picture))
    if answer.streaming:
        assert b"".join(answer)
    return answer.status_code


def form(legal, **more):
    """What the head sends when Kim's paper is written down."""
    return {
        "do": "paper", "legal": str(legal.public_id), "given": "yes", "medium": "paper", "said_on": str(TODAY),
        "identified": "passport", **more,
    }  # fmt: skip


@pytest.fixture
def scan(cast, family):
    """A page of the paper on which Astrid said yes to Kim."""
    given = {"child": cast.alma, "by": cast.viewer("eva"), "kept": []}
    taken = recordings.take_pages(uploads=[page()], form_key=on_paper().client_key, **given)
    told = on_paper(pages=tuple(taken.pictures))
    consents.record(guardianship=family.kim, legal=family.astrid, yes=True, told=told, by=cast.viewer("eva"))
    return Picture.objects.get()


def test_the_head_records_an_answer_with_its_pages_and_reads_it_again(cast, family, door):
    eva = door("eva")
    sent = form(family.astrid, interpreter="Språkservice, dari", note="in the red binder", pages=[page(), page(120)])
    assert eva.post(adult(family.kim), sent).status_code == 302
    said = Consent.objects.get().recording
    assert (said.medium, said.said_on, said.identified) == ("paper", TODAY, "passport")
    assert (said.guardianship, said.recorded_by, said.recorded_at) == (family.astrid, cast.eva, NOW)
    assert {picture.marking for picture in Picture.objects.all()} == {"nobody"}
    shown = text(eva.get(adult(family.kim)))
    assert "On paper, 17 November 2026 · Passport or national identity card · interpreter: Språkservice, dari" in shown
    assert "2 pages" in shown
    assert "in the red binder" in shown
    assert "Written down by Eva Holm, 17 November 2026" in shown
    for held in RecordedPage.objects.select_related("picture"):
        assert full(held.picture) in shown
        assert opened(eva, held.picture) == 200


def test_a_word_of_the_family_is_recorded_on_the_childs_page(cast, family, door):
    sent = form(family.anders, do="word", medium="orally", identified="known", pages=[page()]) | NOBODY
    eva = door("eva")
    assert eva.post(child(cast.alma), sent).status_code == 302
    assert FamilyWord.objects.get().recording.pages.count() == 1
    assert "Said in person, 17 November 2026 · Known in person · 1 page" in text(eva.get(child(cast.alma)))


def test_neither_a_paper_nor_what_was_said_in_person_needs_a_photograph(cast, family, door):
    eva = door("eva")
    assert eva.post(adult(family.kim), form(family.astrid)).status_code == 302
    assert eva.post(adult(family.kim), form(family.anders, medium="orally")).status_code == 302
    assert not RecordedPage.objects.exists()


@pytest.mark.parametrize("name", ["astrid", "anders", "kim", "birger", "cecilia", "karin", "frans", "siri", "stranger"])
def test_a_page_is_shown_to_neither_family_nor_staff(cast, family, scan, door, name):
    for tie in (family.anders, family.kim):
        ground = {"ground": "register", "by": cast.viewer("eva", at=NOW - timedelta(hours=1))}
        envelopes.open_envelope(guardianship=tie, **ground)
    assert opened(door(name), scan) == 404
    assert not Picture.objects.visible_to(cast.viewer(name)).exists()


def test_whoever_is_not_signed_in_sees_no_page(scan):
    assert opened(Client(), scan) == 404


def test_the_head_of_another_preschool_does_not_see_it(cast, scan, door):
    cast.hanna = cast.make.person("hanna", "Hanna")
    cast.make.duty(cast.hanna, "head", cast.other_unit)
    cast.HATS = cast.HATS | {"hanna": Hat.STAFF}
    assert opened(door("hanna"), scan) == 404


def test_when_the_headship_has_ended_the_page_is_gone_for_that_head(cast, scan, door):
    eva = door("eva")
    assert opened(eva, scan) == 200
    cast.eva.duties.update(ends_on=TODAY)
    assert opened(eva, scan) == 404


def test_the_owners_officer_sees_it_only_while_the_child_has_no_head(cast, scan, door):
    cast.olga = cast.make.person("olga", "Olga")
    cast.make.duty(cast.olga, "owners_officer", None)
    cast.HATS = cast.HATS | {"olga": Hat.STAFF}
    olga = door("olga")
    assert opened(olga, scan) == 404
    DutyLeave.objects.create(duty=cast.eva.duties.get(), starts_on=TODAY)
    assert opened(olga, scan) == 200


def test_after_a_weak_sign_in_the_head_sees_no_page(scan, door):
    assert opened(door("eva", strength=Strength.LOW), scan) == 404


def test_a_blocked_childs_page_is_nobodys(cast, scan, door):
    eva = door("eva")
    type(cast.alma).objects.filter(pk=cast.alma.pk).update(blocked_at=NOW)
    assert opened(eva, scan) == 404


def test_opening_a_page_stands_in_the_reading_log(cast, scan, door):
    opened(door("eva"), scan)
    line = ReadingLine.objects.get(what="picture")
    assert (line.person, line.about) == (cast.eva, scan.public_id)
    assert list(line.children.values_list("child", flat=True)) == [cast.alma.pk]


def test_erasing_the_child_leaves_neither_recording_nor_file(cast, scan, folders, django_capture_on_commit_callbacks):
    assert [path for path in folders.rglob("*") if path.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        erase_child(child=cast.alma, at=NOW, by=None, because="asked for")
    assert not Recording.objects.exists()
    assert not RecordedPage.objects.exists()
    assert not Derivative.objects.exists()
    assert [path for path in folders.rglob("*") if path.is_file()] == []


def test_the_sweep_leaves_pages_alone_and_takes_what_was_never_written_down(cast, family, scan):
    given = {"child": cast.alma, "by": cast.viewer("eva"), "kept": []}
    recordings.take_pages(uploads=[page(120)], form_key=on_paper().client_key, **given)
    assert sweep.sweep(NOW + timedelta(days=2)).unused_pictures == 1
    scan.refresh_from_db()
    assert scan.erased_at is None


def test_a_file_that_is_no_picture_is_refused_beside_the_field_and_the_others_are_kept(cast, family, door):
    eva = door("eva")
    answer = eva.post(adult(family.kim), form(family.astrid, pages=[page(), no_picture()]))
    assert answer.status_code == 422
    shown = text(answer)
    assert 'id="id_paper_pages_error"' in shown
    assert "form.pdf: This is not a picture that can be shown here" in shown
    assert "1 photograph is kept and goes along" in shown
    assert not Consent.objects.exclude(given="").exists()
    kept = re.findall(r'name="kept" value="([^"]+)"', shown)
    assert eva.post(adult(family.kim), form(family.astrid, kept=kept)).status_code == 302
    assert Consent.objects.get().recording.pages.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"said_on": str(TODAY + timedelta(days=1))}, "That day has not come yet."),
        ({"identified": ""}, "This field is required."),
        ({"identified": "other"}, "Write how you knew."),
        ({"medium": ""}, "This field is required."),
    ],
)
def test_what_is_lacking_is_said_and_neither_words_nor_pages_are_lost(cast, family, door, wrong, words):
    eva = door("eva")
    answer = eva.post(adult(family.kim), form(family.astrid, note="red binder", pages=[page()], **wrong))
    assert answer.status_code == 422
    shown = text(answer)
    assert words in shown
    assert (
        f"id_paper_{next(iter(wrong if wrong.get('identified') != 'other' else ['identified_words']))}_error" in shown
    )
    assert "red binder" in shown
    assert "1 photograph is kept" in shown
    assert not Recording.objects.exists()


def test_the_services_refuse_the_same(cast, family):
    given = {"guardianship": family.kim, "legal": family.astrid, "yes": True, "by": cast.viewer("eva")}
    lost = on_paper().client_key
    for wrong in (
        {"said_on": TODAY + timedelta(days=1)}, {"identified": ""}, {"identified": "other"}, {"pages": (lost,)},
    ):  # fmt: skip
        with pytest.raises(recordings.NotPossible) as refused:
            consents.record(told=on_paper(**wrong), **given)
        assert refused.value.field in {*wrong, "identified_words"}
    assert not Consent.objects.exists()


def test_more_than_ten_pages_are_too_many(cast, family, door):
    uploads = [page(64 + number) for number in range(11)]
    answer = door("eva").post(adult(family.kim), form(family.astrid, pages=uploads))
    assert answer.status_code == 422
    assert "Choose 10 pictures at most." in text(answer)
    assert not Picture.objects.exists()


def test_a_second_tap_records_nothing_twice(cast, family, door):
    eva = door("eva")
    key = str(on_paper().client_key)
    for _ in range(2):
        assert eva.post(adult(family.kim), form(family.astrid, client_key=key, pages=[page()])).status_code == 302
    assert Recording.objects.count() == Consent.objects.count() == Picture.objects.count() == 1


def test_a_page_of_one_paper_is_no_page_of_another(cast, family, scan):
    with pytest.raises(recordings.NotPossible):
        recordings.record(
            guardianship=family.anders, told=on_paper(pages=(scan.public_id,)), by=cast.viewer("eva")
        )  # fmt: skip


@pytest.mark.parametrize("name", ["cecilia", "astrid", "anders", "siri", "stranger"])
def test_nobody_but_the_head_takes_a_page_in_or_records(cast, family, name):
    with pytest.raises(PermissionDenied):
        recordings.take_pages(
            child=cast.alma, uploads=[page()], kept=[], by=cast.viewer(name), form_key=on_paper().client_key
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        recordings.record(guardianship=family.anders, told=on_paper(), by=cast.viewer(name))
    assert not Picture.objects.exists()


def test_an_answer_given_here_has_no_recording_and_one_written_down_always_has(cast, family):
    consents.ask(guardianship=family.kim, by=cast.viewer("eva"))
    (asked,) = consents.waiting_for(cast.viewer("astrid"), family.astrid)
    assert consents.answer(consent=asked, yes=True, by=cast.viewer("astrid")).recording is None
    written = consents.record(
        guardianship=family.kim, legal=family.anders, yes=True, told=on_paper(), by=cast.viewer("eva")
    )  # fmt: skip
    assert written.recording.recorded_by == cast.eva


def test_a_question_that_is_not_answered_has_no_recording(cast, family):
    said = recordings.record(guardianship=family.astrid, told=on_paper(), by=cast.viewer("eva"))
    consents.ask(guardianship=family.kim, by=cast.viewer("eva"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(legal=family.astrid).update(recording=said)


def test_a_consent_taken_back_here_leaves_the_paper_as_it_was(cast, family, scan, door):
    envelopes.open_envelope(guardianship=family.kim, ground="consents", by=cast.viewer("eva"))
    (given,) = consents.waiting_for(cast.viewer("astrid"), family.astrid)
    later = cast.viewer("astrid", at=NOW + timedelta(hours=1))
    no = consents.answer(consent=given, yes=False, by=later)
    assert (no.given, no.recording) == ("no", None)
    given.refresh_from_db()
    assert (given.given, given.closed_at, given.recording.pages.get().picture) == ("yes", later.at, scan)
    assert consents.missing(family.kim, later.at)
    assert not rule.may(cast.viewer("kim", at=later.at), "READ", cast.alma)
    shown = text(door("eva", at=later.at).get(adult(family.kim)))
    assert "2 other answers so far" in shown
    assert full(scan) in shown


def test_what_has_changed_says_how_it_was_said_and_nothing_of_the_paper(cast, family, door):
    told = on_paper(interpreter="Dari", note="she wept", identified="other", identified_words="her sister came along")
    given = {"guardianship": family.kim, "by": cast.viewer("eva")}
    consents.record(legal=family.astrid, yes=True, told=told, **given)
    words.tell(guardianship=family.anders, wishes=[], by=cast.viewer("eva"), told=on_paper(medium="orally"))
    for event in AccessEvent.objects.filter(what__in=["consented", "wished"]):
        kept = f"{event.before} {event.after} {event.reason}"
        for secret in ("Dari", "wept", "sister"):
            assert secret not in kept
    shown = text(door("eva").get(child(cast.alma)))
    assert "17 November 2026 · Eva Holm: On paper" in shown
    assert "17 November 2026 · Eva Holm: Said in person" in shown
