"""The head's pages: who has not answered, a school elsewhere, papers, hiding, requests; and the owner's settings."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from access.questions import services as questions
from access.recordings.services import NotPossible
from media_policy.questions import Way, way
from people.models import Answer, Duty, QuestionSetting
from tests.cast import NOW, TODAY
from transfers import windows
from transfers.models import Disclosure, Handover, HiddenReceiver, Package
from transfers.packaging.words import in_words
from transfers.services import handovers, hiding, packages
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
FIRST = TODAY + timedelta(days=60)


@pytest.fixture
def elsewhere(move):
    """Bo goes to a school elsewhere."""
    data = {"form": "school", "school": "Ekskolan", "first_day": FIRST.isoformat()}
    answer = move.post("eva", "transfers:child", data, child=move.cast.bo.public_id)
    assert answer.status_code == 302
    move.handover = Handover.objects.get(child=move.cast.bo)
    move.where = {"handover": move.handover.public_id}
    return move


def test_the_list_says_who_has_not_answered(elsewhere):
    page = elsewhere.get("eva", "transfers:listing").content.decode()
    assert "Birger" in page
    for question in ("school_log", "school_conferences"):
        elsewhere.says(question, tie=elsewhere.cast.birger_bo)
    assert "Birger" not in elsewhere.get("eva", "transfers:listing").content.decode()


def test_the_pages_are_the_heads_alone(elsewhere):
    for name in ("cecilia", "david", "birger", "gun"):
        assert elsewhere.get(name, "transfers:listing").status_code == 404, name
        assert elsewhere.get(name, "transfers:transfer", **elsewhere.where).status_code == 404, name
        assert elsewhere.post(name, "transfers:make", {"made_for": "x"}, **elsewhere.where).status_code == 404, name
    assert not Package.objects.exists()


def test_a_guardian_learns_which_school_was_named_and_from_which_day(elsewhere):
    page = elsewhere.get("birger", "family_transfers:choice", child=elsewhere.cast.bo.public_id).content.decode()
    assert "Ekskolan" in page


def test_without_a_yes_there_is_nothing_to_pack(elsewhere):
    elsewhere.post("eva", "transfers:make", {"made_for": "Rektor"}, **elsewhere.where)
    assert not Package.objects.exists()


def test_with_a_yes_a_package_is_made_and_can_be_taken_back(elsewhere):
    elsewhere.entry(elsewhere.cast.bo)
    elsewhere.says("school_log", tie=elsewhere.cast.birger_bo)
    elsewhere.post("eva", "transfers:make", {"made_for": "Rektor Holgersson"}, **elsewhere.where)
    package = Package.objects.get()
    at_home = {"child": elsewhere.cast.bo.public_id, **elsewhere.where}
    assert "Rektor Holgersson" in elsewhere.get("birger", "family_transfers:transfer", **at_home).content.decode()
    tie = elsewhere.cast.birger_bo
    hiding.hide(handover=elsewhere.handover, guardianship=tie, by=elsewhere.cast.viewer("eva"))
    assert "Holgersson" not in elsewhere.get("birger", "family_transfers:transfer", **at_home).content.decode()
    assert "<progress" in elsewhere.get("eva", "transfers:transfer", **elsewhere.where).content.decode()
    elsewhere.post("eva", "transfers:revoke", **elsewhere.where, package=package.public_id)
    package.refresh_from_db()
    assert package.state == Package.State.STOPPED


def test_an_answer_on_paper_counts_and_says_what_it_was(elsewhere):
    data = {
        "form": "paper", "legal": str(elsewhere.cast.birger_bo.public_id), "question": "school_log", "given": "yes",
        "medium": "paper", "said_on": TODAY.isoformat(), "identified": "known",
    }  # fmt: skip
    answer = elsewhere.post("eva", "transfers:child", data, child=elsewhere.cast.bo.public_id)
    assert answer.status_code == 302
    assert Answer.objects.get(guardianship=elsewhere.cast.birger_bo).value == "yes"


def test_the_receiver_can_be_hidden_from_one_guardian_and_told_again(elsewhere):
    where = {**elsewhere.where, "adult": elsewhere.cast.birger_bo.public_id}
    elsewhere.post("eva", "transfers:hide", **where)
    assert HiddenReceiver.objects.filter(shown_at__isnull=True).exists()
    at_home = {"child": elsewhere.cast.bo.public_id}
    for page in ("family_transfers:choice", "family:settings", "portal:family"):
        told = elsewhere.get("birger", page, **(at_home if page != "portal:family" else {}))
        assert "Ekskolan" not in told.content.decode(), page
    told = elsewhere.get("birger", "family_transfers:transfer", **at_home, **elsewhere.where).content.decode()
    assert "Ekskolan" not in told
    elsewhere.post("eva", "transfers:hide", {"show": "1"}, **where)
    assert "Ekskolan" in elsewhere.get("birger", "family_transfers:choice", **at_home).content.decode()


def test_a_transfer_that_ends_stops_its_packages(elsewhere):
    elsewhere.entry(elsewhere.cast.bo)
    elsewhere.says("school_log", tie=elsewhere.cast.birger_bo)
    packages.for_handover(
        handover=elsewhere.handover, made_for="x", language="sv", by=elsewhere.cast.viewer("eva"), at=NOW
    )
    elsewhere.post("eva", "transfers:cancel", **elsewhere.where)
    elsewhere.handover.refresh_from_db()
    assert elsewhere.handover.ended_because == Handover.Ended.CANCELLED
    assert Package.objects.get().state == Package.State.STOPPED


def test_a_first_day_is_corrected_by_the_head_of_a_package_alone(elsewhere):
    day = FIRST + timedelta(days=3)
    elsewhere.post("eva", "transfers:first_day", {"first_day": day.isoformat()}, **elsewhere.where)
    elsewhere.handover.refresh_from_db()
    assert elsewhere.handover.first_day == day
    # Both days stay in the log: what was named, and what it became.
    at_home = {"child": elsewhere.cast.bo.public_id, **elsewhere.where}
    for page in (
        elsewhere.get("eva", "transfers:transfer", **elsewhere.where),
        elsewhere.get("birger", "family_transfers:transfer", **at_home),
    ):
        told = " ".join(page.content.decode().split())
        assert f"Ekskolan, first day there {in_words(FIRST)}" in told
        assert f"From {in_words(FIRST)} to {in_words(day)}" in told
    (inside,) = handovers.follow_child(elsewhere.cast.alma, NOW)
    answer = elsewhere.post("eva", "transfers:first_day", {"first_day": day.isoformat()}, handover=inside.public_id)
    assert answer.status_code == 404


# --- a parent without access asks -------------------------------------------------------------------------------------


@pytest.fixture
def case(move):
    data = {"asked_by": "Klas, far", "asked_on": TODAY.isoformat(), "asked_for": "Hur det går"}
    move.post("eva", "transfers:request", data, child=move.cast.bo.public_id)
    return Disclosure.objects.get()


def decision(**more):
    said = {"harm_check": "Inget talar emot.", "decision": "granted", "letter": "Du får veta.\n\nHälsningar"}
    return {**said, **more}


def test_a_decision_needs_a_look_at_harm_and_a_refusal_the_way_to_appeal(move, case):
    where = {"case": case.public_id}
    assert move.post("eva", "transfers:case", decision(harm_check=" "), **where).status_code == 422
    assert move.post("eva", "transfers:case", decision(decision="refused"), **where).status_code == 422
    case.refresh_from_db()
    assert case.decision == ""
    assert (
        move.post("eva", "transfers:case", decision(decision="refused", appeal_told="on"), **where).status_code == 302
    )
    assert move.get("eva", "transfers:hand_out", **where).status_code == 404


def test_a_decided_case_is_not_decided_again_and_its_letter_is_paper(move, case):
    where = {"case": case.public_id}
    move.post("eva", "transfers:case", decision(), **where)
    move.post("eva", "transfers:case", decision(letter="Annat"), **where)
    case.refresh_from_db()
    assert case.letter.startswith("Du får veta")
    letter = move.get("eva", "transfers:letter", **where)
    assert letter.headers["Content-Type"] == "application/pdf"
    assert b"".join(letter).startswith(b"%PDF")


def test_what_was_granted_is_handed_out_item_by_item(move, case):
    chosen, other = move.entry(move.cast.bo), move.entry(move.cast.bo)
    where = {"case": case.public_id}
    assert move.get("eva", "transfers:hand_out", **where).status_code == 404
    move.post("eva", "transfers:case", decision(), **where)
    assert other.title in move.get("eva", "transfers:hand_out", **where).content.decode()
    move.post("eva", "transfers:hand_out", {"item": [str(chosen.public_id)]}, **where)
    case.refresh_from_db()
    assert [item.entry for item in case.items.all()] == [chosen]
    assert case.package is not None


@pytest.mark.parametrize(("most", "says"), [(1, True), (2, False)])
def test_a_list_to_hand_out_from_says_when_it_is_not_all(move, case, monkeypatch, most, says):
    monkeypatch.setattr("transfers.views.cases.MOST", most)
    move.entry(move.cast.bo)
    move.entry(move.cast.bo)
    move.post("eva", "transfers:case", decision(), case=case.public_id)
    page = move.get("eva", "transfers:hand_out", case=case.public_id).content.decode()
    assert (f"The newest {most} stand here" in page) == says


def test_a_case_is_the_heads_alone(move, case):
    for name in ("cecilia", "birger", "gun", "olga"):
        assert move.get(name, "transfers:case", case=case.public_id).status_code == 404, name


def test_a_case_stays_with_the_preschool_where_it_was_asked(move, case):
    """The head of the next preschool decides what is asked there, and does not read what was weighed here."""
    cast, bo = move.cast, move.cast.bo
    cast.hilda, cast.HATS = cast.make.person("hilda", "Hilda"), cast.HATS | {"hilda": Hat.STAFF}
    cast.make.duty(cast.hilda, Duty.Role.HEAD, cast.other_unit)
    cast.make.place(bo, cast.klovern, starts=TODAY + timedelta(days=1))
    move.stop_clock(NOW + timedelta(days=2))
    assert "Klas" in move.get("eva", "transfers:child", child=bo.public_id).content.decode()
    assert move.get("eva", "transfers:case", case=case.public_id).status_code == 200
    page = move.get("hilda", "transfers:child", child=bo.public_id)
    assert page.status_code == 200
    assert "Klas" not in page.content.decode()
    for name in ("transfers:case", "transfers:letter", "transfers:hand_out"):
        assert move.get("hilda", name, case=case.public_id).status_code == 404
    data = {"asked_by": "Kim", "asked_on": TODAY.isoformat(), "asked_for": "Hur det går"}
    assert move.post("hilda", "transfers:request", data, child=bo.public_id).status_code == 302
    assert move.get("hilda", "transfers:case", case=Disclosure.objects.latest("pk").public_id).status_code == 200


# --- the owner --------------------------------------------------------------------------------------------------------


def test_the_owner_sets_the_days_and_that_one_yes_is_enough(move):
    owner = move.cast.organisation
    move.post("olga", "transfers:settings", {"question": "days", "before": "10", "after": "20"})
    assert windows.reading(owner) == windows.Reading(10, 20)
    move.post("olga", "transfers:settings", {"question": "school_log", "silence_is_yes": "on"})
    assert way("school_log", owner).silence_is_yes
    move.post("olga", "transfers:settings", {"question": "preschool_log", "basis": "objection"})
    assert way("preschool_log", owner).objection
    assert move.post("eva", "transfers:settings", {"question": "days", "before": "0", "after": "0"}).status_code == 404


def test_a_school_is_never_a_matter_of_objection(move):
    owner, by = move.cast.organisation, move.cast.viewer("olga")
    move.post("olga", "transfers:settings", {"question": "school_log", "basis": "objection"})
    assert not way("school_log", owner).objection
    with pytest.raises(NotPossible):
        questions.decide(organisation=owner, question="school_log", wanted=Way("objection"), by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionSetting.objects.create(organisation=owner, question="school_conferences", basis="objection", at=NOW)
