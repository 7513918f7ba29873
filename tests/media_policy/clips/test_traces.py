"""Of a film, also of one that belongs to a live photo, no trace of phone, place, day or name is stored or served."""

import pytest
from django.urls import reverse

from media_policy.clips.purposes import ClipPurpose
from tests.media_policy import originals, samples, traces
from tests.media_policy.clips import films
from tests.media_policy.conftest import AT

WORDS = (films.PLACE, "59.3293", "2026-08-31", "Lavf", "x264 - core", "quicktime", "Alma.mp4")
PAIR = "8F2D-LIVE-PAIR-77AC"


def live():
    """The moving half of a live photo: what ties it to its still is a name of its own."""
    see = ["-f", "lavfi", "-i", "testsrc2=s=64x48:d=0.5:r=15"]
    told = ["-metadata", f"com.apple.quicktime.content.identifier={PAIR}"]
    return films.made("mov", *see, *told, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


@pytest.mark.parametrize("film", [films.phone, films.android, films.browser, films.memo, live])
def test_no_stored_or_served_byte_knows_what_the_phone_wrote(place, world, rooms, sign_in, stop_clock, film):
    stop_clock(AT)
    data = film()
    assert samples.mentions_a_secret(data)
    clip = place.take_in(data)
    assert clip.state == "ready"
    place.show(clip, world.astrid)
    reader = sign_in(world.astrid, "guardian")
    ways = [reverse("media_policy:clip", args=[clip.public_id, purpose]) for purpose in ClipPurpose.values]
    assert traces.tells(traces.in_answers(reader, ways), *WORDS, PAIR) == []
    assert traces.tells(traces.on_disk(rooms), *WORDS, PAIR) == []
    assert traces.tells(traces.in_tables(), *WORDS, PAIR) == []


def test_a_live_photo_sent_as_its_two_files_becomes_two_things_that_nothing_ties(place, world, rooms):
    still = originals.jpeg_with_everything().replace(b"PLANTED-7f3a-maker note", PAIR.encode().ljust(23, b"-"), 1)
    assert PAIR.encode() in still
    assert PAIR.encode() in live()
    world.take_in(still)
    place.take_in(live())
    assert traces.tells(traces.on_disk(rooms) + traces.in_tables(), PAIR) == []
