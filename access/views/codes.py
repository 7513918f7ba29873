"""The head gives a code on paper to somebody who stands there: a form, then the letter, shown once."""

import uuid
from base64 import b64encode
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from access.forms import GiveCodeForm, posted
from access.signing import codes, giving, paper
from access.signing.stepping import requires
from people.models import Person
from visibility.doors import hat_required, viewer_of
from visibility.viewer import Hat, Strength

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def for_guardian(request: HttpRequest, child: uuid.UUID, guardianship: uuid.UUID) -> HttpResponse:
    """For a guardian of a child of the head's; where the organisation has no such way there is no such page."""
    viewer = viewer_of(request)
    tie = giving.guardianship(viewer, child, guardianship)
    if tie is None or not codes.allowed(tie.child.organisation):
        raise Http404
    return _give(request, tie.person, Hat.GUARDIAN, reverse("access:adult", kwargs={"adult": tie.public_id}))


@require_http_methods(METHODS)
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def for_staff(request: HttpRequest, duty: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    found = giving.duty(viewer, duty)
    if found is None:
        raise Http404
    back = reverse("work:duty", kwargs={"duty": found.public_id})
    return _give(request, found.person, giving.hat_of(found), back)


def _give(request: HttpRequest, person: Person, hat: Hat, back: str) -> HttpResponse:
    viewer, form = viewer_of(request), GiveCodeForm(posted(request))
    context = {"form": form, "person": person, "viewer": viewer, "address": request.path, "back": back}
    if request.method != "POST" or not form.is_valid():
        return render(request, "access/signing/give_code.html", context, status=422 if form.errors else 200)
    return _hand_over(request, person, hat, form.cleaned_data["identified"], context)


@sensitive_variables()
def _hand_over(
    request: HttpRequest, person: Person, hat: Hat, identified: str, context: dict[str, Any]
) -> HttpResponse:
    """The letter, in this answer and nowhere else: as a page to print, and as a PDF that the page itself carries.

    So there is no address from which it could be fetched again; loading the page anew makes another code.
    """
    viewer = context["viewer"]
    letter = codes.make(person=person, hat=hat, identified=identified, by=viewer.person, at=viewer.at)
    site = request.build_absolute_uri(reverse("signing:code"))
    written = paper.write(letter, site=site, at=viewer.at)
    pdf = paper.as_pdf(written, at=viewer.at)
    carried = "data:application/pdf;base64," + b64encode(pdf).decode() if pdf else ""
    with translation.override(written.language):
        sheet = render_to_string("access/signing/_letter.html", {"paper": written})
    page = {**context, "sheet": mark_safe(sheet), "language": written.language, "pdf": carried}
    return render(request, "access/signing/letter.html", page)
