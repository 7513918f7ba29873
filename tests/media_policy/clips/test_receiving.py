"""Sending in pieces: what has arrived is asked for, nothing arrives twice, nobody sends where they may not write."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from media_policy.clips import raw, services
from media_policy.clips.models import Clip, ClipUpload
from media_policy.clips.services import PIECE, OutOfStep
from tests.media_policy.clips import films
from tests.media_policy.conftest import AT

MB = 1024 * 1024
DATA = bytes(range(256)) * (10 * MB // 1024)  # two and a half pieces


@pytest.fixture
def teacher(world, sign_in, stop_clock):
    stop_clock(AT)
    return sign_in(world.cecilia)


class Phone:
    """What the composer's script does, without the script."""

    def __init__(self, client, place, data=DATA, key=None):
        self.client, self.place, self.data, self.key = client, place, data, key or uuid.uuid4()

    def begin(self, **changed):
        sent = {"for": "test", "about": self.place.public_id, "size": len(self.data), "client_key": self.key}
        response = self.client.post(reverse("media_policy:clip_begin"), sent | changed)
        if response.status_code == 200:
            self.told = response.json()
        return response

    @property
    def href(self):
        return reverse("media_policy:clip_piece", kwargs={"public_id": self.told["upload"]})

    def piece(self, offset, *, data=None, size=PIECE):
        body = self.data[offset : offset + size] if data is None else data
        return self.client.post(f"{self.href}?from={offset}", body, content_type="application/octet-stream")


def test_a_file_arrives_piece_by_piece_and_is_put_where_it_was_sent_for(teacher, place, world):
    phone = Phone(teacher, place)
    assert phone.begin().status_code == 200
    assert (phone.told["received"], phone.told["size"], phone.told["piece"]) == (0, len(DATA), PIECE)
    assert phone.piece(0).json()["received"] == PIECE
    assert phone.piece(PIECE).json()["received"] == 2 * PIECE
    last = phone.piece(2 * PIECE).json()
    clip = Clip.objects.get(public_id=last["clip"])
    assert (clip.state, clip.uploaded_by, clip.unit) == ("waiting", world.cecilia, world.unit)
    assert place.kept == [clip.pk]
    assert raw.path_of(clip.raw_name).read_bytes() == DATA
    assert not ClipUpload.objects.exists()


def test_after_a_lost_connection_or_a_closed_tab_it_goes_on_where_it_was(teacher, place):
    key = uuid.uuid4()
    first = Phone(teacher, place, key=key)
    first.begin()
    first.piece(0)
    assert teacher.get(first.href).json()["received"] == PIECE
    again = Phone(teacher, place, key=key)
    again.begin()
    assert (again.told["upload"], again.told["received"]) == (first.told["upload"], PIECE)
    again.piece(PIECE)
    clip = Clip.objects.get(public_id=again.piece(2 * PIECE).json()["clip"])
    assert raw.path_of(clip.raw_name).read_bytes() == DATA


def test_the_same_file_after_it_has_arrived_is_the_clip_that_is_there(teacher, place):
    phone = Phone(teacher, place, films.android())
    phone.begin()
    clip = phone.piece(0).json()["clip"]
    assert phone.begin().json()["clip"] == clip
    assert Clip.objects.count() == 1


def test_what_a_crash_left_whole_is_finished_when_it_is_asked_for(teacher, place, monkeypatch):
    phone = Phone(teacher, place, films.android())
    phone.begin()
    with monkeypatch.context() as patch:
        patch.setattr(place.__class__, "keep", lambda self, clip: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            phone.piece(0)
    assert ClipUpload.objects.get().received == len(phone.data)
    assert Clip.objects.count() == 0
    assert phone.begin().json()["state"] == "waiting"
    assert place.kept == [Clip.objects.get().pk]


@pytest.mark.parametrize("offset", ["", "x", "-1", "1", str(PIECE), "9" * 20, "٣"])
def test_a_piece_that_does_not_follow_is_told_where_to_go_on(teacher, place, offset):
    phone = Phone(teacher, place)
    phone.begin()
    address = f"{phone.href}?from={offset}"
    response = teacher.post(address, DATA[:PIECE], content_type="application/octet-stream")
    assert (response.status_code, response.json()["received"]) == (409, 0)


@pytest.mark.parametrize("size", [0, PIECE + 1])
def test_a_piece_has_at_least_a_byte_and_at_most_a_megabyte(teacher, place, size):
    phone = Phone(teacher, place)
    phone.begin()
    assert phone.piece(0, data=bytes(size)).status_code == 409
    assert ClipUpload.objects.get().received == 0


def test_no_more_comes_than_was_announced(teacher, place):
    phone = Phone(teacher, place, b"0123456789")
    phone.begin()
    assert phone.piece(0, data=b"0123456789more").status_code == 409


def test_the_same_piece_sent_twice_at_once_counts_once(place, world, monkeypatch):
    viewer = world.viewer(world.cecilia)
    one = services.begin(target="test", about=place.public_id, by=viewer, size=len(DATA), client_key=uuid.uuid4())
    twin = ClipUpload.objects.get(pk=one.pk)
    services.receive(upload=one, by=viewer, offset=0, data=DATA[:PIECE])
    with pytest.raises(OutOfStep) as out:
        services.receive(upload=twin, by=viewer, offset=0, data=DATA[:PIECE])
    assert out.value.received == PIECE


def test_an_emptied_spool_makes_it_begin_anew(teacher, place):
    phone = Phone(teacher, place)
    phone.begin()
    phone.piece(0)
    raw.remove(ClipUpload.objects.get().raw_name)
    assert phone.begin().json()["received"] == 0


@pytest.mark.parametrize("changed", [{"size": "x"}, {"size": ""}, {"client_key": "x"}, {"about": "x"}, {"for": "y"}])
def test_what_is_no_announcement_is_not_there(teacher, place, changed):
    assert Phone(teacher, place).begin(**changed).status_code == 404


def test_too_heavy_and_empty_files_are_refused_before_a_byte_is_sent(teacher, place, settings):
    for size in (0, settings.CLIP_MAX_BYTES + 1):
        response = Phone(teacher, place).begin(size=size)
        assert response.status_code == 422
        assert response.json()["sentence"]
    assert not ClipUpload.objects.exists()


def test_nobody_begins_or_goes_on_where_they_may_not_write(teacher, place, world, sign_in):
    phone = Phone(teacher, place)
    phone.begin()
    place.writers.clear()
    assert phone.piece(0).status_code == 404
    assert phone.begin().status_code == 404
    place.writers.update({world.cecilia.pk, world.astrid.pk})
    stranger = Phone(sign_in(world.astrid), place)
    stranger.told = phone.told
    assert stranger.piece(0).status_code == 404
    assert teacher.get(phone.href).status_code == 404
    guardian = Phone(sign_in(world.cecilia, "guardian"), place)
    assert guardian.begin().status_code == 404


@pytest.mark.parametrize("address", ["clip_begin", "clip_piece", "clip_drop"])
def test_a_stranger_gets_the_404_of_what_is_not_there(client, db, rooms, address):
    named = {} if address == "clip_begin" else {"public_id": uuid.uuid4()}
    response = client.post(reverse(f"media_policy:{address}", kwargs=named))
    assert response.status_code == 404
    assert response.content == b""


def test_the_same_key_is_no_way_into_another_upload(place, world):
    viewer, key = world.viewer(world.cecilia), uuid.uuid4()
    services.begin(target="test", about=place.public_id, by=viewer, size=10, client_key=key)
    with pytest.raises(PermissionDenied):
        services.begin(target="test", about=place.public_id, by=viewer, size=11, client_key=key)


def test_thinking_better_of_it_leaves_nothing(teacher, place, stored):
    phone = Phone(teacher, place)
    phone.begin()
    phone.piece(0)
    href = reverse("media_policy:clip_drop", kwargs={"public_id": phone.told["upload"]})
    assert teacher.post(href).status_code == 200
    assert stored() == []
    assert not ClipUpload.objects.exists()


def test_one_person_has_few_unfinished_files_and_the_oldest_make_room(place, world, stored):
    for number in range(services.MOST_AT_ONCE + 2):
        viewer = world.viewer(world.cecilia, at=AT + timedelta(minutes=number))
        upload = services.begin(target="test", about=place.public_id, by=viewer, size=10, client_key=uuid.uuid4())
        services.receive(upload=upload, by=viewer, offset=0, data=b"x")
    assert ClipUpload.objects.count() == len(stored()) == services.MOST_AT_ONCE
    assert not ClipUpload.objects.filter(touched_at__lt=AT + timedelta(minutes=2)).exists()


def test_a_plain_form_brings_a_whole_file_and_a_second_tap_brings_none(place, stored):
    key = uuid.uuid4()
    one, two = place.send(films.android(), key=key), place.send(films.android(), key=key)
    assert one == two
    assert len(stored()) == 1


def test_what_is_not_kept_where_it_was_sent_for_leaves_no_file(place, stored, monkeypatch):
    def closed(self, clip):
        raise PermissionDenied

    monkeypatch.setattr(place.__class__, "keep", closed)
    with pytest.raises(PermissionDenied):
        place.send(films.android())
    assert stored() == []
    assert not Clip.objects.exists()


def test_how_far_it_is_is_told_to_whoever_it_is_shown(teacher, place, world):
    clip = place.send(films.android())
    href = reverse("media_policy:clip_state", kwargs={"public_id": clip.public_id})
    assert teacher.get(href).status_code == 404
    place.show(clip, world.cecilia)
    assert teacher.get(href).json() == {"clip": str(clip.public_id), "state": "waiting", "progress": 0}
    services.refuse(clip=clip, reason=services.ClipReason.DAMAGED)
    assert teacher.get(href).json()["sentence"]
