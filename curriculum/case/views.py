"""The office brings a package, looks at what it would change, and lets it be written as drafts."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_required

from curriculum.case import exporting, writing
from curriculum.case.diffing import ADDED, CHANGED, SAME
from curriculum.case.faults import CaseError, Fault
from curriculum.case.forms import BringForm
from curriculum.case.meaning import Told
from curriculum.case.text import LARGEST
from curriculum.case.uploads import AtMost
from curriculum.case.words import WORDS
from ground.clock import now

# Whoever drafts the curriculum may bring it, too.
RIGHT = "curriculum.add_framework"


@csrf_exempt
def bring(request: HttpRequest) -> HttpResponse:
    """Stops reading what is far too large; the form's token is asked for all the same, once reading is bounded."""
    request.upload_handlers.insert(0, AtMost(LARGEST))
    return _bring(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RIGHT)
def _bring(request: HttpRequest) -> HttpResponse:
    faults: list[Fault] = []
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        told = Told(given["country"], given["valid_from"])
        try:
            raw = given["file"].read(LARGEST + 1)
            package = writing.bring(raw=raw, name=given["file"].name, told=told, by=request.user, at=now())
            return redirect("curriculum_case_look", package=package.public_id)
        except CaseError as error:
            faults = error.faults
    return _page(request, form, faults, 400 if faults else 200)


def _page(request: HttpRequest, form: BringForm, faults: list[Fault], status: int) -> HttpResponse:
    context = {"form": form, "faults": faults, "frameworks": exporting.published(), "words": WORDS}
    return render(request, "curriculum/office/bring.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RIGHT)
def look(request: HttpRequest, package: uuid.UUID) -> HttpResponse:
    """The diff; sending the form writes it."""
    row = writing.brought(package)
    if row is None:
        raise Http404
    try:
        if request.method == "POST":
            framework = writing.apply(package=row, by=request.user, at=now())
            messages.success(request, _("Written as drafts. Nobody sees them until the framework is published."))
            return redirect(reverse("wagtailsnippets_curriculum_framework:edit", args=[framework.pk]))
        found = writing.compare(row.content.encode(), Told.of(row.told))
    except CaseError as error:
        return _page(request, BringForm(), error.faults, 409)
    context = {
        "package": row,
        "diff": found,
        "parts": [
            (_("New"), found.of_state(ADDED)),
            (_("Changed"), found.of_state(CHANGED)),
        ],
        "same": _same(len(found.of_state(SAME))) if found.of_state(SAME) else "",
        "unseen": found.changes_anything and len(found.of_state(SAME)) == len(found.changes),
        "words": WORDS,
    }
    return render(request, "curriculum/office/look.html", context)


def _same(count: int) -> str:
    return ngettext("%(count)s row stays as it is.", "%(count)s rows stay as they are.", count) % {"count": count}


@require_safe
@permission_required("curriculum.view_framework")
def export(request: HttpRequest, framework: uuid.UUID) -> HttpResponse:
    row = exporting.published().filter(public_id=framework).first()
    if row is None:
        raise Http404
    response = HttpResponse(exporting.as_json(row), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.public_id}.json"'
    return response
