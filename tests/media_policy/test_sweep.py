"""The nightly proof that rows and files match."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ground import clock, jobs
from media_policy import files, services, spool, sweep
from media_policy.models import Derivative, Picture, PictureErasure
from tests.media_policy.conftest import AT


@pytest.fixture
def held(monkeypatch):
    """Let the test say which pictures other rooms point at, whatever rooms are installed."""
    from media_policy.querysets import PictureQuerySet

    keys = set()
    monkeypatch.setattr(PictureQuerySet, "unheld", lambda self: self.standing().exclude(pk__in=keys))
    return keys


@pytest.fixture
def picture(world, held):
    made = world.take_in()
    held.add(made.pk)
    aged(world, timedelta(hours=2))
    return made


def stored(rooms):
    return sorted(path for path in (rooms / "private").rglob("*") if path.is_file())


def aged(world, age, *, at=AT):
    for shelf in files.SHELVES:
        for name, _time in files.on_shelf(shelf):
            then = (at - age).timestamp()
            os.utime(files.storage().path(name), (then, then))


def orphan(age=timedelta(hours=2)):
    name = files.write(b"no row names me", extension="webp", content_type="image/webp")
    then = (AT - age).timestamp()
    os.utime(files.storage().path(name), (then, then))
    return name


def test_where_all_matches_nothing_is_touched(picture, rooms):
    report = sweep.sweep(AT)
    assert (report.rows_without_files, report.files_without_rows, report.whole) == ([], [], True)
    assert len(stored(rooms)) == 4


def test_a_file_without_a_row_goes_after_an_hour_and_not_before(picture, rooms):
    old, young = orphan(), orphan(timedelta(minutes=50))
    report = sweep.sweep(AT)
    assert report.files_without_rows == [old]
    assert report.whole
    assert not files.storage().exists(old)
    assert files.storage().exists(young)
    assert len(stored(rooms)) == 5


def test_a_dry_run_reports_and_removes_nothing(world, picture, rooms, held):
    name = orphan()
    held.clear()
    (spool.folder() / "raw").write_bytes(b"raw")
    os.utime(spool.folder() / "raw", (0, 0))
    report = sweep.sweep(AT + timedelta(days=3), dry_run=True)
    assert report.files_without_rows == [name]
    assert files.storage().exists(name)
    assert (spool.folder() / "raw").exists()
    assert Picture.objects.standing().count() == 1


def test_a_row_without_its_file_is_reported_and_kept(picture):
    row = picture.derivatives.get(purpose="card")
    files.storage().delete(row.storage_name)
    report = sweep.sweep(AT)
    assert report.rows_without_files == [row.pk]
    assert not report.whole
    assert Derivative.objects.filter(pk=row.pk).exists()


def test_the_files_of_an_erasure_that_was_cut_short_are_found(picture, rooms):
    # Without the callbacks of a commit: as if the process had died right after it.
    services.erase_picture(picture=picture, by_reason="removed", at=AT)
    assert len(stored(rooms)) == 4
    assert len(sweep.sweep(AT).files_without_rows) == 4
    assert stored(rooms) == []


def test_a_picture_that_nothing_holds_goes_after_a_day(world, picture, held, rooms, django_capture_on_commit_callbacks):
    fresh, lost = world.take_in(), world.take_in(at=AT - timedelta(hours=25))
    with django_capture_on_commit_callbacks(execute=True):
        report = sweep.sweep(AT)
    assert report.unused_pictures == 1
    assert set(Picture.objects.standing()) == {picture, fresh}
    assert PictureErasure.objects.get().picture == lost
    assert PictureErasure.objects.get().reason == "unused"
    assert len(stored(rooms)) == 8


def test_raw_uploads_of_yesterday_go_with_it(picture):
    (spool.folder() / "raw").write_bytes(b"raw")
    os.utime(spool.folder() / "raw", (0, 0))
    assert sweep.sweep(AT).raw_files == 1


def test_files_that_appear_or_go_while_it_looks_are_no_findings(world, picture, held, monkeypatch):
    erased = world.take_in()
    held.add(erased.pk)
    names = set(erased.derivatives.values_list("storage_name", flat=True))
    real = files.on_shelf

    def meanwhile(shelf, root):
        found = list(real(shelf, root))
        if Picture.objects.standing().filter(pk=erased.pk).exists():
            services.erase_picture(picture=erased, by_reason="removed", at=AT)
            files.remove(names)
        return [entry for entry in found if entry[0] not in names]

    monkeypatch.setattr(files, "on_shelf", meanwhile)
    report = sweep.sweep(AT)
    assert report.whole
    assert report.files_without_rows == []


def test_an_empty_storage_and_no_rows_are_in_order(db, rooms):
    assert sweep.sweep(AT).whole


def run(*arguments):
    out = StringIO()
    call_command("sweep_media", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_did(picture, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    name = orphan()
    assert f"orphan  {name}" in run("--dry-run")
    said = run()
    assert f"removed  {name}" in said
    assert "1 files without rows, 0 kept as old versions, 0 rows without files" in said


def test_the_command_fails_when_a_row_misses_its_file(picture, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    files.storage().delete(picture.derivatives.get(purpose="full").storage_name)
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("sweep_media", stdout=out)
    assert caught.value.returncode == 1
    assert "missing  Derivative" in out.getvalue()


def test_it_is_a_nightly_job_that_fails_where_people_look(picture):
    job = next(job for job in jobs.registered() if job.func == sweep.nightly)
    assert job.every == timedelta(days=1)
    job.func(at=AT)
    files.storage().delete(picture.derivatives.get(purpose="full").storage_name)
    with pytest.raises(sweep.RowsMissFiles):
        job.func(at=AT)


def test_held_means_that_a_row_of_another_room_points_at_it(world):
    """Not a list that somebody must keep: every relation to a picture from outside the room counts."""
    held = [
        relation.related_model._meta.label
        for relation in Picture._meta.related_objects
        if relation.related_model._meta.app_label != "media_policy"
    ]
    made = world.take_in()
    assert made in Picture.objects.unheld()
    assert all(label in str(Picture.objects.unheld().query) for label in [label.split(".")[0] for label in held])
