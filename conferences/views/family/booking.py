"""A home's own times for the talk: choose one, move, cancel, take it into the calendar."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conferences import booking_pages, calendar
from conferences.booking_forms import BookForm
from conferences.models import Conference
from conferences.services import booking
from conferences.views.family.at import answer, child_of
from learninglog.forms import key_of
from people.models import Child
from visibility.doors import hat_required, read
from visibility.matrix import BOOK, READ
from visibility.viewer import Hat, Viewer


def _at(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID) -> tuple[Viewer, Child, Conference]:
    """A conference under way with times for this home; there may be times before anything is shown."""
    viewer, row = child_of(request, child)
    rows = Conference.objects.visible_to(viewer).open().filter(child=row, public_id=conference)
    found = rows.select_related("child", "unit__organisation").first()
    if found is None:
        raise Http404
    return viewer, row, found


def _late() -> str:
    return _("The talk is so near that only a call to the preschool changes it.")


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.GUARDIAN)
def page(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID) -> HttpResponse:
    viewer, row, found = _at(request, child, conference)
    form = BookForm(request.POST if request.method == "POST" else None)
    said = _book(form, found, viewer) if request.method == "POST" else None
    if said == "":
        messages.success(request, _("Your time is booked."))
        return redirect("family_talks:booking", child=child, conference=conference)
    shown = booking_pages.of_home(found, viewer)
    read(viewer, "conference", about=found.public_id, child_ids=[row.pk])
    context: dict[str, Any] = {"child": row, "conference": found, "page": shown, "form": form, "said": said or ""}
    context["cancelled"] = None if shown.booked else key_of(request.GET.get("cancelled", ""))
    return answer(request, "booking.html", status=409 if said else 200, **context)


def _book(form: BookForm, conference: Conference, viewer: Viewer) -> str:
    """Books, and gives the words about what went wrong; nothing when nothing did."""
    if not form.is_valid():
        return _("Choose a time.") if "offer" in form.errors else str(next(iter(form.errors.values()))[0])
    given = form.cleaned_data
    offer = booking_pages.offer_of(conference, viewer, given["offer"], BOOK)
    try:
        if offer is None:
            raise booking.Taken
        booking.book(offer=offer, interpreter=given["interpreter"], instead_of=given["instead_of"], by=viewer)
    except booking.Taken:
        return _("This time is not yours to book any more. Choose another one.")
    except booking.Changed:
        return _("Somebody else in your home has booked in between. Look at what stands now.")
    except booking.TooLate:
        return _late()
    return ""


@require_POST
@hat_required(Hat.GUARDIAN)
def cancel(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID, offer: uuid.UUID) -> HttpResponse:
    viewer, _row, found = _at(request, child, conference)
    row = booking_pages.offer_of(found, viewer, offer, BOOK)
    if row is None:
        raise Http404
    was_booked = row.booked_at is not None
    try:
        booking.cancel(offer=row, by=viewer)
        messages.success(request, _("Cancelled. Choose another time when you like."))
    except booking.TooLate:
        messages.error(request, _late())
    except booking.Taken:
        messages.error(request, _("This time is not yours any more."))
    back = reverse("family_talks:booking", kwargs={"child": child, "conference": conference})
    return redirect(f"{back}?cancelled={row.public_id}" if was_booked else back)


@require_safe
@hat_required(Hat.GUARDIAN)
def appointment(request: HttpRequest, child: uuid.UUID, conference: uuid.UUID, offer: uuid.UUID) -> HttpResponse:
    """The talk as a file for the calendar; when it is not booked any more, one that takes it out again."""
    viewer, row, found = _at(request, child, conference)
    talk = booking_pages.offer_of(found, viewer, offer, READ)
    talk = talk or booking.taken_back(found, viewer).filter(public_id=offer).first()
    if talk is None:
        raise Http404
    read(viewer, "conference", about=found.public_id, child_ids=[row.pk])
    return calendar.as_file(calendar.appointment(talk, at=viewer.at))
