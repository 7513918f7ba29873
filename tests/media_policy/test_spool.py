"""Raw uploads lie in a folder of their own, for seconds."""

import os
import stat
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from media_policy import checks, spool
from media_policy.refusal import Reason, Refused
from tests.media_policy.conftest import AT, temporary


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def aged(path, age):
    then = (AT - age).timestamp()
    os.utime(path, (then, then))


def test_the_folder_is_made_for_one_user_alone(rooms):
    assert mode_of(spool.folder()) == 0o700


def test_a_folder_that_others_may_enter_is_closed_to_them(rooms, settings):
    settings.SPOOL_ROOT.mkdir(mode=0o755)
    settings.SPOOL_ROOT.chmod(0o755)
    assert mode_of(spool.folder()) == 0o700


def test_the_check_at_the_start_makes_the_folder(rooms, settings):
    assert checks.spool_is_private(None) == []
    assert mode_of(settings.SPOOL_ROOT) == 0o700


def test_the_check_tells_when_the_folder_cannot_be_made(rooms, settings):
    (rooms / "file").write_text("in the way")
    settings.SPOOL_ROOT = rooms / "file" / "spool"
    assert [found.id for found in checks.spool_is_private(None)] == ["media_policy.E001"]


def test_an_upload_lies_there_under_a_name_that_tells_nothing_and_is_gone_afterwards(rooms, settings):
    upload = temporary(b"raw")
    (path,) = settings.SPOOL_ROOT.iterdir()
    assert "alma" not in path.name.lower()
    assert mode_of(path) == 0o600
    with spool.taken_out(upload) as data:
        assert data == b"raw"
    assert list(settings.SPOOL_ROOT.iterdir()) == []


def test_it_is_gone_also_when_the_work_on_it_fails(rooms, settings):
    upload = temporary(b"raw")
    with pytest.raises(ZeroDivisionError), spool.taken_out(upload):
        1 / 0  # noqa: B018
    assert list(settings.SPOOL_ROOT.iterdir()) == []


def test_an_upload_heavier_than_allowed_is_not_even_read(rooms, settings):
    settings.PICTURE_MAX_BYTES = 10
    with pytest.raises(Refused) as caught, spool.taken_out(temporary(b"x" * 11)):
        pytest.fail("it was read")
    assert caught.value.reason == Reason.TOO_HEAVY
    assert list(settings.SPOOL_ROOT.iterdir()) == []


def test_a_stated_size_that_lies_does_not_help(rooms, settings):
    settings.PICTURE_MAX_BYTES = 10
    upload = SimpleUploadedFile("a.jpg", b"x" * 5000)
    upload.size = 3
    with spool.taken_out(upload) as data:
        assert len(data) == 11


def test_what_has_lain_for_more_than_a_day_is_swept_and_the_rest_stays(rooms):
    folder = spool.folder()
    for name, age in (("old", timedelta(hours=25)), ("young", timedelta(hours=23))):
        (folder / name).write_bytes(b"raw")
        aged(folder / name, age)
    nested = folder / "chunks"
    nested.mkdir()
    (nested / "part").write_bytes(b"raw")
    aged(nested / "part", timedelta(hours=30))
    aged(nested, timedelta(hours=30))
    assert spool.sweep_spool(AT) == 2
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["young"]


def test_the_sweep_follows_no_link_out_of_the_folder(rooms):
    outside = rooms / "outside"
    outside.mkdir()
    (outside / "precious").write_bytes(b"keep")
    aged(outside / "precious", timedelta(days=3))
    (spool.folder() / "link").symlink_to(outside)
    spool.sweep_spool(AT)
    assert (outside / "precious").exists()
