"""The terms as they are asked, and the privacy notice that everybody may read."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_http_methods, require_safe

from access.models import WordingKind
from access.terms import gate, services
from visibility.doors import hat_required, viewer_of
from visibility.viewer import Hat, Viewer

RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.GUARDIAN)
def ask(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    wording = services.current(WordingKind.TERMS, *_languages(request, viewer))
    if wording is None:
        raise Http404
    wanted = _next(request)
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        accepted = request.POST["answer"] == "yes"
        services.answer(person=viewer.person, wording=wording, accepted=accepted, at=viewer.at)
        return HttpResponseRedirect(wanted) if accepted else redirect("terms:ask")
    context = {"viewer": viewer, "state": services.state(viewer.person).value, "next": wanted} | _shown(wording)
    context["open_pages"] = gate.open_pages(viewer)
    return render(request, "access/terms/ask.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    wording = services.current(WordingKind.PRIVACY, *_languages(request, None))
    if wording is None:
        raise Http404
    return render(request, "access/terms/privacy.html", {"nav": [], **_shown(wording)})


def _languages(request: HttpRequest, viewer: Viewer | None) -> list[str]:
    """The language that was asked for on the page, else the page's own, the person's, the organisation's."""
    person = viewer.person if viewer else None
    owner = person.organisation if person else None
    return [request.GET.get("language", ""), get_language() or "", person.language if person else "",
            owner.language if owner else settings.LANGUAGE_CODE]  # fmt: skip


def _shown(wording: Any) -> dict[str, Any]:
    others = [{"code": code, "label": _called(code)} for code in services.other_languages(wording)]
    rtl = wording.language.partition("-")[0] in RIGHT_TO_LEFT
    return {"wording": wording, "direction": "rtl" if rtl else "ltr", "others": others}


def _called(code: str) -> str:
    """A language's name in itself, as far as Django knows it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else reverse(settings.DOORS["guardian"])
