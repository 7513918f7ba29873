"""Whatever is done to a file, the answer is a picture or a refusal: no crash, no other error, no secret."""

import os

import pytest

from tests.media_policy import mutations


def test_three_thousand_damaged_files_are_taken_or_refused_and_nothing_else():
    outcome = mutations.run(first=1, count=3000)
    assert outcome.faults == []
    assert outcome.tried == 3000
    # Both happen often, or the mutations would prove nothing.
    assert outcome.taken > 150
    assert outcome.refused > 1000


def test_a_mutation_can_be_made_again_from_its_number():
    bases = mutations.seeds()
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


def _never_begins(pipe, seed, end):
    os._exit(1)


def _dies_at_the_third(pipe, seed, end):
    pipe.send(mutations.READY)
    for number in range(seed, end):
        if number == 7:
            os._exit(9)
        pipe.send("taken")
