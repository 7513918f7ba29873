"""At seven in the morning a substitute gets a pass from whoever is there; it ends when the preschool closes."""

import re
import uuid
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.test import Client

from access.models import Letter, Pin
from access.team import letters, pins
from learninglog.models import Entry, Publication
from people.models import AccessEvent, Duty, Guardianship, Pass, Person
from tests.access.team.conftest import href
from tests.cast import NOW
from visibility import rule
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
CLOSING = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
# As long as one can be: four digits stand in many an address by chance.
PIN = "48027351"


@pytest.fixture(autouse=True)
def _seven(stop_clock):
    stop_clock(SEVEN)


def form(cast, **more):
    data = {"given_name": "Sam", "family_name": "Vik", "phone": "070-123", "group": str(cast.granen.public_id)}
    return data | {"pin": PIN, "again": PIN, "no_own_child": "on"} | more


def give(client, cast, **more):
    return client.post(href("work:give_pass", unit=cast.unit), form(cast, **more))


def sam(cast):
    cast.sam = Person.objects.get(given_name="Sam")
    cast.HATS = cast.HATS | {"sam": Hat.STAFF}
    return cast.sam


def test_cecilia_gives_a_pass_on_the_tablet_and_it_ends_at_closing_time(cast, at):
    assert give(at("cecilia", strength=Strength.LOW), cast).status_code == 302
    given = sam(cast).passes.get()
    assert (given.group, given.given_by) == (cast.granen, cast.cecilia)
    # Stockholm is one hour ahead of UTC in November.
    assert (given.begins_at, given.ends_at) == (SEVEN, CLOSING)
    moments = [SEVEN, CLOSING - timedelta(minutes=1), CLOSING]
    assert [rule.may(cast.viewer("sam", at=at), "READ", cast.bo) for at in moments] == [True, True, False]
    (event,) = AccessEvent.objects.filter(what=AccessEvent.What.PASS, person=cast.sam)
    assert (event.by, event.at, event.group) == (cast.cecilia, SEVEN, cast.granen)


def test_a_unit_that_closes_early_lets_the_pass_end_early(cast, at):
    cast.unit.closes_at = time(15, 30)
    cast.unit.save()
    give(at("cecilia"), cast)
    assert sam(cast).passes.get().ends_at == datetime(2026, 11, 17, 14, 30, tzinfo=UTC)


def test_the_substitute_chose_the_pin_and_only_its_hash_is_kept(cast, at):
    give(at("cecilia"), cast)
    row = Pin.objects.get(person=sam(cast))
    assert PIN not in row.hashed
    assert pins.verify(person=cast.sam, pin=PIN, at=SEVEN)


def test_the_head_is_told_by_mail_without_a_name_and_once_a_day(cast, at):
    cast.eva.email = "eva@example.org"
    cast.eva.save()
    client = at("cecilia")
    give(client, cast)
    give(client, cast, given_name="Sol")
    letter = Letter.objects.get()
    assert (letter.person, letter.kind) == (cast.eva, Letter.Kind.PASS_GIVEN)
    assert letters.send(letter_id=letter.pk, at=SEVEN)
    assert not letters.send(letter_id=letter.pk, at=SEVEN)
    (message,) = mail.outbox
    assert message.to == ["eva@example.org"]
    assert not {"Sam", "Sol", "Cecilia", "Granen", "Skogsgläntan"} & set(str(message.message()).split())
    page = at("eva").get(href("work:passes")).content.decode()
    assert "Sam Vik" in page
    assert "given by Cecilia Sund" in page


def test_the_head_who_gives_a_pass_gets_no_mail_about_it(cast, at):
    cast.eva.email = "eva@example.org"
    cast.eva.save()
    assert give(at("eva"), cast).status_code == 302
    assert not Letter.objects.exists()


@pytest.mark.parametrize("name", ["siri", "david", "gun", "astrid", "office", "stranger"])
def test_who_is_not_employed_there_gives_no_pass_and_sees_none(cast, at, name):
    client = at(name)
    assert client.get(href("work:passes")).status_code == 404
    assert client.get(href("work:give_pass", unit=cast.unit)).status_code == 404
    assert give(client, cast).status_code == 404
    assert client.post(href("work:end_pass", given=cast.siri.passes.get())).status_code == 404
    assert Pass.objects.count() == 1


def test_nobody_gives_a_pass_while_on_leave_or_to_a_group_of_another_unit(cast, at):
    assert give(at("cecilia"), cast, group=str(cast.klovern.public_id)).status_code == 422
    cast.cecilia_duty.leaves.create(starts_on=SEVEN.date())
    assert give(at("cecilia"), cast).status_code == 404
    assert Pass.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"given_name": ""}, "Write a first name and a phone number."),
        ({"phone": ""}, "Write a first name and a phone number."),
        ({"again": "48027352"}, "The two PINs differ."),
        ({"pin": "1111", "again": "1111"}, "That one is guessed at once."),
        ({"pin": "1234", "again": "1234"}, "That one is guessed at once."),
        ({"pin": "12", "again": "12"}, "A PIN has four to eight digits."),
        ({"no_own_child": ""}, "This field is required."),
        ({"last_day": "2026-12-24"}, "A pass lasts two weeks at most"),
        ({"last_day": "2026-11-16"}, "The preschool has closed for the day."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(cast, at, wrong, said):
    page = give(at("cecilia"), cast, **wrong)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Person.objects.filter(given_name="Sam").exists()
    assert PIN not in page.content.decode()


def test_after_closing_a_pass_is_for_another_day(cast, at, stop_clock):
    stop_clock(CLOSING)
    assert give(at("cecilia"), cast).status_code == 422
    assert give(at("cecilia"), cast, last_day="2026-11-18").status_code == 302
    assert sam(cast).passes.get().ends_at == CLOSING + timedelta(days=1)


def test_who_comes_again_is_chosen_by_name_and_nobody_else_can_be(cast, at):
    """A colleague's PIN or a guardian's could otherwise be replaced by whoever holds the tablet."""
    cast.siri.passes.update(ends_at=SEVEN - timedelta(minutes=1), begins_at=SEVEN - timedelta(hours=9))
    client = at("cecilia", strength=Strength.LOW)
    assert give(client, cast, known=str(cast.siri.public_id), given_name="", phone="").status_code == 302
    assert cast.siri.passes.count() == 2
    for person in (cast.karin, cast.astrid, cast.eva):
        Pass.objects.create(
            person=person, group=cast.tallen, given_by=cast.eva, begins_at=SEVEN - timedelta(days=9),
            ends_at=SEVEN - timedelta(days=8),
        )  # fmt: skip
        assert give(client, cast, known=str(person.public_id)).status_code == 422
        assert not Pin.objects.filter(person=person).exists()


def test_who_has_become_a_guardian_or_got_a_duty_is_not_chosen_by_name_any_more(cast, at):
    cast.make.guardian(cast.siri, cast.milo, Guardianship.Kind.PARENT, active=False)
    assert give(at("cecilia"), cast, known=str(cast.siri.public_id)).status_code == 422
    cast.make.duty(cast.siri, Duty.Role.PEDAGOGUE, cast.unit)
    assert give(at("cecilia"), cast, known=str(cast.siri.public_id)).status_code == 422


def test_a_second_pass_to_the_same_group_is_refused_with_a_sentence(cast, at):
    page = give(at("cecilia"), cast, known=str(cast.siri.public_id))
    assert "There is a pass to this group for the person already." in page.content.decode()
    assert not Pin.objects.filter(person=cast.siri).exists()


def test_a_pass_that_is_ended_closes_the_open_page_at_that_moment(cast, at, stop_clock):
    stop_clock(NOW)
    browser, page = at("siri"), href("staff:child", child=cast.bo)
    assert browser.get(page).status_code == 200
    assert at("karin").post(href("work:end_pass", given=cast.siri.passes.get())).status_code == 302
    assert browser.get(page).status_code == 404
    (event,) = AccessEvent.objects.filter(what=AccessEvent.What.PASS_ENDED)
    assert (event.by, event.person) == (cast.karin, cast.siri)


def test_a_substitute_writes_a_draft_about_todays_child_and_a_colleague_shares_it(cast, at, stop_clock):
    give(at("cecilia"), cast)
    sam(cast)
    stop_clock(NOW)
    browser = at("sam", strength=Strength.LOW)
    assert browser.post(href("staff:new_about", child=cast.bo), {"client_key": str(uuid.uuid4())}).status_code == 302
    entry = Entry.objects.get(created_by=cast.sam)
    saved = write(browser, entry, "The tower", "It fell, and we laughed.", cast.bo)
    assert saved.status_code in {200, 302}
    entry.refresh_from_db()
    assert entry.title == "The tower"
    share = href("staff:share", entry=entry)
    assert browser.get(share).status_code in {200, 404}
    assert shared(browser, entry) == 0
    assert shared(at("cecilia"), entry) == 1
    # What is shared is no draft any more: the substitute reads it and changes nothing.
    assert browser.get(href("staff:entry", entry=entry)).status_code == 200
    assert write(browser, entry, "Mine again", "x", cast.bo).status_code == 404


def write(client: Client, entry: Entry, title: str, text: str, child):
    entry.refresh_from_db()
    data = {
        "revision": str(entry.revision), "title": title, "text": text, "happened_on": "2026-11-17",
        "children": [str(child.public_id)], "language": "en",
    }  # fmt: skip
    return client.post(href("staff:save", entry=entry), data)


def shared(client: Client, entry: Entry) -> int:
    """How many families have it after this person has confirmed the sharing, as far as the pages let them."""

    address = href("staff:share", entry=entry)
    page = client.get(address)
    found = re.search(r'name="confirmed" value="([^"]*)"', page.content.decode())
    client.post(address, {"confirmed": found[1] if found else "x"})
    return Publication.objects.filter(entry=entry).count()
