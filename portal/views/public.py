"""What everybody may open: the site, the ways in, the language, the robots' line."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.static import serve as serve_file
from wagtail.models import Page
from wagtail.views import serve

from access.signing import entrance, providers, switching
from people.models import Person
from portal import navigation, services, signing


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The organisation's front page; before anybody has made one, the ways in."""
    if (viewer := getattr(request, "viewer", None)) is not None:
        switching.look_once(request, viewer)
    if Page.route_for_request(request, "") is None:
        return sign_in(request)
    return serve(request, "")


@login_not_required
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """First step: as what one comes. In the demo, where no e-ID is set up, one chooses a person instead."""
    context: dict[str, Any] = {
        "nav": [],
        "door": navigation.door_of(request),
        "next": entrance.safe_target(request, request.GET.get("next", "")),
        "by_e_id": bool(providers.all_ways()),
    }
    return render(request, "portal/sign_in.html", context)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: in this browser, and to this person in mail."""
    chosen = request.POST.get("language", "")
    if not signing.known(chosen):
        raise BadRequest
    response = HttpResponseRedirect(_back(request))
    signing.speak(response, chosen)
    if isinstance(request.user, Person):
        services.choose_language(person=request.user, language=chosen)
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else "/"


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read what is public, and are asked to leave every door alone."""
    closed = ["/family/", "/staff/", "/school/", "/media/", "/cms/", "/demo/", "/sign-in/", "/sign-out/", "/language/"]
    return HttpResponse("\n".join(["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]), "text/plain")


@login_not_required
@require_safe
def editorial(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of the public site; in production the web server answers here before us."""
    response = serve_file(request, name, document_root=str(settings.MEDIA_ROOT))
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@login_not_required
def page(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the site, by its address in the tree."""
    return serve(request, path)
