"""A home is joined when everybody of it has asked, and left by any one at once, for what comes after."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from access.families import envelopes, homes
from people.models import HomeMembership
from tests.access.families.conftest import on_paper
from tests.cast import NOW
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast, family):
    envelopes.open_envelope(guardianship=family.anders, ground="register", by=cast.viewer("eva"))
    return family


def home(tie, at=NOW):
    return HomeMembership.objects.running(at).get(guardianship=tie).home_id


def ask(cast, name, whom, at=NOW):
    return homes.ask(child=cast.alma, whom=whom, by=cast.viewer(name, at=at))


def test_it_takes_that_both_ask(cast, two):
    later = NOW + timedelta(minutes=1)
    assert not ask(cast, "astrid", two.anders)
    assert home(two.astrid) != home(two.anders)
    assert ask(cast, "anders", two.astrid, later)
    assert home(two.astrid, later) == home(two.anders, later)


def test_an_asking_that_was_taken_back_joins_nothing(cast, two):
    ask(cast, "astrid", two.anders)
    homes.take_back(child=cast.alma, whom=two.anders, by=cast.viewer("astrid"))
    assert not ask(cast, "anders", two.astrid)


def test_a_third_joins_only_when_all_three_have_asked_each_other(cast, two):
    from access.families import consents

    consents.record(guardianship=two.kim, legal=two.astrid, yes=True, told=on_paper(), by=cast.viewer("eva"))
    envelopes.open_envelope(guardianship=two.kim, ground="consents", by=cast.viewer("eva"))
    times = [NOW + timedelta(minutes=n) for n in range(1, 6)]
    ask(cast, "astrid", two.anders)
    assert ask(cast, "anders", two.astrid, times[0])
    assert not ask(cast, "kim", two.astrid, times[1])
    assert not ask(cast, "astrid", two.kim, times[2])
    assert not ask(cast, "kim", two.anders, times[3])
    assert home(two.kim, times[3]) != home(two.anders, times[3])
    assert ask(cast, "anders", two.kim, times[4])
    assert {home(tie, times[4]) for tie in (two.astrid, two.anders, two.kim)} == {home(two.kim, times[4])}


def test_either_leaves_at_once_and_nothing_joins_again_by_itself(cast, two):
    ask(cast, "astrid", two.anders)
    first, second, third = (NOW + timedelta(minutes=n) for n in (1, 2, 3))
    ask(cast, "anders", two.astrid, first)
    homes.leave(child=cast.alma, by=cast.viewer("anders", at=second))
    assert home(two.astrid, second) != home(two.anders, second)
    assert not ask(cast, "astrid", two.anders, third)
    assert home(two.astrid, third) != home(two.anders, third)


@pytest.mark.parametrize("name", ["birger", "kim", "moa", "cecilia", "eva", "stranger"])
def test_who_is_no_active_guardian_of_the_child_asks_nobody(cast, two, name):
    with pytest.raises(PermissionDenied):
        ask(cast, name, two.astrid)


def test_nobody_is_asked_who_is_no_guardian_of_the_child(cast, two):
    with pytest.raises(PermissionDenied):
        ask(cast, "astrid", cast.birger_bo)


def test_the_list_of_others_does_not_tell_that_one_of_them_was_made_inactive(cast, two):
    mine = homes.own_tie(cast.viewer("astrid"), cast.alma)
    before = [
        (other.guardianship.pk, other.together, other.asked) for other in homes.others(mine, cast.viewer("astrid"))
    ]
    envelopes.make_inactive(guardianship=two.anders, reason="court", remind_on=None, by=cast.viewer("eva"))
    later = cast.viewer("astrid", at=NOW + timedelta(minutes=1))
    assert [(other.guardianship.pk, other.together, other.asked) for other in homes.others(mine, later)] == before


def test_a_carer_sees_the_legal_guardians_and_no_other_carer(cast, two):
    tie = cast.make.guardian(cast.make.person("rut", "Rut"), cast.alma, "carer", reads_conferences=False)
    cast.rut = tie.person
    seen = {other.guardianship.pk for other in homes.others(tie, cast.viewer("rut", Hat.GUARDIAN))}
    assert seen == {two.astrid.pk, two.anders.pk}
