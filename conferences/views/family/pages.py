"""A home's pages: the conferences about its child, one of them as it was shown or sealed, and the home's own part."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conferences import asks, at_hand, family_page, printed, reading
from conferences.models import Conference
from conferences.services import writing
from conferences.views import saving
from conferences.views.family.at import answer, child_of, conference_of
from learninglog.views.staff.at import refused_is_not_found
from people.models import Child
from visibility.doors import hat_required, read
from visibility.matrix import CONTRIBUTE
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.GUARDIAN)
def listing(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer, row = child_of(request, child)
    read(viewer, "conferences", about=row.public_id, child_ids=[row.pk])
    under_way, over = family_page.listing(row, viewer)
    return answer(request, "list.html", child=row, open=under_way, sealed=over)


@require_safe
@hat_required(Hat.GUARDIAN)
def conference(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID) -> HttpResponse:
    viewer, row, found = conference_of(request, child, conference)
    page = reading.for_home(found, viewer)
    read(viewer, "conference", about=found.public_id, child_ids=[row.pk])
    context: dict[str, Any] = family_page.of(page, viewer)
    writing.open_side(conference=found, by=viewer)
    return answer(request, "conference.html", child=row, conference=found, **context)


def _href(child: Child, conference: Conference, name: str = "conference") -> str:
    parts = {"child": child.public_id, "conference": conference.public_id}
    return reverse(f"family_talks:{name}", kwargs=parts)


@require_POST
@hat_required(Hat.GUARDIAN)
def save(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    viewer, row, found = conference_of(request, child, conference, CONTRIBUTE)
    ask = saving.ask_of(asks.of_home(reading.for_home(found, viewer), viewer), question)
    back = _href(row, found)
    with refused_is_not_found():
        return saving.save(request, found, ask, viewer, back=back, whole="conferences/family/clash.html", child=row)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.GUARDIAN)
def pick(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    viewer, row, found = conference_of(request, child, conference, CONTRIBUTE)
    ask = saving.ask_of(asks.of_home(reading.for_home(found, viewer), viewer), question, "from_log")
    back = f"{_href(row, found)}#{ask.anchor}"
    if request.method == "POST":
        with refused_is_not_found():
            saving.pick(request, found, ask, viewer)
        return redirect(back)
    read(viewer, "log", about=row.public_id, child_ids=[row.pk])
    choices = at_hand.choices(row, viewer, set(saving.materials_of(found, ask, viewer)))
    return answer(request, "pick.html", child=row, conference=found, ask=ask, choices=choices, back=back)


@require_POST
@hat_required(Hat.GUARDIAN)
def unpick(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID, material: uuid.UUID) -> HttpResponse:
    viewer, row, found = conference_of(request, child, conference, CONTRIBUTE)
    with refused_is_not_found():
        question = saving.unpick(found, material, viewer)
    return redirect(f"{_href(row, found)}#q-{question}")


@require_POST
@hat_required(Hat.GUARDIAN)
def hand_in(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID) -> HttpResponse:
    viewer, row, found = conference_of(request, child, conference, CONTRIBUTE)
    with refused_is_not_found():
        writing.hand_in(conference=found, by=viewer)
    messages.success(request, _("Handed in. The preschool reads it now."))
    return redirect(f"{_href(row, found)}#hand-in")


@require_safe
@hat_required(Hat.GUARDIAN)
def pdf(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID) -> HttpResponse:
    viewer, row, found = conference_of(request, child, conference)
    read(viewer, "conference pdf", about=found.public_id, child_ids=[row.pk])
    return printed.response(found, viewer)
