"""The office's sign-in, in front of Wagtail's admin."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from access.signing import attempts, entrance, known_browsers, own
from access.signing.entrance import Coming
from ground.clock import now
from portal.office.forms import OfficeSignInForm
from visibility.viewer import Hat, Strength


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password, then the app's digits of whoever has one; a wrong one is told after a wait that grows."""
    if request.method != "POST":
        return _page(request, OfficeSignInForm(request))
    at, account = now(), own.account(request.POST.get("username", ""))
    browser = known_browsers.browser_of(request, account)
    where = attempts.buckets(account=account, address=attempts.address_of(request), browser=browser)
    if wait := attempts.enter("office", where, at=at):
        response = _page(request, OfficeSignInForm(request), 429, wait=int(wait.total_seconds()) + 1)
        response.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
        return response
    form = OfficeSignInForm(request, data=request.POST)
    if not form.is_valid():
        return _page(request, form, 403)
    attempts.succeeded("office", where, at=at)
    coming = Coming(form.get_user(), Hat.OFFICE, Strength.LOW, "office", _next(request))
    response = HttpResponseRedirect(entrance.come_in(request, coming, at=at))
    known_browsers.remember(request, response, account)
    return response


def _page(request: HttpRequest, form: OfficeSignInForm, status: int = 200, wait: int = 0) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "nav": [], "next": wanted, "wait": wait}
    return render(request, "portal/office_sign_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/cms/") else reverse("wagtailadmin_home")
