"""The records keeper's page of a child who has left: requests, and putting right what they are about."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from access.recordings import forms as recording
from access.recordings.services import NotPossible
from access.signing.stepping import requires
from learninglog import correcting_page as pages
from learninglog.forms import CorrectForm, CorrectionForm
from learninglog.models import CorrectionRequest, Entry
from learninglog.services import correcting
from learninglog.views.staff.at import answer, refused_is_not_found
from people.models import Child
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import CORRECT
from visibility.viewer import Hat, Strength, Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def asked(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What was asked about a child, and the form that writes a new request down."""
    viewer, row = _child(request, child)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CorrectionForm(*given, who=pages.who_asks(row, viewer), day=viewer.day)
    if request.method == "POST" and _written_down(form, row, viewer):
        messages.success(request, _("Written down. What it is about stands below."))
        return redirect("staff:asked", child=child)
    return _page(request, row, viewer, form)


def _child(request: HttpRequest, public_id: uuid.UUID) -> tuple[Viewer, Child]:
    viewer = viewer_of(request)
    row = pages.child(viewer, public_id)
    if row is None:
        raise Http404
    return viewer, row


def _page(
    request: HttpRequest, row: Child, viewer: Viewer, form: CorrectionForm, wrong: dict[str, CorrectForm] | None = None
) -> HttpResponse:  # fmt: skip
    read(viewer, "correction", about=row.public_id, child_ids=[row.pk])
    found = pages.requests(row, viewer)
    forms = {
        (one.request.pk, str(line.shown.public_id)): CorrectForm(
            initial={"title": line.shown.title, "text": line.shown.text, "seen": line.version},
            auto_id=f"id_{one.request.pk}_{line.shown.public_id.hex}_%s",
        )
        for one in found
        for line in one.lines
    }
    bad = form.is_bound or bool(wrong)
    forms |= {(one.request.pk, key): sent for key, sent in (wrong or {}).items() for one in found}
    return answer(request, "asked.html", child=row, asked=found, form=form, forms=forms, status=422 if bad else 200)


def _written_down(form: CorrectionForm, row: Child, viewer: Viewer) -> bool:
    told = recording.told(form, row, viewer)
    if told is None:
        return False
    said = form.cleaned_data
    days = {"first_day": said["first_day"], "last_day": said["last_day"]}
    with refused_is_not_found():
        correcting.ask(guardianship=form.chosen, told=told, by=viewer, **days)
    return True


def _entry(request: HttpRequest, child: uuid.UUID, asked: uuid.UUID, entry: uuid.UUID) -> Any:
    viewer, row = _child(request, child)
    found = pages.request(row, asked)
    one = Entry.objects.visible_to(viewer, CORRECT).filter(public_id=entry).first()
    if found is None or one is None:
        raise Http404
    return viewer, row, found, one


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def correct(request: HttpRequest, child: uuid.UUID, asked: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Other words for this child's family."""
    viewer, row, found, one = _entry(request, child, asked, entry)
    form = CorrectForm(request.POST, auto_id=f"id_{found.pk}_{entry.hex}_%s")
    if not form.is_valid() or not _corrected(form, found, one, viewer):
        empty = CorrectionForm(who=pages.who_asks(row, viewer), day=viewer.day)
        return _page(request, row, viewer, empty, {str(entry): form})
    messages.success(request, _("Corrected. The family reads the new words."))
    return redirect("staff:asked", child=child)


def _corrected(form: CorrectForm, found: CorrectionRequest, one: Entry, viewer: Viewer) -> bool:
    try:
        correcting.correct(request=found, entry=one, by=viewer, **form.cleaned_data)
    except PermissionDenied:
        raise Http404 from None
    except NotPossible as refused:
        changed = _("The words have changed since you opened the page. Yours are still here; look once more.")
        form.add_error("text", changed if refused.field == "changed" else _("Write something, or take it back."))
        return False
    return True


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def take_back(request: HttpRequest, child: uuid.UUID, asked: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """This child's family no longer reads it; a second tap finds it done."""
    viewer, row = _child(request, child)
    found, one = pages.request(row, asked), Entry.objects.visible_to(viewer, CORRECT).filter(public_id=entry).first()
    if found is None:
        raise Http404
    if one is not None:
        with refused_is_not_found():
            correcting.take_back(request=found, entry=one, by=viewer)
    messages.success(request, _("Taken back. The family no longer reads it."))
    return redirect("staff:asked", child=child)


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def close(request: HttpRequest, child: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    """Nothing more is opened by this request."""
    viewer, row = _child(request, child)
    found = pages.request(row, asked)
    if found is None:
        raise Http404
    correcting.close(request=found, by=viewer)
    messages.success(request, _("Closed. Its entries are not shown here any more."))
    return redirect("staff:asked", child=child)
