"""Two taps, two tabs and impossible days: nobody meets a page that is not there when what they wished has happened."""

from datetime import date, timedelta

import pytest

from access.models import Wording
from access.terms import services as terms
from people.models import Answer, Placement
from tests.cast import NOW, TODAY
from tests.transfers.screens.test_the_head import FIRST, decision
from transfers import windows
from transfers.models import Disclosure, Handover, Package
from transfers.services import handovers
from visibility.viewer import Strength

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(move):
    """Bo goes to a school elsewhere, and there is something that may go."""
    by = move.cast.viewer("eva")
    move.handover = handovers.name_school(child=move.cast.bo, school="Ekskolan", first_day=FIRST, by=by)
    move.entry(move.cast.bo)
    move.says("school_log", tie=move.cast.birger_bo)
    move.where = {"handover": move.handover.public_id}
    return move


def page_of(answer):
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.mark.parametrize(
    ("door", "data"),
    [("cancel", {}), ("make", {"made_for": "Rektor"}), ("first_day", {"first_day": FIRST.isoformat()})],
)
def test_what_is_tapped_after_the_end_leads_to_the_page_that_says_so(elsewhere, door, data):
    assert page_of(elsewhere.post("eva", "transfers:cancel", **elsewhere.where))
    ended = Handover.objects.get(pk=elsewhere.handover.pk)
    where = page_of(elsewhere.post("eva", f"transfers:{door}", data, **elsewhere.where))
    assert "ended" in elsewhere.client.get(where).content.decode()
    assert vars(Handover.objects.get(pk=ended.pk)).items() >= {"ended_at": ended.ended_at}.items()
    assert not Package.objects.exists()


def test_a_package_is_made_once_and_taken_back_once_however_often_one_taps(elsewhere):
    for _ in range(2):
        assert page_of(elsewhere.post("eva", "transfers:make", {"made_for": "Rektor"}, **elsewhere.where))
    package = Package.objects.get()
    for _ in range(2):
        assert page_of(elsewhere.post("eva", "transfers:revoke", **elsewhere.where, package=package.public_id))
    assert list(package.receipts.order_by("pk").values_list("what", flat=True)) == ["asked", "revoked"]


def test_a_link_of_an_ended_transfer_is_not_made(elsewhere):
    elsewhere.post("eva", "transfers:make", {"made_for": "Rektor"}, **elsewhere.where)
    package = Package.objects.get()
    elsewhere.post("eva", "transfers:cancel", **elsewhere.where)
    where = {**elsewhere.where, "package": package.public_id}
    assert page_of(elsewhere.post("eva", "transfers:send", {"days": "14", "downloads": "3"}, **where))
    assert not package.receipts.filter(what="sent").exists()


def test_the_same_decision_twice_is_one_and_another_is_told_that_it_stands(move):
    data = {"asked_by": "Klas", "asked_on": TODAY.isoformat(), "asked_for": "Hur det går"}
    for _ in range(2):
        move.post("eva", "transfers:request", data, child=move.cast.bo.public_id)
    where = {"case": Disclosure.objects.get().public_id}
    for _ in range(2):
        told = move.client.get(page_of(move.post("eva", "transfers:case", decision(), **where))).content.decode()
        assert "decided already" not in told
    told = move.client.get(page_of(move.post("eva", "transfers:case", decision(letter="Annat"), **where)))
    assert "decided already" in told.content.decode()
    assert Disclosure.objects.get().letter.startswith("Du får veta")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-01-01", "2029-01-01", "2027-02-29", "x\x00"])
def test_an_impossible_first_day_is_refused_where_it_is_typed(elsewhere, day):
    assert elsewhere.post("eva", "transfers:first_day", {"first_day": day}, **elsewhere.where).status_code == 422
    assert Handover.objects.get(child=elsewhere.cast.bo).first_day == FIRST
    data = {"form": "school", "school": "Ekskolan", "first_day": day}
    assert elsewhere.post("eva", "transfers:child", data, child=elsewhere.cast.bo.public_id).status_code == 422
    assert elsewhere.get("eva", "transfers:transfer", **elsewhere.where).status_code == 200


def test_a_first_day_before_the_child_went_to_any_preschool_is_refused(elsewhere):
    started = TODAY - timedelta(days=20)
    Placement.objects.filter(child=elsewhere.cast.bo).update(starts_on=started)
    day = started.isoformat()
    assert elsewhere.post("eva", "transfers:first_day", {"first_day": day}, **elsewhere.where).status_code == 422


def test_a_place_from_the_last_day_of_the_calendar_stops_nobody(move):
    Placement.objects.filter(child=move.cast.alma, unit=move.cast.school).update(starts_on=date.max)
    assert handovers.follow(NOW) == 1
    assert windows.Reading().closes_on(date.max) == date.max
    page = move.get("astrid", "family_transfers:choice", child=move.cast.alma.public_id)
    assert page.status_code == 200


@pytest.mark.parametrize("days", ["-1", "367", "99999999999999999999", "", "x", "1\x00"])
def test_the_owner_is_told_which_days_cannot_be(move, days):
    data = {"question": "days", "before": days, "after": "90"}
    assert move.post("olga", "transfers:settings", data).status_code == 422
    assert windows.reading(move.cast.organisation) == windows.Reading()


@pytest.mark.parametrize("text", ["\x00", "x" * 201, "  "])
def test_names_that_cannot_be_kept_are_refused_where_they_are_typed(elsewhere, text):
    at_child = {"child": elsewhere.cast.bo.public_id}
    school = {"form": "school", "school": text, "first_day": FIRST.isoformat()}
    assert elsewhere.post("eva", "transfers:child", school, **at_child).status_code == 422
    assert elsewhere.post("eva", "transfers:make", {"made_for": text}, **elsewhere.where).status_code == 422
    asked = {"asked_by": text, "asked_on": TODAY.isoformat(), "asked_for": "x"}
    assert elsewhere.post("eva", "transfers:request", asked, **at_child).status_code == 422
    assert not Package.objects.exists()


@pytest.mark.parametrize("digest", ["\x00", "x" * 5000, ""])
def test_a_digest_that_is_none_is_an_old_page(move, digest):
    data = {"for": "school", "school_log": "yes", "wording_school_log": digest}
    assert page_of(move.post("astrid", "family_transfers:choice", data, child=move.cast.alma.public_id))
    assert not Answer.objects.filter(value="yes").exists()


@pytest.mark.parametrize("kind", ["", "preschools", "\x00", "SCHOOL"])
def test_a_kind_of_receiver_that_nobody_knows_is_not_there(move, kind):
    answer = move.post("astrid", "family_transfers:choice", {"for": kind}, child=move.cast.alma.public_id)
    assert answer.status_code == 404
    assert not Answer.objects.exists()


def last(move, question):
    return Answer.objects.filter(question=question).order_by("-given_at", "-pk").first().value


def test_a_yes_taken_back_waits_for_no_surer_sign_in_of_the_yes_beside_it(move):
    move.choose(log="yes")
    assert "step-up" in move.choose(conferences="yes", strength=Strength.LOW).headers["Location"]
    assert (last(move, "school_log"), last(move, "school_conferences")) == ("withdrawn", "no")


def test_a_yes_taken_back_waits_for_no_newer_words_of_the_yes_beside_it(move):
    move.choose(log="yes")
    old = {"for": "school", "school_conferences": "yes"}
    old["wording_school_conferences"] = terms.current("school_conferences", "sv").digest
    row = Wording.objects.get(kind="school_conferences", language="sv")
    row.edition, row.body = 2, "<p>Annat</p>"
    terms.freeze(wording=row, at=NOW)
    move.post("astrid", "family_transfers:choice", old, child=move.cast.alma.public_id)
    assert (last(move, "school_log"), last(move, "school_conferences")) == ("withdrawn", "no")
