"""Lists of our models that nobody ordered come back in another order than the database gave them.

SQLite nearly always answers in the order of the keys, PostgreSQL until a row has been updated: a page that forgot its
`order_by` passes its test and shuffles a year later. Only lists are touched, not `.first()`, `.get()` or `.iterator()`,
and only of models in our own rooms; the order differs from the database's but is the same in every run.
"""

import random
from typing import Any

from django.db.models.query import QuerySet

from tests.architecture.house import ROOMS

_evaluate = QuerySet._fetch_all


def is_ours(model: type) -> bool:
    return model.__module__.partition(".")[0] in ROOMS


def shuffled(rows: list[Any], seed: str) -> list[Any]:
    """The rows in another order, the same one for the same seed; a list of equal rows stays."""
    order = list(range(len(rows)))
    chance = random.Random(seed)
    while order == sorted(order) and len(order) > 1:
        chance.shuffle(order)
    return [rows[place] for place in order]


def _fetch_all(self: QuerySet[Any]) -> None:
    fresh = self._result_cache is None
    _evaluate(self)
    if fresh and len(self._result_cache) > 1 and is_ours(self.model) and not self.ordered:
        self._result_cache = shuffled(self._result_cache, f"{self.model._meta.label} {len(self._result_cache)}")


def shuffle_unordered_lists() -> None:
    """Switch it on for this process; saying it twice changes nothing."""
    QuerySet._fetch_all = _fetch_all
