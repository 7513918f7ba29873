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

# What a goal was replaced by is one step here, and the counting is the same: an entry once. A child's entries and a
# unit's are told by publications alone; a group's are the entries that it wrote, as they stand.
REPLACED = "LEFT JOIN curriculum_goallink l ON l.origin_id = g.goal AND l.kind = 'replaced_by' AND l.in_use"
LINE = "COALESCE(l.destination_id, g.goal)"
MONTHS = f"""
SELECT {LINE}, date_trunc('month', v.happened_on)::date, COUNT(DISTINCT v.{{entry}})
FROM {{source}} CROSS JOIN LATERAL unnest(v.goals) AS g(goal) {REPLACED}
WHERE {{where}} AND v.happened_on >= %s AND v.happened_on < %s
GROUP BY 1, 2
"""
PLAIN = {
    "child": f"""
SELECT {LINE}, MIN(p.happened_on), MAX(p.happened_on)
FROM learninglog_publication p CROSS JOIN LATERAL unnest(p.goals) AS g(goal) {REPLACED}
WHERE p.child_id = %s
GROUP BY 1
""",
    "group": MONTHS.format(
        source="learninglog_entry e JOIN learninglog_sharedversion v ON v.id = e.current_id",
        where="e.group_id = %s",
        entry="entry_id",
    ),
    "unit": MONTHS.format(source="learninglog_publication v", where="v.unit_id = %s", entry="entry_id"),
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
        "child": lambda: figures.seen(head, child),
        "group": lambda: figures.by_month(figures.within(figures.of_group(head, group), period)),
        "unit": lambda: figures.by_month(figures.within(figures.of_unit(head, group.unit), period)),
    }
    days = [period.start, period.end]
    asked = {"child": [child.pk], "group": [group.pk, *days], "unit": [group.unit.pk, *days]}
    json.dump({name: _pairs(name, ours[name], asked[name]) for name in ours}, sys.stdout)


def _pairs(name: str, ours: Callable[[], Any], asked: list[Any]) -> list[tuple[float, float]]:
    """Seconds of ours and of the plain statement, in turn; both must give the same figures."""
    from django.db import connection

    from learninglog.coverage.figures import Seen

    def plain() -> dict[int, Any]:
        found: dict[int, Any] = {}
        with connection.cursor() as cursor:
            cursor.execute(PLAIN[name], asked)
            for goal, one, other in cursor.fetchall():
                if name == "child":
                    found[goal] = Seen(one, other)
                else:
                    found.setdefault(goal, {})[one] = other
        return found

    figures = ours()
    assert figures, f"the {name} has no figures"
    assert figures == plain(), f"the figures of the {name} differ"
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
