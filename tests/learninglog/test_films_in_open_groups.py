"""Films with several children in them: in open groups, with every answer yes and in words, and nowhere else."""

from datetime import timedelta

import pytest

from media_policy import answers
from people.models import QuestionSetting, Round, RoundChild
from tests.cast import NOW
from tests.entries import film, put_film, share, write
from tests.learninglog.test_films import DAY, FAMILIES, LATER, everybody_says_yes, getting, holding, promised, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast):
    return cast.granen.openings.create(opened_at=NOW - 9 * DAY)


@pytest.fixture
def entry(cast):
    return write(cast, cast.alma, cast.bo)


OPEN = {
    "both, every answer yes": (["alma", "bo"], True, None, set(FAMILIES)),
    "Alma alone, every answer yes": (["alma"], True, None, set(FAMILIES)),
    "both, nobody answered": (["alma", "bo"], False, None, set()),
    "Alma alone, nobody answered": (["alma"], False, None, {"astrid"}),
    "both, one does not show the child": (["alma", "bo"], True, "other_families", set()),
    "Alma alone, Bo's home says no": (["alma"], True, "other_families", set(FAMILIES)),
}


@pytest.mark.parametrize("case", OPEN)
def test_in_an_open_group_every_answer_counts(cast, opened, entry, case):
    subjects, yes, no, meant = OPEN[case]
    if yes:
        everybody_says_yes(cast)
    if no:
        say(cast.birger_bo, no, "no", NOW - timedelta(hours=1))
    put_film(cast, entry, row := film(cast, *(getattr(cast, name) for name in subjects)))
    assert promised(cast, entry) == meant
    share(cast, entry)
    entry.refresh_from_db()
    assert getting(cast, entry, row) == meant


@pytest.mark.parametrize("lacking", ["film", "other_families"])
def test_silence_is_no_yes_where_an_objection_is_the_ground_and_nobody_objects(cast, opened, entry, lacking):
    by = cast.viewer("eva")
    for question in ("film", "other_families"):
        QuestionSetting.objects.create(
            organisation=cast.organisation, question=question, basis="objection", at=NOW - 8 * DAY, by=by.person
        )
    asked = Round.objects.create(
        organisation=cast.organisation, group=cast.granen, question="other_families", put_at=NOW - 7 * DAY,
        answers_until=NOW - DAY,
    )  # fmt: skip
    RoundChild.objects.bulk_create(RoundChild(round=asked, child=child) for child in (cast.alma, cast.bo))
    assert answers.allowed(lacking, [cast.bo.pk], NOW, group=cast.granen.pk) == {cast.bo.pk}
    everybody_says_yes(cast, but=(cast.birger_bo, lacking))
    row = holding(cast, entry, cast.alma, cast.bo)
    assert getting(cast, entry, row) == set()
    say(cast.birger_bo, lacking, "yes", NOW)
    assert getting(cast, entry, row) == set(FAMILIES)


def test_a_later_no_to_filming_leaves_the_own_family_what_it_has_and_takes_it_from_the_others(cast, opened, entry):
    everybody_says_yes(cast)
    row = holding(cast, entry, cast.bo)
    assert getting(cast, entry, row) == set(FAMILIES)
    say(cast.birger_bo, "film", "no", NOW)
    assert getting(cast, entry, row) == {"birger"}


def test_a_withdrawal_works_at_once(cast, opened, entry):
    everybody_says_yes(cast)
    row = holding(cast, entry, cast.alma, cast.bo)
    say(cast.birger_bo, "film", "withdrawn", NOW)
    assert getting(cast, entry, row) == set()


def test_closing_the_group_takes_it_away_and_what_was_shared_before_it_opened_stays(cast, opened, entry):
    everybody_says_yes(cast)
    row = holding(cast, entry, cast.alma)
    opened.closed_at = LATER
    opened.save()
    assert getting(cast, entry, row) == set(FAMILIES)
    assert getting(cast, entry, row, at=LATER) == {"astrid"}
    cast.granen.openings.create(opened_at=LATER + DAY)
    assert getting(cast, entry, row, at=LATER + 2 * DAY) == {"astrid"}
