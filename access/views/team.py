"""The head's pages about who works at the unit."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from access.team import duties, reach
from access.team.forms import ACTS, NewDutyForm
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import APPOINT, CHANGE, DUTY, STAFF_IT
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.STAFF)
def everybody(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    units = reach.staffed(viewer)
    unit = reach.chosen(units, request.GET.get("unit", ""))
    if unit is None:
        raise Http404
    context = {"viewer": viewer, "units": units, "unit": unit, "team": duties.of(unit, viewer)}
    return render(request, "access/team/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def new(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = reach.unit_of(viewer, unit, STAFF_IT, APPOINT)
    form = NewDutyForm(request.POST or None, unit=row, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        duty = form.save()
        if duty is not None:
            return redirect("work:duty", duty=duty.public_id)
    return render(request, "access/team/new_duty.html", {"viewer": viewer, "unit": row, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def duty(request: HttpRequest, duty: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = reach.one(DUTY, viewer, duty)
    if request.method == "POST":
        return _change(request, duty)
    page = duties.page(duties.loaded(reach.rows(DUTY, viewer)).get(pk=row.pk), viewer)
    if page.child_ids:
        read(viewer, "duty", about=row.public_id, child_ids=page.child_ids)
    return render(request, "access/team/duty.html", {"viewer": viewer, "page": page})


def _change(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One thing about a duty; afterwards the page, or the list where the duty is no more."""
    viewer = viewer_of(request)
    row = duties.loaded(reach.rows(DUTY, viewer, CHANGE)).filter(public_id=key).first()
    name = request.POST.get("do", "")
    if row is None or name not in ACTS:
        raise Http404
    form = ACTS[name](request.POST, duty=row, viewer=viewer, auto_id=f"id_{name}_%s")
    if form.is_valid():
        form.do()
    if form.errors:
        page = duties.page(row, viewer, failed=form)
        return render(request, "access/team/duty.html", {"viewer": viewer, "page": page}, status=422)
    messages.success(request, form.said)
    left = reach.rows(DUTY, viewer).filter(pk=row.pk).exists()
    return redirect("work:duty", duty=key) if left else redirect("work:team")
