"""Coverage of a child, a group and a unit, beside the plainest SQL by hand for the same figures; prints JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
ROUNDS = 40

# What a goal was replaced by is one step here, and the counting is the same: an entry once.
BY_HAND = """
SELECT COALESCE(l.destination_id, g.goal), date_trunc('month', v.happened_on)::date, COUNT(DISTINCT e.id)
FROM {source} CROSS JOIN LATERAL unnest(v.goals) AS g(goal)
LEFT JOIN curriculum_goallink l ON l.origin_id = g.goal AND l.kind = 'replaced_by' AND l.in_use
WHERE {where} AND v.happened_on >= %s AND v.happened_on < %s
GROUP BY 1, 2
"""
ENTRIES = "learninglog_entry e JOIN learninglog_sharedversion v ON v.id = e.current_id"
PUBLISHED = (
    f"learninglog_publication p JOIN learninglog_entry e ON e.id = p.entry_id JOIN {ENTRIES.partition('JOIN ')[2]}"
)
PLAIN = {
    "child": BY_HAND.format(source=PUBLISHED, where="p.child_id = %s"),
    "group": BY_HAND.format(source=ENTRIES, where="e.group_id = %s"),
    "unit": BY_HAND.format(source=ENTRIES, where="e.unit_id = %s"),
}


def main() -> None:
    import django

    django.setup()
    from ground.clock import now
    from learninglog.coverage import figures, periods
    from people.models import Duty, Group, Person, Placement
    from visibility.viewer import Hat, Strength, Viewer

    duty = Duty.objects.order_by("pk")[0]
    group = Group.objects.select_related("unit").filter(assignments__duty=duty).order_by("pk")[0]
    organisation = group.unit.organisation
    person = Person.objects.create_user("head", organisation=organisation)
    Duty.objects.create(
        person=person, organisation=organisation, unit=group.unit, role=Duty.Role.HEAD, starts_on=date(2020, 1, 1)
    )
    child = Placement.objects.filter(unit=group.unit).order_by("pk")[0].child
    head = Viewer(
        Person.objects.select_related("organisation").get(pk=person.pk), Hat.STAFF, Strength.SUBSTANTIAL, now()
    )
    period = periods.lately(head.day, 18)
    ours: dict[str, Callable[[], Any]] = {
        "child": lambda: figures.by_month(figures.within(figures.of_child(head, child), period)),
        "group": lambda: figures.by_month(figures.within(figures.of_group(head, group), period)),
        "unit": lambda: figures.by_month(figures.within(figures.of_unit(head, group.unit), period)),
    }
    keys = {"child": child.pk, "group": group.pk, "unit": group.unit.pk}
    json.dump({name: _pairs(name, ours[name], keys[name], period) for name in ours}, sys.stdout)


def _pairs(name: str, ours: Callable[[], Any], key: int, period: Any) -> list[tuple[float, float]]:
    """Seconds of ours and of the plain statement, in turn; both must give the same figures."""
    from django.db import connection

    def plain() -> dict[int, dict[date, int]]:
        found: dict[int, dict[date, int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(PLAIN[name], [key, period.start, period.end])
            for goal, month, number in cursor.fetchall():
                found.setdefault(goal, {})[month] = number
        return found

    assert ours() == plain(), f"the figures of the {name} differ"
    pairs = []
    for number in range(ROUNDS + 5):
        took = []
        for ask in (ours, plain):
            began = time.perf_counter()
            ask()
            took.append(time.perf_counter() - began)
        if number >= 5:
            pairs.append((took[0], took[1]))
    return pairs


if __name__ == "__main__":
    main()
