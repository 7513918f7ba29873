"""How an adult is tied to a child: each relation is one queryset of (person, child, unit) at a moment.

The rows carry `tie_person`, `tie_child`, `tie_unit`, and where it means something `tie_home` or `tie_group`.
`children_of` and `people_of` are projections of the same rows, so a check, a list and an audience cannot drift apart.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Duty
from visibility import tied
from visibility.tied import Rows
from visibility.viewer import Hat, Moment


@dataclass(frozen=True)
class Relation:
    name: str
    hat: Hat
    # Kept out of comparing: hashing a lazy label would translate it, thousands of times a page.
    label: str | Promise = field(compare=False)
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


GUARDIAN = Relation("GUARDIAN", Hat.GUARDIAN, _("Guardian who may read the log"), tied.guardians)
FAMILY = Relation("FAMILY", Hat.GUARDIAN, _("Active guardian"), tied.family)
HOME = Relation("HOME", Hat.GUARDIAN, _("Guardian of the home, then"), tied.home)
HOME_NOW = Relation("HOME_NOW", Hat.GUARDIAN, _("Guardian of the home, now"), tied.home_now)
LEGAL = Relation("LEGAL", Hat.GUARDIAN, _("Active legal guardian"), tied.legal)
TALK_FAMILY = Relation("TALK_FAMILY", Hat.GUARDIAN, _("Guardian who may read the conferences"), tied.talk_family)
TALK_HOME = Relation(
    "TALK_HOME", Hat.GUARDIAN, _("Guardian who may read the conferences, of the home then"), tied.talk_home
)
TALK_HOME_NOW = Relation(
    "TALK_HOME_NOW", Hat.GUARDIAN, _("Guardian who may read the conferences, of the home now"), tied.talk_home_now
)
TALK_LEGAL_HOME = Relation("TALK_LEGAL_HOME", Hat.GUARDIAN, _("Legal guardian of the home, now"), tied.talk_legal_home)
WAITING = Relation("WAITING", Hat.GUARDIAN, _("Legal guardian, not activated yet"), tied.waiting)
PEDAGOGUE = Relation("PEDAGOGUE", Hat.STAFF, _("Pedagogue in the child's group"), tied.by_role(Duty.Role.PEDAGOGUE))
CHILDCARE_WORKER = Relation(
    "CHILDCARE_WORKER", Hat.STAFF, _("Childcare worker in the child's group"), tied.by_role(Duty.Role.CHILDCARE_WORKER)
)
SPECIAL_EDUCATOR = Relation("SPECIAL_EDUCATOR", Hat.STAFF, _("Special educator of the child"), tied.special)
SUBSTITUTE = Relation("SUBSTITUTE", Hat.STAFF, _("Substitute with a pass to the child's group"), tied.substitutes)
HEAD = Relation("HEAD", Hat.STAFF, _("Head of the child's unit"), tied.heads)
OFFICER = Relation("OFFICER", Hat.STAFF, _("Owner's officer, where the child has no head"), tied.officers)
KEEPER = Relation("KEEPER", Hat.STAFF, _("Records keeper, of a child who has left"), tied.keepers)
RESPONSIBLE = Relation("RESPONSIBLE", Hat.STAFF, _("Responsible teacher of the child"), tied.responsible)
PEDAGOGUE_HERE = Relation("PEDAGOGUE_HERE", Hat.STAFF, _("Pedagogue at the child's unit today"), tied.pedagogues_here)
RESPONSIBLE_LATELY = Relation(
    "RESPONSIBLE_LATELY", Hat.STAFF, _("Responsible teacher of the child until lately"), tied.responsible_lately
)
OWN_CHILD = Relation("OWN_CHILD", Hat.STAFF, _("Works in the group of their own child"), tied.own_children)
FINISHING = Relation("FINISHING", Hat.STAFF, _("Worked in the child's group until lately"), tied.finishing)
ON_DUTY = Relation("ON_DUTY", Hat.STAFF, _("On duty at the child's unit today"), tied.on_duty)
ON_PASS = Relation("ON_PASS", Hat.STAFF, _("Has a pass at the child's unit today"), tied.on_pass)
RECEIVING_SCHOOL = Relation(
    "RECEIVING_SCHOOL", Hat.SCHOOL, _("Assigned at the receiving school"), tied.receiving_school
)
RECEIVING_HEAD = Relation(
    "RECEIVING_HEAD", Hat.SCHOOL, _("Principal of the receiving school, before there is a class"), tied.receiving_heads
)
NEXT_PRESCHOOL = Relation("NEXT_PRESCHOOL", Hat.SCHOOL, _("Assigned at the next preschool"), tied.next_preschool)
NEXT_PRESCHOOL_HEAD = Relation(
    "NEXT_PRESCHOOL_HEAD", Hat.SCHOOL, _("Head of the next preschool, before there is a group"),
    tied.next_preschool_heads,
)  # fmt: skip
ASSIGNED = Relation("ASSIGNED", Hat.STAFF, _("Works in the group"), tied.assigned)
PASSED = Relation("PASSED", Hat.STAFF, _("Has a pass to the group"), tied.passed)

HEADS = Relation("HEADS", Hat.STAFF, _("Head of the unit"), tied.heads_units)
WORKS_AT = Relation("WORKS_AT", Hat.STAFF, _("Has a duty at the preschool"), tied.works_at)
OVERSEES = Relation("OVERSEES", Hat.STAFF, _("Owner’s officer"), tied.oversees)

# These tie a person to a group, not to a child; they open only what is about no child.
GROUP_RELATIONS = frozenset({ASSIGNED, PASSED})
# And these to a unit; they open only what is about who works there, and nothing about a child.
UNIT_RELATIONS = frozenset({HEADS, WORKS_AT, OVERSEES})
# Whom a child was handed over to: the relation says to which unit, the transfer what of it.
RECEIVING = frozenset({RECEIVING_SCHOOL, RECEIVING_HEAD, NEXT_PRESCHOOL, NEXT_PRESCHOOL_HEAD})
WITHOUT_CHILD = GROUP_RELATIONS | UNIT_RELATIONS
ALL = (
    GUARDIAN,
    FAMILY,
    HOME,
    HOME_NOW,
    LEGAL,
    TALK_FAMILY,
    TALK_HOME,
    TALK_HOME_NOW,
    TALK_LEGAL_HOME,
    WAITING,
    PEDAGOGUE,
    CHILDCARE_WORKER,
    SPECIAL_EDUCATOR,
    SUBSTITUTE,
    HEAD,
    OFFICER,
    KEEPER,
    RESPONSIBLE,
    PEDAGOGUE_HERE,
    OWN_CHILD,
    FINISHING,
    RESPONSIBLE_LATELY,
    ON_DUTY,
    ON_PASS,
    RECEIVING_SCHOOL,
    RECEIVING_HEAD,
    NEXT_PRESCHOOL,
    NEXT_PRESCHOOL_HEAD,
    ASSIGNED,
    PASSED,
    HEADS,
    WORKS_AT,
    OVERSEES,
)
