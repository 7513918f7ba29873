"""The rows behind each relation: who is tied to whom at a moment, as querysets of people, children and units.

Each carries `tie_person`, `tie_child`, `tie_unit`, and where it means something `tie_home`, `tie_group` or `tie_duty`.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import permutations
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from people.models import (
    Child,
    Duty,
    DutyLeave,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    HomeMembership,
    NamedChild,
    OwnChildLift,
    Pass,
    Placement,
    ResponsibleTeacher,
    Unit,
)
from people.querysets import running_on
from visibility.viewer import Moment

Rows = QuerySet[Any]
PRESCHOOL = Unit.Kind.PRESCHOOL
SCHOOL = Unit.Kind.SCHOOL
READS_LOG = Q(reads_log=True)


def _row_by_row(condition: Any) -> Case:
    """The condition as a check of each row: joined in, four of them cost PostgreSQL thirty milliseconds of planning."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _tied(
    rows: Rows, *, person: str, child: str, unit: str | None = None, until: date | None = None, **more: str
) -> Rows:  # fmt: skip
    """Name the columns of a tie, and leave out blocked children; with `until`, those whose families read no more then.

    Everything after this filters on the names: a second filter() across the same to-many path would be a second join,
    and let in other people's rows.
    """
    paths = {"tie_person": person, "tie_child": child, **more}
    if unit:
        paths["tie_unit"] = unit
    named = rows.annotate(**{name: F(path) for name, path in paths.items()})
    children = Child.objects.unblocked() if until is None else Child.objects.read_by_family(until)
    seen: Rows = named.filter(_row_by_row(Exists(children.filter(pk=OuterRef("tie_child")))))
    return seen


def _own(rows: Rows, own: bool) -> Rows:
    """Split staff ties by whether the child is, or was, the person's own: active or not makes no difference."""
    family = Exists(Guardianship.objects.filter(person=OuterRef("tie_person"), child=OuterRef("tie_child")))
    return rows.filter(_row_by_row(family if own else ~family))


def _not_own(rows: Rows, moment: Moment) -> Rows:
    """Leave out own children, save where the head has lifted the tie for these hours: the ties of daily work."""
    family = Exists(Guardianship.objects.filter(person=OuterRef("tie_person"), child=OuterRef("tie_child")))
    lifts = OwnChildLift.objects.running(moment.at)
    lifted = Exists(lifts.filter(person=OuterRef("tie_person"), child=OuterRef("tie_child")))
    return rows.filter(_row_by_row(~family | lifted))


def _working(rows: Rows, moment: Moment) -> Rows:
    """Leave out ties through a duty at rest."""
    return rows.filter(_row_by_row(~Exists(DutyLeave.objects.running(moment.day).filter(duty=OuterRef("tie_duty")))))


def _placed(rows: Rows, moment: Moment) -> Rows:
    """Keep ties to children who are placed at the unit on this day."""
    here = Placement.objects.running(moment.day).filter(child=OuterRef("tie_child"), unit=OuterRef("tie_unit"))
    return rows.filter(_row_by_row(Exists(here)))


def guardians(moment: Moment) -> Rows:
    readers: Rows = family(moment).filter(reads_log=True)
    return readers


def family(moment: Moment) -> Rows:
    return _tied(Guardianship.objects.active(moment.at), person="person_id", child="child_id", until=moment.day)


def legal(moment: Moment) -> Rows:
    legal: Rows = family(moment).filter(kind=Guardianship.Kind.LEGAL)
    return legal


def waiting(moment: Moment) -> Rows:
    """Closed envelopes: legal guardians whom no head has activated yet."""
    closed = Guardianship.objects.running(moment.at).legal().filter(activated_at__isnull=True)
    return _tied(closed, person="person_id", child="child_id")


def _home_rows(moment: Moment, memberships: Rows, readers: Q = READS_LOG) -> Rows:
    active = Guardianship.objects.active(moment.at).filter(readers)
    return _tied(
        memberships.filter(begins_at__lte=moment.at, guardianship__in=active),
        person="guardianship__person_id", child="guardianship__child_id", until=moment.day, tie_home="home_id",
    )  # fmt: skip


def home(moment: Moment) -> Rows:
    return _home_rows(moment, HomeMembership.objects.all())


def home_now(moment: Moment) -> Rows:
    return _home_rows(moment, HomeMembership.objects.running(moment.at))


def talk_family(moment: Moment) -> Rows:
    readers: Rows = family(moment).filter(reads_conferences=True)
    return readers


def talk_home(moment: Moment) -> Rows:
    return _home_rows(moment, HomeMembership.objects.all(), Q(reads_conferences=True))


def talk_home_now(moment: Moment) -> Rows:
    return _home_rows(moment, HomeMembership.objects.running(moment.at), Q(reads_conferences=True))


def talk_legal_home(moment: Moment) -> Rows:
    legal = Q(reads_conferences=True, kind=Guardianship.Kind.LEGAL)
    return _home_rows(moment, HomeMembership.objects.running(moment.at), legal)


def _in_groups(members: Rows, assignment: Q) -> Rows:
    """Members of groups beside those assigned to them at the group's own unit; one filter, one join."""
    rows = members.filter(assignment & Q(group__assignments__duty__unit=F("group__unit")))
    return _tied(
        rows,
        person="group__assignments__duty__person_id",
        child="child_id",
        unit="group__unit_id",
        tie_duty="group__assignments__duty_id",
    )


def _assigned_on(moment: Moment) -> Q:
    return running_on(moment.day, "group__assignments__") & running_on(moment.day, "group__assignments__duty__")


def _group_workers(moment: Moment, roles: Sequence[str]) -> Rows:
    here = Q(group__assignments__duty__role__in=roles, group__unit__kind=PRESCHOOL)
    rows = _in_groups(GroupMembership.objects.running(moment.day), _assigned_on(moment) & here)
    return _placed(_working(rows, moment), moment)


def by_role(role: str) -> Callable[[Moment], Rows]:
    return lambda moment: _not_own(_group_workers(moment, [role]), moment)


def special(moment: Moment) -> Rows:
    named = NamedChild.objects.running(moment.day)
    rows = _tied(
        named.filter(running_on(moment.day, "duty__"), duty__unit__kind=PRESCHOOL),
        person="duty__person_id",
        child="child_id",
        unit="duty__unit_id",
        tie_duty="duty_id",
    )
    return _not_own(_placed(_working(rows, moment), moment), moment)


def substitutes(moment: Moment) -> Rows:
    members = running_on(moment.day, "group__memberships__")
    rows = _tied(
        Pass.objects.running(moment.at).filter(members, group__unit__kind=PRESCHOOL),
        person="person_id",
        child="group__memberships__child_id",
        unit="group__unit_id",
    )
    return _not_own(_placed(rows, moment), moment)


def on_pass(moment: Moment) -> Rows:
    """Whoever has a pass is on duty at the whole unit, as those with a running duty are."""
    placed = running_on(moment.day, "group__unit__placements__")
    rows = _tied(
        Pass.objects.running(moment.at).filter(placed, group__unit__kind=PRESCHOOL),
        person="person_id",
        child="group__unit__placements__child_id",
        unit="group__unit_id",
    )
    return _not_own(rows, moment)


def _at_unit(moment: Moment, duties: Q) -> Rows:
    """Children placed at a preschool beside those with a running duty there."""
    here = running_on(moment.day, "unit__duties__") & duties & Q(unit__kind=PRESCHOOL)
    rows = _tied(
        Placement.objects.running(moment.day).filter(here),
        person="unit__duties__person_id",
        child="child_id",
        unit="unit_id",
        tie_duty="unit__duties__id",
    )
    return _working(rows, moment)


def heads(moment: Moment) -> Rows:
    """Never of an own child, whatever is lifted: nobody decides alone about another guardian of their child."""
    return _own(_at_unit(moment, Q(unit__duties__role=Duty.Role.HEAD)), False)


def _owners(moment: Moment, role: str) -> Rows:
    """Every child of the organisation beside those with a running duty of this kind there, not at rest."""
    duty = Q(organisation__duties__role=role) & running_on(moment.day, "organisation__duties__")
    rows = _tied(
        Child.objects.filter(duty),
        person="organisation__duties__person_id",
        child="pk",
        tie_duty="organisation__duties__id",
    )
    return _working(rows, moment)


def officers(moment: Moment) -> Rows:
    """The owner's officer steps in where no head is on duty for the child: on leave, guardian of it, or it has left."""
    headed = Exists(heads(moment).filter(tie_child=OuterRef("tie_child")))
    return _own(_owners(moment, Duty.Role.OWNERS_OFFICER), False).filter(_row_by_row(~headed))


def keepers(moment: Moment) -> Rows:
    """The records keeper, for what no preschool can do any more: the child was at one here, and is at none today."""
    placed = Placement.objects.filter(child=OuterRef("tie_child"), unit__kind=PRESCHOOL)
    was = placed.filter(starts_on__lte=moment.day)
    left = Exists(was) & ~Exists(placed.running(moment.day))
    return _own(_owners(moment, Duty.Role.RECORDS_KEEPER), False).filter(_row_by_row(left))


def on_duty(moment: Moment) -> Rows:
    """Whoever works at the child's unit today: the circle for contact details, wider than that for the log."""
    return _not_own(_at_unit(moment, Q()), moment)


def pedagogues_here(moment: Moment) -> Rows:
    return _own(_at_unit(moment, Q(unit__duties__role=Duty.Role.PEDAGOGUE)), False)


def _holders(moment: Moment, running: Q) -> Rows:
    """Who holds the conferences of a child, whatever the group: never of an own one, whatever is lifted."""
    rows = _tied(
        ResponsibleTeacher.objects.filter(running, duty__unit__kind=PRESCHOOL),
        person="duty__person_id",
        child="child_id",
        unit="duty__unit_id",
        tie_duty="duty_id",
    )
    return _own(_working(rows, moment), False)


def responsible(moment: Moment) -> Rows:
    return _placed(_holders(moment, running_on(moment.day) & running_on(moment.day, "duty__")), moment)


def own_children(moment: Moment) -> Rows:
    return _own(_group_workers(moment, [Duty.Role.PEDAGOGUE, Duty.Role.CHILDCARE_WORKER]), True)


def finishing(moment: Moment) -> Rows:
    """Ties that ended within the organisation's finishing days; the cell adds "begun by this person"."""
    members = GroupMembership.objects.filter(_lately(moment)) if moment.tail_days else GroupMembership.objects.none()
    roles = Q(group__assignments__duty__role__in=[Duty.Role.PEDAGOGUE, Duty.Role.CHILDCARE_WORKER])
    assigned = _lately(moment, "group__assignments__") & _lately(moment, "group__assignments__duty__") & roles
    assigned &= _at_once("", "group__assignments__", "group__assignments__duty__")
    rows = _working(_in_groups(members, assigned & Q(group__unit__kind=PRESCHOOL)), moment)
    return _own(_placed_lately(rows, moment), False)


def responsible_lately(moment: Moment) -> Rows:
    """The same of who held a child's conferences, in their group or not."""
    lately = _lately(moment) & _lately(moment, "duty__") & _at_once("", "duty__")
    if not moment.tail_days:
        lately = Q(pk__in=[])
    return _placed_lately(_holders(moment, lately), moment, "duty__")


def _lately(moment: Moment, prefix: str = "") -> Q:
    """Running, or ended within the organisation's finishing days."""
    since = moment.day - timedelta(days=moment.tail_days)
    ended_lately = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": since})
    return Q(**{f"{prefix}starts_on__lte": moment.day}) & ended_lately


def _placed_lately(rows: Rows, moment: Moment, *prefixes: str) -> Rows:
    """Keep ties to children who were placed at the unit in some of the days that the row itself ran.

    The same of what these prefixes lead to: on a line of days, what meets in pairs meets all at once.
    """
    met = Q()
    for prefix in ("", *prefixes):
        ends, starts = OuterRef(f"{prefix}ends_on"), OuterRef(f"{prefix}starts_on")
        met &= Q(starts_on__lt=Coalesce(ends, Value(date.max))) & (Q(ends_on__isnull=True) | Q(ends_on__gt=starts))
    here = Placement.objects.filter(_lately(moment) & met, child=OuterRef("tie_child"), unit=OuterRef("tie_unit"))
    return rows.filter(_row_by_row(Exists(here)))


def _at_once(*prefixes: str) -> Q:
    """Each began before any other had ended: on a line of days that means one day at least when all of them ran."""
    met = Q()
    for one, other in permutations(prefixes, 2):
        met &= Q(**{f"{one}starts_on__lt": Coalesce(F(f"{other}ends_on"), Value(date.max))})
    return met


def receiving_school(moment: Moment) -> Rows:
    return _receiving(moment, SCHOOL)


def receiving_heads(moment: Moment) -> Rows:
    return _receiving_heads(moment, SCHOOL)


def next_preschool(moment: Moment) -> Rows:
    return _receiving(moment, PRESCHOOL).filter(_row_by_row(_from_another_preschool()))


def next_preschool_heads(moment: Moment) -> Rows:
    return _receiving_heads(moment, PRESCHOOL).filter(_row_by_row(_from_another_preschool()))


def _coming(moment: Moment) -> Q:
    """Running, or still to begin."""
    return Q(ends_on__isnull=True) | Q(ends_on__gt=moment.day)


def _receiving(moment: Moment, kind: str) -> Rows:
    members = GroupMembership.objects.filter(_coming(moment))
    rows = _in_groups(members, _assigned_on(moment) & Q(group__unit__kind=kind))
    return _own(_working(rows, moment), False)


def _receiving_heads(moment: Moment, kind: str) -> Rows:
    """The head of a unit that a child comes to, for as long as the child has no group there."""
    here = running_on(moment.day, "unit__duties__") & Q(unit__duties__role=Duty.Role.HEAD, unit__kind=kind)
    rows = _tied(
        Placement.objects.filter(_coming(moment) & here),
        person="unit__duties__person_id",
        child="child_id",
        unit="unit_id",
        tie_duty="unit__duties__id",
    )
    members = GroupMembership.objects.filter(_coming(moment))
    grouped = Exists(members.filter(child=OuterRef("tie_child"), group__unit=OuterRef("tie_unit")))
    return _own(_working(rows, moment), False).filter(_row_by_row(~grouped))


def _from_another_preschool() -> Exists:
    elsewhere = Placement.objects.filter(child=OuterRef("tie_child"), unit__kind=PRESCHOOL)
    return Exists(elsewhere.exclude(unit=OuterRef("tie_unit")))


def assigned(moment: Moment) -> Rows:
    """Who works in a group today, without regard to children: for its tray and for drafts about nobody yet."""
    rows = GroupAssignment.objects.running(moment.day).filter(
        running_on(moment.day, "duty__"), group__unit__kind=PRESCHOOL, duty__unit=F("group__unit")
    )
    named = rows.annotate(
        tie_person=F("duty__person_id"), tie_group=F("group_id"), tie_unit=F("group__unit_id"), tie_duty=F("duty_id")
    )
    return _working(named, moment)


def passed(moment: Moment) -> Rows:
    rows = Pass.objects.running(moment.at).filter(group__unit__kind=PRESCHOOL)
    named: Rows = rows.annotate(tie_person=F("person_id"), tie_group=F("group_id"), tie_unit=F("group__unit_id"))
    return named


def _of_units(rows: Rows, moment: Moment, unit: str) -> Rows:
    """Ties of duties to units, without regard to children or groups."""
    named: Rows = rows.annotate(tie_person=F("person_id"), tie_unit=F(unit), tie_duty=F("pk"))
    return _working(named, moment)


def heads_units(moment: Moment) -> Rows:
    return _of_units(Duty.objects.running(moment.day).filter(role=Duty.Role.HEAD), moment, "unit_id")


def works_at(moment: Moment) -> Rows:
    return _of_units(Duty.objects.running(moment.day).filter(unit__kind=PRESCHOOL), moment, "unit_id")


def oversees(moment: Moment) -> Rows:
    officers = Duty.objects.running(moment.day).filter(role=Duty.Role.OWNERS_OFFICER)
    return _of_units(officers.filter(organisation__units__isnull=False), moment, "organisation__units__id")
