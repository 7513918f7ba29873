"""Refused attempts: noted without looking, found out about afterwards, and gone when they concerned nobody."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learninglog.models import Thread
from people import services
from people.models import Home
from tests.cast import NOW
from tests.entries import picture, put_in, shared, write
from visibility import refusals, tasks
from visibility.models import RefusedChild, RefusedLook
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
NEXT = NOW + timedelta(hours=2)


@pytest.fixture
def tries(cast, as_persona, stop_clock):
    """`tries("birger", "family:log", child=cast.alma)` asks for a page and is refused."""

    def ask(name, view, *, hat=None, at=NOW, method="get", **named):
        stop_clock(at)
        kwargs = {key: getattr(value, "public_id", value) for key, value in named.items()}
        client = as_persona(Client(), getattr(cast, name), hat or cast.HATS[name], Strength.SUBSTANTIAL)
        response = getattr(client, method)(reverse(view, kwargs=kwargs))
        assert response.status_code == 404
        return response

    return ask


def found() -> list[tuple[str, str, str, str]]:
    """(who, as what, what, about whom) of everything that a job has found."""
    refusals.find(at=LATER)
    rows = RefusedChild.objects.select_related("look__person", "child").order_by("pk")
    return [(row.look.person.login, row.look.hat, row.look.kind, row.child.given_name) for row in rows]


def test_a_guardian_of_another_family_is_noted_with_the_child_they_asked_for(cast, tries):
    tries("birger", "family:log", child=cast.alma)
    assert found() == [("birger", "guardian", "CHILD", "Alma")]
    look = RefusedLook.objects.get()
    assert (look.what, look.about, look.at) == ("family:log", cast.alma.public_id, NOW)


def test_a_teacher_whose_duty_has_ended_is_noted(cast, tries):
    entry = shared(cast, cast.alma, cast.bo)
    tries("david", "staff:entry", entry=entry)
    assert found() == [("david", "staff", "ENTRY", "Alma"), ("david", "staff", "ENTRY", "Bo")]


def test_a_teacher_of_another_group_is_noted_for_everything_of_a_child(cast, tries):
    tries("cecilia", "staff:child", child=cast.noor)
    tries("cecilia", "staff:group_log", group=cast.klovern)
    tries("karin", "access:child", child=cast.alma, method="post")
    tries("karin", "access:adult", adult=cast.astrid_alma)
    assert found() == [
        ("cecilia", "staff", "CHILD", "Noor"),
        ("cecilia", "staff", "GROUP", "Noor"),
        ("karin", "staff", "CHILD", "Alma"),
        ("karin", "staff", "GUARDIANSHIP", "Alma"),
    ]


def test_a_picture_and_a_conversation_are_noted(cast, tries):
    entry = write(cast, cast.alma)
    put_in(cast, entry, row := picture(cast, cast.alma))
    thread = Thread.objects.create(
        entry=entry, child=cast.alma, home=Home.objects.get(memberships__guardianship=cast.astrid_alma)
    )
    tries("birger", "media_policy:picture", public_id=row, purpose="card")
    tries("david", "staff:thread", thread=thread)
    assert found() == [("birger", "guardian", "PICTURE", "Alma"), ("david", "staff", "THREAD", "Alma")]


def test_an_entry_under_one_of_its_children_is_about_that_one_and_under_ones_own_about_its_own(cast, tries):
    both, other = write(cast, cast.alma, cast.bo), write(cast, cast.alma)
    tries("birger", "family:entry", child=cast.bo, entry=both)
    tries("birger", "family:entry", child=cast.bo, entry=other)
    assert [(kind, name) for _who, _hat, kind, name in found()] == [("ENTRY", "Bo"), ("ENTRY", "Alma")]


def test_what_names_nothing_leaves_nothing_after_the_job(cast, tries):
    tries("birger", "family:log", child=uuid.uuid4())
    tries("birger", "account:end_session", browser=uuid.uuid4(), method="post")
    assert found() == []
    kept = RefusedLook.objects.values_list("what", "about", "kind")
    assert set(kept) == {("", None, "")}
    tasks.find_refused(at=LATER)
    assert RefusedLook.objects.exists()
    tasks.find_refused(at=NEXT)
    assert not RefusedLook.objects.exists()


def test_addresses_without_a_row_and_strangers_leave_nothing(cast, client, as_persona):
    assert client.get(reverse("media_policy:picture", args=[uuid.uuid4(), "card"])).status_code == 404
    as_persona(client, cast.birger, Hat.GUARDIAN)
    for address in ("/favicon.ico", "/family/nothing/", "/staff/access/"):
        assert client.get(address).status_code == 404
    assert not RefusedLook.objects.exists()


def test_what_a_page_asks_by_itself_is_no_attempt(cast, tries, settings):
    settings.ASKED_BY_PAGES = {"family:log"}
    tries("birger", "family:log", child=cast.alma)
    assert not RefusedLook.objects.exists()


def test_what_was_opened_is_no_attempt(cast, client, as_persona, stop_clock):
    stop_clock(NOW)
    as_persona(client, cast.birger, Hat.GUARDIAN)
    assert client.get(reverse("family:log", kwargs={"child": cast.bo.public_id})).status_code in (200, 302)
    assert not RefusedLook.objects.exists()


@pytest.mark.parametrize(
    ("name", "hat", "view", "child", "counts"),
    [
        ("cecilia", Hat.GUARDIAN, "staff:child", "alma", False),
        ("david", Hat.GUARDIAN, "staff:child", "alma", True),
        ("birger", Hat.GUARDIAN, "staff:child", "alma", True),
        ("ines", Hat.STAFF, "family:log", "elsa", False),
        # The page is one of this hat's, and it is closed to who is guardian of the child.
        ("ines", Hat.STAFF, "staff:child", "elsa", True),
    ],
)
def test_the_wrong_hat_is_no_attempt_where_another_hat_has_a_tie(cast, tries, name, hat, view, child, counts):
    tries(name, view, child=getattr(cast, child), hat=hat)
    assert bool(found()) == counts


@pytest.mark.parametrize(
    ("name", "view", "key"),
    [("birger", "family:log", "child"), ("david", "staff:child", "child"), ("david", "staff:entry", "entry"),
     ("birger", "family:entry", "entry"), ("karin", "access:adult", "adult"),
     ("birger", "media_policy:picture", "public_id")],
)  # fmt: skip
def test_unknown_and_forbidden_ask_the_database_as_much(cast, tries, name, view, key):
    entry = shared(cast, cast.alma)
    rows = {"child": cast.alma, "entry": entry, "adult": cast.astrid_alma, "public_id": picture(cast, cast.alma)}
    more = {"public_id": {"purpose": "card"}, "entry": {"child": cast.bo} if name == "birger" else {}}.get(key, {})
    counts = []
    tries(name, view, **{key: uuid.uuid4()}, **more)
    for value in (uuid.uuid4(), rows[key]):
        with CaptureQueriesContext(connection) as asked:
            tries(name, view, **{key: value}, **more)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert RefusedLook.objects.count() == 3


def test_so_many_in_an_hour_are_written_down_and_no_more(cast, tries, monkeypatch):
    monkeypatch.setattr(refusals, "MOST", 3)
    for minutes in range(5):
        tries("birger", "family:log", child=cast.alma, at=NOW + timedelta(minutes=minutes))
    assert RefusedLook.objects.count() == 3
    tries("david", "staff:child", child=cast.alma, at=NOW + timedelta(minutes=5))
    tries("birger", "family:log", child=cast.alma, at=NOW + timedelta(minutes=61))
    assert RefusedLook.objects.count() == 5


def test_the_limit_does_not_tell_what_the_job_has_found(cast, tries, monkeypatch):
    monkeypatch.setattr(refusals, "MOST", 2)
    for _again in range(2):
        tries("birger", "family:log", child=uuid.uuid4())
        tries("david", "staff:child", child=cast.alma)
    tasks.find_refused(at=LATER)
    for name, view in (("birger", "family:log"), ("david", "staff:child")):
        tries(name, view, child=cast.alma, at=LATER)
    assert RefusedLook.objects.count() == 4


def test_they_are_kept_as_long_as_is_set(cast, tries, settings):
    settings.REFUSED_LOOK_DAYS = 10
    tries("birger", "family:log", child=cast.alma)
    refusals.find(at=LATER)
    assert refusals.forget(at=NOW + timedelta(days=9)) == 0
    assert refusals.forget(at=NOW + timedelta(days=10)) == 1
    assert not RefusedChild.objects.exists()


def test_the_job_may_run_twice(cast, tries):
    tries("birger", "family:log", child=cast.alma)
    refusals.find(at=LATER)
    RefusedLook.objects.update(found_at=None)
    assert len(found()) == 1


@pytest.mark.parametrize("looked", [True, False])
def test_erasing_a_child_takes_its_part_along(cast, tries, looked):
    entry = shared(cast, cast.alma, cast.bo)
    tries("birger", "family:log", child=cast.alma)
    tries("david", "staff:entry", entry=entry)
    tries("david", "staff:child", child=cast.bo)
    if looked:
        refusals.find(at=LATER)
    services.erase_child(child=cast.alma, at=NOW + timedelta(days=1), by=cast.eva, because="asked for, confirmed")
    assert cast.alma.public_id not in RefusedLook.objects.values_list("about", flat=True)
    assert {(who, name) for who, _hat, _kind, name in found()} == {("david", "Bo")}


def test_each_sort_has_one_resolver():
    with pytest.raises(ValueError, match="GROUP"):
        refusals.register("GROUP", lambda ids, at: [])
