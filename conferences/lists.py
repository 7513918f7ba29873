"""What a head sees to: children who have waited too long for a conference, and those who leave before theirs is done.

Both are made of the children whom the rule ties to the head today; no figures about anybody at work come out of them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from conferences.models import Conference, Talk
from people.models import Child, Placement, Unit
from people.querysets import DatedQuerySet
from visibility import ties
from visibility.relations import HEAD
from visibility.viewer import Viewer

A_YEAR = timedelta(days=365)
BEFORE_LEAVING = timedelta(days=30)


@dataclass(frozen=True)
class Without:
    """A child whose last talk, or whose first day, is a year ago or more; `last_on` is none where there was no talk."""

    child: Child
    last_on: date | None
    under_way: Conference | None


@dataclass(frozen=True)
class Leaving:
    """A child with a conference under way and not many days left; `last_day` is the last one here."""

    child: Child
    last_day: date
    conference: Conference


def without_for_a_year(viewer: Viewer, unit: Unit) -> list[Without]:
    """Children of the preschool who have had no conference there in twelve months, longest waiting first."""
    since = dict(
        _placed(viewer, unit).values("child").annotate(newest=Max("starts_on")).values_list("child_id", "newest")
    )
    talks = Talk.objects.visible_to(viewer).filter(conference__unit=unit, conference__child__in=since)
    held = dict(
        talks.values("conference__child").annotate(newest=Max("held_on")).values_list("conference__child", "newest")
    )
    open_ones = _open(viewer, unit)
    waiting = {key: max(began, held.get(key, began)) for key, began in since.items()}
    late = [key for key, day in waiting.items() if day <= viewer.day - A_YEAR]
    children = Child.objects.unblocked().in_bulk(late)
    return [
        Without(children[key], held.get(key), open_ones.get(key))
        for key in sorted(children, key=lambda key: (waiting[key], key))
    ]


def leaving_unfinished(viewer: Viewer, unit: Unit) -> list[Leaving]:
    """Conferences under way of children whose last day here is within thirty days, the soonest first."""
    soon = _placed(viewer, unit).filter(ends_on__lte=viewer.day + BEFORE_LEAVING + timedelta(days=1))
    staying = Placement.objects.filter(unit=unit, child__in=soon.values("child"))
    open_ones = _open(viewer, unit)
    found = []
    for row in soon.select_related("child").order_by("ends_on", "pk"):
        # Placed anew from the very next day, a child does not leave.
        goes_on = staying.filter(child=row.child, starts_on__gt=row.starts_on, starts_on__lte=row.ends_on)
        if row.child_id in open_ones and not goes_on.exists():
            found.append(Leaving(row.child, row.ends_on - timedelta(days=1), open_ones[row.child_id]))
    return found


def _placed(viewer: Viewer, unit: Unit) -> DatedQuerySet:
    """Today's placements of the children whom this viewer heads at the preschool, never an own child."""
    tied = ties.of_viewer(viewer, [HEAD])[HEAD] if viewer.hat == HEAD.hat else []
    keys = [tie.child for tie in tied if tie.unit == unit.pk]
    return Placement.objects.running(viewer.day).filter(unit=unit, child__in=keys)


def _open(viewer: Viewer, unit: Unit) -> dict[int, Conference]:
    rows = Conference.objects.visible_to(viewer).open().filter(unit=unit)
    return {row.child_id: row for row in rows.order_by("pk")}
