"""What we offered the children, by goal: a group's, a unit's, the owner's totals, and a child's landmarks."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learninglog import goals, staff_cards, units
from learninglog.coverage import figures, landmarks, pages, periods, sheet, totals
from learninglog.coverage.figures import Found
from learninglog.views.staff.at import answer, child_of, group_of
from visibility import rule
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import COVER, TOTAL
from visibility.viewer import Hat, Viewer


@require_safe
@hat_required(Hat.STAFF)
def group(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group, works=False)
    page = pages.of_group(row, viewer, pages.months_asked(request))
    read(viewer, "coverage", about=row.public_id, child_ids=page.child_ids)
    whole = rule.may(viewer, COVER, row.unit)
    return answer(request, "coverage.html", page=page, group=row, unit=row.unit, whole=whole, initial=pages.initial)


@require_safe
@hat_required(Hat.STAFF)
def group_evidence(request: HttpRequest, group: uuid.UUID, goal: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group, works=False)
    return _evidence(request, viewer, figures.of_group(viewer, row), goal, group=row, unit=row.unit)


@require_safe
@hat_required(Hat.STAFF)
def unit(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    viewer, row = units.unit_of(request, unit, COVER)
    page = pages.of_unit(row, viewer, pages.months_asked(request))
    read(viewer, "coverage", about=row.public_id)
    return answer(request, "coverage.html", page=page, group=None, unit=row, whole=False, initial=pages.initial)


@require_safe
@hat_required(Hat.STAFF)
def unit_evidence(request: HttpRequest, unit: uuid.UUID, goal: uuid.UUID) -> HttpResponse:
    viewer, row = units.unit_of(request, unit, COVER)
    return _evidence(request, viewer, figures.of_unit(viewer, row), goal, group=None, unit=row)


@require_safe
@hat_required(Hat.STAFF)
def unit_file(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    """Figures alone, for the unit's quality report."""
    viewer, row = units.unit_of(request, unit, COVER)
    page = pages.of_unit(row, viewer, pages.months_asked(request))
    read(viewer, "coverage", about=row.public_id)
    response = HttpResponse(sheet.written(page.drawing), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{viewer.day:%Y-%m-%d}.csv"'
    return response


def _evidence(request: HttpRequest, viewer: Viewer, found: Found, goal: uuid.UUID, **where: Any) -> HttpResponse:
    row = goals.one(goal)
    if row is None:
        raise Http404
    month = periods.month_of(request.GET.get("month", ""))
    cards = staff_cards.of(pages.opened(found, row.pk, month), viewer)
    read(viewer, "group log", child_ids=staff_cards.children_of(cards))
    label = row.label(get_language())
    return answer(request, "covered.html", cards=cards, goal=row, label=label, month=month, **where)


@require_safe
@hat_required(Hat.STAFF)
def landmarks_of(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer, row = child_of(request, child)
    areas = landmarks.of_child(row, viewer, get_language() or "en")
    read(viewer, "landmarks", about=row.public_id, child_ids=[row.pk])
    return answer(request, "landmarks.html", child=row, areas=areas)


@require_safe
@hat_required(Hat.STAFF)
def owner(request: HttpRequest) -> HttpResponse:
    """The owner's officer: units by name, areas of the curriculum, this term or the one before."""
    viewer = viewer_of(request)
    mine = units.allowed(viewer, TOTAL)
    if not mine:
        raise Http404
    term = periods.term(viewer.day)
    before = periods.term(term.start - periods.ONE_DAY)
    earlier = request.GET.get("term") == "before"
    found = totals.of_units(mine, before if earlier else term, get_language() or "en")
    return answer(request, "totals.html", totals=found, earlier=earlier, term=term, before=before)
