"""What the head's pages about access show: the children of the unit with their adults, and one child's in full."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from access.families import changes, consents, lifting, reach, words
from access.models import Consent, FamilyWord, OneGuardianNote, Reminder
from ground.names import sort_names
from people.models import AccessEvent, Child, Guardianship, Person
from visibility import kinds, rule
from visibility.matrix import ACCESS, ACTIVATE, LIFT
from visibility.viewer import Viewer

ACTIVE, CLOSED, INACTIVE, ENDED = "active", "closed", "inactive", "ended"
STATES: dict[str, str | Promise] = {
    ACTIVE: _("Active"),
    CLOSED: _("Closed envelope"),
    INACTIVE: _("Inactive"),
    ENDED: _("Ended"),
}
MOST = 200


def state_of(row: Guardianship, at: datetime) -> str:
    """Where one adult's access to one child stands."""
    if row.begins_at > at or (row.ends_at is not None and row.ends_at <= at):
        return ENDED
    if row.activated_at is None or row.activated_at > at:
        return CLOSED
    return INACTIVE if row.inactivated_at is not None and row.inactivated_at <= at else ACTIVE


def children(viewer: Viewer, action: str = ACCESS) -> QuerySet[Child]:
    """The children about whose access this viewer may do this."""
    return Child.objects.filter(rule.visible(kinds.of_model(Child), viewer, action))


def child(viewer: Viewer, public_id: uuid.UUID, action: str = ACCESS) -> Child | None:
    """One of them."""
    rows = children(viewer, action).filter(public_id=public_id)
    found: Child | None = rows.select_related("organisation").first()
    return found


@dataclass
class Adult:
    """One adult of a child on the list: a name and a state."""

    name: str
    state: str

    @property
    def said(self) -> str | Promise:
        return STATES[self.state]


@dataclass
class Line:
    """One child of the list, with what the head should look at."""

    child: Child
    adults: list[Adult] = field(default_factory=list)
    closed: int = 0
    one_guardian: bool = False
    reminder: bool = False

    @property
    def odd(self) -> bool:
        return bool(self.closed or self.one_guardian or self.reminder)


def listing(viewer: Viewer, wanted: str = "") -> list[Line]:
    """The children by name, those with something to see to first; `wanted` is a part of a child's or adult's name."""
    rows = list(children(viewer).order_by("pk"))
    lines = {row.pk: Line(row) for row in rows}
    ties = Guardianship.objects.filter(child__in=lines).select_related("person").order_by("begins_at", "pk")
    for tie in ties:
        line, state = lines[tie.child_id], state_of(tie, viewer.at)
        line.adults.append(Adult(tie.person.get_full_name(), state))
        line.closed += state == CLOSED
    flagged = one_guardian(rows, viewer.at)
    due = Reminder.objects.filter(done_at__isnull=True, remind_on__lte=viewer.day, guardianship__child__in=lines)
    reminded = set(due.values_list("guardianship__child", flat=True))
    for key, line in lines.items():
        line.one_guardian, line.reminder = key in flagged, key in reminded
    found = [line for line in lines.values() if _matches(line, wanted.strip().casefold())]
    named = sort_names(found, lambda line: _name(line.child), get_language() or "en")
    return sorted(named, key=lambda line: not line.odd)[:MOST]


def _name(row: Child) -> str:
    return f"{row.given_name} {row.family_name}".strip()


def _matches(line: Line, wanted: str) -> bool:
    names = [_name(line.child), *(adult.name for adult in line.adults)]
    return not wanted or any(wanted in name.casefold() for name in names)


def one_guardian(rows: Iterable[Child], at: datetime) -> set[int]:
    """Keys of the children with one known guardian or none, and no note since that became so."""
    keys = [row.pk for row in rows]
    known: dict[int, int] = defaultdict(int)
    changed: dict[int, datetime] = {}
    parents = Guardianship.objects.filter(child__in=keys).exclude(kind=Guardianship.Kind.CARER)
    for tie in parents.order_by("pk"):
        moments = [moment for moment in (tie.begins_at, tie.ends_at) if moment is not None and moment <= at]
        changed[tie.child_id] = max([*moments, changed.get(tie.child_id, tie.begins_at)])
        known[tie.child_id] += state_of(tie, at) != ENDED
    noted = OneGuardianNote.objects.filter(child__in=keys).order_by("noted_at", "pk")
    notes = {note.child_id: note.noted_at for note in noted}
    return {
        key for key in keys if known[key] < 2 and not (key in notes and notes[key] >= changed.get(key, notes[key]))
    }  # fmt: skip


@dataclass
class AdultPage:
    """One adult's access to one child: state, kind, since when, what it reads, who opened it and on what ground."""

    row: Guardianship
    state: str
    opened_by: str = ""
    ground: str = ""
    closed_because: str = ""
    missing: list[Guardianship] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    answers: list[Consent] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.row.person.get_full_name())

    @property
    def said(self) -> str | Promise:
        return STATES[self.state]

    @property
    def legal(self) -> bool:
        return bool(self.row.kind == Guardianship.Kind.LEGAL)

    @property
    def reads(self) -> str | Promise:
        if self.row.reads_log and self.row.reads_conferences:
            return _("Log and conferences")
        if self.row.reads_log:
            return _("The log")
        return _("Conferences") if self.row.reads_conferences else _("Neither log nor conferences")

    @property
    def may_open(self) -> bool:
        return self.state in (CLOSED, INACTIVE) and not self.missing and (self.legal or bool(self.consents))


@dataclass
class ChildPage:
    child: Child
    adults: list[AdultPage]
    said: list[FamilyWord]
    reachers: list[reach.Reacher]
    changes: list[changes.Change]
    one_guardian: bool
    note: OneGuardianNote | None
    liftable: list[Person]
    may_change: bool


def page(row: Child, viewer: Viewer) -> ChildPage:
    """Everything about who has access to one child."""
    ties = Guardianship.objects.filter(child=row).select_related("person").order_by("begins_at", "pk")
    adults = [adult(tie, viewer) for tie in ties]
    order = [ACTIVE, CLOSED, INACTIVE, ENDED]
    return ChildPage(
        child=row,
        adults=sorted(adults, key=lambda one: order.index(one.state)),
        said=words.of_child(row),
        reachers=reach.of_child(row, viewer.moment),
        changes=changes.of_child(row),
        one_guardian=row.pk in one_guardian([row], viewer.at),
        note=OneGuardianNote.objects.filter(child=row).select_related("noted_by").order_by("-noted_at", "-pk").first(),
        liftable=lifting.who_can(row, viewer) if rule.may(viewer, LIFT, row) else [],
        may_change=rule.may(viewer, ACTIVATE, row),
    )


def adult(tie: Guardianship, viewer: Viewer) -> AdultPage:
    """One adult of the child, with the last opening and the last closing."""
    found = AdultPage(tie, state_of(tie, viewer.at), missing=consents.missing(tie, viewer.at))
    for event in _events(tie):
        by = event.by.get_full_name() if event.by else ""
        if event.what == AccessEvent.What.ACTIVATED:
            found.opened_by, found.ground = by, changes.spoken(event.reason)
        else:
            found.closed_because = changes.spoken(event.reason)
    open_ones = Reminder.objects.filter(guardianship=tie, done_at__isnull=True).order_by("remind_on", "pk")
    found.reminders = list(open_ones)
    found.consents = list(consents.open_rows(tie).values())
    found.answers = consents.answers(tie)
    return found


def _events(tie: Guardianship) -> QuerySet[AccessEvent]:
    what = [AccessEvent.What.ACTIVATED, AccessEvent.What.INACTIVATED, AccessEvent.What.ENDED]
    since = Q(at__gte=tie.begins_at) & (Q(at__lte=tie.ends_at) if tie.ends_at else Q())
    rows = AccessEvent.objects.filter(since, person=tie.person_id, child=tie.child_id, what__in=what)
    return rows.select_related("by").order_by("at", "pk")


def envelopes(viewer: Viewer) -> dict[str, list[Guardianship]]:
    """Closed envelopes of legal guardians by the group of the child: those that the register's word alone opens."""
    rows = Guardianship.objects.running(viewer.at).legal().filter(
        activated_at__isnull=True, child__in=children(viewer, ACTIVATE)
    )  # fmt: skip
    grouped: dict[str, list[Guardianship]] = defaultdict(list)
    for tie in rows.select_related("person", "child__organisation").order_by("child__given_name", "pk"):
        running = tie.child.group_memberships.running(viewer.day).select_related("group").order_by("starts_on", "pk")
        member = running.first()
        grouped[member.group.name if member else ""].append(tie)
    return {name: grouped[name] for name in sort_names(grouped, str, get_language() or "en")}
