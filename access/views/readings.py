"""Who opened what about a child: for the guardians, and for the head who answers their questions."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from access.readings import lines, services
from access.readings.forms import AnswerForm, AskForm, HoldForm
from access.team import reach
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import LINES, OVERLOOK
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.GUARDIAN)
def family(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = lines.child_of(viewer, child, LINES)
    page = lines.listed(row, lines.of_family(row, viewer), viewer, request.GET.get("before", ""))
    read(viewer, "reading log", about=row.public_id, child_ids=[row.pk])
    return render(request, "access/readings/family.html", {"viewer": viewer, "child": row, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.GUARDIAN)
def family_line(request: HttpRequest, child: uuid.UUID, line: uuid.UUID) -> HttpResponse:
    """One line explained, and the way to ask about it."""
    viewer = viewer_of(request)
    row = lines.child_of(viewer, child, LINES)
    found = lines.one(lines.of_family(row, viewer), line)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.ask(row=found, text=form.cleaned_data["text"], by=viewer)
        messages.success(request, _("Your question is with the head. The answer comes here."))
        return redirect("readings:family_line", child=child, line=line)
    context = {"viewer": viewer, "child": row, "shown": lines.explained(row, found, viewer), "form": form}
    return render(request, "access/readings/family_line.html", context)


@require_safe
@hat_required(Hat.STAFF)
def head(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = lines.child_of(viewer, child, OVERLOOK)
    page = lines.listed(row, lines.of_head(row, viewer), viewer, request.GET.get("before", ""))
    refused = lines.refused(row, viewer, request.GET.get("refused", ""))
    read(viewer, "reading log", about=row.public_id, child_ids=[row.pk])
    context = {"viewer": viewer, "child": row, "page": page, "refused": refused}
    return render(request, "access/readings/head.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def head_line(request: HttpRequest, child: uuid.UUID, line: uuid.UUID) -> HttpResponse:
    """One line explained; it can be held back, and shown again."""
    viewer = viewer_of(request)
    row = lines.child_of(viewer, child, OVERLOOK)
    found = lines.one(lines.of_head(row, viewer), line)
    shows = request.method == "POST" and request.POST.get("do") == "show"
    form = HoldForm(request.POST if request.method == "POST" and not shows else None, day=viewer.day)
    if shows:
        services.show_again(row=found, by=viewer)
    elif form.is_bound and form.is_valid():
        services.hold_back(row=found, by=viewer, **form.cleaned_data)
    if shows or (form.is_bound and form.is_valid()):
        return redirect("readings:head_line", child=child, line=line)
    context = {"viewer": viewer, "child": row, "shown": lines.explained(row, found, viewer), "form": form}
    return render(request, "access/readings/head_line.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def questions(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if not reach.staffed(viewer):
        raise Http404
    waiting = lines.waiting(viewer)
    if request.method == "POST":
        asked = next((one for one in waiting if str(one.public_id) == request.POST.get("question")), None)
        form = AnswerForm(request.POST)
        if asked is not None and form.is_valid():
            services.answer(question=asked, text=form.cleaned_data["text"], by=viewer)
            messages.success(request, _("Answered."))
        return redirect("readings:questions")
    if waiting:
        read(viewer, "reading log", child_ids={one.child_id for one in waiting})
    return render(request, "access/readings/questions.html", {"viewer": viewer, "waiting": waiting})
