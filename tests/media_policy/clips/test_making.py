"""What is made of films and recordings: playable everywhere, with nothing in it but what is seen and heard."""

import io

import pytest
from PIL import Image

from media_policy import files
from media_policy.clips import services, workshop
from media_policy.clips.models import Clip
from media_policy.clips.probe import probe
from media_policy.clips.purposes import ClipPurpose
from tests.media_policy.clips import films
from tests.media_policy.samples import PLANTED


def bytes_of(clip, purpose):
    with files.storage().open(clip.files.get(purpose=purpose).storage_name) as file:
        return file.read()


def probed(clip, tmp_path):
    path = tmp_path / "made"
    path.write_bytes(bytes_of(clip, "play"))
    return probe(path, tmp_path)


@pytest.mark.parametrize("film", [films.phone, films.android, films.browser])
def test_a_film_of_any_phone_becomes_h264_and_aac_with_a_poster(place, tmp_path, film):
    clip = place.take_in(film())
    assert (clip.state, clip.kind, clip.refusal, clip.progress) == ("ready", "film", "", 100)
    found = probed(clip, tmp_path)
    assert (found.film.codec, found.sound.codec) == ("h264", "aac")
    assert (clip.width, clip.height) == (found.film.width, found.film.height) == (320, 240)
    assert abs(clip.duration_ms - 1000) < 150
    poster = Image.open(io.BytesIO(bytes_of(clip, "poster")))
    assert (poster.format, poster.size) == ("WEBP", (320, 240))
    assert {row.purpose: row.content_type for row in clip.files.all()} == {"play": "video/mp4", "poster": "image/webp"}


@pytest.mark.parametrize("sound", [films.memo, *(lambda kind=kind: films.recorded(kind) for kind in
                                                 ("webm", "ogg", "mp3", "wav", "flac"))])  # fmt: skip
def test_a_recording_becomes_aac_with_its_waveform(place, tmp_path, sound):
    clip = place.take_in(sound())
    assert (clip.state, clip.kind) == ("ready", "sound")
    found = probed(clip, tmp_path)
    assert (found.film, found.sound.codec) == (None, "aac")
    wave = Image.open(io.BytesIO(bytes_of(clip, "poster")))
    assert wave.format == "WEBP"
    assert len(wave.convert("RGBA").getcolors(1 << 20)) > 1


def test_a_film_without_sound_is_a_film(place, tmp_path):
    clip = place.take_in(films.mute())
    assert (clip.state, clip.kind) == ("ready", "film")
    assert probed(clip, tmp_path).sound is None


@pytest.mark.parametrize(("size", "made"), [("1920x1080", (1280, 720)), ("1080x1920", (720, 1280)),
                                            ("640x360", (640, 360))])  # fmt: skip
def test_large_ones_come_down_to_720_lines_and_small_ones_stay(place, size, made):
    clip = place.take_in(films.android(0.4, size))
    assert (clip.width, clip.height) == made


@pytest.mark.parametrize("film", [films.phone, films.android, films.browser, films.memo,
                                  lambda: films.recorded("mp3")])  # fmt: skip
def test_no_stored_byte_tells_where_when_with_what_or_by_whom(place, stored, film):
    data = film()
    assert PLANTED.encode() in data
    place.take_in(data)
    found = b"".join(path.read_bytes() for path in stored())
    for secret in (PLANTED, films.PLACE, "59.3293", "2026-08-31", "quicktime", "Lavf"):
        assert secret.encode() not in found, secret
        assert secret.encode("utf-16-le") not in found


def test_the_time_of_making_is_not_in_it(place):
    clip = place.take_in(films.android())
    data = bytes_of(clip, "play")
    header = data.index(b"mvhd") + 4
    assert data[header + 4 : header + 12] == bytes(8)


def test_the_raw_file_is_gone_when_it_has_been_made_ready(place, stored):
    clip = place.send(films.android())
    assert len(stored()) == 1
    services.make(clip_id=clip.pk)
    assert len(stored()) == 2
    clip.refresh_from_db()
    assert clip.raw_name == ""
    assert {path.name for path in stored()} == {row.storage_name.rpartition("/")[2] for row in clip.files.all()}


def test_making_tells_how_far_it_is(place, monkeypatch):
    told = []
    clip = place.send(films.android(3))

    def watched(source, folder, progress):
        def tell(done):
            progress(done)
            told.append(Clip.objects.get(pk=clip.pk).progress)

        return make(source, folder, tell)

    make = workshop.make
    monkeypatch.setattr(workshop, "make", watched)
    services.make(clip_id=clip.pk)
    assert told == sorted(told)
    assert all(0 < done < 100 for done in told)
    assert Clip.objects.get(pk=clip.pk).progress == 100


class Killed(BaseException):
    pass


def killed(*arguments):
    raise Killed


def test_what_a_killed_worker_left_is_made_by_the_next(place, monkeypatch, stored):
    clip = place.send(films.android())
    with monkeypatch.context() as patch:
        patch.setattr(workshop, "make", killed)
        with pytest.raises(Killed):
            services.make(clip_id=clip.pk)
    assert Clip.objects.get(pk=clip.pk).state == "waiting"
    services.make(clip_id=clip.pk)
    services.make(clip_id=clip.pk)
    assert Clip.objects.get(pk=clip.pk).state == "ready"
    assert len(stored()) == 2


def test_what_kills_every_worker_is_given_up_in_words(place, monkeypatch, stored):
    clip = place.send(films.android())
    with monkeypatch.context() as patch:
        patch.setattr(workshop, "make", killed)
        for _try in range(services.MOST_TRIES):
            with pytest.raises(Killed):
                services.make(clip_id=clip.pk)
    services.make(clip_id=clip.pk)
    clip.refresh_from_db()
    assert (clip.state, clip.refusal) == ("refused", "lost")
    assert stored() == []


def test_two_workers_at_once_leave_one_clip_and_its_files(place, monkeypatch, stored):
    clip = place.send(films.android())
    make = workshop.make

    def overtaken(source, folder, progress):
        made = make(source, folder, progress)
        monkeypatch.setattr(workshop, "make", make)
        # The other one is through before this one keeps anything; its own folder is not ours.
        pieces = {purpose: piece._replace(path=copied(piece.path)) for purpose, piece in made.pieces.items()}
        services.make(clip_id=clip.pk)
        return workshop.Made(made.kind, made.seconds, pieces)

    def copied(path):
        target = path.parent.parent / f"kept-{path.name}"
        target.write_bytes(path.read_bytes())
        return target

    monkeypatch.setattr(workshop, "make", overtaken)
    services.make(clip_id=clip.pk)
    assert clip.files.count() == 2
    assert len([path for path in stored() if "private" in path.parts]) == 2


def test_what_is_erased_while_it_is_made_leaves_nothing(place, monkeypatch, stored):
    clip = place.send(films.android())
    make = workshop.make

    def erased(source, folder, progress):
        made = make(source, folder, progress)
        Clip.objects.filter(pk=clip.pk).update(state="refused", raw_name="")
        return made

    monkeypatch.setattr(workshop, "make", erased)
    services.make(clip_id=clip.pk)
    assert clip.files.count() == 0
    assert [path for path in stored() if "private" in path.parts] == []


def test_every_purpose_has_a_file(place):
    assert set(place.take_in(films.memo()).files.values_list("purpose", flat=True)) == set(ClipPurpose)
