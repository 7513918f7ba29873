"""Twelve megapixels from the camera to all that is kept, beside the barest Pillow calls that make the same files.

Prints as JSON: seconds of both, pair by pair, and how many decoded originals were ever in memory at once while four
threads were sending.
"""

import io
import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

WIDTH, HEIGHT = 4032, 3024
ROUNDS = 20


def camera(seed: int) -> bytes:
    """A JPEG with the size, the weight (about three megabytes) and the camera data of a phone's."""
    from PIL import Image, ImageDraw, ImageFilter

    chance = Random(seed)
    small = Image.effect_noise((WIDTH // 8, HEIGHT // 8), 60).convert("RGB")
    draw = ImageDraw.Draw(small)
    for _ in range(80):
        x, y = chance.randrange(small.width), chance.randrange(small.height)
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        draw.ellipse((x, y, x + chance.randrange(4, 90), y + chance.randrange(4, 90)), fill=colour)
    picture = small.filter(ImageFilter.GaussianBlur(1)).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((WIDTH, HEIGHT), 24).convert("RGB")
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F], exif[0x0112] = "Phone", 1
    Image.blend(picture, grain, 0.12).save(out, "JPEG", quality=93, subsampling=2, exif=exif)
    return out.getvalue()


def bare(data: bytes) -> dict[str, tuple[int, int]]:
    """The same four WebP files by nothing but Pillow: opened at half size, each made from the one before."""
    from PIL import Image

    from media_policy.intake import _EFFORT, _QUALITY
    from media_policy.purposes import SIDES

    image: Image.Image = Image.open(io.BytesIO(data))
    image.draft("RGB", (WIDTH // 2, HEIGHT // 2))
    image.load()
    made = {}
    for purpose in _QUALITY:
        side = SIDES[purpose]
        if max(image.size) > side:
            size = (side, round(image.height * side / image.width))
            image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        image.save(io.BytesIO(), "WEBP", quality=_QUALITY[purpose], method=_EFFORT)
        made[str(purpose)] = image.size
    return made


def seconds(make: Any, data: bytes) -> tuple[float, Any]:
    began = time.perf_counter()
    made = make(data)
    return time.perf_counter() - began, made


class Counted:
    """How many are inside at once, and how many there were at most."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.now, self.most, self.lock = inner, 0, 0, threading.Lock()

    def __call__(self, *given: Any) -> Any:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            return self.inner(*given)
        finally:
            with self.lock:
                self.now -= 1


def most_decoded(pictures: list[bytes]) -> int:
    from media_policy import intake

    # From the decoding to the small upright master: all the time that a decoded original lives.
    counted = Counted(intake._master)
    intake._master = counted  # type: ignore[assignment]
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(intake.prepare, pictures * 2))
    finally:
        intake._master = counted.inner
    return counted.most


def main() -> None:
    import django

    django.setup()
    from media_policy import intake

    pictures = [camera(seed) for seed in range(4)]
    times: dict[str, list[float]] = {"intake": [], "bare": []}
    for number in range(ROUNDS + 2):
        data = pictures[number % len(pictures)]
        turns = [("intake", intake.prepare), ("bare", bare)]
        for name, make in turns if number % 2 else reversed(turns):
            took, made = seconds(make, data)
            if name == "intake":
                sizes = {str(purpose): (piece.width, piece.height) for purpose, piece in made.pieces.items()}
            else:
                plain = made
            if number >= 2:
                times[name].append(took)
        if sizes != plain:
            raise SystemExit(f"The two make different files: {sizes} and {plain}.")
    json.dump(times | {"megabytes": len(pictures[0]) / 1e6, "most_decoded": most_decoded(pictures)}, sys.stdout)


if __name__ == "__main__":
    main()
