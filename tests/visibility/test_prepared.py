"""The rule put together once a process is the rule: the same rows for everybody, and what ended is ended."""

from datetime import timedelta

import pytest

from learninglog import services
from learninglog.models import Entry, Publication
from people.models import Child
from tests.cast import NOW, TODAY
from tests.entries import shared, write
from visibility import kinds, rule
from visibility.matrix import ACTIVATE, CHILD, ENTRY, READ, SHARE, WRITE
from visibility.prepared import PreparedRule
from visibility.relations import ON_DUTY
from visibility.ties import children
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db


def entries(action):
    return lambda viewer: Entry.objects.visible_to(viewer, action).order_by("pk").values_list("pk")


@pytest.fixture
def world(cast):
    """Shared and not, about one and about several, about nobody, begun by several, and in two units."""
    cast.organisation.finishing_tail_days = 10
    cast.organisation.save()
    lena = cast.make.person("lena", "Lena", "Extra")
    cast.make.duty(lena, "pedagogue", cast.other_unit, cast.klovern)
    cast.make.duty(cast.eva, "head", cast.other_unit)
    cast.lena, cast.HATS = lena, cast.HATS | {"lena": Hat.STAFF}
    shared(cast, cast.alma)
    shared(cast, cast.elsa)
    shared(cast, cast.elsa, cast.bo)
    shared(cast, cast.tyra, cast.bo)
    shared(cast, cast.noor, by="lena", group=cast.klovern)
    write(cast, cast.bo)
    write(cast)
    write(cast, cast.alma, by="karin")
    services.withdraw_entry(entry=shared(cast, cast.bo), by=cast.viewer("cecilia"))
    alone = shared(cast, cast.tyra, cast.alma)
    services.leave_out(entry=alone, child=cast.tyra, by=cast.viewer("cecilia"))
    return cast


@pytest.mark.parametrize("action", [READ, WRITE, SHARE])
def test_everybody_gets_the_rows_that_the_rule_gives_them(world, action):
    prepared = PreparedRule(ENTRY, entries(action), action=action)
    given = 0
    for days in (-800, -1, 0, 1, 300):
        for name in world.HATS:
            for hat in Hat:
                viewer = world.viewer(name, hat=hat, at=NOW + timedelta(days=days))
                meant = list(entries(action)(viewer))
                assert prepared.rows(viewer) == meant, (name, hat, days)
                given += len(meant)
    assert given > 20


def test_who_has_ties_of_one_shape_shares_the_query_and_nothing_else(world):
    prepared = PreparedRule(ENTRY, entries(READ))
    astrid, birger = world.viewer("astrid"), world.viewer("birger")
    assert prepared.rows(astrid) == list(entries(READ)(astrid))
    assert prepared.rows(birger) == list(entries(READ)(birger))
    assert not set(prepared.rows(astrid)) & set(prepared.rows(birger)), "Alma and Bo are in no entry together"
    assert len(prepared._made) == 1


def test_what_ended_after_it_was_put_together_is_ended(world):
    prepared = PreparedRule(ENTRY, entries(READ))
    own = {(key,) for key in Publication.objects.filter(child=world.alma).values_list("entry", flat=True)}
    for name in ("eva", "cecilia"):
        assert own < set(prepared.rows(world.viewer(name)))
    world.alma.placements.update(ends_on=TODAY)
    for name in ("eva", "cecilia"):
        seen = prepared.rows(world.viewer(name))
        assert seen == list(entries(READ)(world.viewer(name)))
        assert own - set(seen)
    world.astrid.guardianships.update(ends_at=NOW)
    assert prepared.rows(world.viewer("astrid")) == []


def test_too_weak_a_sign_in_gets_nothing_through_a_query_made_for_a_strong_one(world):
    prepared = PreparedRule(
        CHILD,
        lambda viewer: Child.objects.filter(rule.visible(kinds.by_name(CHILD), viewer, ACTIVATE)).values_list("pk"),
        action=ACTIVATE,
    )
    assert prepared.rows(world.viewer("eva"))
    assert prepared.rows(world.viewer("eva", strength=Strength.LOW)) == []


def test_a_tie_that_nobody_handed_over_is_not_taken_for_none(world):
    asked = PreparedRule(
        ENTRY,
        lambda viewer: Entry.objects.filter(entry_children__child__in=children(viewer, ON_DUTY)).values_list("pk"),
    )
    with pytest.raises(LookupError, match="ON_DUTY"):
        asked.rows(world.viewer("cecilia"))
