"""A group's conferences: where each child is, and beginning them for the whole group at once."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conferences import around, overview
from conferences.forms import IssueForm
from conferences.models import ConferenceTemplate
from conferences.office.freezing import usable
from conferences.overview import Line
from conferences.services import issuing
from conferences.views.staff.at import answer, refused_is_not_found
from learninglog.forms import key_of
from learninglog.views.staff.at import child_of, group_of
from people.models import Group
from visibility.doors import hat_required, read
from visibility.viewer import Hat, Viewer

IN_TIME = timedelta(weeks=6)


@require_safe
@hat_required(Hat.STAFF)
def group(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group, works=False)
    found = overview.of_group(row, viewer)
    read(viewer, "conferences", about=row.public_id, child_ids=found.child_ids)
    context: dict[str, Any] = {
        "issues": bool(overview.begins_for(row, viewer)),
        "ways": around.ways_of_group(row, viewer),
    }
    return answer(request, "group.html", group=row, overview=found, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def issue(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group, works=False)
    found = overview.of_children(overview.begins_for(row, viewer), row.unit_id, viewer)
    if not found.lines:
        raise Http404
    can = found.resting
    templates = {str(one.public_id): one for one in usable(row.unit, viewer.day)}
    called = {key: one.name(get_language()) for key, one in templates.items()}
    form = IssueForm(request.POST or None, templates=called, day=viewer.day, initial={"due_on": viewer.day + IN_TIME})
    chosen = {key for key in map(key_of, request.POST.getlist("children")) if key is not None}
    if request.method == "POST" and form.is_valid() and chosen:
        return _begin(request, viewer, row, form, templates[form.cleaned_data["template"]], chosen)
    read(viewer, "conferences", about=row.public_id, child_ids=found.child_ids)
    errors = [_("Choose at least one child.")] if form.is_bound and not chosen else []
    children = [{"name": one.name, "public_id": one.public_id, "chosen": _ticked(one, chosen, form)} for one in can]
    context = {"group": row, "form": form, "children": children, "chosen_errors": errors}
    return answer(request, "issue.html", status=422 if form.is_bound else 200, **context)


def _ticked(one: Line, chosen: set[uuid.UUID], form: IssueForm) -> bool:
    """All are ticked at first; afterwards as they were sent."""
    return one.public_id in chosen if form.is_bound else True


def _begin(
    request: HttpRequest,
    viewer: Viewer,
    group: Group,
    form: IssueForm,
    template: ConferenceTemplate,
    chosen: set[uuid.UUID],
) -> HttpResponse:
    children = [child for child in overview.begins_for(group, viewer) if child.public_id in chosen]
    due_on = form.cleaned_data["due_on"]
    with refused_is_not_found():
        made = issuing.issue(children=children, template=template, due_on=due_on, by=viewer, unit=group.unit)
    said = ngettext("%(num)s conference begun.", "%(num)s conferences begun.", len(made))
    messages.success(request, said % {"num": len(made)})
    return redirect("talks:group", group=group.public_id)


@require_safe
@hat_required(Hat.STAFF)
def child(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """All conferences about one child that the viewer reads."""
    viewer, row = child_of(request, child)
    lines = around.lines_of(row, viewer)
    read(viewer, "conferences", about=row.public_id, child_ids=[row.pk])
    return answer(request, "child.html", child=row, lines=lines)
