from people.models.access_event import AccessEvent
from people.models.answer import Answer, QuestionSetting, Round, RoundChild
from people.models.child import Child
from people.models.family import Guardianship, Home, HomeMembership, OwnChildLift
from people.models.organisation import Group, GroupOpening, Organisation, Unit
from people.models.person import Person
from people.models.places import GroupMembership, Placement, ResponsibleTeacher
from people.models.work import Duty, DutyLeave, GroupAssignment, NamedChild, Pass

__all__ = [
    "AccessEvent",
    "Answer",
    "Child",
    "Duty",
    "DutyLeave",
    "Group",
    "GroupAssignment",
    "GroupMembership",
    "GroupOpening",
    "Guardianship",
    "Home",
    "HomeMembership",
    "NamedChild",
    "Organisation",
    "OwnChildLift",
    "Pass",
    "Person",
    "Placement",
    "QuestionSetting",
    "ResponsibleTeacher",
    "Round",
    "RoundChild",
    "Unit",
]
