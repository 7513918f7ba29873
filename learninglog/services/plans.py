"""Writing plans, putting entries into them, copying them, and what the team thinks."""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from curriculum import lines
from learninglog.coverage import rows
from learninglog.models import Entry, Plan, PlanEntry, PlanGoal, Reflection
from learninglog.services.drafts import may_start
from people.models import Group, Unit
from visibility import rule
from visibility.matrix import COVER, NOTE, READ, WRITE
from visibility.viewer import Viewer

# The words and days of a plan; its goals are rows beside it.
FIELDS = ("title", "starts_on", "ends_on", "aim", "activities", "questions")


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


class Met(Exception):
    """Somebody else saved meanwhile, and what stands now has not been seen by whoever saves."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("met")
        self.plan = plan


@transaction.atomic
def make(*, unit: Unit, group: Group | None, data: PlanInput, by: Viewer, client_key: uuid.UUID | None = None) -> Plan:
    """A new plan of a group one works in, or of a unit one heads; once per `client_key`. Raises PermissionDenied."""
    allowed = may_start(group=group, by=by) if group is not None else rule.may(by, COVER, unit)
    if not allowed:
        raise PermissionDenied
    return _new(client_key, data, by, unit=unit, group=group, language=unit.organisation.language)


@transaction.atomic
def change(*, plan: Plan, data: PlanInput, by: Viewer, seen: str | None = None) -> Plan:
    """Write the plan anew; `seen` is the mark of what stood there. Raises Met and PermissionDenied."""
    row = _writable(plan, by)
    now = input_of(row)
    if seen is not None and seen != mark_of(now) and now != replace(data, goals=tuple(sorted(data.goals))):
        raise Met(row)
    for name, value in _words(data).items():
        setattr(row, name, value)
    row.updated_at = by.at
    row.save()
    row.plan_goals.exclude(goal__in=data.goals).delete()
    _add_goals(row, data)
    return row


@transaction.atomic
def conclude(*, plan: Plan, text: str, by: Viewer, seen: str | None = None) -> Plan:
    """Save what the team learned; `seen` is the mark of what stood there. Raises Met and PermissionDenied."""
    row = _writable(plan, by)
    if seen is not None and seen != mark_of(row.conclusions) and row.conclusions != text:
        raise Met(row)
    row.conclusions, row.updated_at = text, by.at
    row.save(update_fields=["conclusions", "updated_at"])
    return row


@transaction.atomic
def copy(*, plan: Plan, group: Group, by: Viewer, client_key: uuid.UUID | None = None) -> Plan:
    """The plan as a start for another group: what was meant, and nothing of what became of it or of any child."""
    if not may_start(group=group, by=by) or not Plan.objects.visible_to(by, READ).filter(pk=plan.pk).exists():
        raise PermissionDenied
    meant = input_of(plan)
    ends = by.day + (plan.ends_on - plan.starts_on)
    goals = _choosable(meant.goals, group.unit, by)
    data = PlanInput(meant.title, by.day, ends, meant.aim, meant.activities, meant.questions, goals)
    return _new(client_key, data, by, unit=group.unit, group=group, language=plan.language, copied_from=plan)


def _choosable(goals: Sequence[int], unit: Unit, by: Viewer) -> tuple[int, ...]:
    """Goals as they can be chosen in a unit today: the newest of their lines, and none of another preschool's own."""
    here, newest = set(rows.in_force(unit, by)), lines.newest()
    found = [key for goal in goals for key in ([goal] if goal in here else newest.get(goal, [])) if key in here]
    return tuple(dict.fromkeys(found))


def input_of(plan: Plan) -> PlanInput:
    """The plan as its form would send it."""
    goals = plan.plan_goals.order_by("goal_id").values_list("goal_id", flat=True)
    return PlanInput(**{name: getattr(plan, name) for name in FIELDS}, goals=tuple(goals))


def mark_of(shown: PlanInput | str) -> str:
    """A short mark by which a form says what it was filled from."""
    parts = [shown] if isinstance(shown, str) else [str(part) for part in astuple(shown)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _words(data: PlanInput) -> dict[str, Any]:
    return {name: getattr(data, name) for name in FIELDS}


def _new(key: uuid.UUID | None, data: PlanInput, by: Viewer, **where: Any) -> Plan:
    """A second tap finds what the first one made; the same key under other words is another plan."""
    given = {**where, **_words(data), "created_by": by.person, "created_at": by.at, "updated_at": by.at}
    plan, made = Plan.objects.get_or_create(public_id=key or uuid.uuid4(), defaults=given)
    if not made:
        same = {**where, **_words(data), "created_by": by.person}
        if all(getattr(plan, name) == value for name, value in same.items()):
            return plan
        plan = Plan.objects.create(**given)
    _add_goals(plan, data)
    return plan


def _add_goals(plan: Plan, data: PlanInput) -> None:
    held = set(plan.plan_goals.values_list("goal_id", flat=True))
    PlanGoal.objects.bulk_create(PlanGoal(plan=plan, goal_id=goal) for goal in data.goals if goal not in held)


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
    # Two saves of one draft may both find it missing.
    PlanEntry.objects.bulk_create(
        [PlanEntry(entry=entry, plan_id=key) for key in sorted(chosen - held)], ignore_conflicts=True
    )


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
    about: dict[str, Any] = {"entry": on, "plan": None} if isinstance(on, Entry) else {"entry": None, "plan": on}
    given = {**about, "written_by": by.person, "text": text}
    row, made = Reflection.objects.get_or_create(client_key=client_key, defaults={**given, "written_at": by.at})
    # A page out of the browser's memory sends an old key with new words.
    if not made and any(getattr(row, name) != value for name, value in given.items()):
        row = Reflection.objects.create(client_key=uuid.uuid4(), written_at=by.at, **given)
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
