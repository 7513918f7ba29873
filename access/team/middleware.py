"""A session on a shared device ends with the device, and after five minutes in which nobody does anything."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from access.team import devices
from ground.clock import now

DEVICE_KEY, SEEN_KEY = "device", "device_seen"
IDLE = timedelta(minutes=5)
GRAIN = timedelta(seconds=15)


class DeviceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if DEVICE_KEY not in request.session:
            _take_in(request)
            return self.get_response(request)
        if stands(request, now()):
            return self.get_response(request)
        # Not a signing out by oneself: words that are not sent yet stay on the device for their writer.
        request.session.flush()
        request.user = AnonymousUser()
        home = reverse("tablet:home")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": home})
        return HttpResponseRedirect(home)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Somebody is there, unless the page asked by itself."""
        match = request.resolver_match
        if DEVICE_KEY in request.session and match and match.view_name not in settings.ASKED_BY_PAGES:
            at = now()
            if at - _seen(request) > GRAIN:
                request.session[SEEN_KEY] = at.isoformat()


def _take_in(request: HttpRequest) -> None:
    """Also who signs in on a paired tablet in another way than by PIN leaves it after five minutes."""
    if devices.COOKIE not in request.COOKIES or not request.user.is_authenticated:
        return
    at = now()
    device = devices.of(request, at)
    if device is not None and device.paired_at is not None:
        begin(request, device, at)


def stands(request: HttpRequest, at: datetime) -> bool:
    """Whether the device of this session is still paired, is this browser, and has not been left alone."""
    device = devices.of(request, at)
    if device is None or device.paired_at is None or str(device.public_id) != request.session[DEVICE_KEY]:
        return False
    return at - _seen(request) < IDLE


def begin(request: HttpRequest, device: devices.Device, at: datetime) -> None:
    """The session that has just begun is one on this device."""
    request.session[DEVICE_KEY], request.session[SEEN_KEY] = str(device.public_id), at.isoformat()


def _seen(request: HttpRequest) -> datetime:
    return datetime.fromisoformat(request.session[SEEN_KEY])
