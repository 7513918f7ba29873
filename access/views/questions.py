"""Questions about pictures: the guardian's answers, the head's list and papers, the owner's settings."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.families import at
from access.families import pages as families
from access.questions import pages, services, words
from access.questions.forms import DownloadForm, PaperAnswerForm, WayForm
from access.recordings import forms as recording
from access.recordings.services import NotPossible
from access.signing.stepping import requires, step_up
from access.team import reach
from media_policy.answers import AFTER_A_ROUND, allowed
from media_policy.downloads import decide, who
from media_policy.questions import Question
from people.models import Answer, Child, Guardianship, Organisation
from visibility import rule
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import ACCESS, ANSWER, APPOINT, OBJECT
from visibility.viewer import Hat, Strength, Viewer

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@hat_required(Hat.GUARDIAN)
def family(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Each question in plain words. A no is taken at any sign-in, a yes at a sure one; neither waits for the terms."""
    viewer = viewer_of(request)
    row = families.child(viewer, child, OBJECT)
    tie = pages.own_tie(viewer, row) if row is not None else None
    if row is None or tie is None:
        raise Http404
    if request.method != "POST":
        return _family_page(request, viewer, row, tie)
    value = request.POST.get("value", "")
    if value == Answer.Value.YES and not rule.may(viewer, ANSWER, row) and viewer.strength < Strength.SUBSTANTIAL:
        return step_up(request, Strength.SUBSTANTIAL)
    try:
        said = _answer(tie, request, viewer)
    except PermissionDenied:
        raise Http404 from None
    except NotPossible:
        messages.warning(request, _("The words of the question are new. Please read them and answer again."))
        return redirect("answers:family", child=child)
    for sentence in said:
        messages.success(request, sentence)
    return redirect("answers:family", child=child)


def _answer(tie: Guardianship, request: HttpRequest, viewer: Viewer) -> list[str]:
    question, name = request.POST.get("question", ""), tie.child.given_name
    if question not in Question.values:
        raise Http404
    before = _is_allowed(question, tie, viewer)
    services.answer(
        guardianship=tie, question=question, value=request.POST.get("value", ""),
        wording=request.POST.get("wording", ""), by=viewer,
    )  # fmt: skip
    return words.changed(question, name, before=before, after=_is_allowed(question, tie, viewer))


def _is_allowed(question: str, tie: Guardianship, viewer: Viewer) -> bool:
    groups = pages.open_groups(tie.child, viewer) if question in AFTER_A_ROUND else []
    return bool(allowed(question, [tie.child_id], viewer.at, group=groups[0] if groups else None))


def _family_page(request: HttpRequest, viewer: Viewer, row: Child, tie: Guardianship) -> HttpResponse:
    read(viewer, "answers", about=row.public_id, child_ids=[row.pk])
    context = {"viewer": viewer, "child": row, "asked": pages.asked(tie, viewer), "history": pages.history(tie)}
    return render(request, "access/questions/family.html", context | {"labels": dict(Question.choices)})


@require_safe
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def listing(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if not families.children(viewer).exists():
        raise Http404
    lines = pages.listing(viewer)
    read(viewer, "answers", child_ids=[line.child.pk for line in lines])
    return render(request, "access/questions/listing.html", {"viewer": viewer, "lines": lines})


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def child(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What each legal guardian has answered, and the form for an answer on paper or in person."""
    viewer, row = at.child_of(request, child, ACCESS)
    legals = pages.legals(row, viewer)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperAnswerForm(*sent, legals=legals, day=viewer.day, auto_id="id_paper_%s")
    if request.method == "POST" and _recorded(form, row, viewer):
        messages.success(request, _("Written down. It counts from now on."))
        return redirect("answers:child", child=child)
    read(viewer, "answers", about=row.public_id, child_ids=[row.pk])
    context: dict[str, Any] = {"viewer": viewer, "child": row, "questions": pages.of_child(row, viewer)}
    context |= {"form": form, "legals": legals}
    return render(request, "access/questions/child.html", context, status=422 if form.is_bound else 200)


def _recorded(form: PaperAnswerForm, row: Child, viewer: Viewer) -> bool:
    told = recording.told(form, row, viewer)
    if told is None:
        return False
    said = form.cleaned_data
    try:
        services.record(
            guardianship=form.chosen, question=said["question"], yes=said["given"] == "yes", told=told, by=viewer
        )
    except NotPossible:
        form.add_error("said_on", _("They have answered since that day. The newer answer counts."))
        return False
    return True


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def settings(request: HttpRequest) -> HttpResponse:
    """How each question is decided: the owner's, for all preschools of the organisation."""
    viewer = viewer_of(request)
    owner = _overseen(viewer)
    found = pages.settings_of(owner)
    sent = request.POST.get("question", "")
    forms = {
        one.question: WayForm.of(one.way, one.question, request.POST if one.question == sent else None) for one in found
    }
    if sent in forms and forms[sent].is_valid():
        services.decide(organisation=owner, question=sent, wanted=forms[sent].wanted(), by=viewer)
        messages.success(request, _("Saved. It counts from now on, also for what was shared before."))
        return redirect("answers:settings")
    context: dict[str, Any] = {"viewer": viewer, "settings": found, "forms": forms}
    context["downloads"] = DownloadForm(initial={"who": who(owner.pk)}, auto_id="id_downloads_%s")
    return render(request, "access/questions/settings.html", context, status=422 if sent in forms else 200)


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def downloads(request: HttpRequest) -> HttpResponse:
    """Who may take copies along: the owner's too."""
    viewer = viewer_of(request)
    owner = _overseen(viewer)
    form = DownloadForm(request.POST)
    if form.is_valid():
        decide(organisation=owner, wanted=form.cleaned_data["who"], by=viewer)
        messages.success(request, _("Saved. It counts from now on."))
    return redirect("answers:settings")


def _overseen(viewer: Viewer) -> Organisation:
    for unit in reach.units(viewer, APPOINT):
        return unit.organisation
    raise Http404
