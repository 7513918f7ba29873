"""Random worlds of children who move on: no day too much, no child too many, and nothing without a yes.

More of them by `python -m tests.oracle.run --moving --worlds 10000`.
"""

from collections import Counter
from random import Random
from typing import Any

import pytest
from django.db import transaction

from tests.oracle import agreement, at_transfers, facts, moving, worlds
from tests.oracle.oracle import Oracle
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db

KINDS = ("ENTRY", "WORDS", "CONFERENCE", "VERSION", "RECORD", "RECORDED_MATERIAL", "AGREEMENT", "HANDOVER")


def differences(seed: int, *, people: int = 9, moments: int = 1) -> list[str]:
    """What the rule, the pages and the packages say otherwise than the oracle; nothing of the world stays."""
    random = Random(seed)
    with transaction.atomic():
        found = asked_of(moving.plan(random), seed, people=people, moments=moments)
        transaction.set_rollback(True)
    return found


def asked_of(steps: list[Any], seed: int, *, people: int, moments: int) -> list[str]:
    random = Random(seed)
    world = worlds.build(steps)
    if world.organisation is None:
        return []
    table = facts.read()
    times = worlds.moments(random, world.organisation.time_zone)
    found: list[str] = []
    for at in [times[0], *random.sample(times[1:], moments - 1)]:
        asked = agreement.Asked(world, table, at)
        found += asked.differences(random, people, (Hat.SCHOOL,))
    return found


def read_in(seed: int) -> Counter[str]:
    """How much the receivers of one world read, and how much there was that they did not."""
    found: Counter[str] = Counter()
    with transaction.atomic():
        world = worlds.build(moving.plan(Random(seed)))
        oracle = Oracle(facts.read(), worlds.NOW)
        for kind in KINDS:
            read = {key for person in world.people for key in oracle.may(person.pk, "school", "READ", kind)}
            found[kind] += len(read)
            found[f"no {kind}"] += len(getattr(oracle.facts, oracle.TABLES[kind])) - len(read)
        for row in oracle.facts.handovers:
            for entry in oracle.facts.entries:
                goes = at_transfers.entry_goes(oracle, row, entry.id)
                found["goes along" if goes else "stays"] += 1
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_nothing_outside_window_and_choice_is_found_by_anybody(seed):
    assert differences(seed, moments=2) == []


def test_these_worlds_are_worth_asking():
    total: Counter[str] = sum((read_in(seed) for seed in range(6)), Counter())
    assert {kind for kind in KINDS if total[kind] < 3} == set(), total
    assert {kind for kind in KINDS if total[f"no {kind}"] < 3} == set(), total
    assert min(total["goes along"], total["stays"]) > 10
