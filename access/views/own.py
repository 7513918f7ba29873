"""Without an e-ID: a code on paper, then a password with an app's digits; and the second factor of those at work."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from access.forms import CodeForm, DigitsForm, OwnForm, SetUpForm, posted
from access.models import SignInCode
from access.signing import attempts, codes, entrance, known_browsers, own, totp
from access.signing.codes import WrongCode
from access.signing.entrance import Coming, safe_target
from access.signing.openid import Refused
from ground.clock import now
from visibility.viewer import Hat, Strength

CODE_KEY, SECRET_KEY = "sign_in_code", "sign_in_secret"


def _page(request: HttpRequest, template: str, status: int = 200, **context: object) -> HttpResponse:
    return render(request, f"access/signing/{template}.html", {"nav": [], "wait": None, **context}, status=status)


def _where(request: HttpRequest, account: str) -> dict[str, str]:
    browser = known_browsers.browser_of(request, account) if account else ""
    return attempts.buckets(account=account, address=attempts.address_of(request), browser=browser)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "digits")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest, hat: str) -> HttpResponse:
    """Name, password and digits; a wrong one is told after a wait that grows."""
    form = OwnForm(posted(request))
    goes_to = safe_target(request, request.POST.get("next") or request.GET.get("next", ""))
    page = {"form": form, "hat": Hat(hat), "next": goes_to}
    if request.method != "POST" or not form.is_valid():
        return _page(request, "password", 422 if request.method == "POST" else 200, **page)
    at, account = now(), own.account(form.cleaned_data["name"])
    where = _where(request, account)
    if wait := attempts.enter("password", where, at=at):
        return _wait(request, "password", wait, **page)
    try:
        person = own.check(account, form.cleaned_data["password"], form.cleaned_data["digits"], hat=Hat(hat), at=at)
        coming = Coming(person, Hat(hat), Strength.LOW, "password", goes_to, second_factor=True)
        response = HttpResponseRedirect(entrance.come_in(request, coming, at=at))
    except Refused:
        form.refuse()
        return _page(request, "password", 403, **page)
    attempts.succeeded("password", where, at=at)
    known_browsers.remember(request, response, account)
    return response


def _wait(request: HttpRequest, template: str, wait: timedelta, **page: object) -> HttpResponse:
    seconds = int(wait.total_seconds()) + 1
    response = _page(request, template, 429, **{**page, "wait": seconds})
    response.headers["Retry-After"] = str(seconds)
    return response


@login_not_required
@never_cache
@sensitive_post_parameters("digits")
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The app's digits of somebody whom the directory has named, but not surely enough."""
    at = now()
    coming, form = entrance.waiting(request, at=at), DigitsForm(posted(request))
    if coming is None:
        return redirect("signing:ways", hat=Hat.STAFF.value)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "second", form=form)
    where = _where(request, coming.person.login)
    if wait := attempts.enter("digits", where, at=at):
        return _wait(request, "second", wait, form=form)
    if not totp.accept(coming.person, form.cleaned_data["digits"], hat=coming.hat, at=at):
        form.refuse()
        return _page(request, "second", 403, form=form)
    attempts.succeeded("digits", where, at=at)
    try:
        return HttpResponseRedirect(entrance.come_in(request, replace(coming, second_factor=True), at=at))
    except Refused:
        return redirect(settings.LOGIN_URL)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code on the paper; it is used up only when everything is set up."""
    form = CodeForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, "code", form=form)
    at, where = now(), _where(request, "")
    if wait := attempts.enter("code", where, at=at):
        return _wait(request, "code", wait, form=form)
    row = codes.find(form.cleaned_data["code"], at=at)
    if row is None:
        form.refuse()
        return _page(request, "code", 403, form=form)
    attempts.succeeded("code", where, at=at)
    request.session.flush()
    request.session[CODE_KEY], request.session[SECRET_KEY] = str(row.public_id), totp.new_secret()
    return redirect("signing:set_up")


@login_not_required
@never_cache
@sensitive_post_parameters("password", "digits")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """A password of one's own and an app for digits, on the strength of the code."""
    at, key = now(), request.session.get(CODE_KEY, "")
    row = codes.by_key(key, at=at) if key else None
    if row is None:
        return redirect("signing:code")
    secret = request.session[SECRET_KEY]
    form = SetUpForm(posted(request), person=row.person)
    if request.method == "POST" and form.is_valid() and (response := _settled(request, form, row, secret, at)):
        return response
    size, path = totp.squares(totp.address(row.person, secret))
    page = {"form": form, "name": row.person.login, "secret": secret, "size": size, "path": path}
    return _page(request, "set_up", 422 if form.errors else 200, **page)


def _settled(request: HttpRequest, form: SetUpForm, row: SignInCode, secret: str, at: datetime) -> HttpResponse | None:
    """In, when password and digits are right; None with the reason on the form."""
    given = form.cleaned_data
    try:
        if not codes.use(row, password=given["password"], secret=secret, digits=given["digits"], at=at):
            return redirect("signing:code")
    except ValidationError as error:
        form.add_error("password", error)
        return None
    except WrongCode:
        form.refuse()
        return None
    coming = Coming(row.person, Hat(row.hat), Strength.LOW, "password", second_factor=True)
    try:
        response = HttpResponseRedirect(entrance.come_in(request, coming, at=at))
    except Refused as refusal:
        from access.views.signing import refused

        return refused(request, refusal.why, way="code", hat=row.hat)
    known_browsers.remember(request, response, row.person.login)
    return response
