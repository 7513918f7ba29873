"""Beginning conferences, for one child or a whole group; who stands in; ending one that came to nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from conferences.models import Conference, ConferenceTemplate, FrozenTemplate, Offer
from conferences.office.freezing import frozen, usable
from conferences.services.locking import locked
from conferences.services.responsible import may_hold
from people.models import AccessEvent, Child, Group, Person, Unit
from people.services import note
from visibility import kinds, rule, ties
from visibility.matrix import CLOSE, HOLD, ISSUE, cells
from visibility.viewer import Viewer


class NotUsable(Exception):
    """The template may not be begun with: withdrawn, not valid on this day, or of another country."""


@dataclass(frozen=True)
class Issued:
    """`had_one` are children who have a conference under way already."""

    made: list[Conference] = field(default_factory=list)
    had_one: list[Child] = field(default_factory=list)


@transaction.atomic
def issue(
    *, children: Iterable[Child], template: ConferenceTemplate, due_on: date, by: Viewer, unit: Unit | None = None
) -> list[Conference]:
    """Begin a conference for each child that has none under way, at the unit where the viewer is tied to it.

    Raises PermissionDenied where one of them is not theirs to begin, NotUsable.
    """
    wanted = list(children)
    units = places(wanted, by, unit)
    if len(units) < len(wanted):
        raise PermissionDenied
    return _issue([(child, units[child.pk]) for child in wanted], template, due_on, by).made


@transaction.atomic
def issue_group(*, group: Group, template: ConferenceTemplate, due_on: date, by: Viewer) -> Issued:
    """Begin one for every child of the group today that is theirs to begin for: an own child is a colleague's.

    Raises PermissionDenied where that is nobody, NotUsable.
    """
    today = list(Child.objects.in_group(group, by.day).order_by("pk"))
    units = places(today, by, group.unit)
    if not units:
        raise PermissionDenied
    return _issue([(child, units[child.pk]) for child in today if child.pk in units], template, due_on, by)


def places(children: list[Child], by: Viewer, unit: Unit | None) -> dict[int, int]:
    """By child: the unit through which the viewer may begin its conference."""
    relations = [relation for relation, _ in cells("CHILD", ISSUE) if relation.hat == by.hat]
    visible = rule.visible(kinds.by_name("CHILD"), by, ISSUE)
    mine = Child.objects.filter(visible, pk__in=[child.pk for child in children])
    # A tie that was lifted for a day is no reason to begin a talk with one's own home.
    allowed = set(mine.exclude(pk__in=rule.ever_own(by.person.pk)).values_list("pk", flat=True))
    found: dict[int, int] = {}
    for tied in ties.of_viewer(by, relations).values():
        for tie in tied:
            if tie.child in allowed and tie.unit is not None and (unit is None or unit.pk == tie.unit):
                found.setdefault(tie.child or 0, tie.unit)
    return found


def _issue(begins: list[tuple[Child, int]], template: ConferenceTemplate, due_on: date, by: Viewer) -> Issued:
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={key for _, key in begins}).select_related()}
    for unit in units.values():
        if template.pk not in {one.pk for one in usable(unit, by.day)}:
            raise NotUsable
    words = frozen(template, by.at)
    begun = Conference.objects.open().filter(child__in=[child.pk for child, _ in begins])
    under_way = set(begun.values_list("child_id", "unit_id"))
    issued = Issued()
    for child, key in begins:
        made = None if (child.pk, key) in under_way else _begin(child, units[key], words, due_on, by)
        if made is None:
            issued.had_one.append(child)
        else:
            issued.made.append(made)
    return issued


def _begin(child: Child, unit: Unit, words: FrozenTemplate, due_on: date, by: Viewer) -> Conference | None:
    """None where somebody else began one in the same second: the database lets one of the two through."""
    try:
        with transaction.atomic():
            row: Conference = Conference.objects.create(
                child=child, unit=unit, frozen=words, issued_by=by.person, issued_at=by.at, due_on=due_on,
                language=unit.organisation.language,
            )  # fmt: skip
            return row
    except IntegrityError:
        return None


@transaction.atomic
def set_stand_in(*, conference: Conference, person: Person | None, by: Viewer) -> Conference:
    """Let another pedagogue of the preschool hold this conference, or nobody but the responsible teacher.

    It opens the conference to that person, so it is an event of access. Raises PermissionDenied.
    """
    row = locked(conference=conference, by=by, action=HOLD)
    if row.stand_in_id == (person.pk if person else None):
        return row
    if person is not None and not may_hold(row.child, row.unit_id, by).filter(person=person).exists():
        raise PermissionDenied
    before, row.stand_in = row.stand_in_id, person
    row.save(update_fields=["stand_in"])
    note(
        what=AccessEvent.What.RESPONSIBLE, child=row.child, at=by.at, by=by.person, person=person,
        before={"stand_in": before}, after={"stand_in": row.stand_in_id, "conference": str(row.public_id)},
    )  # fmt: skip
    return row


@transaction.atomic
def close(*, conference: Conference, because: str, by: Viewer) -> Conference:
    """End a conference unfinished; that a child moved is found by the system. Raises PermissionDenied."""
    if because not in (Conference.Closed.NOT_WANTED, Conference.Closed.MISTAKE):
        raise PermissionDenied
    row = locked(conference=conference, by=by, action=CLOSE)
    row.closed_at, row.closed_because = by.at, because
    row.save(update_fields=["closed_at", "closed_because"])
    Offer.objects.filter(conference=row, ended_at__isnull=True).update(ended_at=by.at)
    return row
