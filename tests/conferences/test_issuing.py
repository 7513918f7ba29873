"""Beginning conferences, one child or a group; who holds them; ending one; what a move does to it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from conferences.models import Conference, ConferenceTemplate
from conferences.services import issuing, moving, responsible, sealing
from people.models import AccessEvent, GroupMembership, Guardianship, Placement, ResponsibleTeacher
from people.services import lift_own_child
from tests.cast import NOW, TODAY
from tests.conferences.talks import begun, shown
from tests.visibility.conference_rows import offered
from visibility import rule
from visibility.matrix import READ, SEAL, WRITE

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=30)


@pytest.fixture
def template(world):
    call_command("load_conference_templates", verbosity=0)
    return ConferenceTemplate.objects.get(country="SE")


def issue(world, template, *children, by="cecilia", **more):
    return issuing.issue(children=children, template=template, due_on=DUE, by=world.viewer(by), **more)


def test_one_is_begun_for_a_child_at_the_unit_of_the_tie(world, template):
    (row,) = issue(world, template, world.alma)
    assert (row.child, row.unit, row.issued_by, row.due_on) == (world.alma, world.unit, world.cecilia, DUE)
    assert row.frozen.template == template
    assert issue(world, template, world.alma, by="ines") == []
    assert Conference.objects.count() == 1


def test_a_whole_group_is_begun_for_and_who_had_one_is_told(world, template):
    begun(world, world.bo)
    issued = issuing.issue_group(group=world.granen, template=template, due_on=DUE, by=world.viewer("cecilia"))
    assert {row.child for row in issued.made} == {world.alma, world.tyra, world.elsa}
    assert issued.had_one == [world.bo]


def test_for_an_own_child_a_colleague_begins_it_also_when_the_tie_is_lifted(world, template):
    lift_own_child(
        person=world.ines, child=world.elsa, at=NOW, ends_at=NOW + timedelta(hours=3), by=world.eva, reason="alone"
    )  # fmt: skip
    issued = issuing.issue_group(group=world.granen, template=template, due_on=DUE, by=world.viewer("ines"))
    assert world.elsa not in {row.child for row in issued.made}
    with pytest.raises(PermissionDenied):
        issue(world, template, world.elsa, by="ines")
    (row,) = issue(world, template, world.elsa)
    assert not rule.may(world.viewer("ines"), READ, row)


@pytest.mark.parametrize("name", ["karin", "frans", "siri", "david", "pia", "astrid"])
def test_who_is_no_pedagogue_of_the_child_begins_none(world, template, name):
    with pytest.raises(PermissionDenied):
        issue(world, template, world.alma, by=name)


def test_one_child_that_is_not_theirs_stops_the_whole_of_it(world, template):
    with pytest.raises(PermissionDenied):
        issue(world, template, world.alma, world.noor)
    assert not Conference.objects.exists()


@pytest.mark.parametrize("change", [{"live": False}, {"valid_until": TODAY}, {"country": "NO"}])
def test_a_template_that_is_withdrawn_begins_nothing_and_what_was_begun_goes_on(world, template, change):
    (row,) = issue(world, template, world.alma)
    ConferenceTemplate.objects.filter(pk=template.pk).update(**change)
    with pytest.raises(issuing.NotUsable):
        issue(world, template, world.bo)
    assert rule.may(world.viewer("cecilia"), WRITE, row)
    assert Conference.objects.get().frozen.content["sections"]


def test_a_responsible_teacher_is_named_with_an_event_and_reads_from_then_on(world):
    row, pia = begun(world, world.alma), world.viewer("pia")
    assert not rule.may(pia, READ, row)
    made = responsible.set_responsible(child=world.alma, duty=world.pia_duty, by=world.viewer("eva"))
    assert (made.duty, made.starts_on) == (world.pia_duty, TODAY)
    assert ResponsibleTeacher.objects.running(TODAY).get(child=world.alma) == made
    event = AccessEvent.objects.get(what=AccessEvent.What.RESPONSIBLE)
    assert (event.person, event.by, event.child) == (world.pia, world.eva, world.alma)
    assert rule.may(world.viewer("pia"), SEAL, row)
    assert responsible.set_responsible(child=world.alma, duty=world.pia_duty, by=world.viewer("eva")) == made
    assert AccessEvent.objects.filter(what=AccessEvent.What.RESPONSIBLE).count() == 1
    responsible.set_responsible(child=world.alma, duty=None, by=world.viewer("eva"))
    assert not rule.may(world.viewer("pia"), READ, row)
    assert responsible.holder(world.alma, world.unit, world.viewer("eva")) is None


def test_it_is_a_pedagogue_at_work_in_the_childs_unit_and_none_of_its_family(world):
    other = world.make.duty(world.make.person("otto", "Otto"), "pedagogue", world.other_unit)
    family = world.make.duty(world.ulf, "pedagogue", world.unit)
    for duty in (other, family, world.karin.duties.get(), world.eva.duties.get(), world.david.duties.get()):
        with pytest.raises(PermissionDenied):
            responsible.set_responsible(child=world.alma, duty=duty, by=world.viewer("eva"))
    resting = world.pia_duty.leaves.create(starts_on=TODAY)
    with pytest.raises(PermissionDenied):
        responsible.set_responsible(child=world.alma, duty=world.pia_duty, by=world.viewer("eva"))
    resting.delete()
    for name in ("karin", "frans", "pia", "astrid"):
        with pytest.raises(PermissionDenied):
            responsible.set_responsible(child=world.alma, duty=world.pia_duty, by=world.viewer(name))


def test_a_stand_in_holds_one_conference_and_no_other(world):
    row, other = begun(world, world.alma), begun(world, world.bo)
    issuing.set_stand_in(conference=row, person=world.pia, by=world.viewer("cecilia"))
    assert [rule.may(world.viewer("pia"), action, row) for action in (READ, WRITE, SEAL)] == [True] * 3
    assert not rule.may(world.viewer("pia"), READ, other)
    event = AccessEvent.objects.get(what=AccessEvent.What.RESPONSIBLE)
    assert (event.person, event.child) == (world.pia, world.alma)
    for person in (world.karin, world.gun, world.ulf):
        with pytest.raises(PermissionDenied):
            issuing.set_stand_in(conference=row, person=person, by=world.viewer("cecilia"))
    issuing.set_stand_in(conference=row, person=None, by=world.viewer("cecilia"))
    assert not rule.may(world.viewer("pia"), READ, row)


def test_who_becomes_a_guardian_holds_it_no_more(world):
    row = begun(world, world.alma, stand_in=world.pia)
    ResponsibleTeacher.objects.filter(child=world.alma).update(duty=world.pia_duty)
    assert rule.may(world.viewer("pia"), READ, row)
    tie = world.make.guardian(world.pia, world.alma, "carer", active=False)
    assert not rule.may(world.viewer("pia"), READ, row)
    Guardianship.objects.filter(pk=tie.pk).update(ends_at=NOW - timedelta(days=1))
    lift_own_child(
        person=world.pia, child=world.alma, at=NOW, ends_at=NOW + timedelta(hours=3), by=world.eva, reason="alone"
    )  # fmt: skip
    assert not rule.may(world.viewer("pia"), READ, row)


def test_one_that_is_closed_is_over_and_its_times_are_free(world):
    row = shown(world, world.alma)
    offer = offered(world, row, world.astrids, 1)
    issuing.close(conference=row, because=Conference.Closed.NOT_WANTED, by=world.viewer("cecilia"))
    offer.refresh_from_db()
    assert offer.ended_at == NOW
    assert not rule.may(world.viewer("cecilia"), WRITE, row)
    assert rule.may(world.viewer("astrid"), READ, row)
    assert begun(world, world.alma).is_open


@pytest.mark.parametrize(("because", "by"), [("moved", "cecilia"), ("mistake", "karin"), ("mistake", "astrid")])
def test_it_is_closed_by_a_pedagogue_or_the_head_and_moving_is_found_by_itself(world, because, by):
    with pytest.raises(PermissionDenied):
        issuing.close(conference=begun(world, world.alma), because=because, by=world.viewer(by))


def leaves(world, child, ends_on):
    Placement.objects.filter(child=child, unit=world.unit).update(ends_on=ends_on)
    GroupMembership.objects.filter(child=child, group__unit=world.unit).update(ends_on=ends_on)


def test_it_follows_the_child_to_another_group_of_the_preschool(world):
    row = begun(world, world.alma)
    GroupMembership.objects.filter(child=world.alma, group=world.granen).update(ends_on=TODAY)
    GroupMembership.objects.create(child=world.alma, group=world.tallen, starts_on=TODAY)
    assert rule.may(world.viewer("pia"), SEAL, row)
    assert not rule.may(world.viewer("ines"), READ, row)
    assert moving.close_moved(NOW) == 0


def test_it_never_follows_the_child_to_another_unit(world):
    row = shown(world, world.alma)
    offer = offered(world, row, world.astrids, 1)
    leaves(world, world.alma, TODAY)
    world.make.place(world.alma, world.klovern, starts=TODAY)
    world.rut = world.make.person("rut", "Rut")
    world.make.duty(world.rut, "pedagogue", world.other_unit, world.klovern)
    world.HATS = world.HATS | {"rut": "staff"}
    for name in ("cecilia", "karin", "eva", "frans", "rut"):
        assert not rule.may(world.viewer(name), READ, row), name
    assert moving.close_moved(NOW) == 1
    assert moving.close_moved(NOW) == 0
    row.refresh_from_db()
    offer.refresh_from_db()
    assert (row.closed_because, row.closed_at, offer.ended_at) == ("moved", NOW, NOW)
    assert rule.may(world.viewer("astrid"), READ, row)


def test_old_staff_finish_it_within_the_tail_and_lose_it_afterwards(world):
    world.organisation.finishing_tail_days = 5
    world.organisation.save()
    by_eva = begun(world, world.alma, by="eva")
    own = begun(world, world.bo, by="ines")
    leaves(world, world.alma, TODAY)
    leaves(world, world.bo, TODAY)
    last = NOW + timedelta(days=4)
    # Cecilia is Alma's responsible teacher, Ines began the one about Bo.
    assert rule.may(world.viewer("cecilia", at=last), SEAL, by_eva)
    assert rule.may(world.viewer("ines", at=last), SEAL, own)
    for name, row in (("ines", by_eva), ("cecilia", own), ("karin", own), ("eva", by_eva)):
        assert not rule.may(world.viewer(name, at=last), READ, row), name
    assert moving.close_moved(last) == 0
    after = NOW + timedelta(days=5)
    for name, row in (("cecilia", by_eva), ("ines", own)):
        assert not rule.may(world.viewer(name, at=after), READ, row), name
    assert moving.close_moved(after) == 2


def test_what_is_sealed_in_the_tail_is_finished_and_gone(world):
    world.organisation.finishing_tail_days = 5
    world.organisation.save()
    row = begun(world, world.alma)
    leaves(world, world.alma, TODAY)
    sealing.seal(conference=row, by=world.viewer("cecilia", at=NOW + timedelta(days=2)))
    assert not rule.may(world.viewer("cecilia", at=NOW + timedelta(days=2)), READ, row)
    assert moving.close_moved(NOW + timedelta(days=9)) == 0
