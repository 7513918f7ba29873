"""Every address is walked: open to all, a third party's, or opened by the whole cast and compared with the oracle.

Who may not gets exactly what an address that never was gives: 404. Nobody is sent to sign in, and learns no more.
"""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from conferences import printed
from media_policy import serving
from people.models import Group
from portal.views import errors
from tests.cast import NOW
from tests.doors import at_transfers
from tests.doors import world as worlds
from tests.doors.table import DOORS, PUBLIC, PUBLIC_PARTS, THIRD_PARTY, Door
from tests.oracle import facts
from tests.oracle.oracle import Oracle
from transfers import letter

pytestmark = pytest.mark.django_db
OPENED = {200, 201, 302, 304, 400, 409, 422}
NAME = re.compile(r"\b(Alma|Bo|Tyra|Elsa|Milo|Noor|Klara)\b")


def patterns(found: Any = None, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(route, full name) of everything the resolver knows."""
    for entry in get_resolver().url_patterns if found is None else found:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from patterns(entry.url_patterns, route, inner)
        else:
            yield route, ":".join([*spaces, entry.name or f"unnamed {route}"])


def ours() -> set[str]:
    return {name for route, name in patterns() if not route.startswith(THIRD_PARTY)}


def test_every_address_is_listed_and_every_listed_address_exists():
    assert ours() - PUBLIC - set(DOORS) == set(), "addresses that nobody has said who may open"
    assert (PUBLIC | set(DOORS)) - ours() == set(), "addresses that are gone"


@pytest.fixture
def town(cast, stop_clock, monkeypatch, as_persona):
    """The world with its clock stopped; the bytes of pictures are not there, whether they are given is the question."""
    stop_clock(NOW)
    cast.addresses = worlds.build(cast)
    cast.sign_in = as_persona
    monkeypatch.setattr(serving, "respond", lambda request, row, **more: HttpResponse(b"picture"))
    monkeypatch.setattr(printed, "record", lambda page, viewer: b"paper")
    monkeypatch.setattr(letter, "pdf", lambda case: b"paper")
    return cast


@pytest.fixture
def bare(monkeypatch):
    """The page for what is not there, without its look: thousands of them are counted, and none is read."""
    monkeypatch.setattr(errors, "render", lambda request, template, context, status: HttpResponse(status=status))


def address(name: str, parts: dict[str, Any]) -> str:
    return reverse(name, kwargs=parts)


def data_of(door: Door, place: Any) -> dict[str, str]:
    """What the door's form sends; `{child}` is the first child of the entry."""
    about = place.row.entry_children.order_by("position").first() if "{child}" in door.data.values() else None
    child = about.child.public_id if about else ""
    granen = Group.objects.get(name="Granen").public_id
    return {key: value.format(child=child, granen=granen) for key, value in door.data.items()}


def doors(method: str, cast: Any) -> Iterator[tuple[str, Door, Any, Any]]:
    for name, door in DOORS.items():
        opens = getattr(door, method)
        if opens is not None:
            for place in cast.addresses[door.on]:
                yield name, door, opens, place


def sent_to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(reverse("portal:sign_in"))


def answered(response: Any, meant: bool) -> bool:
    """Let in: the page, or on to another of their own. Not let in: there is no such page."""
    let_in = response.status_code == 200 or (response.status_code == 302 and not sent_to_sign_in(response))
    return let_in if meant else response.status_code == 404


def test_each_page_opens_to_whom_the_oracle_says_and_names_nobody_else(town, bare):
    oracle = Oracle(facts.read(), NOW)
    wrong = []
    for who, persona in worlds.personas(town).items():
        client = worlds.client_of(persona, town.sign_in)
        for name, _door, opens, place in doors("get", town):
            response = client.get(address(name, place.parts))
            if persona is None:
                if response.status_code != 404 and not sent_to_sign_in(response):
                    wrong.append(f"nobody gets {response.status_code} from {name} {place.label}")
                continue
            person, hat = persona
            meant = opens(oracle, person.pk, str(hat), place.row)
            if not answered(response, meant):
                wrong.append(f"{who} gets {response.status_code} from {name} {place.label}, should be let in: {meant}")
            if response.status_code == 200:
                named = set(NAME.findall(response.content.decode(errors="replace")))
                wrong += [
                    f"{who} reads of {child} on {name} {place.label}" for child in named - known(oracle, *persona)
                ]
    assert not wrong, "\n".join(wrong)


def known(oracle: Oracle, person: Any, hat: Any) -> set[str]:
    """First names this person may meet: of own children, or of those they are tied to at work now."""
    children = {child.id: child.given_name for child in oracle.facts.children}
    if str(hat) == "guardian":
        return {name for key, name in children.items() if oracle.is_active_guardian(person.pk, key)}
    if str(hat) == "staff":
        kept = oracle.may(person.pk, "staff", "ACCESS", "CHILD")
        return {name for key, name in children.items() if oracle.ties(person.pk, key) or key in kept}
    if str(hat) == "school":
        return {children[key] for key in at_transfers.reads_about(oracle, person.pk)}
    return set()


@pytest.mark.once
def test_whoever_may_not_changes_nothing_whatever_they_send(town, bare):
    oracle = Oracle(facts.read(), NOW)
    before = counted()
    wrong = []
    for who, persona in worlds.personas(town).items():
        client = worlds.client_of(persona, town.sign_in)
        for name, door, opens, place in doors("post", town):
            if persona is not None and opens(oracle, persona[0].pk, str(persona[1]), place.row):
                continue
            if persona is None and name == "portal:sign_out":
                continue
            response = client.post(address(name, place.parts), data_of(door, place))
            if response.status_code != 404 and not (persona is None and sent_to_sign_in(response)):
                wrong.append(f"{who} gets {response.status_code} for sending to {name} {place.label}")
    assert not wrong, "\n".join(wrong)
    assert counted() == before


def counted() -> dict[str, list[Any]]:
    """All tables, row by row: what a refused request must not touch. When somebody signed in last is no part of it."""
    found = facts.read()
    return {name: [vars(row) | {"last_login": None} for row in getattr(found, name)] for name in facts.TABLES}


def test_whoever_may_is_answered_when_they_send(town):
    oracle = Oracle(facts.read(), NOW)
    wrong = []
    for who, persona in worlds.personas(town).items():
        if persona is None:
            continue
        for name, door, opens, place in doors("post", town):
            if not opens(oracle, persona[0].pk, str(persona[1]), place.row):
                continue
            with transaction.atomic():
                client = worlds.client_of(persona, town.sign_in)
                response = client.post(address(name, place.parts), data_of(door, place))
                transaction.set_rollback(True)
            if response.status_code not in OPENED:
                wrong.append(f"{who} gets {response.status_code} for sending to {name} {place.label}")
    assert not wrong, "\n".join(wrong)


def test_after_signing_out_no_door_opens_any_more(town, bare):
    for who in ("astrid", "cecilia", "eva"):
        client = worlds.client_of(worlds.personas(town)[who], town.sign_in)
        client.post(reverse("portal:sign_out"))
        for name, _door, _opens, place in doors("get", town):
            response = client.get(address(name, place.parts))
            assert response.status_code == 404 or sent_to_sign_in(response), (who, name, place.label)


def test_a_guardianship_that_ends_closes_every_door_of_an_open_session(town):
    client = worlds.client_of(worlds.personas(town)["astrid"], town.sign_in)
    mine = [place for place in town.addresses["children"] if place.row == town.alma]
    for name in ("family:log", "family:contacts", "family:settings", "family:from_home"):
        assert client.get(address(name, mine[0].parts)).status_code == 200
    town.astrid_alma.inactivated_at = NOW
    town.astrid_alma.save()
    oracle = Oracle(facts.read(), NOW)
    for name, _door, opens, place in doors("get", town):
        meant = opens(oracle, town.astrid.pk, "guardian", place.row)
        assert answered(client.get(address(name, place.parts)), meant), (name, place.label)
    assert "Alma" not in client.get(reverse("portal:family")).content.decode()


TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def told(response: Any, key: uuid.UUID) -> bytes:
    """The answer without what is new in every answer, and without the address that was asked for."""
    return TOKEN.sub(b"", response.content).replace(str(key).encode(), b"")


def test_what_is_unknown_and_what_is_forbidden_look_alike(town):
    client = worlds.client_of(worlds.personas(town)["birger"], town.sign_in)
    for name, key, theirs in (("family:log", "child", town.alma), ("family:contacts", "child", town.noor)):
        nowhere = uuid.uuid4()
        forbidden = client.get(address(name, {key: theirs.public_id}))
        unknown = client.get(address(name, {key: nowhere}))
        assert forbidden.status_code == unknown.status_code == 404
        assert told(forbidden, theirs.public_id) == told(unknown, nowhere)
        assert dict(forbidden.headers) == dict(unknown.headers)


# The list of the demo's people tells whose mother each is; it exists in the demo alone, where nobody is real.
# And without a privacy notice there is no such page; tests of the terms open it with one.
NAMELESS = PUBLIC - {"portal:editorial", "wagtail_serve", "demo:personas", "terms:privacy"}


@pytest.mark.parametrize("name", sorted(NAMELESS))
def test_what_is_open_to_all_names_no_child(town, name):
    response = Client().get(reverse(name, kwargs=PUBLIC_PARTS.get(name)))
    # Without a provider, or without a code, there is nothing to see at some of them.
    assert response.status_code in {200, 302, 404, 405}
    assert not NAME.search(response.content.decode())
