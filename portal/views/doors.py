"""The start pages behind the doors, and the way out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.families import ended
from access.leaving import told
from access.notices import choose, wants_mail
from access.signing import leaving, session, switching
from portal.signing import DOORS
from portal.start import family as family_start
from portal.start import groups, places
from portal.start import staff as staff_start
from portal.start.charge import in_charge
from transfers import reading
from visibility.doors import hat_required, read, viewer_of
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.GUARDIAN)
def family(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    pages = family_start.start(viewer)
    if pages:
        read(viewer, "start", child_ids=[page.pk for page in pages])
    switching.look_once(request, viewer)
    waits = places.waits_for_the_head(viewer)
    if waits and not pages and places.is_asked_first(viewer):
        return redirect("families:wanted")
    context = {"pages": pages, "waits": waits, "ended": ended.of(viewer), "over": told.is_over(viewer)}
    context["tells"] = places.tells(viewer, waits)
    return render(request, "portal/family.html", {**context, "viewer": viewer})


@require_safe
@hat_required(Hat.STAFF)
def staff(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    page = staff_start.today(viewer, groups.mine(viewer), groups.chosen(request, viewer))
    if page.child_ids:
        read(viewer, "today", child_ids=page.child_ids)
    switching.look_once(request, viewer)
    return render(request, "portal/staff.html", {"page": page, "viewer": viewer, "charge": in_charge(viewer)})


@require_safe
@hat_required(Hat.SCHOOL)
def school(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    switching.look_once(request, viewer)
    return render(request, "portal/school.html", {"viewer": viewer, "transfers": reading.open_for(viewer)})


@require_POST
def hat(request: HttpRequest) -> HttpResponse:
    """Put on another hat that is one's own; for who has only one, there is no such page."""
    viewer = viewer_of(request)
    wanted = request.POST.get("hat", "")
    if wanted not in Hat.values or not switching.switch(request, viewer, Hat(wanted)):
        raise Http404
    return redirect(DOORS[Hat(wanted)])


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.GUARDIAN)
def notices(request: HttpRequest) -> HttpResponse:
    """Whether mail comes when there is something new."""
    viewer = viewer_of(request)
    if request.method == "POST":
        choose(person=viewer.person, by_mail="by_mail" in request.POST, at=viewer.at)
        messages.success(request, _("Saved."))
        return redirect("portal:notices")
    context = {"by_mail": wants_mail(viewer.person), "has_address": bool(viewer.person.email), "viewer": viewer}
    return render(request, "portal/notices.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Nothing of the session stays in the browser: not its pages, not its unsent words."""
    way = session.sign_out(request)
    response = HttpResponseRedirect(leaving.page_after(way) or reverse("portal:sign_in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
