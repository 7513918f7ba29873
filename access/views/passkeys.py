"""In by a passkey, and a new one on the strength of a code. Needs a script; everything else does not."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from access.models import SignInCode
from access.signing import codes, entrance, passkeys
from access.signing.entrance import Coming, safe_target
from access.signing.openid import Refused
from access.views.own import CODE_KEY
from access.views.signing import refused
from ground.clock import now
from visibility.viewer import Hat, Strength


def _sent(request: HttpRequest) -> Any:
    try:
        return json.loads(request.POST.get("credential", ""))
    except ValueError:
        return None


@login_not_required
@never_cache
@require_safe
def options(request: HttpRequest, hat: str) -> HttpResponse:
    return JsonResponse(passkeys.options())


@login_not_required
@never_cache
@require_POST
def sign_in(request: HttpRequest, hat: str) -> HttpResponse:
    at, goes_to = now(), safe_target(request, request.POST.get("next", ""))
    try:
        person = passkeys.check(_sent(request), hat=Hat(hat), at=at)
        coming = Coming(person, Hat(hat), Strength.LOW, "passkey", goes_to, second_factor=True)
        return HttpResponseRedirect(entrance.come_in(request, coming, at=at))
    except Refused as refusal:
        return refused(request, refusal.why, way="passkey", hat=hat)


def _code(request: HttpRequest) -> SignInCode:
    key = request.session.get(CODE_KEY, "")
    row = codes.by_key(key, at=now()) if key else None
    if row is None:
        raise Http404
    return row


@login_not_required
@never_cache
@require_safe
def options_for_new(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.options_for_new(_code(request).person))


@login_not_required
@never_cache
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    at, row = now(), _code(request)
    try:
        if not passkeys.use_code(row, _sent(request), at=at):
            return redirect("signing:code")
        coming = Coming(row.person, Hat(row.hat), Strength.LOW, "passkey", second_factor=True)
        return HttpResponseRedirect(entrance.come_in(request, coming, at=at))
    except Refused as refusal:
        return refused(request, refusal.why, way="passkey", hat=row.hat)
