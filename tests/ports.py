"""Ports for servers that tests start: below those that the system lends out, and apart for each worker."""

import os
import random
import socket
from contextlib import closing

FIRST, EACH = 20_000, 1_500
_given: set[int] = set()


def free_port(span: int = 1) -> int:
    """The first of `span` free ports in a row on loopback; no port is given twice by one process."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 8
    low = FIRST + worker * EACH
    for _try in range(200):
        port = random.randrange(low, low + EACH - span)
        wanted = range(port, port + span)
        if not _given.intersection(wanted) and all(map(_is_free, wanted)):
            _given.update(wanted)
            return port
    raise RuntimeError("There is no free port.")


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
