"""Films and recordings in entries: who gets them, by the page, by the bytes and by the preview's promise."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from learninglog import clip_cards, clips
from learninglog.models import EntryClip, HomeChange, VersionClip, VersionClipSubject
from learninglog.rendition import for_viewer
from learninglog.services import preview_sharing, withdraw_entry
from learninglog.services.clips import ClipInput, save_clips, take_out_clip
from learninglog.services.composing import Marked, settle_name
from learninglog.services.sharing import AudienceChanged, NotReady
from media_policy.clips.services import mark_clip
from media_policy.models import Clip
from people.models import Answer
from people.services import erase_child
from tests.cast import NOW
from tests.entries import film, put_film, share, write
from tests.oracle import facts
from tests.oracle.content import Content
from tests.oracle.oracle import Oracle
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
DAY, LATER = timedelta(days=1), NOW + timedelta(hours=1)
FAMILIES = ("astrid", "birger")
IN_SEVERAL = (
    "A film cannot be covered, and names are spoken. With several children in it, other families get it only in an "
    "open group, with a yes for each."
)


def say(tie, question, value, at=NOW - DAY):
    return Answer.objects.create(
        child=tie.child, guardianship=tie, question=question, value=value, given_at=at, given_by=tie.person
    )


def everybody_says_yes(cast, but=None):
    for tie in (cast.astrid_alma, cast.birger_bo):
        for question in ("film", "other_families"):
            if (tie, question) != but:
                say(tie, question, "yes")


@pytest.fixture
def entry(cast):
    return write(cast, cast.alma, cast.bo)


def holding(cast, entry, *subjects, **more):
    row = film(cast, *subjects, **more)
    put_film(cast, entry, row)
    share(cast, entry)
    entry.refresh_from_db()
    return row


def getting(cast, entry, row, at=NOW):
    """The guardians whom the film reaches: bytes, page and the oracle agree."""
    found = set()
    for name in FAMILIES:
        viewer = cast.viewer(name, at=at)
        given = Clip.objects.visible_to(viewer).filter(pk=row.pk).exists()
        [rendition] = for_viewer([entry], viewer)
        assert [view.public_id for view in rendition.clips] == [row.public_id] * given
        oracle = Content(Oracle(facts.read(), at))
        assert (row.pk in oracle.clips_for(getattr(cast, name).pk, "guardian")) == given
        found |= {name} if given else set()
    return found


def promised(cast, entry):
    """Whom the preview names for it."""
    preview = preview_sharing(entry=entry, by=cast.viewer("cecilia"))
    names = {cast.alma.pk: "astrid", cast.bo.pk: "birger"}
    return {names[key] for key, number in preview.clips_to.items() if number}


CASES = {
    "nobody in it": ([], True, False, set(FAMILIES)),
    "nobody has said": ([], False, False, set()),
    "Alma alone": (["alma"], False, False, {"astrid"}),
    "Bo alone": (["bo"], False, False, {"birger"}),
    "both": (["alma", "bo"], False, False, set()),
    "Alma alone, every answer yes": (["alma"], False, True, {"astrid"}),
    "both, every answer yes": (["alma", "bo"], False, True, set()),
}


@pytest.mark.parametrize("case", CASES)
def test_in_a_group_with_hidden_members(cast, entry, case):
    subjects, nobody, yes, meant = CASES[case]
    if yes:
        everybody_says_yes(cast)
    put_film(cast, entry, row := film(cast, *(getattr(cast, name) for name in subjects), nobody=nobody))
    assert promised(cast, entry) == meant
    share(cast, entry)
    entry.refresh_from_db()
    assert getting(cast, entry, row) == meant


def test_a_stricter_mark_works_at_once_and_a_looser_one_when_it_is_shared_again(cast, entry):
    row = holding(cast, entry, cast.alma)
    mark_clip(clip=row, children=[cast.alma, cast.bo], nobody=False, by=cast.viewer("cecilia"))
    assert getting(cast, entry, row) == set()
    mark_clip(clip=row, children=[], nobody=True, by=cast.viewer("cecilia"))
    assert getting(cast, entry, row) == {"astrid"}
    share(cast, entry)
    entry.refresh_from_db()
    assert getting(cast, entry, row) == set(FAMILIES)


def test_what_waits_or_was_refused_is_shown_to_no_family(cast, entry):
    row = holding(cast, entry, nobody=True)
    Clip.objects.filter(pk=row.pk).update(state="waiting")
    [rendition] = for_viewer([entry], cast.viewer("astrid"))
    assert rendition.clips == []
    Clip.objects.filter(pk=row.pk).update(state="ready")
    assert getting(cast, entry, row) == set(FAMILIES)


def test_a_child_who_may_not_be_filmed_stops_the_sharing_until_it_is_taken_out(cast, entry):
    say(cast.birger_bo, "film", "no")
    put_film(cast, entry, row := film(cast, cast.bo))
    with pytest.raises(NotReady) as stopped:
        share(cast, entry)
    assert stopped.value.preview.blockers == ["film"]
    assert stopped.value.preview.not_filmed == {row.pk: [cast.bo.pk]}
    by = cast.viewer("cecilia")
    said = {row.public_id: ClipInput(Marked(nobody=True))}
    save_clips(entry=entry, by=by, said=said)
    assert list(row.subjects.values_list("child", flat=True)) == [cast.bo.pk]
    take_out_clip(entry=entry, by=by, clip=row.public_id)
    share(cast, entry)
    assert not VersionClip.objects.exists()


def test_what_is_confirmed_is_what_is_shared(cast, entry):
    put_film(cast, entry, row := film(cast, cast.alma))
    by = cast.viewer("cecilia")
    confirmed = preview_sharing(entry=entry, by=by).digest
    mark_clip(clip=row, children=[], nobody=True, by=by)
    from learninglog.services import share_entry

    with pytest.raises(AudienceChanged):
        share_entry(entry=entry, by=by, confirmed=confirmed)


def test_sharing_again_without_a_change_is_the_version_that_stands(cast, entry):
    put_film(cast, entry, film(cast, cast.alma, cast.bo), film(cast, nobody=True))
    assert share(cast, entry) == share(cast, entry)
    assert VersionClipSubject.objects.count() == 2


def test_a_home_is_told_of_a_film_that_came_and_of_none_that_it_does_not_get(cast, entry):
    share(cast, entry)
    put_film(cast, entry, film(cast, cast.alma))
    share(cast, entry, at=LATER)
    assert {change.child for change in HomeChange.objects.all()} == {cast.alma}


def test_a_withdrawn_entry_takes_its_films_along(cast, entry):
    row = holding(cast, entry, nobody=True)
    withdraw_entry(entry=entry, by=cast.viewer("cecilia"))
    assert not any(Clip.objects.visible_to(cast.viewer(name)).filter(pk=row.pk).exists() for name in FAMILIES)


def test_the_staff_see_films_of_children_they_are_tied_to(cast, entry):
    put_film(cast, entry, row := film(cast, cast.alma))
    for name, seen in {"cecilia": True, "david": False, "gun": False, "stranger": False}.items():
        viewer = cast.viewer(name)
        assert Clip.objects.visible_to(viewer).filter(pk=row.pk).exists() == seen, name
        oracle = Content(Oracle(facts.read(), NOW))
        assert (row.pk in oracle.clips_for(viewer.person.pk, str(viewer.hat))) == seen, name


def test_words_and_captions_are_masked_like_all_words(cast, entry):
    by = cast.viewer("cecilia")
    put_film(cast, entry, row := film(cast, nobody=True))
    said = {row.public_id: ClipInput(Marked(nobody=True), "@Alma and @Bo", "0:01 Look, @Bo!\n0:03 I see, said @Alma.")}
    save_clips(entry=entry, by=by, said=said)
    share(cast, entry)
    entry.refresh_from_db()
    [shown] = for_viewer([entry], cast.viewer("astrid"))
    [view] = shown.clips
    assert "Bo" not in view.caption + view.words
    assert view.words.splitlines()[1] == "0:03 I see, said Alma."
    [shown] = for_viewer([entry], by)
    assert "Bo" in shown.clips[0].words


def test_a_plain_first_name_in_the_words_of_a_film_is_pointed_out_before_sharing(cast, entry):
    put_film(cast, entry, film(cast, nobody=True), words="Come here, Bo!")
    with pytest.raises(NotReady) as stopped:
        share(cast, entry)
    assert stopped.value.preview.blockers == ["names"]
    settle_name(entry=entry, by=cast.viewer("cecilia"), child=cast.bo, word="Bo", mention=True)
    share(cast, entry)
    entry.refresh_from_db()
    [shown] = for_viewer([entry], cast.viewer("astrid"))
    assert shown.clips[0].words.startswith("Come here,")
    assert "Bo" not in shown.clips[0].words


def test_the_familys_page_has_a_calm_player_and_the_log_a_still(cast, entry, client, as_persona, stop_clock):
    stop_clock(NOW)
    put_film(cast, entry, row := film(cast, cast.alma), words="0:01 Look!")
    share(cast, entry)
    as_persona(client, cast.astrid, Hat.GUARDIAN)
    href = reverse("family:entry", kwargs={"child": cast.alma.public_id, "entry": entry.public_id})
    page = client.get(href).content.decode()
    for part in ("<video controls", 'preload="none"', "playsinline", "poster=", f"{row.public_id}/play", "<track"):
        assert part in page
    assert "autoplay" not in page
    words = client.get(f"{href}clips/{row.public_id}/words.vtt")
    assert (words["Content-Type"], words.content.decode()) == (
        "text/vtt; charset=utf-8", "WEBVTT\n\n00:00:01.000 --> 00:00:08.000\nLook!\n")  # fmt: skip
    log = client.get(reverse("family:log", kwargs={"child": cast.alma.public_id})).content.decode()
    assert f"{row.public_id}/poster" in log
    assert f"{row.public_id}/play" not in log


def test_another_family_finds_no_trace_of_it(cast, entry, client, as_persona, stop_clock):
    stop_clock(NOW)
    put_film(cast, entry, row := film(cast, cast.alma), words="0:01 Look!")
    share(cast, entry)
    as_persona(client, cast.birger, Hat.GUARDIAN)
    for name, parts in (("log", {}), ("entry", {"entry": entry.public_id})):
        page = client.get(reverse(f"family:{name}", kwargs={"child": cast.bo.public_id, **parts})).content.decode()
        assert entry.title in page
        assert not any(trace in page for trace in (str(row.public_id), "<video", "clip-", "films"))
    href = reverse("family:captions", kwargs={
        "child": cast.bo.public_id, "entry": entry.public_id, "clip": row.public_id})  # fmt: skip
    assert client.get(href).status_code == 404


@pytest.fixture
def teacher(cast, client, as_persona, stop_clock):
    stop_clock(NOW)
    return as_persona(client, cast.cecilia, Hat.STAFF)


def staff(name, entry, **parts):
    return reverse(f"staff:{name}", kwargs={"entry": entry.public_id, **parts})


def form_of(entry, **more):
    children = [str(row.child.public_id) for row in entry.entry_children.select_related("child")]
    return {"revision": entry.revision, "children": children, "title": entry.title, "text": entry.text,
            "form_key": str(uuid.uuid4()), **more}  # fmt: skip


def test_the_composer_shows_films_says_the_limits_and_saves_who_is_in_them(cast, entry, teacher, settings):
    settings.CLIP_MAX_SECONDS, settings.CLIP_MAX_BYTES = 180, 50 * 1024 * 1024
    put_film(cast, entry, row := film(cast))
    page = teacher.get(staff("compose", entry)).content.decode()
    assert f"clip-{row.public_id}" in page
    assert "3" in clip_cards.limits()
    assert clip_cards.limits() in page
    assert any(translation.override(code)(gettext)(IN_SEVERAL) in page for code in ("sv", "en"))
    key = row.public_id
    sent = form_of(entry, clip=str(key), **{f"who_{key}": str(cast.bo.public_id), f"caption_{key}": "Digging"})
    assert teacher.post(staff("save", entry), sent).status_code == 302
    assert list(row.subjects.values_list("child", flat=True)) == [cast.bo.pk]
    assert EntryClip.objects.get().caption == "Digging"
    entry.refresh_from_db()
    teacher.post(staff("save", entry), form_of(entry, do=f"remove_clip:{key}"))
    assert not EntryClip.objects.exists()


def test_without_a_script_a_small_film_and_its_captions_come_with_the_form(cast, entry, teacher):
    sent = form_of(entry, clips=SimpleUploadedFile("film.mp4", b"to be looked at later", "video/mp4"))
    assert teacher.post(staff("save", entry), sent).status_code == 302
    assert teacher.post(staff("save", entry), sent | {"clips": SimpleUploadedFile("film.mp4", b"")}).status_code == 302
    clip = Clip.objects.get()
    assert (clip.state, EntryClip.objects.get().entry) == ("waiting", entry)
    vtt = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHej!\n"
    entry.refresh_from_db()
    teacher.post(
        staff("save", entry), form_of(entry, **{f"words_file_{clip.public_id}": SimpleUploadedFile("a.vtt", vtt)})
    )
    assert EntryClip.objects.get().words == "0:01 Hej!"


def test_a_film_is_sent_in_pieces_to_an_entry_one_may_write_on_and_to_no_other(cast, entry, teacher, as_persona):
    def begin():
        data = {"for": "entry", "about": entry.public_id, "size": 10, "client_key": uuid.uuid4()}
        return teacher.post(reverse("media_policy:clip_begin"), data)

    told = begin().json()
    href = reverse("media_policy:clip_piece", kwargs={"public_id": told["upload"]})
    clip = teacher.post(f"{href}?from=0", b"0123456789", content_type="application/octet-stream").json()["clip"]
    assert teacher.get(staff("clip", entry, clip=clip)).status_code == 200
    assert EntryClip.objects.get().clip.client_key is not None
    for who, hat in (("david", Hat.STAFF), ("stranger", Hat.STAFF), ("astrid", Hat.GUARDIAN)):
        as_persona(teacher, getattr(cast, who), hat)
        assert begin().status_code == 404
        assert teacher.get(staff("clip", entry, clip=clip)).status_code == 404


def test_before_sharing_the_page_says_what_stays_and_who_gets_it(cast, entry, teacher):
    put_film(cast, entry, film(cast, cast.alma, cast.bo), film(cast, cast.alma))
    going = clip_cards.going(preview_sharing(entry=entry, by=cast.viewer("cecilia")), cast.viewer("cecilia"))
    assert len(going.staying) == 1
    assert going.to == {cast.alma.public_id: 1, cast.bo.public_id: 0}
    assert teacher.get(staff("share", entry)).status_code == 200


def test_an_erased_child_leaves_no_film_and_no_name(cast, entry):
    row, other = film(cast, cast.alma), film(cast, cast.bo)
    put_film(cast, entry, row, other)
    share(cast, entry)
    erase_child(child=cast.alma, at=LATER, by=cast.eva, because="asked for")
    assert list(Clip.objects.standing()) == [other]
    assert not VersionClipSubject.objects.filter(child=cast.alma).exists()


def test_an_entry_of_nobody_else_is_emptied_of_its_films(cast):
    alone = write(cast, cast.alma)
    put_film(cast, alone, row := film(cast, nobody=True), words="Look!")
    share(cast, alone)
    erase_child(child=cast.alma, at=LATER, by=cast.eva, because="asked for")
    assert not EntryClip.objects.exists()
    assert [(held.clip, held.words) for held in VersionClip.objects.all()] == [(None, "")]
    assert row in Clip.objects.unheld()


def test_what_an_entry_holds_is_kept_and_what_none_holds_is_let_go(cast, entry):
    put_film(cast, entry, row := film(cast, cast.alma))
    assert row not in Clip.objects.unheld()
    share(cast, entry)
    EntryClip.objects.all().delete()
    assert row not in Clip.objects.unheld()
    withdraw_entry(entry=entry, by=cast.viewer("cecilia"))
    assert row in Clip.objects.unheld()
    assert clips.shown_to_family(cast.viewer("astrid")).count() == 0
