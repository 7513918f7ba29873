"""Damaged and crafted files by the thousand, and one process that meets them so that a crash is a result.

A mutation is a function of its seed alone: whatever fails can be made again. `KINDS` says what meets them: pictures go
through the spool and the intake, films and recordings through the workshop with its ffmpeg.
"""

import multiprocessing
import random
import resource
import signal
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.media_policy import blocks, verdicts

MEMORY = 3 * 1024**3  # of address space: the decoders' libraries alone map some hundred megabytes
SECONDS = 60
READY = "ready"
KINDS = {
    "pictures": (verdicts.pictures, verdicts.of_picture),
    "clips": (verdicts.clips, verdicts.of_clip),
}


def mutate(seed, bases):
    """One hostile file: a good one with bits flipped, bytes cut, doubled, swapped, or numbers made extreme."""
    chance = random.Random(seed)
    data = bytearray(chance.choice(bases))
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        chance.choice(_WAYS)(chance, data, bases)
        if not data:
            break
    if chance.random() < 0.3:
        blocks.mend_checksums(data)
    return bytes(data)


def _place(chance, data, room=1):
    # Half of the damage goes where the structure is, in the first bytes.
    limit = max(1, len(data) - room)
    return chance.randrange(min(limit, 256)) if chance.random() < 0.5 else chance.randrange(limit)


def _flip(chance, data, bases):
    data[_place(chance, data)] ^= 1 << chance.randrange(8)


def _overwrite(chance, data, bases):
    data[_place(chance, data)] = chance.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF, chance.randrange(256)))


def _extreme(chance, data, bases):
    width = chance.choice((2, 4))
    value = chance.choice((0, 1, 0x7F, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 65535, 60000)) & (256**width - 1)
    at = _place(chance, data, width)
    data[at : at + width] = value.to_bytes(width, chance.choice(("big", "little")))


def _cut(chance, data, bases):
    del data[_place(chance, data) :]


def _drop(chance, data, bases):
    at = _place(chance, data)
    del data[at : at + chance.choice((1, 2, 4, 16, 200))]


def _double(chance, data, bases):
    at = _place(chance, data)
    part = bytes(data[at : at + chance.choice((1, 4, 12, 64, 1000))])
    data[at:at] = part * chance.choice((1, 2, 50))


def _noise(chance, data, bases):
    at = _place(chance, data)
    data[at:at] = chance.randbytes(chance.choice((1, 4, 64, 1000)))


def _graft(chance, data, bases):
    other = chance.choice(bases)
    at, start = _place(chance, data), chance.randrange(len(other))
    data[at : at + chance.choice((0, 8, 100))] = other[start : start + chance.choice((8, 100, 2000))]


_WAYS = (
    _flip, _overwrite, _extreme, _cut, _drop, _double, _noise, _graft,
    blocks.double, blocks.drop, blocks.borrow, blocks.lie,
)  # fmt: skip


@dataclass
class Outcome:
    tried: int = 0
    taken: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def run(first, count, kind="pictures"):
    """Let the mutations of these seeds be met in a process of their own; a crash is noted and stepped over."""
    outcome, seed, end = Outcome(), first, first + count
    while seed < end:
        seed = _one_process(seed, end, kind, outcome)
    return outcome


def _one_process(seed, end, kind, outcome):
    ours, theirs = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("spawn")
    # What a process leaves that is ended in the middle goes with its folder.
    with tempfile.TemporaryDirectory() as folder:
        child = context.Process(target=_child, args=(theirs, seed, end, kind, folder), daemon=True)
        child.start()
        theirs.close()
        try:
            return _heard(ours, child, seed, end, outcome)
        finally:
            ours.close()
            child.join(5)


def _heard(ours, child, seed, end, outcome):
    began = False
    try:
        began = ours.recv() == READY
        while seed < end:
            said = ours.recv()
            outcome.tried += 1
            if said == "taken":
                outcome.taken += 1
            elif said == "refused":
                outcome.refused += 1
            else:
                outcome.faults.append(f"seed {seed}: {said}")
            seed += 1
    except EOFError:
        child.join()
        if not began:
            raise RuntimeError("the process could not begin") from None
        outcome.tried += 1
        outcome.faults.append(f"seed {seed}: the process ended with {child.exitcode}")
        seed += 1
    return seed


def _child(pipe, seed, end, kind, folder):
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    make, judge = KINDS[kind]
    bases = make()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    verdicts.set_rooms(Path(folder))
    pipe.send(READY)
    for number in range(seed, end):
        # The default action of the alarm ends the process: a decoder in C would not come back to run a handler.
        signal.alarm(SECONDS)
        pipe.send(judge(mutate(number, bases)))
    signal.alarm(0)
