"""One's own open sessions, and a stronger sign-in for what needs one."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from access.signing import openid, providers, session
from access.signing.entrance import safe_target
from access.signing.openid import Asked, Refused
from access.views.openid import found
from access.views.signing import refused
from ground.clock import now
from visibility.doors import viewer_of
from visibility.viewer import Strength


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    rows = list(session.of_person(viewer.person))
    key = request.session.session_key
    context = {"this_one": [row for row in rows if row.session_id == key], "viewer": viewer,
               "elsewhere": [row for row in rows if row.session_id != key], "nav": []}  # fmt: skip
    return render(request, "access/account/sessions.html", context)


@require_POST
def end_session(request: HttpRequest, browser: uuid.UUID) -> HttpResponse:
    """Sign out there; somebody else's session is not there at all."""
    mine = session.of_person(viewer_of(request).person).exclude(session_id=request.session.session_key)
    if not session.end(mine.filter(public_id=browser)):
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("account:sessions")


def _least(request: HttpRequest) -> Strength:
    value = request.GET.get("least", "")
    return Strength(int(value)) if value in {"2", "3"} else Strength.SUBSTANTIAL


@require_safe
def step_up(request: HttpRequest) -> HttpResponse:
    """Why it has to be surer, and the ways that are."""
    viewer, least = viewer_of(request), _least(request)
    goes_to = safe_target(request, request.GET.get("next", ""))
    if viewer.strength >= least:
        return HttpResponseRedirect(goes_to or "/")
    context = {"ways": providers.ways_for(viewer.hat, least), "least": int(least), "next": goes_to, "viewer": viewer}
    return render(request, "access/account/step_up.html", {"nav": [], **context})


@require_safe
def begin_step_up(request: HttpRequest, way: str) -> HttpResponse:
    """On to the provider, from where the same person must come back."""
    viewer, chosen, least = viewer_of(request), found(way), _least(request)
    if chosen not in providers.ways_for(viewer.hat, least):
        raise Http404
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return redirect(reverse("account:step_up"))
    goes_to = safe_target(request, request.GET.get("next", ""))
    asked = Asked(viewer.hat, least, goes_to, viewer.person.pk)
    try:
        return openid.begin(request, chosen, asked, at=now())
    except Refused as refusal:
        return refused(request, refusal.why, way=way, hat=viewer.hat.value)
