"""Plans, once more and slowly: who reads them, who writes them, who shares the team's thoughts."""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from learninglog.services import plans
from tests.oracle import at_units

if TYPE_CHECKING:
    from tests.oracle.worlds import World

ASKED = {"READ", "WRITE", "NOTE"}


def reasons(oracle: Any, person: int, hat: str, action: str, plan: Any) -> set[str]:
    """Names of the ties that let this person do this with a plan."""
    if hat != "staff":
        return set()
    heads = at_units.heads(oracle, person, plan.unit_id)
    works_in = plan.group_id is not None and oracle.works_in(person, plan.group_id)
    found = set()
    if action == "READ" and at_units.works_at(oracle, person, plan.unit_id):
        found.add("WORKS_AT")
    if heads and (action != "WRITE" or plan.group_id is None):
        found.add("HEADS")
    if action != "READ" and works_in:
        found.add("ASSIGNED")
    return found


def steps(random: Random, groups: int) -> list[Any]:
    """A plan of a group now and then, and one of a whole unit."""
    found: list[Any] = [
        ("plan", random.randrange(groups), random.random() < 0.7) for _ in range(random.choice((0, 1, 2)))
    ]
    return found


def make(world: "World", number: int, of_group: bool) -> None:
    from tests.oracle import deeds

    group = world.groups[number]
    day = world.day(0)
    assert day is not None
    data = plans.PlanInput(f"plan{number}", day, day + timedelta(days=30))
    place = group if of_group else None
    deeds.at_work(world, 0, world.moment(0), lambda by: plans.make(unit=group.unit, group=place, data=data, by=by))


DEEDS = {"plan": make}
