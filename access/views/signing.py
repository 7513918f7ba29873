"""The second step of signing in: which e-ID. The first, as what one comes, stands on the portal's page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from access.signing import providers
from access.signing.entrance import note_refusal, safe_target
from visibility.viewer import Hat

STATUS = {"unknown": 403, "wrong": 403, "second-factor": 403, "down": 503}


@login_not_required
@never_cache
@require_safe
def ways(request: HttpRequest, hat: str) -> HttpResponse:
    context = {
        "nav": [],
        "hat": Hat(hat),
        "ways": providers.ways_for(Hat(hat)),
        "next": safe_target(request, request.GET.get("next", "")),
        "sign_in_href": reverse(settings.LOGIN_URL),
    }
    return render(request, "access/signing/ways.html", context)


def refused(request: HttpRequest, why: str, *, way: str, hat: str = "") -> HttpResponse:
    """Not signed in, in plain words: what to do next, and nothing about anybody."""
    note_refusal(way, why)
    known = providers.way(way)
    context = {"nav": [], "why": why, "hat": hat, "name": known.name if known else ""}
    return render(request, "access/signing/refused.html", context, status=STATUS.get(why, 400))
