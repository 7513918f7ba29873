"""Questions about pictures, on their pages: a no at any sign-in, a yes at a sure one, papers by the head, rounds."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse

from access.models import FrozenWording, RecordedAnswer, Wording
from access.questions import pages, services
from access.recordings.services import NotPossible, Told
from access.terms import services as terms
from media_policy.answers import allowed
from media_policy.questions import Question, Way
from people.models import AccessEvent, Answer, GroupOpening, Round, RoundChild
from tests.cast import NOW, TODAY
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _wordings(db):
    call_command("load_question_wordings", verbosity=0)


@pytest.fixture
def page(cast, client, as_persona, stop_clock):
    """`page("print", "no", strength=1)` is what Astrid gets when she sends that."""
    stop_clock(NOW)
    address = reverse("answers:family", kwargs={"child": cast.alma.public_id})

    def sent(question="", value="", *, strength=Strength.SUBSTANTIAL, person="astrid"):
        as_persona(client, getattr(cast, person), Hat.GUARDIAN, strength)
        if not question:
            return client.get(address)
        words = terms.current(question, "sv")
        return client.post(address, {"question": question, "value": value, "wording": words.digest})

    return sent


def said(cast, question):
    return [row.value for row in Answer.objects.filter(child=cast.alma, question=question).order_by("pk")]


def told(**more):
    return Told(**({"medium": "paper", "said_on": TODAY, "identified": "known"} | more))


def test_the_wordings_come_once_in_three_languages_and_the_offices_own_stay(cast):
    assert FrozenWording.objects.filter(kind__in=Question.values).count() == 15
    Wording.objects.filter(kind="print", language="sv").update(title="Eget")
    call_command("load_question_wordings", verbosity=0)
    assert Wording.objects.get(kind="print", language="sv").title == "Eget"
    assert FrozenWording.objects.filter(kind__in=Question.values).count() == 15


def test_a_guardian_answers_the_words_that_stood_there(cast, page):
    assert page("print", "yes").status_code == 302
    given = Answer.objects.get(child=cast.alma)
    assert (given.value, given.guardianship, given.given_by) == ("yes", cast.astrid_alma, cast.astrid)
    assert given.wording == terms.current("print", "sv").digest


def test_a_yes_asks_for_a_sure_sign_in_and_a_no_for_none(cast, page):
    answer = page("print", "yes", strength=Strength.LOW)
    assert "step-up" in answer.headers["Location"]
    assert said(cast, "print") == []
    page("photograph", "no", strength=Strength.LOW)
    page("print", "withdrawn", strength=Strength.LOW)
    assert (said(cast, "photograph"), said(cast, "print")) == (["no"], ["withdrawn"])


def test_answering_never_waits_for_the_terms(cast, page):
    row = Wording.objects.create(kind="terms", language="sv", title="Villkor", body="<p>x</p>")
    terms.freeze(wording=row, at=NOW - DAY)
    assert page().status_code == 200
    page("photograph", "no")
    assert said(cast, "photograph") == ["no"]


def test_the_same_answer_twice_is_one(cast, page):
    page("photograph", "no")
    page("photograph", "no")
    assert said(cast, "photograph") == ["no"]


def test_a_yes_to_words_that_are_not_the_newest_is_asked_again(cast, page):
    old = terms.current("print", "sv").digest
    row = Wording.objects.get(kind="print", language="sv")
    row.edition, row.body = 2, "<p>Annat</p>"
    row.save_revision().publish()
    with pytest.raises(NotPossible, match="wording"):
        services.answer(
            guardianship=cast.astrid_alma, question="print", value="yes", wording=old, by=cast.viewer("astrid")
        )
    services.answer(guardianship=cast.astrid_alma, question="print", value="no", wording=old, by=cast.viewer("astrid"))


def test_after_a_change_the_one_who_made_it_reads_what_is_different(cast, page, client):
    page("photograph", "no")
    shown = page().content.decode()
    assert "cannot share a picture on which Alma can be recognised" in shown
    assert "What you have changed" in shown


def test_a_group_with_hidden_members_does_not_ask_about_other_families(cast, page):
    assert 'id="question-other_families"' not in page().content.decode()
    GroupOpening.objects.create(group=cast.granen, opened_at=NOW - DAY)
    assert 'id="question-other_families"' in page().content.decode()


@pytest.mark.parametrize("person", ["anders", "birger", "stranger"])
def test_nobody_else_has_the_page(cast, page, person):
    assert page(person=person).status_code == 404
    assert page("photograph", "no", person=person).status_code == 404
    assert said(cast, "photograph") == []


def test_another_parent_who_reads_the_log_answers_nothing(cast, page):
    cast.make.guardian(cast.birger, cast.alma, "parent")
    assert page(person="birger").status_code == 404


# --- the head --------------------------------------------------------------------------------------------------------


def test_the_head_writes_an_answer_down_also_of_one_who_is_not_activated(cast):
    given = services.record(
        guardianship=cast.anders_alma, question="photograph", yes=False, told=told(), by=cast.viewer("eva")
    )
    assert RecordedAnswer.objects.get(answer=given).recording.recorded_by == cast.eva
    assert allowed("photograph", [cast.alma.pk], NOW) == set()


def test_the_same_form_sent_twice_is_one_answer(cast):
    paper = told()
    for _ in range(2):
        services.record(guardianship=cast.astrid_alma, question="print", yes=True, told=paper, by=cast.viewer("eva"))
    assert said(cast, "print") == ["yes"]


def test_a_paper_older_than_what_they_said_since_does_not_become_a_yes(cast, page):
    page("print", "no")
    with pytest.raises(NotPossible, match="said_on"):
        services.record(
            guardianship=cast.astrid_alma, question="print", yes=True, told=told(said_on=TODAY - 2 * DAY),
            by=cast.viewer("eva"),
        )  # fmt: skip
    assert said(cast, "print") == ["no"]


def test_the_head_sees_who_has_not_answered_first(cast, page):
    page("print", "yes")
    page("profile", "yes")
    lines = {line.child.given_name: line for line in pages.listing(cast.viewer("eva"))}
    assert lines["Alma"].silent == []
    assert [str(label) for label in lines["Bo"].silent] == ["May appear in print", "May have a profile picture"]
    assert [line.child.given_name for line in pages.listing(cast.viewer("eva"))][-1] == "Milo"


def test_the_heads_pages_are_the_heads_alone_and_a_paper_is_sent_there(cast, client, as_persona, stop_clock):
    stop_clock(NOW)
    address = reverse("answers:child", kwargs={"child": cast.alma.public_id})
    as_persona(client, cast.cecilia, Hat.STAFF)
    assert client.get(address).status_code == client.get(reverse("answers:listing")).status_code == 404
    as_persona(client, cast.eva, Hat.STAFF)
    assert client.get(reverse("answers:listing")).status_code == 200
    form = {
        "legal": str(cast.anders_alma.public_id), "question": "photograph", "given": "no", "medium": "orally",
        "said_on": TODAY.isoformat(), "identified": "known",
    }  # fmt: skip
    assert client.post(address, form).status_code == 302
    assert said(cast, "photograph") == ["no"]
    assert client.post(address, form | {"question": ""}).status_code == 422
    assert client.post(address).status_code == 422
    assert "Anders Alm" in client.get(address).content.decode()


# --- the owner -------------------------------------------------------------------------------------------------------


def test_the_owner_decides_and_it_counts_at_once_with_an_event(cast, client, as_persona, stop_clock):
    stop_clock(NOW)
    cast.make.duty(cast.karin, "owners_officer", None)
    address = reverse("answers:settings")
    as_persona(client, cast.eva, Hat.STAFF)
    assert client.get(address).status_code == 404
    as_persona(client, cast.karin, Hat.STAFF)
    assert client.get(address).status_code == 200
    form = {"question": "photograph", "basis": "consent", "answering_days": "20", "silence_is_yes": "on"}
    assert client.post(address, form).status_code == 302
    assert allowed("photograph", [cast.alma.pk], NOW) == set()
    assert client.post(address, form | {"answering_days": "0"}).status_code == 422
    event = AccessEvent.objects.get(what="setting")
    assert (event.before["basis"], event.after["basis"], event.after["silence_is_yes"]) == (
        "objection", "consent", True,
    )  # fmt: skip


# --- rounds ----------------------------------------------------------------------------------------------------------


def test_when_a_group_opens_the_question_is_put_once_to_everybody_in_it(cast):
    GroupOpening.objects.create(group=cast.granen, opened_at=NOW - DAY)
    assert services.put_due(NOW) == 1
    row = Round.objects.get()
    assert (row.question, row.answers_until - row.put_at) == ("other_families", 14 * DAY)
    assert set(row.children.values_list("child", flat=True)) == {
        cast.alma.pk, cast.bo.pk, cast.tyra.pk, cast.elsa.pk,
    }  # fmt: skip
    assert services.put_due(NOW + DAY) == 0


def test_whoever_is_let_in_later_is_asked_by_a_round_of_their_own(cast):
    GroupOpening.objects.create(group=cast.granen, opened_at=NOW - DAY)
    services.put_due(NOW - timedelta(hours=1))
    cast.anders_alma.activated_at = NOW
    cast.anders_alma.save()
    assert services.put_due(NOW + timedelta(hours=1)) == 1
    assert set(RoundChild.objects.filter(round=Round.objects.last()).values_list("child", flat=True)) == {cast.alma.pk}


def test_a_yearly_round_is_put_once_a_year_and_asks_again(cast, page):
    page("print", "yes")
    wanted = Way("consent", yearly=True)
    services.decide(organisation=cast.organisation, question="print", wanted=wanted, by=cast.viewer("eva"))
    assert services.put_due(NOW + DAY) == 1
    assert services.put_due(NOW + 2 * DAY) == 0
    later = cast.viewer("astrid", at=NOW + 3 * DAY)
    [one] = [one for one in pages.asked(cast.astrid_alma, later) if one.question == "print"]
    assert (one.again, one.yes) == (True, True)
    asked = pages.asked(cast.astrid_alma, later)
    assert pages.waiting(cast.astrid_alma, later) == sum(one.waits for one in asked) == 4
    assert services.put_due(NOW + 400 * DAY) == 1


def test_an_answer_about_another_child_than_its_guardianships_is_found_at_night(cast):
    services.watch(NOW)
    Answer.objects.create(
        child=cast.bo, guardianship=cast.astrid_alma, question="print", value="yes", given_at=NOW,
        given_by=cast.astrid,
    )  # fmt: skip
    with pytest.raises(services.Mistied):
        services.watch(NOW)


def test_silence_cannot_be_set_where_a_no_is_what_counts(cast):
    with pytest.raises(IntegrityError):
        services.decide(
            organisation=cast.organisation, question="print", wanted=Way("objection", silence_is_yes=True),
            by=cast.viewer("eva"),
        )  # fmt: skip
