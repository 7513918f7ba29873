"""Files that are not what they are called: a clear refusal, no crash, no file left, and nothing else opened."""

import socket
import threading

import pytest
from django.utils import translation

from media_policy.clips import ffmpeg
from media_policy.clips.probe import probe
from media_policy.clips.refusal import ClipReason, ClipRefused, sentence_of
from tests.media_policy import samples
from tests.media_policy.clips import films

PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n%s\n#EXT-X-ENDLIST\n"
HOSTILE = {
    "words": (b"Once upon a time there was a film.\n" * 40, "other_kind"),
    "a playlist": (PLAYLIST % b"http://127.0.0.1:9/a.ts", "other_kind"),
    "a list of files": (b"ffconcat version 1.0\nfile /etc/passwd\n", "other_kind"),
    "a description of streams": (b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n", "other_kind"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "other_kind"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "other_kind"),
    "zeros": (bytes(4096), "other_kind"),
    "a program": (b"\x7fELF" + bytes(600), "other_kind"),
    "a picture": (samples.jpeg(), "a_picture"),
    "a header alone": (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "damaged"),
    "a header with a playlist behind it": (
        b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + PLAYLIST % b"/etc/passwd", "damaged"),
    "an empty matroska": (b"\x1a\x45\xdf\xa3" + bytes(200), "damaged"),
    "an endless box": (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42\xff\xff\xff\xffmoov" + bytes(99), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_film_is_refused_and_leaves_no_file(place, stored, name):
    data, reason = HOSTILE[name]
    clip = place.take_in(data)
    assert (clip.state, clip.refusal) == ("refused", reason)
    assert clip.files.count() == 0
    assert stored() == []


@pytest.mark.parametrize(
    ("film", "reason"),
    [
        (lambda: films.android()[: len(films.android()) * 6 // 10], "damaged"),
        (lambda: films.phone()[: len(films.phone()) * 6 // 10], "damaged"),
        (lambda: films.still(12000, 8000), "too_large"),
        (lambda: films.tiny(1000, 2, times=50), "too_large"),
        (lambda: films.tiny(1, 200), "too_long"),
    ],
    ids=["cut off", "cut off before its index", "absurd dimensions", "100,000 pictures", "too long"],
)
def test_what_is_too_much_or_too_little_is_refused_and_leaves_no_file(place, stored, film, reason):
    clip = place.take_in(film())
    assert (clip.state, clip.refusal) == ("refused", reason)
    assert stored() == []


@pytest.mark.parametrize("limit", ["CLIP_MEMORY", "CLIP_SECONDS_TO_MAKE"])
def test_what_takes_more_than_it_may_is_refused(place, stored, settings, limit):
    data = films.android()
    setattr(settings, limit, {"CLIP_MEMORY": 24 * 1024 * 1024, "CLIP_SECONDS_TO_MAKE": 0}[limit])
    assert place.take_in(data).refusal == "damaged"
    assert stored() == []


def test_limits_are_settings_and_are_told_in_words(place, settings):
    settings.CLIP_MAX_SECONDS, settings.CLIP_MAX_BYTES = 60, 5 * 1024 * 1024
    assert place.take_in(films.tiny(1, 70)).refusal == "too_long"
    with translation.override("en"):
        assert "1 minute." in sentence_of("too_long")
        assert "5 megabytes" in sentence_of("too_heavy")
    with pytest.raises(ClipRefused) as refused:
        place.send(bytes(5 * 1024 * 1024 + 1))
    assert refused.value.clip_reason == ClipReason.TOO_HEAVY
    with pytest.raises(ClipRefused) as refused:
        place.send(b"")
    assert refused.value.clip_reason == ClipReason.EMPTY


@pytest.mark.parametrize("reason", ClipReason)
def test_every_reason_has_its_sentence(reason):
    assert len(sentence_of(reason)) > 20


class Listener:
    """A server that counts who knocks."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.knocks = self.socket.getsockname()[1], 0
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def _listen(self):
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            self.knocks += 1
            connection.close()

    def __exit__(self, *_error):
        self.socket.close()


def opened(tmp_path, demuxer, data):
    """What happens when a demuxer that follows references is fooled into opening the file."""
    source = tmp_path / "raw"
    source.write_bytes(data)
    arguments = [*ffmpeg.reading(demuxer), "-map", "0", "-c", "copy", "-f", "framecrc", "pipe:1"]
    return ffmpeg.output(arguments, source=source, folder=tmp_path, most=1 << 20)


@pytest.mark.parametrize("demuxer", ["hls", "concat", "sdp"])
def test_even_a_demuxer_that_follows_references_opens_no_address_and_no_other_file(tmp_path, demuxer):
    other = tmp_path / "other.ts"
    other.write_bytes(films.made("ts", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", words=False))
    with Listener() as listener:
        for target in (f"http://127.0.0.1:{listener.port}/a.ts", f"file://{other}", str(other), "other.ts"):
            data = {
                "hls": PLAYLIST % target.encode(),
                "concat": f"ffconcat version 1.0\nfile {target}\n".encode(),
                "sdp": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
            }[demuxer]
            with pytest.raises(ffmpeg.Failed):
                opened(tmp_path, demuxer, data)
        assert listener.knocks == 0


def test_the_same_playlist_is_played_where_nothing_forbids_it(tmp_path, monkeypatch):
    """Or the test above would prove nothing."""
    other = tmp_path / "other.ts"
    other.write_bytes(films.made("ts", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", words=False))
    open_door = ["-protocol_whitelist", "fd,file", "-allowed_extensions", "ALL", "-f", "hls", "-i", "fd:"]
    monkeypatch.setattr(ffmpeg, "reading", lambda demuxer: open_door)
    assert b"aac" in opened(tmp_path, "hls", PLAYLIST % f"file://{other}".encode())


def test_a_file_of_every_length_is_judged(tmp_path):
    whole, source = films.memo(), tmp_path / "raw"
    for length in [*range(1, 60), 200, 1000, len(whole) // 2]:
        source.write_bytes(whole[:length])
        with pytest.raises(ClipRefused):
            probe(source, tmp_path)
