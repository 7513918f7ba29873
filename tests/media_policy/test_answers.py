"""Whether a child may be photographed, filmed, shown: from the answers of now. Alma has Astrid, and Anders unopened."""

from datetime import timedelta
from random import Random

import pytest
from django.db import DatabaseError, transaction

from media_policy.answers import allowed, allowing
from media_policy.questions import Question
from people.models import Answer, Child, GroupOpening, Guardianship, Organisation, QuestionSetting, Round, RoundChild
from tests.cast import NOW
from tests.oracle import at_answers, facts
from tests.oracle.oracle import Oracle

pytestmark = pytest.mark.django_db
PHOTOGRAPH, OTHERS = Question.PHOTOGRAPH, Question.OTHER_FAMILIES
DAY = timedelta(days=1)


def say(tie, question, value, at=NOW - DAY):
    return Answer.objects.create(
        child=tie.child, guardianship=tie, question=question, value=value, given_at=at, given_by=tie.person
    )


def decide(cast, question, basis, *, silence=False, at=NOW - 9 * DAY):
    QuestionSetting.objects.create(
        organisation=cast.organisation, question=question, basis=basis, silence_is_yes=silence, at=at
    )


def activate(tie, at=NOW - 300 * DAY):
    tie.activated_at = at
    tie.save()


def open_and_ask(cast, *children, opened=30, put=30, days=14):
    GroupOpening.objects.create(group=cast.granen, opened_at=NOW - opened * DAY)
    row = Round.objects.create(
        organisation=cast.organisation, group=cast.granen, question=OTHERS, put_at=NOW - put * DAY,
        answers_until=NOW - (put - days) * DAY,
    )  # fmt: skip
    for child in children:
        RoundChild.objects.create(round=row, child=child)
    return row


def may(cast, question, child=None, *, group=None, at=NOW):
    """By rows; by SQL and by the oracle it must be the same."""
    child = child or cast.alma
    group = group.pk if group else None
    by_rows = child.pk in allowed(question, [child.pk], at, group=group)
    assert Child.objects.filter(allowing(question, at, child="", group=group), pk=child.pk).exists() == by_rows
    assert at_answers.allows(Oracle(facts.read(), at), question, child.pk, group) == by_rows
    return by_rows


def test_in_sweden_a_child_may_be_photographed_until_somebody_objects(cast):
    assert may(cast, PHOTOGRAPH)
    say(cast.astrid_alma, PHOTOGRAPH, "no")
    assert not may(cast, PHOTOGRAPH)


def test_in_norway_a_yes_is_needed_before(cast):
    Organisation.objects.filter(pk=cast.organisation.pk).update(country="NO")
    assert not may(cast, PHOTOGRAPH)
    say(cast.astrid_alma, PHOTOGRAPH, "yes")
    assert may(cast, PHOTOGRAPH)


@pytest.mark.parametrize("question", [OTHERS, Question.PRINT, Question.PROFILE])
def test_what_goes_further_takes_a_yes_in_both_countries(cast, question):
    assert not may(cast, question)
    say(cast.astrid_alma, question, "yes")
    assert may(cast, question)


def test_every_active_legal_guardian_must_have_said_yes(cast):
    activate(cast.anders_alma)
    say(cast.astrid_alma, Question.PRINT, "yes")
    assert not may(cast, Question.PRINT)
    say(cast.anders_alma, Question.PRINT, "yes")
    assert may(cast, Question.PRINT)


def test_where_the_owner_says_so_a_yes_and_silence_are_enough_but_a_no_still_wins(cast):
    decide(cast, Question.PRINT, "consent", silence=True)
    activate(cast.anders_alma)
    assert not may(cast, Question.PRINT)
    say(cast.astrid_alma, Question.PRINT, "yes")
    assert may(cast, Question.PRINT)
    say(cast.anders_alma, Question.PRINT, "no")
    assert not may(cast, Question.PRINT)


def test_a_yes_taken_back_is_a_no_and_no_silence(cast):
    decide(cast, Question.PRINT, "consent", silence=True)
    activate(cast.anders_alma)
    say(cast.anders_alma, Question.PRINT, "yes", NOW - 2 * DAY)
    say(cast.astrid_alma, Question.PRINT, "yes", NOW - 2 * DAY)
    say(cast.astrid_alma, Question.PRINT, "withdrawn")
    assert not may(cast, Question.PRINT)


def test_the_newest_answer_counts(cast):
    say(cast.astrid_alma, PHOTOGRAPH, "no", NOW - 3 * DAY)
    say(cast.astrid_alma, PHOTOGRAPH, "yes", NOW - 2 * DAY)
    assert may(cast, PHOTOGRAPH)


def test_the_no_of_one_made_inactive_stands_and_the_no_of_one_whose_tie_ended_does_not(cast):
    activate(cast.anders_alma)
    say(cast.anders_alma, PHOTOGRAPH, "no")
    cast.anders_alma.inactivated_at = NOW - timedelta(hours=2)
    cast.anders_alma.save()
    assert not may(cast, PHOTOGRAPH)
    cast.anders_alma.ends_at = NOW - timedelta(hours=1)
    cast.anders_alma.save()
    assert may(cast, PHOTOGRAPH)


def test_a_paper_no_counts_before_the_envelope_is_opened_and_a_paper_yes_does_not_stand_in_for_it(cast):
    say(cast.anders_alma, Question.PRINT, "yes")
    assert not may(cast, Question.PRINT)
    say(cast.anders_alma, PHOTOGRAPH, "no")
    assert not may(cast, PHOTOGRAPH)


def test_without_an_active_legal_guardian_consent_is_a_no_and_an_objection_has_not_been_made(cast):
    Guardianship.objects.filter(child=cast.alma).update(activated_at=None)
    assert may(cast, PHOTOGRAPH)
    assert not may(cast, Question.PRINT)


def test_only_legal_guardians_answer(cast):
    other = cast.make.guardian(cast.stranger, cast.alma, "parent")
    say(other, PHOTOGRAPH, "no")
    say(other, Question.PRINT, "yes")
    assert may(cast, PHOTOGRAPH)
    assert not may(cast, Question.PRINT)


def test_nothing_is_allowed_about_a_blocked_child(cast):
    Child.objects.filter(pk=cast.alma.pk).update(blocked_at=NOW - DAY)
    assert not may(cast, PHOTOGRAPH)


def test_a_new_setting_counts_from_then_on(cast):
    decide(cast, PHOTOGRAPH, "consent")
    assert not may(cast, PHOTOGRAPH)
    decide(cast, PHOTOGRAPH, "objection", at=NOW - DAY)
    assert may(cast, PHOTOGRAPH)


def test_silence_says_nothing_about_other_families_before_the_question_was_put(cast):
    decide(cast, OTHERS, "objection")
    assert not may(cast, OTHERS, group=cast.granen)
    open_and_ask(cast, cast.alma, put=13)
    assert not may(cast, OTHERS, group=cast.granen)
    assert may(cast, OTHERS, group=cast.granen, at=NOW + 2 * DAY)


def test_silence_counts_only_in_the_group_where_the_question_was_put_and_about_those_children(cast):
    decide(cast, OTHERS, "objection")
    open_and_ask(cast, cast.alma)
    assert may(cast, OTHERS, group=cast.granen)
    assert not may(cast, OTHERS, group=cast.tallen)
    assert not may(cast, OTHERS)
    assert not may(cast, OTHERS, cast.bo, group=cast.granen)


def test_a_round_from_before_the_group_was_opened_again_says_nothing(cast):
    decide(cast, OTHERS, "objection")
    open_and_ask(cast, cast.alma, opened=20, put=30)
    assert not may(cast, OTHERS, group=cast.granen)


def test_the_silence_of_a_guardian_activated_after_the_round_says_nothing(cast):
    decide(cast, OTHERS, "consent", silence=True)
    open_and_ask(cast, cast.alma)
    say(cast.astrid_alma, OTHERS, "yes")
    assert may(cast, OTHERS, group=cast.granen)
    activate(cast.anders_alma, NOW - 5 * DAY)
    assert not may(cast, OTHERS, group=cast.granen)


@pytest.mark.parametrize("change", ["update", "delete"])
@pytest.mark.parametrize("model", [Answer, QuestionSetting, Round, RoundChild])
def test_an_answer_and_how_it_was_asked_can_never_be_changed(cast, model, change):
    decide(cast, OTHERS, "objection")
    open_and_ask(cast, cast.alma)
    say(cast.astrid_alma, OTHERS, "no")
    rows = model.objects.all()
    changes = {"child": cast.bo} if model is RoundChild else {"question": "print"}
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**changes) if change == "update" else rows._raw_delete("default")


def test_both_spellings_say_what_the_oracle_says_in_random_worlds(db):
    from tests.oracle import agreement, worlds

    for seed in range(10):
        random = Random(seed)
        steps = [step for step in worlds.plan(random) if step[0] in BUILDS]
        with transaction.atomic():
            world = worlds.build(steps)
            for at in worlds.moments(random, "Europe/Stockholm")[:2]:
                assert list(agreement.Asked(world, facts.read(), at)._answers()) == [], seed
            transaction.set_rollback(True)


BUILDS = {"organisation", "guardian", "open group", "inactivate", "block", *at_answers.DEEDS}
