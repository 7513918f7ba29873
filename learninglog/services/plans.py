"""Writing plans, putting entries into them, copying them, and what the team thinks."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learninglog.models import Entry, Plan, PlanEntry, PlanGoal, Reflection
from learninglog.services.drafts import may_start
from people.models import Group, Unit
from visibility import kinds, rule
from visibility.matrix import COVER, NOTE, READ, WRITE
from visibility.viewer import Viewer


@dataclass(frozen=True)
class PlanInput:
    """The whole form of a plan."""

    title: str
    starts_on: date
    ends_on: date
    aim: str = ""
    activities: str = ""
    questions: str = ""
    goals: Sequence[int] = ()


def may_plan_for(unit: Unit, by: Viewer) -> bool:
    """Whether the viewer heads the unit, and so makes plans for the whole of it."""
    return Unit.objects.filter(rule.visible(kinds.by_name("UNIT"), by, COVER), pk=unit.pk).exists()


@transaction.atomic
def make(*, unit: Unit, group: Group | None, data: PlanInput, by: Viewer) -> Plan:
    """A new plan of a group one works in, or of a unit one heads. Raises PermissionDenied."""
    allowed = may_start(group=group, by=by) if group is not None else may_plan_for(unit, by)
    if not allowed:
        raise PermissionDenied
    plan = Plan(unit=unit, group=group, created_by=by.person, created_at=by.at, language=unit.organisation.language)
    return _written(plan, data, by)


@transaction.atomic
def change(*, plan: Plan, data: PlanInput, by: Viewer) -> Plan:
    """Write the plan anew. Raises PermissionDenied."""
    return _written(_writable(plan, by), data, by)


def _written(plan: Plan, data: PlanInput, by: Viewer) -> Plan:
    for name in ("title", "starts_on", "ends_on", "aim", "activities", "questions"):
        setattr(plan, name, getattr(data, name))
    plan.updated_at = by.at
    plan.save()
    plan.plan_goals.exclude(goal__in=data.goals).delete()
    held = set(plan.plan_goals.values_list("goal_id", flat=True))
    PlanGoal.objects.bulk_create(PlanGoal(plan=plan, goal_id=goal) for goal in data.goals if goal not in held)
    return plan


@transaction.atomic
def conclude(*, plan: Plan, text: str, by: Viewer) -> Plan:
    """Save what the team learned. Raises PermissionDenied."""
    row = _writable(plan, by)
    row.conclusions, row.updated_at = text, by.at
    row.save(update_fields=["conclusions", "updated_at"])
    return row


@transaction.atomic
def copy(*, plan: Plan, group: Group, by: Viewer) -> Plan:
    """The plan as a start for another group: what was meant, and nothing of what became of it or of any child."""
    if not may_start(group=group, by=by) or not Plan.objects.visible_to(by, READ).filter(pk=plan.pk).exists():
        raise PermissionDenied
    goals = list(plan.plan_goals.order_by("pk").values_list("goal_id", flat=True))
    length = plan.ends_on - plan.starts_on
    data = PlanInput(plan.title, by.day, by.day + length, plan.aim, plan.activities, plan.questions, goals)
    made = Plan(
        unit=group.unit, group=group, created_by=by.person, created_at=by.at, language=plan.language, copied_from=plan
    )
    return _written(made, data, by)


def _writable(plan: Plan, by: Viewer) -> Plan:
    row: Plan | None = Plan.objects.visible_to(by, WRITE).filter(pk=plan.pk).select_for_update(of=("self",)).first()
    if row is None:
        raise PermissionDenied
    return row


@transaction.atomic
def join(*, entry: Entry, plans: Collection[uuid.UUID], by: Viewer) -> None:
    """Put an entry the viewer writes on into these plans of its group or unit, and out of the others."""
    if not Entry.objects.visible_to(by, WRITE).kept().filter(pk=entry.pk).exists():
        raise PermissionDenied
    open_to = offered(entry)
    chosen = {plan.pk for plan in open_to if plan.public_id in plans}
    PlanEntry.objects.filter(entry=entry, plan__in=open_to).exclude(plan__in=chosen).delete()
    held = set(PlanEntry.objects.filter(entry=entry).values_list("plan_id", flat=True))
    PlanEntry.objects.bulk_create(PlanEntry(entry=entry, plan_id=key) for key in sorted(chosen - held))


def offered(entry: Entry) -> list[Plan]:
    """The plans that an entry can join: its group's and its unit's of that day, and those it is in."""
    here = Plan.objects.filter(unit=entry.unit, group=entry.group) | Plan.objects.filter(unit=entry.unit, group=None)
    running = here.filter(starts_on__lte=entry.happened_on, ends_on__gte=entry.happened_on)
    joined = here.filter(pk__in=PlanEntry.objects.filter(entry=entry).values("plan"))
    return list((running | joined).order_by("-starts_on", "pk").distinct())


@transaction.atomic
def reflect(*, on: Entry | Plan, text: str, by: Viewer, client_key: uuid.UUID) -> Reflection:
    """Write what one thinks of an entry or a plan, for the team. Raises PermissionDenied."""
    if not type(on).objects.visible_to(by, NOTE).filter(pk=on.pk).exists():
        raise PermissionDenied
    about = {"entry": on} if isinstance(on, Entry) else {"plan": on}
    row, _made = Reflection.objects.get_or_create(
        client_key=client_key, defaults={**about, "written_by": by.person, "written_at": by.at, "text": text}
    )
    return row


@transaction.atomic
def take_back(*, reflection: Reflection, by: Viewer) -> None:
    """Remove a reflection of one's own, while one may still read it. Raises PermissionDenied."""
    on = reflection.entry or reflection.plan
    assert on is not None  # noqa: S101
    mine = reflection.written_by_id == by.person.pk
    if not mine or not type(on).objects.visible_to(by, NOTE).filter(pk=on.pk).exists():
        raise PermissionDenied
    reflection.delete()
