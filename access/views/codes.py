"""The head gives a code on paper to somebody who stands there: a form, then the letter, shown once."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from access.forms import GiveCodeForm, posted
from access.signing import codes, giving
from access.signing.stepping import requires
from people.models import Person
from visibility.doors import hat_required, viewer_of
from visibility.viewer import Hat, Strength, Viewer

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
    return _give(request, viewer, tie.person, Hat.GUARDIAN)


@require_http_methods(METHODS)
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def for_staff(request: HttpRequest, duty: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    found = giving.duty(viewer, duty)
    if found is None:
        raise Http404
    return _give(request, viewer, found.person, giving.hat_of(found))


@sensitive_variables("letter")
def _give(request: HttpRequest, viewer: Viewer, person: Person, hat: Hat) -> HttpResponse:
    form = GiveCodeForm(posted(request))
    context = {"form": form, "person": person, "viewer": viewer, "address": request.path}
    if request.method != "POST" or not form.is_valid():
        return render(request, "access/signing/give_code.html", context, status=422 if form.errors else 200)
    identified = form.cleaned_data["identified"]
    letter = codes.make(person=person, hat=hat, identified=identified, by=viewer.person, at=viewer.at)
    site = request.build_absolute_uri(reverse("signing:code"))
    # The paper is for its reader: the whole page is in the reader's language.
    with translation.override(person.language):
        page = {"letter": letter, "person": letter.row.person, "site": site, "organisation": person.organisation}
        return render(request, "access/signing/letter.html", page)
