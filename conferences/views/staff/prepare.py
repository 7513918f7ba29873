"""Preparing a conference: its questions saved one by one, entries picked from the log, and showing it to the home."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conferences import around, asks, at_hand, sides, steps
from conferences.services import showing
from conferences.views import saving
from conferences.views.staff.at import answer, conference_of, page_of, refused_is_not_found, sections_of
from visibility.doors import hat_required
from visibility.matrix import READ, SHOW, WRITE
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.STAFF)
def conference(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    """The page of the step it is at."""
    viewer, row = conference_of(request, conference)
    here = around.step_of(row, viewer)
    pages = {steps.Step.TALK: "talks:talk", steps.Step.AFTER: "talks:after"}
    return redirect(pages.get(here, "talks:prepare"), conference=conference)


@require_safe
@hat_required(Hat.STAFF)
def prepare(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    viewer, row = conference_of(request, conference)
    page = page_of(row, viewer)
    context: dict[str, Any] = {
        "about": around.of(row, viewer, steps.Step.PREPARED),
        "sections": asks.beforehand(asks.of_staff(page, viewer)),
        "hand": at_hand.of_child(row.child, viewer),
        "last": asks.carried_over(page, viewer),
    }
    return answer(request, "prepare.html", conference=row, **context)


@require_POST
@hat_required(Hat.STAFF)
def save(request: HttpRequest, conference: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    viewer, row = conference_of(request, conference, WRITE)
    ask = saving.ask_of(sections_of(row, viewer), question)
    back = around.page_of_ask(row, ask)
    with refused_is_not_found():
        return saving.save(request, row, ask, viewer, back=back, whole="conferences/staff/clash.html")


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def pick(request: HttpRequest, conference: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    viewer, row = conference_of(request, conference, WRITE)
    ask = saving.ask_of(sections_of(row, viewer), question, "from_log")
    back = f"{around.page_of_ask(row, ask)}#{ask.anchor}"
    if request.method == "POST":
        with refused_is_not_found():
            saving.pick(request, row, ask, viewer)
        return redirect(back)
    choices = at_hand.choices(row.child, viewer, set(saving.materials_of(row, ask, viewer)))
    return answer(request, "pick.html", conference=row, ask=ask, choices=choices, back=back)


@require_POST
@hat_required(Hat.STAFF)
def unpick(request: HttpRequest, conference: uuid.UUID, material: uuid.UUID) -> HttpResponse:
    viewer, row = conference_of(request, conference, WRITE)
    with refused_is_not_found():
        question = saving.unpick(row, material, viewer)
    return redirect(f"{reverse('talks:prepare', kwargs={'conference': conference})}#q-{question}")


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def show(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    """Who reads it; and, sent, from now on the homes do."""
    viewer, row = conference_of(request, conference, SHOW if request.method == "POST" else READ)
    if request.method == "POST":
        with refused_is_not_found():
            showing.show(conference=row, by=viewer)
        messages.success(request, _("Shown. Each home that reads here is told."))
        return redirect("talks:show", conference=conference)
    about = around.of(row, viewer, steps.Step.SHOWN)
    about.empty = asks.empty(sections_of(row, viewer), row)
    return answer(request, "show.html", conference=row, about=about, sides=sides.of(row, viewer))
