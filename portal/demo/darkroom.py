"""Paints and develops pictures: in two processes beside this one, or here when there are few.

Developing is `media_policy.intake.prepare`, the very step that every upload goes through, and it is pure.
"""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from zoneinfo import ZoneInfo

from media_policy import intake
from media_policy.intake import Prepared
from portal.demo.painter import Shot, photograph

WORKERS = 2
# So many wait ready at most: each is some hundred kilobytes.
AHEAD = 48


def develop(shot: Shot, zone: str) -> Prepared:
    """Paint one picture as a camera would write it, and make of it what is kept."""
    return intake.prepare(photograph(shot), zone=ZoneInfo(zone))


def developed(shots: Iterable[Shot], zone: str, *, workers: int = WORKERS) -> Iterator[Prepared]:
    """The pictures in the order of the shots, painted ahead of whoever takes them."""
    waiting = iter(shots)
    if not workers:
        yield from (develop(shot, zone) for shot in waiting)
        return
    # Started afresh, not forked: a forked process would share this one's database connection.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        ahead: deque[Future[Prepared]] = deque(pool.submit(develop, shot, zone) for shot in islice(waiting, AHEAD))
        try:
            while ahead:
                ready = ahead.popleft().result()
                ahead.extend(pool.submit(develop, shot, zone) for shot in islice(waiting, 1))
                yield ready
        finally:
            for each in ahead:
                each.cancel()
