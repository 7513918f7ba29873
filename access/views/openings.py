"""Groups with hidden members and open ones: the owner's list, and the page on which one is opened or closed."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from access.openings import pages, services
from access.signing.stepping import requires
from visibility.doors import hat_required, viewer_of
from visibility.viewer import Hat, Strength


@require_safe
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def listing(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    return render(request, "access/openings/listing.html", {"viewer": viewer, "units": pages.listing(viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def group(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """What opening would mean in full, before the one button; closing needs no second thought."""
    viewer = viewer_of(request)
    page = pages.one(viewer, group)
    row, wanted = page.line.group, request.POST.get("do", "")
    unsure = wanted == "open" and not request.POST.get("understood")
    if request.method == "POST" and not unsure:
        try:
            if wanted == "open":
                services.open_group(group=row, by=viewer)
                messages.success(request, _("%(group)s is open from now on.") % {"group": row.name})
            elif wanted == "close":
                services.close_group(group=row, by=viewer)
                messages.success(request, _("The members of %(group)s are hidden again.") % {"group": row.name})
        except PermissionDenied:
            raise Http404 from None
        return redirect("openings:group", group=group)
    context = {"viewer": viewer, "page": page, "unsure": unsure}
    return render(request, "access/openings/group.html", context, status=422 if unsure else 200)
