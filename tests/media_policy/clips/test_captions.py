"""What is said in a film: typed lines or a caption file, served as captions with nothing else in them."""

import pytest

from media_policy.clips import captions
from media_policy.clips.captions import Cue

FILE = (
    "\ufeffWEBVTT - made by somebody at home\n\nNOTE filmed by Kim\n\nSTYLE\n::cue { color: red }\n\n"
    "1\n00:00:01.000 --> 00:00:03.500 align:start\n<v Kim>Look, a <b>snail</b>!\n\n"
    "00:04.000 --> 00:06.000\nIt has\na house.\n"
)


def test_of_a_caption_file_times_and_words_are_kept_and_nothing_else():
    assert captions.from_file(FILE.encode()) == "0:01 Look, a snail!\n0:04 It has a house."


def test_subrip_is_read_too_and_anything_else_gives_nothing():
    assert captions.from_file(b"1\r\n00:00:02,500 --> 00:00:04,000\r\nHej!\r\n") == "0:02 Hej!"
    for other in (b"", b"\x00\xff" * 90, b"just words", b"00:00:01.000 --> 00:00:02.000\n"):
        assert captions.from_file(other) == ""


def test_lines_with_times_begin_there_and_end_with_the_next():
    assert captions.cues("0:01 Look!\n0:04 It has a house.", 9000) == [
        Cue(1000, 4000, "Look!"),
        Cue(4000, 9000, "It has a house."),
    ]


def test_lines_without_times_share_the_film():
    found = captions.cues("one\ntwo\nthree\n\nfour", 8000)
    assert [cue.start for cue in found] == [0, 2000, 4000, 6000]
    assert [cue.text for cue in found] == ["one", "two", "three", "four"]


@pytest.mark.parametrize("text", ["0:04 b\n0:01 a", "9:00 past the end", "x\n0:01 y\n0:00 z", "0:61 odd"])
def test_a_slip_of_the_finger_loses_no_words(text):
    found = captions.cues(text, 5000)
    assert len(found) == len(text.splitlines())
    assert [cue.start for cue in found] == sorted(cue.start for cue in found)
    assert all(0 <= cue.start < cue.end <= 5000 for cue in found)


def test_nothing_typed_becomes_markup_or_a_second_cue():
    text = captions.as_webvtt(captions.cues("0:00 <c.red>a</c> & b --> c", 5000))
    assert text == "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\n&lt;c.red&gt;a&lt;/c&gt; &amp; b --&gt; c\n"


def test_a_recording_of_no_length_has_no_cues():
    assert captions.cues("one\ntwo", 0) == []
