"""Random worlds, and every way of asking who may see what: the code and the oracle answer the same.

A hundred thousand of them by `python -m tests.oracle.run --worlds 100000 --seed 1`.
"""

from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from media_policy import serving
from portal.views import errors
from tests.cast import NOW
from tests.doors.table import DOORS
from tests.oracle import agreement, facts, worlds
from tests.oracle.content import Content
from tests.oracle.oracle import Oracle
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db

BOTH = (Hat.GUARDIAN, Hat.STAFF)
HATS = (*BOTH, Hat.SCHOOL)


def differences(seed: int, *, people: int, moments: int) -> list[str]:
    """What the code and the oracle say differently about one world; nothing of the world stays."""
    random = Random(seed)
    steps = worlds.plan(random)
    with transaction.atomic():
        found = asked_of(steps, seed, people=people, moments=moments)
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
        found += agreement.Asked(world, table, at).differences(random, people, HATS)
    return found + list(agreement.sharing(world, table, worlds.NOW))


@pytest.mark.parametrize("seed", range(8))
def test_code_and_oracle_agree_about_a_random_world(seed):
    assert differences(seed, people=6, moments=2) == []


def test_the_address_of_a_picture_answers_as_the_oracle_does(db, stop_clock, as_persona, monkeypatch):
    """The bytes themselves are not there; whether they are given is the question."""
    monkeypatch.setattr(serving, "respond", lambda request, row: HttpResponse(b"picture"))
    stop_clock(worlds.NOW)
    world = worlds.build(worlds.plan(Random(4)))
    table = facts.read()
    content = Content(Oracle(table, worlds.NOW))
    given = 0
    for person in world.people:
        for hat in BOTH:
            client = as_persona(Client(), person, hat)
            meant = content.pictures_for(person.pk, str(hat))
            for row in table.pictures:
                address = reverse("media_policy:picture", kwargs={"public_id": row.public_id, "purpose": "thumb"})
                assert client.get(address).status_code == (200 if row.id in meant else 404), (person, hat, row.id)
                given += row.id in meant
    assert given > 5
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("seed", [3, 11])
def test_an_open_session_opens_at_each_moment_what_the_oracle_says_then(db, stop_clock, as_persona, monkeypatch, seed):
    """Signed in once; then duties, passes, leave, ties and homes begin and end while the browser stays open."""
    monkeypatch.setattr(errors, "render", lambda request, template, context, status: HttpResponse(status=status))
    random = Random(seed)
    world = worlds.build(worlds.plan(random))
    table = facts.read()
    pages = {Hat.GUARDIAN: "family:log", Hat.STAFF: "staff:child"}
    browsers = [(who, hat, as_persona(Client(), who, hat)) for who in world.people for hat in pages]

    def meant(at):
        oracle = Oracle(table, at)
        return {
            (who.pk, hat, child.pk)
            for who, hat, _browser in browsers
            for child in world.children
            if DOORS[pages[hat]].get(oracle, who.pk, str(hat), child)
        }

    later = [NOW + timedelta(days=day) for day in range(-4, 15)]
    told = [(at, meant(at)) for at in sorted({*later, *worlds.moments(random, world.organisation.time_zone)})]
    turns = [now for before, now in pairwise(told) if now[1] != before[1]]
    assert turns, "nothing began or ended in this world"
    for at, opened in [told[0], *turns][-4:]:
        stop_clock(at)
        for who, hat, browser in browsers:
            for child in world.children:
                given = browser.get(reverse(pages[hat], kwargs={"child": child.public_id})).status_code
                assert given == (200 if (who.pk, hat, child.pk) in opened else 404), (who, hat, child.pk, at)
