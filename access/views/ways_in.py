"""Whether guardians may come in without an e-ID: the owner decides, for all of the organisation's preschools."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.signing import codes
from access.team import reach
from people.models import Organisation
from visibility.doors import hat_required, viewer_of
from visibility.matrix import APPOINT
from visibility.viewer import Hat, Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def without_e_id(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    organisation = _overseen(viewer)
    is_open = codes.allowed(organisation)
    if request.method == "POST":
        wanted = {"open": True, "close": False}.get(request.POST.get("do", ""), is_open)
        if wanted != is_open:
            codes.allow(organisation=organisation, without_e_id=wanted, at=viewer.at, by=viewer.person)
            messages.success(request, _("The way is open.") if wanted else _("The way is closed."))
        return redirect("work:without_e_id")
    context = {"viewer": viewer, "is_open": is_open, "changes": codes.changes(organisation)}
    return render(request, "access/team/without_e_id.html", context)


def _overseen(viewer: Viewer) -> Organisation:
    for unit in reach.units(viewer, APPOINT):
        return unit.organisation
    raise Http404
