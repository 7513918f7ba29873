"""The guardians' side: whom the family wants in, consents, and whom one reads together with."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.families import at, guardians, homes, wishing, words
from access.signing.stepping import step_up
from people.models import Child
from visibility import rule
from visibility.doors import hat_required, viewer_of
from visibility.matrix import CONSENT, JOIN
from visibility.viewer import Hat, Strength, Viewer

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@hat_required(Hat.GUARDIAN)
def wanted(request: HttpRequest) -> HttpResponse:
    """The one form of a legal guardian who is not activated yet; it names no child and shows nothing of one."""
    viewer = viewer_of(request)
    ties = guardians.waiting(viewer)
    if not ties:
        raise Http404
    form = wishing.form_for(words.newest(ties[0]))
    if request.method == "POST":
        form = wishing.sent(request.POST)
        if form.is_valid():
            guardians.tell_for_all(ties, wishing.wishes(form), viewer)
            messages.success(request, _("Thank you. The head of the preschool sees it."))
            return redirect("families:wanted")
    said = words.newest(ties[0])
    return at.answer(request, "wanted.html", form=form, said=said, status=422 if form.is_bound else 200)


@PAGE
@hat_required(Hat.GUARDIAN)
def access(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """One page under the child's settings: who is wanted in, who is asked about, who reads together."""
    viewer = viewer_of(request)
    row = guardians.child(viewer, child, JOIN)
    if row is None:
        raise Http404
    if request.method != "POST":
        return _page(request, viewer, row)
    do = request.POST.get("do", "")
    if do == "yes" and not rule.may(viewer, CONSENT, row) and viewer.strength < Strength.SUBSTANTIAL:
        return step_up(request, Strength.SUBSTANTIAL)
    try:
        said = _do(request, viewer, row, do)
    except PermissionDenied:
        raise Http404 from None
    if isinstance(said, str):
        messages.success(request, said)
        return redirect("families:access", child=child)
    return _page(request, viewer, row, said, 422)


def _do(request: HttpRequest, viewer: Viewer, row: Child, do: str) -> Any:
    """What was said when it was done; the form where it could not be."""
    if do == "tell":
        form = wishing.sent(request.POST)
        if not form.is_valid():
            return form
        guardians.tell(row, wishing.wishes(form), viewer)
        return _("Saved. The head of the preschool sees it.")
    if do in ("yes", "no"):
        guardians.answer(row, request.POST.get("consent", ""), do == "yes", "conferences" in request.POST, viewer)
        return _("Saved. A no counts from this moment.") if do == "no" else _("Saved. The head opens the access.")
    if do == "leave":
        homes.leave(child=row, by=viewer)
        return _("From now on you read alone.")
    return guardians.asking(row, do, request.POST.get("whom", ""), viewer)


def _page(request: HttpRequest, viewer: Viewer, row: Child, failed: Any = None, status: int = 200) -> HttpResponse:
    request.child = row  # type: ignore[attr-defined]
    page = guardians.page(row, viewer)
    form = failed or wishing.form_for(page.said)
    return at.answer(request, "access.html", status=status, page=page, form=form, child=row)
