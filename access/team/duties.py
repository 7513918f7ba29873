"""What the head sees of who works at a unit: everybody with a duty, and one duty with all that hangs on it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from access.team import reach
from access.team.forms import ACTS, IN_GROUPS, DutyForm, NameChildForm
from ground.names import sort_names
from people.models import AccessEvent, Duty, DutyLeave, GroupAssignment, NamedChild, Unit
from visibility.matrix import CHANGE, CHILD, DUTY, READ
from visibility.viewer import Viewer

ENDED_LATELY = timedelta(days=60)
EVENTS = 30


@dataclass(frozen=True)
class Worker:
    """One duty in a list; `odd` are sentences about what somebody should look at."""

    public_id: uuid.UUID
    name: str
    stable: uuid.UUID
    role: str
    where: str
    when: str
    resting: bool
    odd: list[str]

    @property
    def href(self) -> str:
        return reverse("work:duty", kwargs={"duty": self.public_id})

    @property
    def text(self) -> str:
        return " · ".join(part for part in (self.role, self.where, self.when) if part)


@dataclass(frozen=True)
class Team:
    now: list[Worker] = field(default_factory=list)
    coming: list[Worker] = field(default_factory=list)
    ended: list[Worker] = field(default_factory=list)


def _day(value: date) -> str:
    return date_format(value, "j F" if get_language() != "nb" else "j. F")


def last_day(row: Any) -> date | None:
    """The last day with it, as people say it."""
    return row.ends_on - timedelta(days=1) if row.ends_on else None


def loaded(rows: Any) -> Any:
    """Duties with all that their pages show."""
    return rows.select_related("person", "unit__organisation").prefetch_related(
        Prefetch("leaves", DutyLeave.objects.order_by("starts_on", "pk")),
        Prefetch("assignments", GroupAssignment.objects.select_related("group").order_by("group__name", "pk")),
        Prefetch("named_children", NamedChild.objects.select_related("child").order_by("starts_on", "pk")),
    )


def of(unit: Unit, viewer: Viewer) -> Team:
    """The duties of a unit that the viewer may see: now, later, and those that have ended lately."""
    found = loaded(reach.rows(DUTY, viewer, READ).filter(unit=unit)).order_by("pk")
    workers: dict[str, list[Worker]] = {"now": [], "coming": [], "ended": []}
    for duty in found:
        if duty.ends_on and duty.ends_on <= viewer.day - ENDED_LATELY:
            continue
        workers[_when(duty, viewer.day)].append(worker(duty, viewer.day))
    language = get_language() or "en"
    return Team(**{name: sort_names(rows, lambda one: one.name, language) for name, rows in workers.items()})


def _when(duty: Duty, day: date) -> str:
    if duty.ends_on and duty.ends_on <= day:
        return "ended"
    return "coming" if duty.starts_on > day else "now"


def _runs(row: Any, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or row.ends_on > day)


def worker(duty: Duty, day: date) -> Worker:
    """One duty as a line of the list."""
    groups = [row.group.name for row in duty.assignments.all() if _runs(row, day)]
    named = [row for row in duty.named_children.all() if _runs(row, day)]
    where = ", ".join(groups)
    if duty.role == Duty.Role.SPECIAL_EDUCATOR:
        where = ngettext("%(num)s child by name", "%(num)s children by name", len(named)) % {"num": len(named)}
    resting = next((leave for leave in duty.leaves.all() if _runs(leave, day)), None)
    return Worker(
        duty.public_id, duty.person.get_full_name(), duty.person.public_id, str(duty.get_role_display()), where,
        _span(duty, resting, day), resting is not None, odd_about(duty, day, groups),
    )  # fmt: skip


def _span(duty: Duty, resting: DutyLeave | None, day: date) -> str:
    if resting is not None:
        if resting.ends_on is None:
            return _("on leave")
        return _("on leave, back %(day)s") % {"day": _day(resting.ends_on)}
    if duty.starts_on > day:
        return _("from %(day)s") % {"day": _day(duty.starts_on)}
    last = last_day(duty)
    if last and last < day:
        return _("ended %(day)s") % {"day": _day(last)}
    return _("until %(day)s") % {"day": _day(last)} if last else ""


def odd_about(duty: Duty, day: date, groups: Iterable[str]) -> list[str]:
    """What somebody should look at: a duty that opens nothing, rules never shown."""
    if _when(duty, day) != "now":
        return []
    said = []
    if duty.role in IN_GROUPS and not list(groups):
        said.append(_("No group: nothing is open"))
    if duty.shown_rules_on is None:
        said.append(_("Not shown the rules yet"))
    return said


@dataclass(frozen=True)
class Change:
    """One line of what has been changed: when, by whom, what, in words."""

    at: datetime
    by: str
    said: str


@dataclass
class DutyPage:
    duty: Duty
    worker: Worker
    may_change: bool
    forms: dict[str, DutyForm]
    leaves: list[DutyLeave]
    named: list[NamedChild]
    changes: list[Change]

    @property
    def last_day(self) -> date | None:
        return last_day(self.duty)

    @property
    def child_ids(self) -> set[int]:
        """The children whose names the page tells."""
        offered = self.forms.get("name")
        choices = offered.children.values() if isinstance(offered, NameChildForm) else ()
        return {row.child_id for row in self.named} | {child.pk for child in choices}


def page(duty: Duty, viewer: Viewer, failed: DutyForm | None = None) -> DutyPage:
    """Everything on the page of one duty; `failed` is the form that was sent and did not go through."""
    day = viewer.day
    may_change = reach.rows(DUTY, viewer, CHANGE).filter(pk=duty.pk).exists() and _when(duty, day) != "ended"
    forms: dict[str, DutyForm] = {}
    for name in _offered(duty, day) if may_change else ():
        kind = ACTS[name]
        known = failed is not None and type(failed) is kind
        forms[name] = failed if known and failed else kind(duty=duty, viewer=viewer, auto_id=f"id_{name}_%s")
    # A child that is the head's own, or has left, is not the head's to read of: it is not named here either.
    mine = set(reach.rows(CHILD, viewer, READ).values_list("pk", flat=True))
    named = [row for row in duty.named_children.all() if _open(row, day) and row.child_id in mine]
    leaves = [row for row in duty.leaves.all() if _open(row, day)]
    return DutyPage(duty, worker(duty, day), may_change, forms, leaves, named, _changes(duty))


def _open(row: Any, day: date) -> bool:
    return row.ends_on is None or row.ends_on > day


def _offered(duty: Duty, day: date) -> list[str]:
    names = ["rules", "leave", "end"]
    if duty.role in IN_GROUPS:
        names.append("groups")
    if duty.role == Duty.Role.SPECIAL_EDUCATOR:
        names.append("name")
    if any(_open(leave, day) for leave in duty.leaves.all()):
        names.append("back")
    return names


def _changes(duty: Duty) -> list[Change]:
    rows = AccessEvent.objects.filter(what=AccessEvent.What.DUTY, person=duty.person, after__duty=duty.pk)
    found = rows.select_related("by").order_by("-at", "-pk")[:EVENTS]
    return [Change(row.at, row.by.get_full_name() if row.by else "", str(_said(row.after))) for row in found]


def _said(after: dict[str, Any]) -> str | Promise:
    if "groups" in after:
        return _("Groups changed")
    if "leave" in after:
        return _("Back from leave") if after["leave"] == "ended" else _("Leave")
    if "shown_rules_on" in after:
        return _("Shown the rules")
    return _("Began") if "starts_on" in after else _("End set")
