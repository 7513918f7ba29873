"""Taking in, marking and erasing: what is kept, what is left behind, what is the same picture."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from media_policy import files, services
from media_policy.models import Derivative, Picture, PictureErasure, PictureSubject
from media_policy.purposes import Purpose
from media_policy.refusal import Refused
from tests.media_policy import samples
from tests.media_policy.conftest import AT


def stored(rooms):
    return sorted(path for path in (rooms / "private").rglob("*") if path.is_file())


def every_byte(rooms):
    return b"".join(path.read_bytes() + str(path).encode() for path in rooms.rglob("*") if path.is_file())


def every_value():
    """All that the room's tables hold, as text."""
    rows = []
    with connection.cursor() as cursor:
        for model in (Picture, PictureSubject, Derivative, PictureErasure):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            rows += cursor.fetchall()
    return repr(rows)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "heic"])
def test_no_secret_of_the_camera_reaches_storage_spool_or_tables(world, rooms, kind):
    picture = world.take_in(getattr(samples, kind)(profile=samples.wide(), orientation=6))
    assert len(stored(rooms)) == 4
    assert not samples.mentions_a_secret(every_byte(rooms))
    assert samples.PLANTED not in every_value()
    assert "Andersson" not in every_value()
    assert b"Andersson" not in every_byte(rooms)
    assert not samples.mentions_a_secret(services.jpeg_copy(picture).data)


def test_a_picture_is_kept_as_four_files_with_random_names(world, rooms):
    picture = world.take_in()
    rows = {row.purpose: row for row in picture.derivatives.all()}
    assert set(rows) == set(Purpose)
    for row in rows.values():
        with files.storage().open(row.storage_name) as file:
            data = file.read()
        assert (row.byte_size, row.content_type) == (len(data), "image/webp")
        folder, shelf, name = row.storage_name.split("/")
        assert (folder, shelf) == ("pictures", name[:2])
        assert len(name.removesuffix(".webp")) == 40
        assert str(picture.public_id).replace("-", "") not in row.storage_name
        assert row.etag not in row.storage_name
    assert len({row.etag for row in rows.values()}) == 4
    assert (picture.width, picture.height) == (96, 64)
    assert picture.marking == Picture.Marking.UNMARKED
    assert picture.uploaded_by == world.cecilia


def test_a_refused_file_leaves_nothing_behind(world, rooms):
    for data in (b"", b"words", samples.jpeg()[:-40], samples.png() + b"PK\x03\x04"):
        with pytest.raises(Refused):
            world.take_in(data)
    assert not Picture.objects.exists()
    assert stored(rooms) == []
    assert list((rooms / "spool").iterdir()) == []


def test_the_same_upload_again_is_the_same_picture(world, rooms):
    key = uuid.uuid4()
    first = world.take_in(client_key=key)
    assert world.take_in(b"whatever comes now", client_key=key) == first
    assert len(stored(rooms)) == 4
    assert world.take_in(client_key=uuid.uuid4()) != first
    assert world.take_in(by=world.astrid, client_key=key) != first


def test_the_same_upload_sent_twice_at_once_leaves_one_picture_and_no_file(world, rooms, monkeypatch):
    key = uuid.uuid4()
    real, calls = services.known, []

    def blind_at_first(by, client_key):
        calls.append(client_key)
        return None if len(calls) == 2 else real(by, client_key)

    first = world.take_in(client_key=key)
    monkeypatch.setattr(services, "known", blind_at_first)
    calls.append("the next call is the first of the twin")
    assert world.take_in(client_key=key) == first
    assert len(stored(rooms)) == 4


def test_a_write_that_fails_half_way_leaves_no_file_and_no_row(world, rooms, monkeypatch):
    real, written = files.write, []

    def failing(data, **options):
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        written.append(real(data, **options))
        return written[-1]

    monkeypatch.setattr(files, "write", failing)
    with pytest.raises(OSError, match="No space"):
        world.take_in()
    assert stored(rooms) == []
    assert not Picture.objects.exists()


def test_a_unit_of_another_organisation_is_an_error(world):
    from people.models import Organisation

    other = Organisation.objects.create(name="Fjordby", country="NO")
    with pytest.raises(ValueError, match="another organisation"):
        services.take_in(
            upload=SimpleUploadedFile("a.jpg", samples.jpeg()),
            by=world.viewer(world.cecilia),
            unit=world.unit,
            organisation=other,
        )


def test_the_moment_of_taking_is_kept_unless_it_lies_ahead(world):
    assert world.take_in().taken_at.isoformat() == "2026-05-04T08:11:12+00:00"
    assert world.take_in(at=AT - timedelta(days=365)).taken_at is None


def marks(picture):
    return sorted(picture.subjects.values_list("child__given_name", flat=True))


def test_marking_says_these_children_or_nobody_or_takes_it_back(world):
    picture, by = world.take_in(), world.viewer(world.cecilia)
    row = services.mark(picture=picture, children=[world.alma, world.bo], nobody=False, by=by)
    assert (row.marking, marks(picture)) == ("children", ["Alma", "Bo"])
    assert (row.marked_by, row.marked_at) == (world.cecilia, AT)
    row = services.mark(picture=picture, children=[world.bo], nobody=False, by=by)
    assert (row.marking, marks(picture)) == ("children", ["Bo"])
    row = services.mark(picture=picture, children=None, nobody=True, by=by)
    assert (row.marking, marks(picture)) == ("nobody", [])
    row = services.mark(picture=picture, children=[], nobody=False, by=by)
    assert (row.marking, marks(picture)) == ("unmarked", [])


def test_children_and_nobody_at_once_is_an_error(world):
    with pytest.raises(ValueError, match="Either"):
        services.mark(picture=world.take_in(), children=[world.alma], nobody=True, by=world.viewer(world.cecilia))


def test_the_database_marks_a_child_once(world):
    picture = world.take_in()
    services.mark(picture=picture, children=[world.alma], nobody=False, by=world.viewer(world.cecilia))
    with pytest.raises(IntegrityError), transaction.atomic():
        PictureSubject.objects.create(picture=picture, child=world.alma)


def test_an_erased_picture_keeps_nothing_but_its_receipt(world, rooms, django_capture_on_commit_callbacks):
    picture = world.take_in(client_key=uuid.uuid4())
    services.mark(picture=picture, children=[world.alma], nobody=False, by=world.viewer(world.cecilia))
    with django_capture_on_commit_callbacks(execute=True):
        receipt = services.erase_picture(picture=picture, by_reason="removed", at=AT)
    assert stored(rooms) == []
    picture.refresh_from_db()
    assert not picture.derivatives.exists()
    assert not picture.subjects.exists()
    emptied = (picture.uploaded_by, picture.client_key, picture.taken_at, picture.marked_by, picture.marked_at)
    assert emptied == (None,) * 5
    assert (picture.marking, picture.width, picture.height, picture.erased_at) == ("unmarked", 0, 0, AT)
    assert (receipt.reason, receipt.files, receipt.erased_at) == ("removed", 4, AT)


def test_erasing_twice_gives_the_first_receipt(world):
    picture = world.take_in()
    first = services.erase_picture(picture=picture, by_reason="removed", at=AT)
    assert services.erase_picture(picture=picture, by_reason="unused", at=AT + timedelta(days=1)) == first
    assert PictureErasure.objects.get().reason == "removed"


def test_an_erasure_needs_a_reason_that_is_known(world):
    with pytest.raises(ValueError, match="because"):
        services.erase_picture(picture=world.take_in(), by_reason="because", at=AT)
    assert Picture.objects.standing().count() == 1


def test_files_stay_while_the_erasure_may_still_be_undone(world, rooms, django_capture_on_commit_callbacks):
    picture = world.take_in()

    @transaction.atomic
    def erase_and_fail():
        services.erase_picture(picture=picture, by_reason="removed", at=AT)
        raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True) as callbacks, pytest.raises(ZeroDivisionError):
        erase_and_fail()
    assert callbacks == []
    assert len(stored(rooms)) == 4


def test_a_file_that_cannot_be_deleted_does_not_stop_the_others(world, rooms, monkeypatch, caplog):
    picture = world.take_in()
    names = list(picture.derivatives.values_list("storage_name", flat=True))
    where, real = files.storage(), files.storage().delete

    def refusing(name):
        if name == names[0]:
            raise OSError(5, "secret words of the storage")
        real(name)

    monkeypatch.setattr(where, "delete", refusing)
    files.remove(names)
    assert len(stored(rooms)) == 1
    assert "secret words" not in caplog.text
    assert "OSError" in caplog.text


def test_the_database_refuses_a_picture_that_is_half_erased(world):
    picture = world.take_in()
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(erased_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(uploaded_by=None)


def test_the_copy_for_a_pdf_is_a_jpeg_of_the_master(world):
    copy = services.jpeg_copy(world.take_in(samples.png(samples.scene(2400, 1600))))
    assert (copy.width, copy.height) == (2016, 1344)
    assert copy.data[:2] == b"\xff\xd8"


def test_no_row_tells_anything_in_the_log(world):
    picture = world.take_in()
    services.mark(picture=picture, children=[world.alma], nobody=False, by=world.viewer(world.cecilia))
    rows = [picture, picture.derivatives.first(), picture.subjects.get()]
    rows.append(services.erase_picture(picture=picture, by_reason="removed", at=AT))
    for row in rows:
        assert str(row).split()[0] == type(row).__name__
        assert str(row).split()[1].isdigit() or str(row).endswith("None")
