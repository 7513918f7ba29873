"""Since when a guardian's log is new to them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ground.prepared import Prepared
from learninglog.models import Visit
from people.models import Child
from visibility.viewer import Viewer

# A visit goes on for as long as something is opened at least this often.
LASTS = timedelta(minutes=30)
# Within this it is one look, and nothing need be written.
LOOK = timedelta(minutes=1)
# To whom never was here, the last fortnight is new, not the whole log.
FIRST_TIME = timedelta(days=14)


_SEEN = Prepared(
    lambda person, child: Visit.objects.filter(person=person, child=child).values_list("seen_at", "seen_before"),
    person=int,
    child=int,
)


def visit(*, child: Child, by: Viewer) -> datetime:
    """Note that the guardian is here; what came after the returned moment is new to them during this whole visit."""
    seen_at: datetime
    before: datetime | None
    for seen_at, before in _SEEN.rows(person=by.person.pk, child=child.pk):
        if timedelta(0) <= by.at - seen_at < LOOK:
            return before or seen_at - FIRST_TIME
    row, first = Visit.objects.get_or_create(person=by.person, child=child, defaults={"seen_at": by.at})
    if not first:
        if by.at - row.seen_at > LASTS:
            row.seen_before = row.seen_at
        row.seen_at = max(row.seen_at, by.at)
        row.save(update_fields=["seen_before", "seen_at"])
    return row.seen_before or row.seen_at - FIRST_TIME


def seen_before(*, children: Iterable[int], by: Viewer) -> dict[int, datetime]:
    """As `visit` would answer for each of these children, without noting one: for a page that only points there."""
    rows = {row.child_id: row for row in Visit.objects.filter(person=by.person, child__in=list(children))}
    found = {}
    for key in children:
        row = rows.get(key)
        if row is None:
            found[key] = by.at - FIRST_TIME
        elif by.at - row.seen_at > LASTS:
            found[key] = row.seen_at
        else:
            found[key] = row.seen_before or row.seen_at - FIRST_TIME
    return found
