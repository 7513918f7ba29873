"""What is sent to the pages by mistake, twice, too long or with bad will; and what they then say and keep."""

import logging
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conferences import versions
from conferences.models import Conference, FieldValue, Version
from conferences.services import sealing, writing
from people.models import Guardianship, Person
from tests.cast import NOW, TODAY
from tests.conferences.talks import begun, handed_in, key, put, shown
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
HOME = Hat.GUARDIAN


@pytest.fixture
def visit(world, stop_clock, as_persona):
    stop_clock(NOW)
    Person.objects.update(language="en")

    def opened(name, hat=Hat.STAFF):
        return as_persona(Client(), Person.objects.get(pk=getattr(world, name).pk), hat)

    return opened


def at_work(row: Conference, name: str, **more: Any) -> str:
    return reverse(f"talks:{name}", kwargs={"conference": row.public_id, **more})


def at_home(row: Conference, name: str, **more: Any) -> str:
    kwargs = {"child": row.child.public_id, "conference": row.public_id, **more}
    return reverse(f"family_talks:{name}", kwargs=kwargs)


def newest(row: Conference, name: str) -> Any:
    values = FieldValue.objects.filter(conference=row, question=key(name)).order_by("-number")
    return values.values_list("value", flat=True).first()


@pytest.mark.parametrize("text", ["Dans 💃 och 👩‍👧", "שלום عليكم", "before\x00after", "line\r\nline", "<b>&amp;"])
def test_whatever_signs_are_written_are_kept_and_none_of_them_breaks_a_page(world, visit, text):
    row = shown(world, world.alma)
    kept = text.replace("\x00", "").replace("\r\n", "\n")
    staff, home = visit("cecilia"), visit("astrid", HOME)
    staff.post(at_work(row, "save", question=key("joy")), {"value": text, "number": "1"})
    home.post(at_home(row, "save", question=key("at home")), {"value": text, "number": "0"})
    assert [newest(row, "joy"), newest(row, "at home")] == [kept, kept]
    assert staff.get(at_work(row, "prepare")).status_code == 200
    assert home.get(at_home(row, "conference")).status_code == 200
    sealing.seal(conference=row, by=world.viewer("cecilia"))
    assert home.get(at_home(row, "pdf")).status_code == 200


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("do", ["save", "meet"])
def test_a_text_that_is_too_long_comes_back_whole_and_nothing_of_it_is_cut_off(world, visit, script, do):
    row, text = begun(world, world.alma), "a" * (8001 if do == "save" else 7999)
    headers = {"HX-Request": "true"} if script else {}
    href, browser = at_work(row, "save", question=key("joy")), visit("cecilia")
    answer = browser.post(href, {"value": text, "number": "0", "do": do}, headers=headers)
    # A script puts the answer in the question's place, as it does when two wrote at once.
    assert answer.status_code == (200 if script else 422)
    assert text in answer.content.decode()
    assert "That is too long to be saved." in answer.content.decode()
    assert newest(row, "joy") is None
    assert browser.post(href, {"value": "a" * 8000, "number": "0"}).status_code == 302
    assert len(newest(row, "joy")) == 8000


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_stands_on_every_page(world, visit, day):
    row = shown(world, world.alma)
    staff = visit("cecilia")
    staff.post(at_work(row, "save", question=key("since")), {"value": day, "number": "0"})
    sent = {"what": "We read", "who": "both", "by_when": day, "client_key": uuid.uuid4()}
    assert staff.post(at_work(row, "agree", question=key("agree")), sent).status_code == 302
    assert newest(row, "since") == day
    for page in ("prepare", "talk", "after", "present", "pdf"):
        assert staff.get(at_work(row, page)).status_code == 200
    sealing.seal(conference=row, by=world.viewer("cecilia"))
    for page in ("conference", "pdf"):
        assert visit("astrid", HOME).get(at_home(row, page)).status_code == 200


@pytest.mark.parametrize("value", ["2026-02-30", "x", "", "-1", "999999999"])
def test_what_is_no_day_is_no_answer(world, visit, value):
    row = begun(world, world.alma)
    href = at_work(row, "save", question=key("since"))
    assert visit("cecilia").post(href, {"value": value, "number": "0"}).status_code == 302
    assert newest(row, "since") in (None, "")


def test_forms_without_their_fields_are_refused_and_keep_nothing(world, visit):
    row = shown(world, world.alma)
    staff, values = visit("cecilia"), FieldValue.objects.count()
    assert staff.post(at_work(row, "agree", question=key("agree"))).status_code == 422
    assert staff.post(at_work(row, "note")).status_code == 422
    # Without any field it is the first look at the form again.
    assert staff.post(at_work(row, "close")).status_code in (200, 422)
    assert staff.post(at_work(row, "inform")).status_code == 302
    assert staff.post(at_work(row, "save", question=key("joy")), {"number": "-1"}).status_code == 409
    assert staff.post(at_work(row, "save", question=uuid.uuid4()), {"value": "x"}).status_code == 404
    assert FieldValue.objects.count() == values
    assert not row.agreements.exists()
    assert Conference.objects.get(pk=row.pk).is_open


def test_sealing_twice_from_a_page_is_sealed_once_and_ends_on_the_same_page(world, visit):
    row, browser = shown(world, world.alma), visit("cecilia")
    for _tap in range(2):
        assert browser.post(at_work(row, "seal")).headers["Location"] == at_work(row, "after")
    assert Version.objects.filter(conference=row, kind=Version.Kind.SEALED).count() == 1
    for name in ("karin", "eva"):
        assert visit(name).post(at_work(row, "seal")).status_code == 404


def test_every_form_that_counts_once_counts_once(world, visit):
    row, browser = shown(world, world.alma), visit("cecilia")
    agreed = {"what": "We read", "who": "both", "client_key": uuid.uuid4()}
    for _tap in range(2):
        browser.post(at_work(row, "agree", question=key("agree")), agreed)
        browser.post(at_work(row, "note"), {"held_on": TODAY.isoformat()})
    (one,) = row.agreements.all()
    assert row.talks.count() == 1
    sealing.seal(conference=row, by=world.viewer("cecilia"))
    followed = {"state": "done", "text": "Read", "client_key": uuid.uuid4()}
    added = {"text": "And she draws", "client_key": uuid.uuid4()}
    for _tap in range(2):
        browser.post(at_work(row, "follow_up", agreement=one.public_id), followed)
        browser.post(at_work(row, "add"), added)
    assert one.follow_ups.count() == 1
    assert row.versions.filter(kind=Version.Kind.ADDENDUM).count() == 1


def main_of(answer: Any) -> str:
    found = re.search(r"<main.*</main>", answer.content.decode(), re.S)
    assert found is not None
    return found[0]


def test_nothing_that_is_sent_to_a_sealed_record_changes_it(world, visit):
    row, cecilia = shown(world, world.alma), world.viewer("cecilia")
    put(row, "at home", "From Astrid", world.viewer("astrid"))
    handed_in(world, row, "astrid")
    agreed = writing.agree(
        conference=row, question=key("agree"), what="We read", who="both", by_when=None, client_key=uuid.uuid4(),
        by=cecilia,
    )  # fmt: skip
    version = sealing.seal(conference=row, by=cecilia)
    staff, home = visit("cecilia"), visit("astrid", HOME)
    before = main_of(home.get(at_home(row, "conference")))
    questions = {"save": key("joy"), "pick": key("from log"), "agree": key("agree")}
    sent = {
        "value": "Other", "number": "1", "held_on": TODAY.isoformat(), "what": "Other", "who": "home",
        "because": "mistake", "informed": "on_paper", "do": "drop", "home": world.astrids.public_id,
    }  # fmt: skip
    for name in ("save", "pick", "note", "agree", "show", "close", "people"):
        more = {"question": questions[name]} if name in questions else {}
        assert staff.post(at_work(row, name, **more), sent).status_code == 404, name
    assert staff.post(at_work(row, "agreement", agreement=agreed.public_id), sent).status_code == 404
    assert home.post(at_home(row, "save", question=key("at home")), sent).status_code == 404
    assert home.post(at_home(row, "hand_in")).status_code == 404
    version.refresh_from_db()
    assert versions.holds(version)
    assert main_of(home.get(at_home(row, "conference"))) == before


@pytest.mark.parametrize("name", ["karin", "gun", "eva", "astrid", "ines"])
def test_who_may_not_seal_adds_nothing_either(world, visit, name):
    row = shown(world, world.elsa if name == "ines" else world.alma)
    sealing.seal(conference=row, by=world.viewer("cecilia"))
    hat = HOME if name == "astrid" else Hat.STAFF
    assert visit(name, hat).post(at_work(row, "add"), {"text": "Secretly"}).status_code in (302, 403, 404)
    assert not row.versions.filter(kind=Version.Kind.ADDENDUM).exists()


def test_pages_are_not_kept_by_a_browser_that_somebody_else_uses_next(world, visit):
    row = shown(world, world.alma)
    staff, home = visit("cecilia"), visit("astrid", HOME)
    pages = [(staff, at_work(row, name)) for name in ("prepare", "talk", "after", "present", "pdf", "show")]
    pages += [(home, at_home(row, name)) for name in ("conference", "pdf", "booking")]
    pages.append((staff, reverse("talks:group", kwargs={"group": world.granen.public_id})))
    for browser, href in pages:
        answer = browser.get(href)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"], href


def test_what_is_only_fetched_changes_nothing_and_what_changes_is_not_fetched(world, visit):
    row, staff = shown(world, world.alma), visit("cecilia")
    for name in ("note", "inform", "add"):
        assert staff.get(at_work(row, name)).status_code == 405
    assert visit("astrid", HOME).get(at_home(row, "hand_in")).status_code == 405
    for name in ("show", "seal", "close"):
        staff.get(at_work(row, name))
        assert staff.put(at_work(row, name)).status_code == 405
    assert Conference.objects.get(pk=row.pk).is_open
    assert row.versions.count() == 1


def test_nothing_that_is_written_stands_in_a_log(world, visit, caplog):
    caplog.set_level(logging.DEBUG)
    row, staff = shown(world, world.alma), visit("cecilia")
    for text in ("Quite private", "Another one"):
        staff.post(at_work(row, "save", question=key("joy")), {"value": text, "number": "1"})
    visit("ulf", HOME).post(at_home(row, "save", question=key("joy")), {"value": "Quite private"})
    # What the database is asked is told in development alone.
    told = " ".join(one.getMessage() for one in caplog.records if not one.name.startswith("django.db"))
    for word in ("Quite private", "Another one", "Alma", "Astrid", "Ulf"):
        assert word not in told


def test_a_guardian_made_inactive_in_the_middle_opens_and_sends_nothing_more(world, visit):
    row, browser = shown(world, world.alma), visit("ulf", HOME)
    assert browser.get(at_home(row, "conference")).status_code == 200
    put(row, "at home", "Not handed in", world.viewer("ulf", HOME))
    Guardianship.objects.filter(person=world.ulf).update(inactivated_at=NOW)
    for name in ("conference", "pdf", "booking"):
        assert browser.get(at_home(row, name)).status_code == 404
    for name in ("save", "pick"):
        href = at_home(row, name, question=key("at home"))
        assert browser.post(href, {"value": "x", "number": "1"}).status_code == 404
    assert browser.post(at_home(row, "hand_in")).status_code == 404
    staff = visit("cecilia")
    for page in ("prepare", "talk", "present"):
        assert "Not handed in" not in staff.get(at_work(row, page)).content.decode()
