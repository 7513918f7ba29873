"""Serving, erasing and sweeping: no bytes without the rule, and none that nobody names."""

import os
from datetime import timedelta

import pytest
from django.urls import reverse

from media_policy import erasure, files, sweep
from media_policy.clips import raw, services
from media_policy.clips.models import Clip, ClipErasure, ClipFile, ClipUpload
from media_policy.clips.querysets import ClipQuerySet
from tests.media_policy.clips import films
from tests.media_policy.conftest import AT
from visibility.models import ReadingLine

STRICT = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
    "Accept-Ranges": "bytes",
}


def href(clip, purpose="play"):
    return reverse("media_policy:clip", kwargs={"public_id": clip.public_id, "purpose": purpose})


def bytes_of(clip, purpose="play"):
    with files.storage().open(clip.files.get(purpose=purpose).storage_name) as file:
        return file.read()


@pytest.fixture
def clip(place, world):
    made = place.take_in(films.android())
    services.mark_clip(clip=made, children=[world.alma], nobody=False, by=world.viewer(world.cecilia))
    place.show(made, world.astrid)
    return made


@pytest.fixture
def astrid(world, clip, sign_in, stop_clock):
    stop_clock(AT)
    return sign_in(world.astrid, "guardian")


@pytest.mark.parametrize(("purpose", "kind"), [("play", "video/mp4"), ("poster", "image/webp")])
def test_whoever_the_rule_shows_it_to_gets_the_bytes_under_strict_headers(astrid, clip, purpose, kind):
    response = astrid.get(href(clip, purpose))
    assert (response.status_code, response.body, response["Content-Type"]) == (200, bytes_of(clip, purpose), kind)
    assert {name: response[name] for name in STRICT} == STRICT


def test_a_player_gets_the_stretch_it_asks_for(astrid, clip):
    whole = bytes_of(clip)
    response = astrid.get(href(clip), headers={"Range": "bytes=100-199"})
    assert (response.status_code, response.body) == (206, whole[100:200])
    assert response["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert astrid.get(href(clip), headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert astrid.get(href(clip), headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert astrid.head(href(clip)).body == b""


def test_nobody_else_gets_anything(astrid, clip, place, world, client, sign_in):
    place.shown.clear()
    etag = f'"{clip.files.get(purpose="play").etag}"'
    asked = [{}, {"Range": "bytes=0-9"}, {"If-None-Match": etag}]
    assert [astrid.get(href(clip), headers=headers).status_code for headers in asked] == [404, 404, 404]
    client.logout()
    assert client.get(href(clip)).status_code == 404
    assert client.get(href(clip, "master")).status_code == 404
    # Who sent it sees nothing by that alone.
    assert sign_in(world.cecilia).get(href(clip)).status_code == 404


def test_one_watching_is_one_line_of_the_reading_log_wherever_it_begins(astrid, clip, world, stop_clock):
    astrid.get(href(clip, "poster"))
    astrid.head(href(clip))
    assert not ReadingLine.objects.exists()
    for asked in ("bytes=1-", "bytes=0-99", "bytes=100-"):
        astrid.get(href(clip), headers={"Range": asked})
    line = ReadingLine.objects.get()
    assert (line.what, line.about, line.person) == ("film", clip.public_id, world.astrid)
    assert list(line.children.values_list("child", flat=True)) == [world.alma.pk]
    stop_clock(AT + timedelta(minutes=31))
    astrid.get(href(clip), headers={"Range": "bytes=100-"})
    assert ReadingLine.objects.count() == 2


def test_what_cannot_be_logged_is_not_given(astrid, clip, monkeypatch):
    from visibility import readinglog

    monkeypatch.setattr(readinglog, "record", lambda **line: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        astrid.get(href(clip))


def test_erasing_leaves_an_empty_row_a_receipt_and_no_file(clip, stored, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.erase_clip(clip=clip, by_reason=ClipErasure.Reason.REMOVED, at=AT)
    clip.refresh_from_db()
    assert (clip.uploaded_by, clip.marking, clip.duration_ms, clip.width) == (None, "unmarked", 0, 0)
    assert (clip.erasure.files, clip.subjects.count(), clip.files.count()) == (2, 0, 0)
    assert stored() == []
    assert services.erase_clip(clip=clip, by_reason=ClipErasure.Reason.CHILD, at=AT) == clip.erasure


def test_erasing_what_waits_takes_its_raw_file(place, stored, django_capture_on_commit_callbacks):
    clip = place.send(films.android())
    with django_capture_on_commit_callbacks(execute=True):
        services.erase_clip(clip=clip, by_reason=ClipErasure.Reason.REMOVED, at=AT)
    assert stored() == []
    services.make(clip_id=clip.pk)
    assert Clip.objects.get().files.count() == 0


def test_an_erased_child_takes_every_film_along_in_which_it_is(clip, place, world, django_capture_on_commit_callbacks):
    other = place.take_in(films.memo())
    services.mark_clip(clip=other, children=[world.bo], nobody=False, by=world.viewer(world.cecilia))
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_child(world.alma, AT)
    assert list(Clip.objects.standing()) == [other]
    assert ClipErasure.objects.get().reason == "child"


@pytest.fixture
def held(monkeypatch):
    keys = set()
    monkeypatch.setattr(ClipQuerySet, "unheld", lambda self: self.standing().exclude(pk__in=keys))
    return keys


def aged(age=timedelta(hours=2)):
    for shelf in files.SHELVES:
        for name, _time in files.on_shelf(shelf, files.CLIPS):
            then = (AT - age).timestamp()
            os.utime(files.storage().path(name), (then, then))


def test_the_sweep_leaves_what_matches_and_takes_what_no_row_names(clip, held, tmp_path):
    held.add(clip.pk)
    loose = tmp_path / "loose"
    loose.write_bytes(b"no row names me")
    orphan = files.put(loose, extension="mp4", content_type="video/mp4")
    aged()
    report = sweep.sweep(AT)
    assert (report.files_without_rows, report.whole) == ([orphan], True)
    assert all(files.storage().exists(row.storage_name) for row in clip.files.all())


def test_the_sweep_tells_of_rows_whose_file_is_gone(clip, held):
    held.add(clip.pk)
    lost = clip.files.get(purpose="play")
    files.remove([lost.storage_name])
    report = sweep.sweep(AT)
    assert (report.clips_without_files, report.rows_without_files, report.whole) == ([lost.pk], [], False)
    with pytest.raises(sweep.RowsMissFiles):
        sweep.nightly(AT)


def test_after_a_day_nothing_is_left_of_what_was_never_finished_or_used(place, clip, world, held, stored,
                                                                       django_capture_on_commit_callbacks):  # fmt: skip
    viewer, later = world.viewer(world.cecilia), AT + timedelta(hours=25)
    upload = services.begin(target="test", about=place.public_id, by=viewer, size=10, client_key=clip.public_id)
    services.receive(upload=upload, by=viewer, offset=0, data=b"x")
    waiting = place.send(films.memo())
    held.add(waiting.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep.sweep(AT + timedelta(hours=23)).unused_clips == 0
        assert ClipUpload.objects.count() == 1
        assert sweep.sweep(later).unused_clips == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.refusal) == ("refused", "lost")
    assert not ClipUpload.objects.exists()
    assert not ClipFile.objects.exists()
    assert stored() == []


def test_raw_files_that_no_row_names_go_with_the_spool(place, stored):
    raw.write_at(raw.new_name(), 0, b"a crash left me")
    for path in stored():
        os.utime(path, ((AT - timedelta(hours=25)).timestamp(),) * 2)
    assert sweep.sweep(AT).raw_files == 1
    assert stored() == []


def test_marks_are_children_or_nobody_and_never_both(clip, world):
    viewer = world.viewer(world.cecilia)
    assert services.mark_clip(clip=clip, children=[], nobody=True, by=viewer).marking == "nobody"
    assert clip.subjects.count() == 0
    assert services.mark_clip(clip=clip, children=[], nobody=False, by=viewer).marking == "unmarked"
    with pytest.raises(ValueError, match="nobody"):
        services.mark_clip(clip=clip, children=[world.bo], nobody=True, by=viewer)
