"""The tablet itself: its code while it waits, then who is here today, and the camera that needs no PIN."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.models import Device
from access.signing import attempts
from access.signing import session as sessions
from access.team import devices, middleware, pins, tray
from ground.clock import now
from media_policy.refusal import Refused
from people.models import Person
from visibility.viewer import Hat, Strength


@login_not_required
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    at = now()
    device = devices.of(request, at)
    context: dict[str, Any] = {"nav": [], "viewer": None, "device": device}
    if device is None:
        return render(request, "access/tablet/unpaired.html", context)
    if device.paired_at is None:
        return render(request, "access/tablet/code.html", context)
    if middleware.DEVICE_KEY in request.session:
        return redirect(settings.STAFF_START_URL)
    context |= {"people": devices.staff_today(device, at), "client_key": uuid.uuid4()}
    return render(request, "access/tablet/home.html", context)


@login_not_required
@require_POST
def show_code(request: HttpRequest) -> HttpResponse:
    """Make this browser a tablet that waits; one that is paired already stays what it is."""
    at = now()
    response = redirect("tablet:home")
    if devices.of(request, at) is None:
        try:
            where = attempts.buckets(account="", address=attempts.address_of(request))
            if attempts.enter("tablet", where, at=at):
                raise devices.Full
            _device, key = devices.show_code(at=at)
        except devices.Full:
            messages.error(
                request, _("Too many tablets are being paired right now. Try again in a quarter of an hour.")
            )
            return response
        devices.remember(response, key, secure=request.is_secure())
    return response


@login_not_required
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """One of those who are here today says who they are."""
    at = now()
    device = devices.of(request, at)
    here = devices.staff_today(device, at) if device is not None and device.paired_at else []
    wanted = request.POST.get("who") or request.GET.get("who", "")
    person = next((one for one in here if str(one.public_id) == wanted), None)
    if device is None or person is None:
        return redirect("tablet:home")
    said = ""
    if request.method == "POST":
        tries = {"device": str(device.pk)}
        if wait := attempts.enter("pin", tries, at=at):
            return _resting(request, device, person, wait)
        try:
            if pins.verify(person=person, pin=request.POST.get("pin", ""), at=at):
                attempts.succeeded("pin", tries, at=at)
                way = devices.way_of(device)
                sessions.sign_in(request, person, hat=Hat.STAFF, strength=Strength.LOW, way=way, at=at)
                middleware.begin(request, device, at)
                return redirect(settings.STAFF_START_URL)
            said = _("That was not the right PIN.")
        except pins.Resting as resting:
            minutes = max(1, round((resting.until - at).total_seconds() / 60))
            said = _("Too many tries. The PIN rests for %(num)s minutes; a new one can be chosen from a sign-in of "
                     "one’s own.") % {"num": minutes}  # fmt: skip
    context: dict[str, Any] = {"nav": [], "viewer": None, "device": device, "person": person, "said": said}
    return render(request, "access/tablet/pin.html", context, status=422 if said else 200)


def _resting(request: HttpRequest, device: Device, person: Person, wait: timedelta) -> HttpResponse:
    """So many PINs were wrong on this tablet that nobody comes in for a moment."""
    seconds = int(wait.total_seconds()) + 1
    said = ngettext(
        "Too many wrong PINs on this tablet. Wait %(num)s second.",
        "Too many wrong PINs on this tablet. Wait %(num)s seconds.",
        seconds,
    ) % {"num": seconds}
    context: dict[str, Any] = {"nav": [], "viewer": None, "device": device, "person": person, "said": said}
    response = render(request, "access/tablet/pin.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


@login_not_required
@require_POST
def pictures(request: HttpRequest) -> HttpResponse:
    """Pictures into the tray of the tablet's group; they are not shown here."""
    at = now()
    device = devices.of(request, at)
    if device is None or device.paired_at is None or device.group is None:
        return redirect("tablet:home")
    taken = 0
    for upload in request.FILES.getlist("pictures"):
        try:
            tray.put(device, upload, at)
            taken += 1
        except Refused as refused:
            messages.error(request, f"{upload.name}: {refused.sentence}")
        except tray.Full:
            messages.error(request, _("Many pictures have come from this tablet. Sign in with your PIN for more."))
            break
    if taken:
        messages.success(request, _("In the tray of %(group)s.") % {"group": device.group.name})
    return redirect("tablet:home")


@login_not_required
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Back to the faces, also where another tab has locked already; words not sent yet stay for who wrote them."""
    request.session.flush()
    return redirect("tablet:home")
