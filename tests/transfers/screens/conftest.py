"""Alma has begun at the school, as for the rule; here everybody walks the pages."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from access.terms import services as terms
from people.models import Duty, Guardianship
from tests.cast import NOW
from tests.transfers.receiving.conftest import Move
from visibility.viewer import Hat, Strength


@pytest.fixture
def move(cast, client, as_persona, stop_clock):
    """`move.get("astrid", "family_transfers:choice", child=…)` and `move.post(…, data={…})` as that person."""
    call_command("load_question_wordings", verbosity=0)
    stop_clock(NOW)
    cast.mats, cast.olga = (cast.make.person(name, name.title(), "Extra") for name in ("mats", "olga"))
    home = cast.astrid_alma.home_memberships.get().home
    cast.make.guardian(cast.mats, cast.alma, Guardianship.Kind.PARENT, home=home)
    cast.make.duty(cast.olga, Duty.Role.OWNERS_OFFICER, None)
    cast.HATS = cast.HATS | {"mats": Hat.GUARDIAN, "olga": Hat.STAFF}
    found = Move(cast=cast, client=client)

    def as_who(name, strength):
        as_persona(client, getattr(cast, name), cast.HATS[name], strength)

    def get(name, address, strength=Strength.SUBSTANTIAL, **where):
        as_who(name, strength)
        return client.get(reverse(address, kwargs=where))

    def post(name, address, data=None, strength=Strength.SUBSTANTIAL, **where):
        as_who(name, strength)
        return client.post(reverse(address, kwargs=where), data or {})

    def choose(name="astrid", log="", conferences="", kind="school", strength=Strength.SUBSTANTIAL):
        words = {q: terms.current(q, "sv").digest for q in (f"{kind}_log", f"{kind}_conferences")}
        data = {"for": kind, f"{kind}_log": log, f"{kind}_conferences": conferences}
        data |= {f"wording_{q}": digest for q, digest in words.items()}
        return post(name, "family_transfers:choice", data, strength, child=cast.alma.public_id)

    found.get, found.post, found.choose, found.stop_clock = get, post, choose, stop_clock
    return found


@pytest.fixture
def here(move):
    """The transfer of Alma to the school, with one entry that would go."""
    move.leaf = move.entry()
    (move.handover,) = move.follow()
    move.where = {"child": move.cast.alma.public_id, "handover": move.handover.public_id}
    return move
