"""What a package would change, shown before anything is: compared with the newest draft of every row."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from curriculum.case.faults import CaseError, Fault
from curriculum.case.meaning import Meant, Row
from curriculum.models import Area, Framework, Goal
from curriculum.models.base import OfficeText

ADDED, CHANGED, SAME = "added", "changed", "same"


@dataclass(slots=True)
class Change:
    """One row: what kind, under which code, and field by field what stood and what would stand."""

    row: Row
    model: type[OfficeText]
    found: Any = None
    fields: list[tuple[str, Any, Any]] = field(default_factory=list)
    moved: bool = False
    unseen: bool = False

    @property
    def state(self) -> str:
        if self.found is None:
            return ADDED
        return CHANGED if self.fields or self.moved else SAME

    @property
    def told(self) -> list[tuple[Any, Any, Any]]:
        """The fields by the names that the office's forms give them."""
        return [(self.model._meta.get_field(name).verbose_name, *values) for name, *values in self.fields]  # type: ignore[union-attr]

    @property
    def label(self) -> str:
        stem = "title" if self.model is Framework else "label"
        return next((text for name, text in self.row.values.items() if name.startswith(stem) and text), self.row.code)


@dataclass(slots=True)
class Diff:
    """`gone` are codes that stand here and not in the package: they stay, until somebody retires them."""

    changes: list[Change]
    gone: list[str]

    def of_state(self, state: str) -> list[Change]:
        return [change for change in self.changes if change.state == state]

    @property
    def framework(self) -> Change:
        return self.changes[0]

    @property
    def changes_anything(self) -> bool:
        return any(change.state != SAME or change.unseen for change in self.changes)


def diff(meant: Meant) -> Diff:
    """Compare with what is here. Raises CaseError where an identifier or a code belongs to something else."""
    framework = _framework(meant.framework)
    areas = _rows(Area, framework.found)
    goals = _rows(Goal, framework.found)
    faults: list[Fault] = []
    changes = [framework]
    for model, rows, here in ((Area, meant.areas, areas), (Goal, meant.goals, goals)):
        taken = _taken_elsewhere(model, rows, framework.found)
        for row in rows:
            if row.identifier in taken:
                said = _("The identifier of “%(code)s” belongs to “%(other)s” in another framework.")
                faults.append(Fault(said % {"code": row.code, "other": taken[row.identifier]}, row.place))
            changes.append(_change(model, row, here))
    faults += _codes_of_the_other_kind(meant, areas, goals)
    if faults:
        raise CaseError(faults)
    kept = {change.found.pk for change in changes[1:] if change.found is not None and change.model is Goal}
    gone = [goal.code for goal in goals if goal.pk not in kept]
    return Diff(changes, gone)


def _framework(row: Row) -> Change:
    found = Framework.objects.filter(public_id=row.identifier).first()
    if found is None:
        found = Framework.objects.filter(code=row.code).first()
    change = Change(row, Framework, _newest(found))
    _compare(change)
    return change


def _rows(model: Any, framework: Any) -> list[Any]:
    if framework is None:
        return []
    return list(model.objects.filter(framework=framework.pk).select_related("latest_revision").order_by("pk"))


def _taken_elsewhere(model: Any, rows: list[Row], framework: Any) -> dict[Any, str]:
    found = model.objects.filter(public_id__in=[row.identifier for row in rows])
    if framework is not None:
        found = found.exclude(framework=framework.pk)
    return dict(found.order_by("pk").values_list("public_id", "code"))


def _codes_of_the_other_kind(meant: Meant, areas: list[Any], goals: list[Any]) -> list[Fault]:
    """A goal cannot become a heading, nor a heading a goal: entries and children rows hang on what it is."""
    said = _("“%(code)s” is a goal in the one and a heading in the other.")
    area_codes, goal_codes = {row.code for row in areas}, {row.code for row in goals}
    wrong = [row for row in meant.areas if row.code in goal_codes]
    wrong += [row for row in meant.goals if row.code in area_codes]
    return [Fault(said % {"code": row.code}, row.place) for row in wrong]


def _change(model: Any, row: Row, here: list[Any]) -> Change:
    found = next((one for one in here if one.public_id == row.identifier), None)
    found = found or next((one for one in here if one.code == row.code), None)
    change = Change(row, model, _newest(found))
    _compare(change)
    if change.found is not None:
        above = change.found.parent if model is Area else change.found.area
        change.moved = (above.code if above else None) != row.under
    return change


def _newest(row: Any) -> Any:
    """The row as its newest draft has it."""
    if row is None or not row.has_unpublished_changes:
        return row
    return row.get_latest_revision_as_object()


def _compare(change: Change) -> None:
    if change.found is None:
        return
    values = {"code": change.row.code, **change.row.values}
    for name, value in values.items():
        stands = getattr(change.found, name)
        if stands != value:
            change.fields.append((name, stands, value))
    # What only other systems read is brought along without being shown as a change of ours.
    change.unseen = change.found.case != change.row.case
