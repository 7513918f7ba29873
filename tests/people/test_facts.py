"""Facts about access are written with their events, hold in the database, and stop things the moment they end."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from people import services
from people.models import AccessEvent, Duty, GroupMembership, GroupOpening, Guardianship, HomeMembership, Placement
from tests.cast import NOW, TODAY
from tests.entries import shared
from visibility import rule
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def test_activating_anders_opens_almas_log_from_that_moment_and_is_an_event(cast):
    entry = shared(cast, cast.alma)
    services.activate(guardianship=cast.anders_alma, at=LATER, by=cast.eva, reason="register")
    assert not rule.may(cast.viewer("anders"), "READ", entry)
    assert rule.may(cast.viewer("anders", at=LATER), "READ", entry)
    event = AccessEvent.objects.get(what="activated")
    assert (event.person, event.child, event.by, event.reason) == (cast.anders, cast.alma, cast.eva, "register")


def test_made_inactive_closes_at_that_instant_and_only_activating_opens_again(cast):
    entry = shared(cast, cast.alma)
    services.make_inactive(guardianship=cast.astrid_alma, at=LATER, by=cast.eva, reason="court order")
    assert not rule.may(cast.viewer("astrid", at=LATER), "READ", entry)
    assert not rule.may(cast.viewer("astrid", at=LATER + timedelta(days=900)), "READ", entry)
    services.activate(guardianship=cast.astrid_alma, at=LATER + timedelta(days=1), by=cast.eva, reason="new order")
    assert rule.may(cast.viewer("astrid", at=LATER + timedelta(days=1)), "READ", entry)
    assert AccessEvent.objects.filter(person=cast.astrid).count() == 2


def test_an_ended_guardianship_loses_everything_and_its_home(cast):
    entry = shared(cast, cast.alma)
    services.end_guardianship(guardianship=cast.astrid_alma, at=LATER, by=None, reason="register")
    assert not rule.may(cast.viewer("astrid", at=LATER), "READ", entry)
    assert not HomeMembership.objects.running(LATER).filter(guardianship=cast.astrid_alma).exists()


def test_homes_join_when_asked_and_separate_at_once(cast):
    services.activate(guardianship=cast.anders_alma, at=NOW, by=cast.eva, reason="register")
    home = services.join_homes(guardianships=[cast.astrid_alma, cast.anders_alma], at=LATER, by=cast.astrid)
    assert set(home.memberships.running(LATER).values_list("guardianship", flat=True)) == {
        cast.astrid_alma.pk,
        cast.anders_alma.pk,
    }
    soon = LATER + timedelta(hours=1)
    mine = services.separate_home(guardianship=cast.anders_alma, at=soon, by=cast.anders)
    assert list(mine.memberships.running(soon).values_list("guardianship", flat=True)) == [cast.anders_alma.pk]
    other = HomeMembership.objects.running(soon).get(guardianship=cast.astrid_alma)
    assert other.home not in (home, mine)


def test_homes_of_different_children_do_not_join(cast):
    with pytest.raises(services.NotAllowed):
        services.join_homes(guardianships=[cast.astrid_alma, cast.birger_bo], at=LATER, by=cast.astrid)


def test_opening_a_group_is_an_event_and_cannot_overlap_itself(cast):
    services.open_group(group=cast.granen, at=NOW, by=cast.eva, reason="asked all")
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupOpening.objects.create(group=cast.granen, opened_at=LATER)
    assert services.close_group(group=cast.granen, at=LATER, by=cast.eva, reason="") == 1
    assert list(AccessEvent.objects.order_by("pk").values_list("what", flat=True)) == ["group_opened", "group_closed"]


@pytest.mark.parametrize("model", [Placement, GroupMembership])
def test_a_child_is_not_twice_in_one_place_but_touching_dates_are_fine(cast, model):
    where = {"unit": cast.other_unit} if model is Placement else {"group": cast.klovern}
    model.objects.create(child=cast.bo, starts_on=TODAY, ends_on=TODAY + timedelta(days=9), **where)
    model.objects.create(child=cast.bo, starts_on=TODAY + timedelta(days=9), **where)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(child=cast.bo, starts_on=TODAY + timedelta(days=3), **where)
    with pytest.raises(ValidationError, match=r"already|redan|allerede"):
        model(child=cast.bo, starts_on=TODAY + timedelta(days=3), **where).full_clean()


def test_a_head_belongs_to_a_unit_and_a_records_keeper_does_not(cast):
    for role, unit in ((Duty.Role.HEAD, None), (Duty.Role.RECORDS_KEEPER, cast.unit)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.create(
                person=cast.david, organisation=cast.organisation, unit=unit, role=role, starts_on=TODAY
            )


def test_a_legal_guardian_always_reads_both(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Guardianship.objects.filter(pk=cast.astrid_alma.pk).update(reads_conferences=False)


def test_access_events_cannot_be_changed_or_removed(cast):
    services.activate(guardianship=cast.anders_alma, at=NOW, by=cast.eva, reason="register")
    for sql in ("UPDATE people_accessevent SET reason = 'x'", "DELETE FROM people_accessevent"):
        with pytest.raises(Exception, match="append"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_blocked_child_is_gone_at_once_and_the_event_says_nothing_else(cast):
    entry = shared(cast, cast.alma)
    services.block_child(child=cast.alma, at=LATER, by=cast.eva)
    for viewer in cast.viewers(at=LATER).values():
        assert not rule.may(viewer, "READ", entry)
        assert not rule.may(viewer, "READ", cast.alma)
        assert not rule.may(viewer, "CONTACT", cast.alma)
    event = AccessEvent.objects.get(what="blocked")
    assert (event.person, event.group, event.before, event.after, event.reason) == (None, None, {}, {}, "")


def test_a_pass_opens_the_group_for_its_hours_only(cast):
    services.give_pass(person=cast.stranger, group=cast.tallen, begins_at=NOW, ends_at=LATER, at=NOW, by=cast.cecilia)
    assert rule.may(cast.viewer("stranger", Hat.STAFF), "READ", cast.milo)
    assert not rule.may(cast.viewer("stranger", Hat.STAFF, at=LATER), "READ", cast.milo)
    assert not rule.may(cast.viewer("stranger", Hat.GUARDIAN), "READ", cast.milo)
