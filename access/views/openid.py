"""To a provider and back, and the two ways in which a session there ends."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from access.signing import entrance, openid, providers, session
from access.signing.entrance import Coming, safe_target
from access.signing.openid import Asked, Refused
from access.signing.providers import Way
from access.views.signing import refused
from ground.clock import now
from visibility.viewer import Hat

FRAMED = "default-src 'none'; frame-ancestors {origin}; base-uri 'none'; form-action 'none'"


def found(key: str) -> Way:
    way = providers.way(key)
    if way is None:
        raise Http404
    return way


@login_not_required
@never_cache
@require_safe
def begin(request: HttpRequest, hat: str, way: str) -> HttpResponse:
    """On to the provider; a link on somebody else's page begins nothing."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return redirect("signing:ways", hat=hat)
    chosen = found(way)
    if Hat(hat) not in chosen.hats:
        raise Http404
    asked = Asked(Hat(hat), goes_to=safe_target(request, request.GET.get("next", "")))
    try:
        return openid.begin(request, chosen, asked, at=now())
    except Refused as refusal:
        return refused(request, refusal.why, way=way, hat=hat)


@login_not_required
@never_cache
@require_safe
def callback(request: HttpRequest, way: str) -> HttpResponse:
    """Back from the provider: believed or not, known or not, in or not."""
    at, chosen, hat = now(), found(way), ""
    try:
        asked, said = openid.finish(request, chosen, at=at)
        hat = asked.hat.value
        person = entrance.known(said.national_id)
        if asked.person not in (0, person.pk):
            raise Refused("another")
        coming = Coming(person, asked.hat, said.strength, chosen.key, asked.goes_to, said.sid)
        return HttpResponseRedirect(entrance.come_in(request, coming, at=at))
    except Refused as refusal:
        return refused(request, refusal.why, way=way, hat=hat)


@login_not_required
@never_cache
@require_safe
def ended_there(request: HttpRequest, way: str) -> HttpResponse:
    """Front-channel logout: the provider shows this in a frame of its own when the session has ended there."""
    chosen = found(way)
    sid = request.GET.get("sid", "")
    if sid and request.GET.get("iss", "") == chosen.issuer:
        session.end_there(chosen.key, sid)
    response = HttpResponse(b"", content_type="text/plain")
    response.headers["Content-Security-Policy"] = FRAMED.format(origin=chosen.origin)
    return response


@login_not_required
@never_cache
@require_safe
def left(request: HttpRequest, way: str) -> HttpResponse:
    """Signed out here; on to the provider's own way out. A page between, because our policy forbids to be led there."""
    chosen = found(way)
    back = request.build_absolute_uri(reverse(settings.LOGIN_URL))
    address = openid.way_out(request, chosen, at=now(), back=back)
    response = render(request, "access/signing/left.html", {"nav": [], "way": chosen, "address": address})
    if address:
        response.headers["Refresh"] = f"1; url={address}"
    return response
