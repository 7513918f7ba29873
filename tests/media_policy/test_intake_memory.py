"""Never more than one decoded original in memory: measured in a process of its own, against the picture's own size."""

import subprocess
import sys

import pytest
from PIL import Image

from tests.media_policy import samples

WIDTH, HEIGHT = 6400, 6000
DECODED = WIDTH * HEIGHT * 4
# Small things first, so that libraries and code pages are in memory before the measuring begins.
PROGRAM = """
import resource, sys
from media_policy import intake
intake.prepare(open(sys.argv[1], "rb").read())
data = open(sys.argv[2], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
intake.prepare(data)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


@pytest.mark.parametrize(("kind", "mode", "most"), [("png", "RGBA", 1.5), ("png", "P", 1.5), ("jpeg", "RGB", 0.6)])
def test_a_large_picture_takes_little_more_than_itself(kind, mode, most, tmp_path, settings):
    make = getattr(samples, kind)
    options = {"compress_level": 1} if kind == "png" else {}
    (tmp_path / "small").write_bytes(make(samples.scene(), secrets=False))
    (tmp_path / "large").write_bytes(make(Image.new(mode, (WIDTH, HEIGHT), 7), secrets=False, **options))
    line = [sys.executable, "-c", PROGRAM, str(tmp_path / "small"), str(tmp_path / "large")]
    done = subprocess.run(line, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR)
    assert int(done.stdout) < DECODED * most
