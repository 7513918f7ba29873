"""Erased is gone: rows, every file made, what lay in the spool, and every version that an object store kept."""

import os
import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ground import clock
from media_policy import erasure, files, services, spool, sweep
from media_policy.clips import services as clips
from media_policy.clips.models import Clip, ClipFile, ClipUpload
from media_policy.clips.querysets import ClipQuerySet
from media_policy.models import Derivative, Picture
from media_policy.querysets import PictureQuerySet
from tests.media_policy import s3, samples, traces
from tests.media_policy.clips import films
from tests.media_policy.conftest import AT


class Disk:
    def left(self, rooms):
        return sorted(str(path) for path in rooms.rglob("*") if path.is_file())

    def rewrite(self, names):
        """A disk knows one version of a file."""


class Bucket(Disk):
    """A bucket that keeps versions: a deletion only hides."""

    def __init__(self, storage):
        self.bucket = storage.bucket
        self.bucket.Versioning().enable()

    def left(self, rooms):
        kept = [f"{item.object_key} {item.version_id}" for item in self.bucket.object_versions.all()]
        return sorted(kept) + super().left(rooms)

    def rewrite(self, names):
        """Every file has been deleted once, and put back: three things to a name."""
        for name in names:
            kept = self.bucket.Object(name)
            data = kept.get()["Body"].read()
            kept.delete()
            kept.put(Body=data)


@pytest.fixture(params=["disk", "moto", s3.REAL])
def where(request, settings, world):
    if request.param == "disk":
        return Disk()
    return Bucket(s3.use(settings, f"gone-{uuid.uuid4()}", s3.options_of(request.param, request)))


def names():
    return [*Derivative.objects.values_list("storage_name", flat=True),
            *ClipFile.objects.values_list("storage_name", flat=True)]  # fmt: skip


@pytest.fixture
def things(where, world, place):
    """A picture, a film, a film that still waits and one that has half arrived: all of Alma but the last."""
    by = world.viewer(world.cecilia)
    picture, film, waiting = world.take_in(), place.take_in(films.android()), place.send(films.memo())
    services.mark(picture=picture, children=[world.alma], nobody=False, by=by)
    for clip in (film, waiting):
        clips.mark_clip(clip=clip, children=[world.alma], nobody=False, by=by)
    where.rewrite(names())
    return picture, [film, waiting]


def nothing_is_left(where, rooms, before):
    assert before
    assert where.left(rooms) == []
    assert names() == []
    tables = traces.in_tables()
    assert [name for name in before if name.encode() in tables] == []


def test_of_an_erased_picture_and_an_erased_film(where, things, rooms, django_capture_on_commit_callbacks):
    before, (picture, kept) = names(), things
    assert len(where.left(rooms)) >= 7
    with django_capture_on_commit_callbacks(execute=True):
        services.erase_picture(picture=picture, by_reason="removed", at=AT)
        for clip in kept:
            clips.erase_clip(clip=clip, by_reason="removed", at=AT)
    nothing_is_left(where, rooms, before)


def test_of_an_erased_child(where, things, world, place, rooms, django_capture_on_commit_callbacks):
    before = names()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_child(world.alma, AT)
    nothing_is_left(where, rooms, before)
    assert not Picture.objects.standing().exists()
    assert not Clip.objects.standing().exists()


def test_of_what_was_half_sent(where, place, world, rooms):
    by = world.viewer(world.cecilia)
    upload = clips.begin(target="test", about=place.public_id, by=by, size=10, client_key=uuid.uuid4())
    clips.receive(upload=upload, by=by, offset=0, data=b"half")
    assert len(where.left(rooms)) == 1
    clips.drop(upload=upload)
    assert where.left(rooms) == []
    assert not ClipUpload.objects.exists()


@pytest.fixture
def held(monkeypatch):
    """Something holds everything; and only the shelves in use are looked at, for each is a request."""
    for queries in (PictureQuerySet, ClipQuerySet):
        monkeypatch.setattr(queries, "unheld", lambda self: self.none())
    shelves = sorted({name.split("/")[1] for name in names()} | {"aa"})
    monkeypatch.setattr(files, "SHELVES", shelves)
    monkeypatch.setattr(files, "new_name", lambda extension, folder=files.FOLDER: f"{folder}/aa/{uuid.uuid4()}.bin")


def swept(*arguments):
    out = StringIO()
    try:
        call_command("sweep_media", *arguments, stdout=out)
    except CommandError as failure:
        return failure.returncode, out.getvalue()
    return 0, out.getvalue()


def test_the_sweep_finds_both_ways_and_says_so_by_its_exit_code(where, things, held, monkeypatch, tmp_path):
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    Clip.objects.waiting().update(state="refused", raw_name="")
    assert swept("--dry-run")[0] == 0
    loose = tmp_path / "loose"
    loose.write_bytes(b"no row names me")
    orphans = [
        files.write(b"no row names me", extension="webp", content_type="image/webp"),
        files.put(loose, extension="mp4", content_type="video/mp4"),
    ]
    where.rewrite(orphans)
    code, said = swept("--dry-run")
    assert code == 0
    assert sorted(line.split()[1] for line in said.splitlines() if line.startswith("orphan")) == sorted(orphans)
    code, said = swept()
    assert "2 files without rows" in said
    assert not [line for line in where.left(tmp_path / "none") if any(name in line for name in orphans)]
    lost = [Derivative.objects.get(purpose="full"), ClipFile.objects.get(purpose="play")]
    files.remove(row.storage_name for row in lost)
    code, said = swept()
    assert code == 1
    assert f"missing  Derivative {lost[0].pk}" in said
    assert f"missing  ClipFile {lost[1].pk}" in said


def test_the_sweep_digs_out_what_a_plain_deletion_only_hid(where, things, held, monkeypatch):
    if isinstance(where, Bucket):
        row = Derivative.objects.get(purpose="thumb")
        where.bucket.Object(row.storage_name).delete()
        hidden, name = row.storage_name, row.storage_name
        row.delete()
        assert any(hidden in line for line in where.left(files_nowhere()))
        at = clock.now()
        assert sweep.sweep(at).buried_files == []
        report = sweep.sweep(at + timedelta(hours=2), dry_run=True)
        assert report.buried_files == [name]
        assert sweep.sweep(at + timedelta(hours=2)).buried_files == [name]
        assert not any(hidden in line for line in where.left(files_nowhere()))
    assert sweep.sweep(clock.now() + timedelta(hours=2)).buried_files == []


def files_nowhere():
    return spool.folder() / "nothing"


def test_yesterdays_raw_files_go(where, place, world, rooms, held):
    place.send(samples.jpeg())
    for path in spool.folder().rglob("*"):
        if path.is_file():
            os.utime(path, ((AT - timedelta(hours=25)).timestamp(),) * 2)
    sweep.sweep(AT + timedelta(hours=25))
    assert where.left(rooms) == []
