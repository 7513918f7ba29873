"""The demo's way in: choose who to be."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from access.signing import session
from access.team import devices
from ground.clock import now
from portal import signing
from portal.demo import access, world
from portal.demo.personas import PARTS, find
from visibility.viewer import Strength


@login_not_required
@never_cache
@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    return render(
        request, "portal/demo.html", {"nav": [], "parts": PARTS, "built": world.is_built(), "pin": access.PIN}
    )


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Be one of the personas, as surely signed in as with an e-ID."""
    persona = find(request.POST.get("persona", ""), request.POST.get("hat", ""))
    person = world.person(persona.slug) if persona else None
    if not settings.DEMO or persona is None or person is None:
        raise Http404
    session.sign_in(request, person, hat=persona.hat, strength=Strength.SUBSTANTIAL, way="demo", at=now())
    return redirect(signing.DOORS[persona.hat])


@login_not_required
@require_POST
def tablet(request: HttpRequest) -> HttpResponse:
    """Make this browser a shared tablet of the demo's preschool."""
    if not settings.DEMO or not world.is_built():
        raise Http404
    response = redirect("tablet:home")
    at = now()
    if devices.of(request, at) is None:
        made = access.tablet(at=at)
        if made is None:
            raise Http404
        devices.remember(response, made[1], secure=request.is_secure())
    return response
