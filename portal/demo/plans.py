"""What the teams of Lindby mean to do, what joined their plans, and what they think of it."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied

from curriculum.models import Goal
from learninglog.models import Entry, EntryGoal, Plan
from learninglog.services import plans
from portal.demo.diary import Planned
from portal.demo.lindby import World
from visibility.viewer import Viewer

TEACHER, HEAD = "Cecilia Sund", "Eva Holm"
JOINED, NOTED = 9, 3


@dataclass(frozen=True)
class Told:
    """A plan: whose, from how many days ago to how many days from now, and its words."""

    group: str
    by: str
    starts: int
    ends: int
    title: str
    aim: str
    activities: str
    questions: str
    goals: tuple[str, ...]
    conclusions: str = ""


TOLD = (
    Told(
        "Granen", TEACHER, 75, -40, "Vattnet runt omkring oss",
        "Att barnen får möta vatten på många sätt: is, ånga, regn och bäck, och ord för det de ser.",
        "Hinken på gården varje morgon. Bäcken på torsdagar. En bok om vattnets väg i läshörnan.",
        "Vad tror barnen händer med isen? Vilka ord lånar de av varandra?",
        ("2.2-17", "2.2-19", "2.2-20", "2.2-08"),
    ),
    Told(
        "Granen", "Karin Lundvall", 300, 150, "Bygga högt och brett",
        "Att byggen får stå kvar och växa, och att barnen får reda ut hur man gör det tillsammans.",
        "Ett hörn som är byggplats hela veckan. Ritningar på väggen.",
        "Hur kommer de överens? Vad gör de när det rasar?",
        ("2.2-22", "2.2-04", "2.2-23"),
        "Byggplatsen som fick stå kvar gjorde skillnad: leken blev längre och fler kom in i den. "
        "Vi fortsätter med ritningarna, och låter dem komma före bygget ibland.",
    ),
    Told(
        "Tallen", "Mikael Dufva", 50, -30, "Kartor och vägar",
        "Att hitta, rita och berätta om platser som barnen känner.",
        "En ny väg till skogen varje vecka. Kartan i hallen växer.",
        "Vilka platser är viktiga för barnen?",
        ("2.2-23", "2.2-16", "2.3-01"),
    ),
)  # fmt: skip
WHOLE = Told(
    "", HEAD, 90, -60, "Högläsning varje dag",
    "Att alla barn hos oss möter en bok varje dag, med tid att prata om den.",
    "Böcker i varje rum och i ryggsäcken. Samma bok en hel vecka.",
    "Vilka böcker kommer tillbaka i leken?",
    ("2.2-09", "2.2-10"),
)  # fmt: skip
THOUGHTS = (
    "De stannade mycket längre än vi trodde. Vi borde lägga mer tid här och mindre på samlingen.",
    "Fundera på hur de tysta kommer till tals. Kanske i mindre grupp nästa gång?",
    "Materialet räckte inte. Be om fler burkar.",
)


def make(world: World, written: list[tuple[Planned, Entry]]) -> None:
    """Plans with entries and thoughts, all through the services."""
    for told in TOLD:
        if told.group in world.groups and told.by in world.people:
            group = world.groups[told.group]
            plan = plans.make(unit=group.unit, group=group, data=_input(world, told), by=_by(world, told))
            _fill(world, plan, told, [pair for pair in written if pair[1].group_id == group.pk])
    unit = world.groups["Granen"].unit
    plan = plans.make(unit=unit, group=None, data=_input(world, WHOLE), by=_by(world, WHOLE))
    _fill(world, plan, WHOLE, [pair for pair in written if pair[1].unit_id == unit.pk])


def _by(world: World, told: Told) -> Viewer:
    return world.viewer(told.by, world.dates.now)


def _input(world: World, told: Told) -> plans.PlanInput:
    current = Goal.objects.current(world.organisation.country, world.dates.today).order_by("pk")
    keys = {code.partition(":")[2]: key for code, key in current.values_list("code", "pk")}
    goals = [keys[code] for code in told.goals]
    starts, ends = world.dates.ago(told.starts), world.dates.ago(told.ends)
    return plans.PlanInput(told.title, starts, ends, told.aim, told.activities, told.questions, goals)


def _fill(world: World, plan: Plan, told: Told, written: list[tuple[Planned, Entry]]) -> None:
    goals = set(plan.plan_goals.order_by("pk").values_list("goal_id", flat=True))
    shows = set(EntryGoal.objects.filter(goal__in=goals).order_by("pk").values_list("entry_id", flat=True))
    found = [pair for pair in written if pair[1].pk in shows and _during(pair[0].day, plan)]
    joined = []
    for planned, entry in found[-JOINED:]:
        by = world.viewer(planned.author, world.dates.now)
        try:
            plans.join(entry=entry, plans=[plan.public_id], by=by)
        except PermissionDenied:  # the children or the author have moved on since
            continue
        joined.append((planned, entry))
    for number, (planned, entry) in enumerate(joined[-NOTED:]):
        at = world.dates.at(planned.day + timedelta(days=1), 13, 10)
        try:
            _think(world, entry, THOUGHTS[number], world.viewer(planned.author, at))
        except PermissionDenied:
            continue
    if joined:
        _think(world, plan, "Vi är på väg. Ta upp på planeringen: vad gör vi mer av?", _by(world, told))
    if told.conclusions:
        plans.conclude(plan=plan, text=told.conclusions, by=_by(world, told))


def _during(day: date, plan: Plan) -> bool:
    return plan.starts_on <= day <= plan.ends_on


def _think(world: World, on: Entry | Plan, text: str, by: Viewer) -> None:
    key = uuid.UUID(int=world.chance.getrandbits(128), version=4)
    plans.reflect(on=on, text=text, by=by, client_key=key)
