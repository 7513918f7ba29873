"""The head's pages about who has access to each child."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from access.families import acts, at, consents, envelopes, pages, reach, wishing
from access.families import forms as f
from access.signing import codes
from access.signing.stepping import requires
from people.models import Child, Guardianship
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import ACTIVATE
from visibility.viewer import Hat, Strength, Viewer

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def everybody(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if not pages.children(viewer).exists():
        raise Http404
    wanted = request.GET.get("q", "")[:100]
    return at.answer(request, "children.html", lines=pages.listing(viewer, wanted), wanted=wanted, most=pages.MOST)


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def child(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer, row = at.child_of(request, child)
    if request.method != "POST":
        return _child_page(request, viewer, row)
    done = _done(acts.ON_CHILD, row, viewer, request)
    if done.failed is not None:
        return _child_page(request, viewer, row, {request.POST["do"]: done.failed}, 422)
    messages.success(request, done.said)
    return redirect("access:child", child=child)


def _child_page(
    request: HttpRequest, viewer: Viewer, row: Child, failed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    page = pages.page(row, viewer)
    read(viewer, "access", about=row.public_id, child_ids=[row.pk])
    forms: dict[str, Any] = {
        "note": f.NoteForm(auto_id="id_note_%s"),
        "lift": f.LiftForm(people=page.liftable, auto_id="id_lift_%s"),
        "word": f.PaperWordForm(legals=acts.legals(row, viewer), day=viewer.day, auto_id="id_word_%s"),
    }
    forms |= failed or {}
    wished = getattr(forms["word"], "wished", None) or wishing.form_for(None)
    return at.answer(request, "child.html", status=status, page=page, forms=forms, wished=wished)


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def new_adult(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer, row = at.child_of(request, child, ACTIVATE)
    form = f.NewAdultForm(request.POST or None, country=row.organisation.country)
    if request.method == "POST" and form.is_valid():
        try:
            tie = envelopes.note_adult(child=row, by=viewer, **form.cleaned_data)
        except envelopes.NotYet:
            form.add_error("national_id", _("This adult stands on the child’s page already."))
        else:
            messages.success(request, _("Noted. The envelope is closed until you open it."))
            return redirect("access:adult", adult=tie.public_id)
    return at.answer(request, "new_adult.html", child=row, form=form)


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def adult(request: HttpRequest, adult: uuid.UUID) -> HttpResponse:
    viewer, tie = at.adult_of(request, adult)
    if request.method != "POST":
        return _adult_page(request, viewer, tie)
    done = _done(acts.ON_ADULT, tie, viewer, request)
    if done.failed is not None:
        return _adult_page(request, viewer, tie, {request.POST["do"]: done.failed}, 422)
    messages.success(request, done.said)
    return redirect("access:adult", adult=adult)


def _adult_page(
    request: HttpRequest, viewer: Viewer, tie: Guardianship, failed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    page = pages.adult(tie, viewer)
    read(viewer, "access", about=tie.child.public_id, child_ids=[tie.child_id])
    deciding = [] if page.legal else consents.deciding(tie, viewer.at)
    forms: dict[str, Any] = {
        "open": f.GroundForm(auto_id="id_open_%s") if page.legal else f.OpenForm(),
        "ask": f.AskForm(),
        "paper": f.PaperForm(deciding=deciding, day=viewer.day, auto_id="id_paper_%s"),
        "inactive": f.InactiveForm(auto_id="id_inactive_%s"),
        "end": f.WhyForm(auto_id="id_end_%s"),
    }
    forms |= failed or {}
    shown: dict[str, Any] = {"page": page, "deciding": deciding, "by_code": codes.allowed(tie.child.organisation)}
    return at.answer(request, "adult.html", status=status, forms=forms, **shown)


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def closed(request: HttpRequest) -> HttpResponse:
    """The closed envelopes by group: each that is ticked is opened on its own ground."""
    viewer = viewer_of(request)
    if not pages.children(viewer, ACTIVATE).exists():
        raise Http404
    if request.method == "POST":
        opened, without = _open_ticked(request, viewer)
        if opened:
            messages.success(request, _("Opened: %(num)s.") % {"num": opened})
        if without:
            messages.error(request, _("Without a document: %(num)s. They are still closed.") % {"num": without})
        return redirect("access:closed")
    return at.answer(request, "closed.html", groups=pages.envelopes(viewer))


def _open_ticked(request: HttpRequest, viewer: Viewer) -> tuple[int, int]:
    """How many were opened, and how many lacked their ground."""
    opened = without = 0
    ticked = set(request.POST.getlist("open"))
    for tie in [tie for ties in pages.envelopes(viewer).values() for tie in ties if str(tie.public_id) in ticked]:
        ground = request.POST.get(f"ground_{tie.public_id}", "").strip()[:300]
        if ground:
            envelopes.open_envelope(guardianship=tie, ground=ground, by=viewer)
            opened += 1
        else:
            without += 1
    return opened, without


@require_safe
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Everything that one person reaches among the viewer's children, and why."""
    viewer = viewer_of(request)
    row = at.person_of(viewer, person)
    reached = reach.of_person(row, pages.children(viewer), viewer.moment)
    if not reached:
        raise Http404
    read(viewer, "access", about=row.public_id, child_ids=[one.child.pk for one in reached])
    return at.answer(request, "person.html", person=row, reached=reached)


def _done(known: dict[str, acts.Act], row: Any, viewer: Viewer, request: HttpRequest) -> acts.Done:
    """Do what the form's name says; what nobody may do is not there."""
    act = known.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    try:
        return act(row, viewer, request.POST, request.FILES)
    except PermissionDenied:
        raise Http404 from None
