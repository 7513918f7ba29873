"""How an adult is tied to a child: each relation is one queryset of (person, child, unit) at a moment.

The rows carry `tie_person`, `tie_child`, `tie_unit`, and where it means something `tie_home` or `tie_group`.
`children_of` and `people_of` are projections of the same rows, so a check, a list and an audience cannot drift apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import (
    Duty,
    DutyLeave,
    GroupAssignment,
    GroupMembership,
    Guardianship,
    HomeMembership,
    NamedChild,
    Pass,
    Placement,
    Unit,
)
from people.querysets import running_on
from visibility.viewer import Hat, Moment

Rows = QuerySet[Any]
PRESCHOOL = Unit.Kind.PRESCHOOL


@dataclass(frozen=True)
class Relation:
    name: str
    hat: Hat
    label: str | Promise
    build: Callable[[Moment], Rows]

    def rows(self, moment: Moment) -> Rows:
        """Every tie of this kind at that moment."""
        return self.build(moment)

    def children_of(self, person_id: int, moment: Moment) -> Rows:
        """The children that one person is tied to, as ids."""
        return self.rows(moment).filter(tie_person=person_id).values("tie_child")

    def people_of(self, child_ids: list[int], moment: Moment) -> Rows:
        """The ties of these children."""
        return self.rows(moment).filter(tie_child__in=child_ids)

    def __repr__(self) -> str:
        return self.name


def _tied(rows: Rows, *, person: str, child: str, unit: str | None, **more: str) -> Rows:
    columns = {"tie_person": F(person), "tie_child": F(child), **{name: F(path) for name, path in more.items()}}
    if unit:
        columns["tie_unit"] = F(unit)
    return rows.annotate(**columns).filter(**{f"{child.removesuffix('_id')}__blocked_at__isnull": True})


def _own(rows: Rows, own: bool) -> Rows:
    """Split staff ties by whether the child is, or was, the person's own: active or not makes no difference."""
    family = Exists(Guardianship.objects.filter(person=OuterRef("tie_person"), child=OuterRef("tie_child")))
    return rows.filter(family) if own else rows.exclude(family)


def _on_leave(duty: str, moment: Moment) -> Exists:
    return Exists(DutyLeave.objects.running(moment.day).filter(duty=OuterRef(duty)))


def _placed(child: str, unit: str, moment: Moment) -> Exists:
    return Exists(Placement.objects.running(moment.day).filter(child=OuterRef(child), unit=OuterRef(unit)))


def _guardians(moment: Moment) -> Rows:
    active = Guardianship.objects.active(moment.at).filter(reads_log=True)
    return _tied(active, person="person_id", child="child_id", unit=None)


def _family(moment: Moment) -> Rows:
    return _tied(Guardianship.objects.active(moment.at), person="person_id", child="child_id", unit=None)


def _home_rows(moment: Moment, memberships: Rows) -> Rows:
    active = Guardianship.objects.active(moment.at).filter(reads_log=True)
    rows = memberships.filter(begins_at__lte=moment.at, guardianship__in=active)
    return _tied(
        rows, person="guardianship__person_id", child="guardianship__child_id", unit=None, tie_home="home_id"
    )


def _home(moment: Moment) -> Rows:
    return _home_rows(moment, HomeMembership.objects.all())


def _home_now(moment: Moment) -> Rows:
    return _home_rows(moment, HomeMembership.objects.running(moment.at))


def _group_workers(moment: Moment, roles: list[str]) -> Rows:
    rows = (
        GroupMembership.objects.running(moment.day)
        .filter(
            running_on(moment.day, "group__assignments__")
            & running_on(moment.day, "group__assignments__duty__")
            & Q(group__assignments__duty__role__in=roles, group__unit__kind=PRESCHOOL)
            & Q(group__assignments__duty__unit=F("group__unit"))
        )
        .exclude(_on_leave("group__assignments__duty_id", moment))
        .filter(_placed("child_id", "group__unit_id", moment))
    )
    return _tied(rows, person="group__assignments__duty__person_id", child="child_id", unit="group__unit_id")


def _by_role(role: str) -> Callable[[Moment], Rows]:
    return lambda moment: _own(_group_workers(moment, [role]), False)


def _special(moment: Moment) -> Rows:
    rows = (
        NamedChild.objects.running(moment.day)
        .filter(running_on(moment.day, "duty__"), duty__unit__kind=PRESCHOOL)
        .exclude(_on_leave("duty_id", moment))
        .filter(_placed("child_id", "duty__unit_id", moment))
    )
    return _own(_tied(rows, person="duty__person_id", child="child_id", unit="duty__unit_id"), False)


def _passes(moment: Moment) -> Rows:
    rows = Pass.objects.running(moment.at).filter(
        running_on(moment.day, "group__memberships__"), group__unit__kind=PRESCHOOL
    )
    rows = rows.filter(_placed("group__memberships__child_id", "group__unit_id", moment))
    return _tied(rows, person="person_id", child="group__memberships__child_id", unit="group__unit_id")


def _substitutes(moment: Moment) -> Rows:
    return _own(_passes(moment), False)


def _heads(moment: Moment) -> Rows:
    rows = (
        Placement.objects.running(moment.day)
        .filter(
            running_on(moment.day, "unit__duties__") & Q(unit__duties__role=Duty.Role.HEAD, unit__kind=PRESCHOOL)
        )
        .exclude(_on_leave("unit__duties__id", moment))
    )
    return _own(_tied(rows, person="unit__duties__person_id", child="child_id", unit="unit_id"), False)


def _own_children(moment: Moment) -> Rows:
    return _own(_group_workers(moment, [Duty.Role.PEDAGOGUE, Duty.Role.CHILDCARE_WORKER]), True)


def _finishing(moment: Moment) -> Rows:
    """Ties that ended within the organisation's finishing days; the cell adds "begun by this person"."""
    if not moment.tail_days:
        return _tied(GroupMembership.objects.none(), person="child_id", child="child_id", unit="group__unit_id")
    since = moment.day - timedelta(days=moment.tail_days)

    def lately(prefix: str) -> Q:
        ended_lately = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": since})
        return Q(**{f"{prefix}starts_on__lte": moment.day}) & ended_lately

    rows = (
        GroupMembership.objects.filter(
            lately("")
            & lately("group__assignments__")
            & lately("group__assignments__duty__")
            & Q(group__unit__kind=PRESCHOOL, group__assignments__duty__unit=F("group__unit"))
            & Q(group__assignments__duty__role__in=[Duty.Role.PEDAGOGUE, Duty.Role.CHILDCARE_WORKER])
        )
        .exclude(_on_leave("group__assignments__duty_id", moment))
        .filter(
            Exists(
                Placement.objects.filter(lately("")).filter(child=OuterRef("child_id"), unit=OuterRef("group__unit_id"))
            )
        )
    )
    rows = _tied(rows, person="group__assignments__duty__person_id", child="child_id", unit="group__unit_id")
    return _own(rows, False)


def _on_duty(moment: Moment) -> Rows:
    """Whoever works at the child's unit today: the circle for contact details, wider than that for the log."""
    duties = (
        Placement.objects.running(moment.day)
        .filter(running_on(moment.day, "unit__duties__"))
        .exclude(_on_leave("unit__duties__id", moment))
    )
    return _own(_tied(duties, person="unit__duties__person_id", child="child_id", unit="unit_id"), False)


def _receiving_school(moment: Moment) -> Rows:
    rows = (
        GroupMembership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=moment.day))
        .filter(
            running_on(moment.day, "group__assignments__")
            & running_on(moment.day, "group__assignments__duty__")
            & Q(group__assignments__duty__unit=F("group__unit"), group__unit__kind=Unit.Kind.SCHOOL)
        )
        .exclude(_on_leave("group__assignments__duty_id", moment))
    )
    return _own(
        _tied(rows, person="group__assignments__duty__person_id", child="child_id", unit="group__unit_id"), False
    )


def _assigned(moment: Moment) -> Rows:
    """Who works in a group today, without regard to children: for its tray and for drafts about nobody yet."""
    rows = (
        GroupAssignment.objects.running(moment.day)
        .filter(running_on(moment.day, "duty__"), group__unit__kind=PRESCHOOL, duty__unit=F("group__unit"))
        .exclude(_on_leave("duty_id", moment))
    )
    return rows.annotate(tie_person=F("duty__person_id"), tie_group=F("group_id"), tie_unit=F("group__unit_id"))


def _passed(moment: Moment) -> Rows:
    rows = Pass.objects.running(moment.at).filter(group__unit__kind=PRESCHOOL)
    return rows.annotate(tie_person=F("person_id"), tie_group=F("group_id"), tie_unit=F("group__unit_id"))


GUARDIAN = Relation("GUARDIAN", Hat.GUARDIAN, _("Guardian who may read the log"), _guardians)
FAMILY = Relation("FAMILY", Hat.GUARDIAN, _("Active guardian"), _family)
HOME = Relation("HOME", Hat.GUARDIAN, _("Guardian of the home, then"), _home)
HOME_NOW = Relation("HOME_NOW", Hat.GUARDIAN, _("Guardian of the home, now"), _home_now)
PEDAGOGUE = Relation("PEDAGOGUE", Hat.STAFF, _("Pedagogue in the child's group"), _by_role(Duty.Role.PEDAGOGUE))
CHILDCARE_WORKER = Relation(
    "CHILDCARE_WORKER", Hat.STAFF, _("Childcare worker in the child's group"), _by_role(Duty.Role.CHILDCARE_WORKER)
)
SPECIAL_EDUCATOR = Relation("SPECIAL_EDUCATOR", Hat.STAFF, _("Special educator of the child"), _special)
SUBSTITUTE = Relation("SUBSTITUTE", Hat.STAFF, _("Substitute with a pass to the child's group"), _substitutes)
HEAD = Relation("HEAD", Hat.STAFF, _("Head of the child's unit"), _heads)
OWN_CHILD = Relation("OWN_CHILD", Hat.STAFF, _("Works in the group of their own child"), _own_children)
FINISHING = Relation("FINISHING", Hat.STAFF, _("Worked in the child's group until lately"), _finishing)
ON_DUTY = Relation("ON_DUTY", Hat.STAFF, _("On duty at the child's unit today"), _on_duty)
ON_PASS = Relation("ON_PASS", Hat.STAFF, _("Has a pass at the child's unit today"), _substitutes)
RECEIVING_SCHOOL = Relation("RECEIVING_SCHOOL", Hat.SCHOOL, _("Assigned at the receiving school"), _receiving_school)
ASSIGNED = Relation("ASSIGNED", Hat.STAFF, _("Works in the group"), _assigned)
PASSED = Relation("PASSED", Hat.STAFF, _("Has a pass to the group"), _passed)

# These tie a person to a group, not to a child; they open only what is about no child.
GROUP_RELATIONS = frozenset({ASSIGNED, PASSED})
ALL = (
    GUARDIAN,
    FAMILY,
    HOME,
    HOME_NOW,
    PEDAGOGUE,
    CHILDCARE_WORKER,
    SPECIAL_EDUCATOR,
    SUBSTITUTE,
    HEAD,
    OWN_CHILD,
    FINISHING,
    ON_DUTY,
    ON_PASS,
    RECEIVING_SCHOOL,
    ASSIGNED,
    PASSED,
)
