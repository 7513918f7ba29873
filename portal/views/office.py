"""The office's sign-in, in front of Wagtail's admin."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from access.signing import session
from ground.clock import now
from portal.office.forms import OfficeSignInForm
from visibility.viewer import Hat, Strength


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = OfficeSignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        session.sign_in(request, form.get_user(), hat=Hat.OFFICE, strength=Strength.LOW, way="office", at=now())
        return HttpResponseRedirect(_next(request))
    context = {"form": form, "nav": [], "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "portal/office_sign_in.html", context, status=403 if form.errors else 200)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/cms/") else reverse("wagtailadmin_home")
