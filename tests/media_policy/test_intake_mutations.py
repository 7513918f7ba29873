"""Whatever is done to a file, the answer is a picture or a refusal: no crash, no other error, no secret."""

import os
from itertools import pairwise

import pytest

from tests.media_policy import blocks, mutations, samples, verdicts


def test_three_thousand_damaged_files_are_taken_or_refused_and_nothing_else():
    outcome = mutations.run(first=1, count=3000)
    assert outcome.faults == []
    assert outcome.tried == 3000
    # Both happen often, or the mutations would prove nothing.
    assert outcome.taken > 150
    assert outcome.refused > 1000


def test_the_same_is_true_of_damaged_films_and_recordings():
    outcome = mutations.run(first=1, count=60, kind="clips")
    assert outcome.faults == []
    assert outcome.tried == 60
    assert outcome.taken > 3
    assert outcome.refused > 10


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "heic"])
def test_what_the_mutations_know_of_blocks_covers_the_whole_file(kind):
    data = getattr(samples, kind)()
    found = blocks.find(data)
    assert len(found) > 2
    assert all(one[1] == other[0] for one, other in pairwise(found))
    # Behind a JPEG's last heading come its pixels.
    assert found[-1][1] == len(data) or kind == "jpeg"


def test_a_mutation_can_be_made_again_from_its_number():
    bases = verdicts.pictures()
    assert [mutations.mutate(number, bases) for number in range(40)] == [
        mutations.mutate(number, bases) for number in range(40)
    ]


def test_a_process_that_dies_is_a_fault_with_its_number(monkeypatch):
    monkeypatch.setattr(mutations, "_child", _dies_at_the_third)
    outcome = mutations.run(first=5, count=4)
    assert outcome.tried == 4
    assert [fault.split(":")[0] for fault in outcome.faults] == ["seed 7"]


def test_a_process_that_cannot_begin_is_no_finding(monkeypatch):
    monkeypatch.setattr(mutations, "_child", _never_begins)
    with pytest.raises(RuntimeError, match="could not begin"):
        mutations.run(first=5, count=4)


def _never_begins(pipe, seed, end, kind, folder):
    os._exit(1)


def _dies_at_the_third(pipe, seed, end, kind, folder):
    pipe.send(mutations.READY)
    for number in range(seed, end):
        if number == 7:
            os._exit(9)
        pipe.send("taken")
