"""What is drawn by chance is the same in every run: what fails for one address in a thousand fails for everybody.

Ids, codes and tokens all come from the machine's randomness. Within a test they are drawn from a generator that begins
with the test's name; a process that a test forks off draws from the machine again, so that no two draw the same.
"""

import os
import random

import pytest

_machine = os.urandom


def draw_for(name: str, patch: pytest.MonkeyPatch) -> None:
    """From now on, and as long as `patch` holds, chance is that of `name`."""
    drawn, here = random.Random(name), os.getpid()

    def urandom(size: int) -> bytes:
        return drawn.randbytes(size) if os.getpid() == here else _machine(size)

    patch.setattr(os, "urandom", urandom)
    # What `secrets` draws from holds it by a name of its own.
    patch.setattr(random, "_urandom", urandom)
