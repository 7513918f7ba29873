"""Puts shipped frameworks into the database without ever taking back what the office has written."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Revision

from curriculum.models import Area, Framework, Goal, GoalLink
from curriculum.models.base import OfficeText
from curriculum.services import refresh_copies
from curriculum.shipped import ShippedError, ShippedFramework

# Rows that come with the product have the same public id everywhere, so that packages of two installations agree.
_NAMESPACE = uuid.UUID("6f0a6a0e-6f0b-5d8e-9f52-0d6a3b6f7c11")


RowT = TypeVar("RowT", bound=OfficeText)


@dataclass(slots=True)
class Report:
    """What loading one framework did, by code; `left` also names the fields that the office has written."""

    framework: str
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)
    no_longer_shipped: list[str] = field(default_factory=list)


@transaction.atomic
def load(frameworks: Iterable[ShippedFramework]) -> list[Report]:
    """Load frameworks, all or none; raises ShippedError when the database refuses one."""
    shipped = list(frameworks)
    reports = [_load(framework) for framework in shipped]
    for framework in shipped:
        _link(framework)
    refresh_copies()
    return reports


def _link(framework: ShippedFramework) -> None:
    """Links that came with the product, once: what the office switched off stays off."""
    mine = dict(Goal.objects.filter(framework__code=framework.code).order_by("pk").values_list("code", "pk"))
    codes = {other for _kind, _code, other in framework.links}
    others = Goal.objects.filter(code__in=codes, framework__in=Framework.objects.exclude(shipped={}))
    keys = dict(others.order_by("pk").values_list("code", "pk"))
    for kind, code, other in framework.links:
        if other not in keys:
            raise ShippedError(
                [f"{framework.code}: {kind}.{code}: there is no goal {other} that came with the product."]
            )
        GoalLink.objects.get_or_create(
            origin_id=mine[code], destination_id=keys[other], kind=kind, defaults={"shipped": True}
        )


def _load(shipped: ShippedFramework) -> Report:
    report = Report(shipped.code)
    found = Framework.objects.filter(code=shipped.code).first()
    framework = _put(report, found or Framework(code=shipped.code), shipped.values, shipped.code)
    areas = {area.code: area for area in Area.objects.filter(framework=framework).for_list()}
    for area in shipped.areas:
        row = areas.get(area.code) or Area(framework=framework, code=area.code)
        parent = areas[area.parent].pk if area.parent else None
        areas[area.code] = _put(report, row, {"parent_id": parent, **area.values}, shipped.code)
    goals = {goal.code: goal for goal in Goal.objects.filter(framework=framework).for_list()}
    for goal in shipped.goals:
        row = goals.get(goal.code) or Goal(area=areas[goal.area], code=goal.code)
        goals[goal.code] = _put(report, row, {"area_id": areas[goal.area].pk, **goal.values}, shipped.code)
    kept = {area.code for area in shipped.areas} | {goal.code for goal in shipped.goals}
    report.no_longer_shipped = [
        row.code for row in (*areas.values(), *goals.values()) if row.shipped and row.code not in kept
    ]
    return report


def _put(report: Report, row: RowT, values: dict[str, Any], framework: str) -> RowT:
    if row.pk is None:
        return _add(report, row, values, framework)
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    untouched = [name for name in differing if row.shipped.get(name) == _digest(getattr(row, name))]
    # A draft or a lock says that somebody is at work on the row; publishing the draft would undo what came meanwhile.
    mine = [] if row.has_unpublished_changes or row.locked else untouched
    written = [name for name in differing if name not in mine]
    remembered = {name: _digest(value) for name, value in values.items() if name not in untouched or name in mine}
    for name in mine:
        setattr(row, name, values[name])
    memory = {**row.shipped, **remembered}
    if mine:
        row.shipped = memory
        _save(row, framework)
        report.changed.append(row.code)
    elif memory != row.shipped:
        row.shipped = memory
        row.save(update_fields=["shipped"])
    if written:
        report.left[row.code] = written
    elif not mine:
        report.unchanged.append(row.code)
    return row


def _add(report: Report, row: RowT, values: dict[str, Any], framework: str) -> RowT:
    for name, value in values.items():
        setattr(row, name, value)
    row.public_id = uuid.uuid5(_NAMESPACE, f"{framework} {row.code}")
    row.shipped = {name: _digest(value) for name, value in values.items()}
    _save(row, framework)
    report.added.append(row.code)
    return row


def _save(row: OfficeText, framework: str) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise ShippedError([f"{framework}: {row.code}: {said}" for said in _sentences(error)]) from error
    row.save()
    _remember_wording(row)


def _remember_wording(row: OfficeText) -> None:
    """Keep every shipped wording as a revision, so that the office can compare with it and go back to it."""
    revision = Revision.objects.create(
        content_object=row,
        base_content_type=row.get_base_content_type(),
        content=row.serializable_data(),
        object_str=str(row),
    )
    row.latest_revision = revision
    if row.live:
        row.live_revision = revision
        row.last_published_at = revision.created_at
        row.first_published_at = row.first_published_at or revision.created_at
    row.save(update_fields=["latest_revision", "live_revision", "last_published_at", "first_published_at"])


def _sentences(error: ValidationError) -> list[str]:
    return [
        said if name == "__all__" else f"{name}: {said}"
        for name, sentences in error.message_dict.items()
        for said in sentences
    ]


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
