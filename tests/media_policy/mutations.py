"""Damaged and crafted files by the thousand, and one process that meets them so that a crash is a result.

A mutation is a function of its seed alone: whatever fails can be made again.
"""

import io
import multiprocessing
import random
import resource
import signal
import struct
import zlib
from dataclasses import dataclass, field

from tests.media_policy import samples

MEMORY = 3 * 1024**3  # of address space: the decoders' libraries alone map some hundred megabytes
SECONDS = 60
READY = "ready"
LARGEST_ANSWER = 2016


def seeds():
    """Small good files of every kind, each with another make-up."""
    tiny = samples.scene(48, 32)
    return [
        samples.jpeg(tiny),
        samples.jpeg(tiny, secrets=False, progressive=True),
        samples.jpeg(tiny.convert("CMYK"), secrets=False),
        samples.jpeg(tiny, profile=samples.wide(), tail=samples.small_jpeg()),
        samples.png(tiny),
        samples.png(tiny.convert("RGBA"), secrets=False, profile=samples.wide()),
        samples.png(tiny.convert("P"), secrets=False),
        samples.png_of_sixteen_bits([[(0x80FF,)] * 24] * 16, colours=1),
        samples.webp(tiny),
        samples.webp(tiny.convert("RGBA"), secrets=False, lossless=True),
        samples.heic(tiny),
        samples.heic(tiny.convert("RGBA"), secrets=False, profile=samples.wide()),
    ]


def mutate(seed, bases):
    """One hostile file: a good one with bits flipped, bytes cut, doubled, swapped, or numbers made extreme."""
    chance = random.Random(seed)
    data = bytearray(chance.choice(bases))
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        chance.choice(_WAYS)(chance, data, bases)
        if not data:
            break
    if chance.random() < 0.3:
        _mend_checksums(data)
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


_WAYS = (_flip, _overwrite, _extreme, _cut, _drop, _double, _noise, _graft)


def _mend_checksums(data):
    """A wrong checksum would hide a PNG's other faults from the decoder."""
    if not data.startswith(b"\x89PNG"):
        return
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if at + 12 + length > len(data):
            return
        data[at + 8 + length : at + 12 + length] = struct.pack(">I", zlib.crc32(data[at + 4 : at + 8 + length]))
        at += 12 + length


@dataclass
class Outcome:
    tried: int = 0
    taken: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def run(first, count):
    """Feed the mutations of these seeds to the intake in a process of their own; a crash is noted and stepped over."""
    outcome, seed, end = Outcome(), first, first + count
    while seed < end:
        seed = _one_process(seed, end, outcome)
    return outcome


def _one_process(seed, end, outcome):
    ours, theirs = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("spawn")
    child = context.Process(target=_child, args=(theirs, seed, end), daemon=True)
    child.start()
    theirs.close()
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
    finally:
        ours.close()
        child.join(5)
    return seed


def _child(pipe, seed, end):
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    bases = seeds()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    pipe.send(READY)
    for number in range(seed, end):
        # The default action of the alarm ends the process: a decoder in C would not come back to run a handler.
        signal.alarm(SECONDS)
        pipe.send(_verdict(mutate(number, bases)))
    signal.alarm(0)


def _verdict(data):
    from PIL import Image

    from media_policy import intake
    from media_policy.refusal import Refused

    try:
        prepared = intake.prepare(data)
    except Refused:
        return "refused"
    except BaseException as failure:
        return f"{type(failure).__qualname__}: {failure}"
    for purpose, piece in prepared.pieces.items():
        image = Image.open(io.BytesIO(piece.data))
        image.load()
        if image.size != (piece.width, piece.height) or max(image.size) > LARGEST_ANSWER or image.mode != "RGB":
            return f"{purpose} came out as {image.mode} {image.size}"
        if samples.mentions_a_secret(piece.data):
            return f"{purpose} carries a secret"
    return "taken"
