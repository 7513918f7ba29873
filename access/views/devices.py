"""Shared tablets as the staff keep them: paired by the head, revoked by anybody employed there; and one's own PIN."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.models import Device
from access.team import devices, pins, reach
from access.team.forms import PairForm, PinForm
from visibility.doors import hat_required, one, viewer_of
from visibility.matrix import PAIR, READ, REVOKE
from visibility.viewer import Hat, Strength


@require_safe
@hat_required(Hat.STAFF)
def paired(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    units = reach.units(viewer, READ)
    if not units:
        raise Http404
    found = Device.objects.visible_to(viewer).alive().select_related("unit", "group").order_by("name", "pk")
    context = {"viewer": viewer, "devices": found, "pairing": reach.units(viewer, PAIR)}
    return render(request, "access/team/devices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def pair(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = reach.unit_of(viewer, unit, PAIR)
    form = PairForm(request.POST or None, unit=row, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        device = devices.pair(code=data["code"], unit=row, group=form.chosen_group, name=data["name"], by=viewer)
        if device is not None:
            messages.success(request, _("%(name)s is paired.") % {"name": device.name})
            return redirect("work:devices")
        form.add_error("code", _("No tablet shows this code now. Look at its screen again."))
    status = 422 if form.errors else 200
    return render(request, "access/team/pair.html", {"viewer": viewer, "unit": row, "form": form}, status=status)


@require_POST
@hat_required(Hat.STAFF)
def revoke(request: HttpRequest, device: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = one(Device.objects.visible_to(viewer).alive(), viewer, device, REVOKE)
    devices.revoke(device=row, by=viewer)
    messages.success(request, _("%(name)s is closed. Nothing can be opened on it any more.") % {"name": row.name})
    return redirect("work:devices")


@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def own_pin(request: HttpRequest) -> HttpResponse:
    """Chosen where one is surely signed in: on a tablet anybody could stand there."""
    viewer = viewer_of(request)
    sure = viewer.strength >= Strength.SUBSTANTIAL
    form = PinForm(request.POST or None) if sure else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            pins.choose(person=viewer.person, pin=form.cleaned_data["pin"], at=viewer.at, by=viewer.person)
            messages.success(request, _("Your new PIN counts from now on."))
            return redirect("work:pin")
    context = {"viewer": viewer, "form": form, "has_one": pins.has_one(viewer.person)}
    return render(request, "access/team/pin.html", context, status=422 if form and form.errors else 200)
