"""When each tie begins and ends: the day before, the first day, the last day, the day it ends; some to the minute."""

from datetime import UTC, date, datetime, timedelta

import pytest

from people.models import (
    Duty,
    DutyLeave,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    Home,
    HomeMembership,
    NamedChild,
    Pass,
    Placement,
    ResponsibleTeacher,
)
from tests.cast import NOW, TODAY
from visibility import relations
from visibility.viewer import Moment

pytestmark = pytest.mark.django_db

FIRST, END = date(2026, 11, 10), date(2026, 11, 20)
TICK = timedelta(microseconds=1)


def noon(day):
    return datetime(day.year, day.month, day.day, 11, 0, tzinfo=UTC)


@pytest.fixture
def holds(cast):
    """`holds(relation, person, child, at)`: asked both ways, from the person and from the child."""

    def ask(relation, person, child, at):
        cast.organisation.refresh_from_db()
        moment = Moment.of(at, cast.organisation)
        of_person = set(relation.children_of(person.pk, moment).values_list("tie_child", flat=True))
        of_child = set(relation.people_of([child.pk], moment).values_list("tie_person", flat=True))
        assert (child.pk in of_person) == (person.pk in of_child)
        return child.pk in of_person

    return ask


@pytest.fixture
def days(holds):
    """The four days around [FIRST, END): before, first, last, end."""

    def ask(relation, person, child):
        around = (FIRST - timedelta(days=1), FIRST, END - timedelta(days=1), END)
        return [holds(relation, person, child, noon(day)) for day in around]

    return ask


WINDOW = [False, True, True, False]


def newcomer(cast, name="nils"):
    return cast.make.person(name, name.title())


def test_a_pedagogue_s_tie_lasts_as_long_as_the_duty(cast, days):
    nils = newcomer(cast)
    cast.make.duty(nils, Duty.Role.PEDAGOGUE, cast.unit, cast.granen, starts=FIRST, ends=END)
    assert days(relations.PEDAGOGUE, nils, cast.bo) == WINDOW
    assert days(relations.CHILDCARE_WORKER, nils, cast.bo) == [False] * 4
    assert days(relations.PEDAGOGUE, nils, cast.milo) == [False] * 4


def test_a_childcare_worker_s_tie_lasts_as_long_as_the_assignment(cast, days):
    nils = newcomer(cast)
    duty = cast.make.duty(nils, Duty.Role.CHILDCARE_WORKER, cast.unit)
    GroupAssignment.objects.create(duty=duty, group=cast.granen, starts_on=FIRST, ends_on=END)
    assert days(relations.CHILDCARE_WORKER, nils, cast.bo) == WINDOW
    assert days(relations.PEDAGOGUE, nils, cast.bo) == [False] * 4


def test_an_ended_duty_with_a_running_assignment_opens_nothing(cast, days):
    nils = newcomer(cast)
    duty = cast.make.duty(nils, Duty.Role.PEDAGOGUE, cast.unit, starts=FIRST, ends=END)
    GroupAssignment.objects.create(duty=duty, group=cast.granen, starts_on=date(2024, 1, 1))
    assert days(relations.PEDAGOGUE, nils, cast.bo) == WINDOW


def test_an_assignment_to_a_group_of_another_unit_opens_nothing(cast, days):
    nils = newcomer(cast)
    duty = cast.make.duty(nils, Duty.Role.PEDAGOGUE, cast.other_unit)
    GroupAssignment.objects.create(duty=duty, group=cast.granen, starts_on=FIRST)
    assert days(relations.PEDAGOGUE, nils, cast.bo) == [False] * 4


def test_the_child_s_membership_is_the_other_end_of_the_tie(cast, days):
    cast.bo.group_memberships.update(starts_on=FIRST, ends_on=END)
    assert days(relations.PEDAGOGUE, cast.cecilia, cast.bo) == WINDOW
    assert days(relations.HEAD, cast.eva, cast.bo) == [True] * 4


def test_a_placement_that_has_ended_ends_every_tie_while_the_membership_runs_on(cast, days):
    NamedChild.objects.create(
        duty=Duty.objects.get(person=cast.frans), child=cast.bo, starts_on=date(2024, 1, 1)
    )  # fmt: skip
    Placement.objects.filter(child=cast.bo, unit=cast.unit).update(starts_on=FIRST, ends_on=END)
    for relation, person in (
        (relations.PEDAGOGUE, cast.cecilia),
        (relations.CHILDCARE_WORKER, cast.karin),
        (relations.SPECIAL_EDUCATOR, cast.frans),
        (relations.HEAD, cast.eva),
        (relations.ON_DUTY, cast.cecilia),
    ):
        assert days(relation, person, cast.bo) == WINDOW, relation


def test_leave_suspends_every_tie_of_the_duty_and_gives_it_back_by_itself(cast, days):
    for login in ("cecilia", "eva", "frans"):
        duty = Duty.objects.get(person=getattr(cast, login))
        DutyLeave.objects.create(duty=duty, starts_on=FIRST, ends_on=END)
    around = [True, False, False, True]
    assert days(relations.PEDAGOGUE, cast.cecilia, cast.bo) == around
    assert days(relations.HEAD, cast.eva, cast.bo) == around
    assert days(relations.SPECIAL_EDUCATOR, cast.frans, cast.alma) == around
    assert days(relations.ON_DUTY, cast.cecilia, cast.bo) == around
    assert days(relations.PEDAGOGUE, cast.ines, cast.bo) == [True] * 4


def test_of_two_duties_the_one_at_rest_does_not_silence_the_other(cast, days):
    second = cast.make.duty(cast.cecilia, Duty.Role.CHILDCARE_WORKER, cast.unit, cast.granen)
    DutyLeave.objects.create(duty=cast.cecilia_duty, starts_on=FIRST, ends_on=END)
    assert days(relations.PEDAGOGUE, cast.cecilia, cast.bo) == [True, False, False, True]
    assert days(relations.CHILDCARE_WORKER, cast.cecilia, cast.bo) == [True] * 4
    DutyLeave.objects.create(duty=second, starts_on=FIRST)
    assert days(relations.CHILDCARE_WORKER, cast.cecilia, cast.bo) == [True, False, False, False]


def test_a_special_educator_s_tie_is_the_named_child_and_its_days(cast, days):
    duty = Duty.objects.get(person=cast.frans)
    NamedChild.objects.create(duty=duty, child=cast.bo, starts_on=FIRST, ends_on=END)
    assert days(relations.SPECIAL_EDUCATOR, cast.frans, cast.bo) == WINDOW
    assert days(relations.SPECIAL_EDUCATOR, cast.frans, cast.tyra) == [False] * 4


def test_a_head_s_tie_is_every_child_placed_at_the_unit(cast, days):
    nils = newcomer(cast)
    cast.make.duty(nils, Duty.Role.HEAD, cast.unit, starts=FIRST, ends=END)
    assert days(relations.HEAD, nils, cast.milo) == WINDOW
    assert days(relations.HEAD, nils, cast.noor) == [False] * 4


def test_a_pass_opens_its_group_to_the_minute(cast, holds):
    begins, ends = NOW.replace(hour=6, minute=0), NOW.replace(hour=16, minute=0)
    for at, open_ in ((begins - TICK, False), (begins, True), (ends - TICK, True), (ends, False)):
        assert holds(relations.SUBSTITUTE, cast.siri, cast.bo, at) is open_
        assert holds(relations.ON_PASS, cast.siri, cast.bo, at) is open_
        assert holds(relations.ON_PASS, cast.siri, cast.milo, at) is open_
        assert not holds(relations.SUBSTITUTE, cast.siri, cast.milo, at)
        assert not holds(relations.ON_PASS, cast.siri, cast.noor, at)


def test_a_pass_over_midnight_opens_the_children_of_each_day(cast, holds):
    at = datetime(2026, 11, 18, 22, 0, tzinfo=UTC)  # 23:00 in Stockholm
    Pass.objects.create(
        person=cast.siri, group=cast.granen, given_by=cast.cecilia, begins_at=at, ends_at=at + timedelta(hours=3)
    )
    GroupMembership.objects.filter(child=cast.bo).update(ends_on=date(2026, 11, 19))
    assert holds(relations.SUBSTITUTE, cast.siri, cast.bo, at)
    assert not holds(relations.SUBSTITUTE, cast.siri, cast.bo, at + timedelta(hours=1))
    assert holds(relations.SUBSTITUTE, cast.siri, cast.tyra, at + timedelta(hours=1))


def test_a_guardianship_begins_and_ends_to_the_minute(cast, holds):
    begins, ends = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    Guardianship.objects.filter(pk=cast.birger_bo.pk).update(begins_at=begins, activated_at=begins, ends_at=ends)
    for relation in (relations.GUARDIAN, relations.FAMILY):
        assert [
            holds(relation, cast.birger, cast.bo, at) for at in (begins - TICK, begins, ends - TICK, ends)
        ] == WINDOW


def test_an_activation_counts_from_its_moment_until_it_is_taken_back(cast, holds):
    active, inactive = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    Guardianship.objects.filter(pk=cast.anders_alma.pk).update(activated_at=active, inactivated_at=inactive)
    moments = (active - TICK, active, inactive - TICK, inactive)
    assert [holds(relations.GUARDIAN, cast.anders, cast.alma, at) for at in moments] == WINDOW


def test_a_guardian_without_the_log_is_family_but_no_reader_of_it(cast, holds):
    mormor = newcomer(cast, "mormor")
    cast.make.guardian(mormor, cast.alma, Guardianship.Kind.CARER, reads_log=False, reads_conferences=True)
    assert holds(relations.FAMILY, mormor, cast.alma, NOW)
    for relation in (relations.GUARDIAN, relations.HOME, relations.HOME_NOW):
        assert not holds(relation, mormor, cast.alma, NOW)


def test_a_home_that_was_left_is_still_read_but_no_longer_written_in(cast):
    membership = cast.astrid_alma.home_memberships.get()
    old = membership.home
    membership.ends_at = NOW
    membership.save()
    new = Home.objects.create(child=cast.alma)
    HomeMembership.objects.create(home=new, guardianship=cast.astrid_alma, begins_at=NOW)

    def homes(relation, at):
        rows = relation.rows(Moment.of(at, cast.organisation)).filter(tie_person=cast.astrid.pk)
        return set(rows.values_list("tie_home", flat=True))

    assert homes(relations.HOME_NOW, NOW - TICK) == homes(relations.HOME, NOW - TICK) == {old.pk}
    assert homes(relations.HOME_NOW, NOW) == {new.pk}
    assert homes(relations.HOME, NOW) == {old.pk, new.pk}


def test_whoever_is_or_was_guardian_has_no_ordinary_staff_tie(cast, holds):
    named = Duty.objects.get(person=cast.frans)
    NamedChild.objects.create(duty=named, child=cast.bo, starts_on=FIRST)
    ordinary = {
        cast.cecilia: relations.PEDAGOGUE,
        cast.karin: relations.CHILDCARE_WORKER,
        cast.frans: relations.SPECIAL_EDUCATOR,
        cast.eva: relations.HEAD,
        cast.siri: relations.SUBSTITUTE,
    }
    for person, relation in ordinary.items():
        assert holds(relation, person, cast.bo, NOW), relation
        cast.make.guardian(person, cast.bo, Guardianship.Kind.PARENT, active=False, ends_at=NOW - timedelta(days=300))
        assert not holds(relation, person, cast.bo, NOW), relation
        assert not holds(relations.ON_DUTY, person, cast.bo, NOW)
        assert not holds(relations.ON_PASS, person, cast.bo, NOW)
    assert holds(relations.OWN_CHILD, cast.cecilia, cast.bo, NOW)
    assert holds(relations.OWN_CHILD, cast.karin, cast.bo, NOW)
    assert not holds(relations.OWN_CHILD, cast.siri, cast.bo, NOW)


def test_midnight_is_where_the_organisation_is(cast, holds):
    GroupMembership.objects.filter(child=cast.bo).update(ends_on=TODAY)
    midnight = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
    assert holds(relations.PEDAGOGUE, cast.cecilia, cast.bo, midnight - TICK)
    assert not holds(relations.PEDAGOGUE, cast.cecilia, cast.bo, midnight)
    cast.organisation.time_zone = "Asia/Tokyo"
    cast.organisation.save()
    assert not holds(relations.PEDAGOGUE, cast.cecilia, cast.bo, midnight - timedelta(hours=8))
    assert holds(relations.PEDAGOGUE, cast.cecilia, cast.bo, midnight - timedelta(hours=8) - TICK)


def test_the_night_the_clocks_go_back_has_one_midnight(cast, holds):
    GroupMembership.objects.filter(child=cast.bo).update(ends_on=date(2026, 10, 25))
    summer = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert holds(relations.PEDAGOGUE, cast.cecilia, cast.bo, summer - TICK)
    assert not holds(relations.PEDAGOGUE, cast.cecilia, cast.bo, summer)


def test_the_finishing_tail_counts_from_the_first_day_without_the_tie(cast, holds):
    cast.cecilia_duty.assignments.update(ends_on=END)

    def on(day):
        return holds(relations.FINISHING, cast.cecilia, cast.bo, noon(day))

    assert not on(END)
    cast.organisation.finishing_tail_days = 3
    cast.organisation.save()
    assert [on(END + timedelta(days=n)) for n in (-1, 0, 2, 3)] == [True, True, True, False]


def test_there_is_no_tail_for_a_tie_that_never_was(cast, holds):
    cast.organisation.finishing_tail_days = 30
    cast.organisation.save()
    nils = newcomer(cast)
    cast.make.duty(nils, Duty.Role.PEDAGOGUE, cast.unit, cast.granen, starts=TODAY - timedelta(days=5))
    GroupMembership.objects.filter(child=cast.bo).update(ends_on=TODAY - timedelta(days=5))
    GroupMembership.objects.filter(child=cast.tyra).update(ends_on=TODAY - timedelta(days=4))
    assert not holds(relations.FINISHING, nils, cast.bo, NOW)
    assert holds(relations.FINISHING, nils, cast.tyra, NOW)


def test_leave_has_no_tail_and_substitutes_have_none(cast, holds):
    cast.organisation.finishing_tail_days = 30
    cast.organisation.save()
    cast.cecilia_duty.assignments.update(ends_on=TODAY)
    assert holds(relations.FINISHING, cast.cecilia, cast.bo, NOW)
    DutyLeave.objects.create(duty=cast.cecilia_duty, starts_on=TODAY)
    assert not holds(relations.FINISHING, cast.cecilia, cast.bo, NOW)
    assert not holds(relations.FINISHING, cast.siri, cast.bo, NOW.replace(hour=17))


def test_a_blocked_child_has_no_ties_at_all(cast):
    cast.alma.blocked_at = NOW
    cast.alma.save()
    cast.organisation.finishing_tail_days = 30
    cast.organisation.save()
    for relation in set(relations.ALL) - relations.WITHOUT_CHILD:
        for at in (NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)):
            assert not relation.people_of([cast.alma.pk], Moment.of(at, cast.organisation)).exists(), relation


def test_a_school_is_no_preschool(cast, holds):
    Placement.objects.filter(child=cast.alma, unit=cast.unit).delete()
    nils = newcomer(cast)
    cast.make.duty(nils, Duty.Role.HEAD, cast.school)
    duty = cast.make.duty(nils, Duty.Role.SPECIAL_EDUCATOR, cast.school)
    NamedChild.objects.create(duty=duty, child=cast.alma, starts_on=FIRST)
    for person in (cast.gun, nils):
        for relation in set(relations.ALL) - relations.WITHOUT_CHILD - {relations.RECEIVING_SCHOOL}:
            assert not holds(relation, person, cast.alma, NOW), relation
    assert holds(relations.RECEIVING_SCHOOL, cast.gun, cast.alma, NOW)


@pytest.mark.parametrize("relation", [relations.ASSIGNED, relations.PASSED])
def test_ties_to_a_group_have_the_same_edges(cast, relation):
    nils = newcomer(cast)
    if relation is relations.ASSIGNED:
        cast.make.duty(nils, Duty.Role.PEDAGOGUE, cast.unit, cast.tallen, starts=FIRST, ends=END)
    else:
        Pass.objects.create(
            person=nils, group=cast.tallen, given_by=cast.eva,
            begins_at=datetime(2026, 11, 9, 23, tzinfo=UTC), ends_at=datetime(2026, 11, 19, 23, tzinfo=UTC),
        )  # fmt: skip

    def holds(at):
        rows = relation.rows(Moment.of(at, cast.organisation)).filter(tie_person=nils.pk)
        return set(rows.values_list("tie_group", flat=True)) == {cast.tallen.pk}

    first, end = datetime(2026, 11, 9, 23, tzinfo=UTC), datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert [holds(at) for at in (first - TICK, first, end - TICK, end)] == WINDOW


@pytest.fixture
def pia(cast):
    """A pedagogue of the preschool who works in none of Alma's groups."""
    person = cast.make.person("pia", "Pia")
    cast.pia_duty = cast.make.duty(person, Duty.Role.PEDAGOGUE, cast.unit)
    ResponsibleTeacher.objects.all().delete()
    return person


def held(cast, **more):
    return ResponsibleTeacher.objects.create(child=cast.alma, duty=cast.pia_duty, **more)


def test_a_responsible_teacher_is_one_in_the_days_named_whatever_the_group(cast, days, pia):
    held(cast, starts_on=FIRST, ends_on=END)
    assert days(relations.RESPONSIBLE, pia, cast.alma) == WINDOW
    assert not any(days(relations.PEDAGOGUE, pia, cast.alma))


def test_a_responsible_teacher_is_none_without_the_duty_the_placement_or_at_rest(cast, days, holds, pia):
    held(cast, starts_on=FIRST - timedelta(days=30))
    Duty.objects.filter(pk=cast.pia_duty.pk).update(starts_on=FIRST, ends_on=END)
    assert days(relations.RESPONSIBLE, pia, cast.alma) == WINDOW
    Duty.objects.filter(pk=cast.pia_duty.pk).update(starts_on=FIRST - timedelta(days=30), ends_on=None)
    DutyLeave.objects.create(duty=cast.pia_duty, starts_on=FIRST, ends_on=END)
    assert days(relations.RESPONSIBLE, pia, cast.alma) == [True, False, False, True]
    DutyLeave.objects.all().delete()
    Placement.objects.filter(child=cast.alma, unit=cast.unit).update(ends_on=END)
    assert days(relations.RESPONSIBLE, pia, cast.alma) == [True, True, True, False]


def test_a_pedagogue_is_here_wherever_in_the_preschool_and_nowhere_else(cast, days, pia):
    Duty.objects.filter(pk=cast.pia_duty.pk).update(starts_on=FIRST, ends_on=END)
    assert days(relations.PEDAGOGUE_HERE, pia, cast.alma) == WINDOW
    for person, child in ((cast.karin, cast.alma), (cast.eva, cast.alma), (pia, cast.noor)):
        assert not any(days(relations.PEDAGOGUE_HERE, person, child))


@pytest.mark.parametrize("days_given", [0, 5])
def test_who_held_it_until_lately_finishes_within_the_organisations_days(cast, holds, pia, days_given):
    cast.organisation.finishing_tail_days = days_given
    cast.organisation.save()
    held(cast, starts_on=FIRST, ends_on=END)
    around = [holds(relations.RESPONSIBLE_LATELY, pia, cast.alma, noon(END + timedelta(days=day))) for day in (0, 4, 5)]
    assert around == ([True, True, False] if days_given else [False, False, False])


def test_who_held_it_only_before_the_child_came_has_nothing_to_finish(cast, holds, pia):
    cast.organisation.finishing_tail_days = 20
    cast.organisation.save()
    held(cast, starts_on=FIRST, ends_on=END)
    Placement.objects.filter(child=cast.alma, unit=cast.unit).update(starts_on=END)
    assert not holds(relations.RESPONSIBLE_LATELY, pia, cast.alma, noon(END + timedelta(days=1)))


def test_conferences_are_read_by_whom_the_consents_name(cast, holds):
    carer = cast.make.person("moa", "Moa")
    tie = cast.make.guardian(carer, cast.alma, Guardianship.Kind.CARER, reads_conferences=False)
    talks = (relations.TALK_FAMILY, relations.TALK_HOME, relations.TALK_HOME_NOW)
    assert [holds(relation, carer, cast.alma, NOW) for relation in talks] == [False] * 3
    Guardianship.objects.filter(pk=tie.pk).update(reads_conferences=True, reads_log=False)
    assert [holds(relation, carer, cast.alma, NOW) for relation in talks] == [True] * 3
    assert not holds(relations.TALK_LEGAL_HOME, carer, cast.alma, NOW)
    assert holds(relations.TALK_LEGAL_HOME, cast.astrid, cast.alma, NOW)
    Guardianship.objects.filter(pk=tie.pk).update(inactivated_at=NOW)
    assert [holds(relation, carer, cast.alma, NOW) for relation in talks] == [False] * 3


def test_a_home_that_was_left_is_read_on_and_written_in_no_more(cast, holds):
    HomeMembership.objects.filter(guardianship=cast.astrid_alma).update(ends_at=NOW)
    assert holds(relations.TALK_HOME, cast.astrid, cast.alma, NOW)
    assert not holds(relations.TALK_HOME_NOW, cast.astrid, cast.alma, NOW)
    assert not holds(relations.TALK_LEGAL_HOME, cast.astrid, cast.alma, NOW)
