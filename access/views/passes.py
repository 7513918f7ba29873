"""Passes for substitutes: whoever is employed at the preschool gives and ends them, also on a shared tablet."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.signing import session
from access.team import passes, reach
from people import staffing
from visibility.doors import hat_required, viewer_of
from visibility.matrix import END, GIVE_PASS, PASS
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.STAFF)
def running(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    units = passes.page(viewer)
    if not units:
        raise Http404
    return render(request, "access/team/passes.html", {"viewer": viewer, "units": units})


@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def give(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = reach.unit_of(viewer, unit, GIVE_PASS)
    form = passes.PassForm(request.POST or None, unit=row, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        given = form.save()
        if given is not None:
            messages.success(request, _("%(name)s can begin now.") % {"name": given.person.given_name})
            return redirect("work:passes")
    status = 422 if form.errors else 200
    context = {"viewer": viewer, "unit": row, "form": form}
    return render(request, "access/team/give_pass.html", context, status=status)


@require_POST
@hat_required(Hat.STAFF)
def end(request: HttpRequest, given: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = reach.one(PASS, viewer, given, END)
    staffing.end_pass(given=row, at=viewer.at, by=viewer.person)
    session.end_without_ground(row.person, viewer.at)
    messages.success(request, _("The pass has ended."))
    return redirect("work:passes")
