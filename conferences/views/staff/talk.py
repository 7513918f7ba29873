"""The talk: notes and agreements on one screen, turned to the family, noted, sealed."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conferences import around, asks, present, sides, steps
from conferences.forms import InformForm, TalkForm
from conferences.homes import invited
from conferences.models import Conference
from conferences.services import sealing, writing
from conferences.views.staff.at import answer, conference_of, page_of, refused_is_not_found, sections_of
from learninglog.forms import key_of
from people.models import Home
from visibility import rule
from visibility.doors import hat_required
from visibility.matrix import ADD, READ, SEAL, WRITE
from visibility.viewer import Hat, Viewer


@require_safe
@hat_required(Hat.STAFF)
def talk(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    viewer, row = conference_of(request, conference)
    return talk_page(request, viewer, row)


def talk_page(
    request: HttpRequest,
    viewer: Viewer,
    row: Conference,
    *,
    agreement: Any = None,
    noted: Any = None,
    status: int = 200,
) -> HttpResponse:
    """The screen of the talk; a form that was sent and is not right stands on it as it was sent."""
    found = sections_of(row, viewer)
    homes = sides_of(row, viewer)
    context = {
        "about": around.of(row, viewer, steps.Step.TALK),
        "sections": asks.at_the_talk(found),
        "agreement_asks": asks.agreement_asks(found, agreement),
        "talk_sides": around.talks(row, homes, viewer, noted),
        "sides": homes,
    }
    return answer(request, "talk.html", conference=row, status=status, **context)


def sides_of(row: Conference, viewer: Viewer) -> list[sides.HomeSide]:
    """The homes, each with a form to write down how it was informed."""
    homes = sides.of(row, viewer)
    for side in homes:
        side.form = InformForm(initial={"informed": side.informed}, auto_id=f"id_%s_{side.tie.public_id}")
    return homes


@require_safe
@hat_required(Hat.STAFF)
def turned(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    """Turned to a family: what they may read, and nothing of another home's."""
    viewer, row = conference_of(request, conference)
    home = _home(request.GET.get("home", ""), row)
    page = page_of(row, viewer)
    context = present.of(page, home, viewer)
    return answer(request, "present.html", conference=row, **context)


@require_POST
@hat_required(Hat.STAFF)
def note(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    viewer, row = conference_of(request, conference, WRITE)
    home = _home(request.POST.get("home", ""), row)
    form = TalkForm(request.POST, day=viewer.day, auto_id=around.talk_id(home))
    if not form.is_valid():
        return talk_page(request, viewer, row, noted=(home, form), status=422)
    with refused_is_not_found():
        writing.note_talk(conference=row, home=home, by=viewer, **form.cleaned_data)
    messages.success(request, _("The talk is noted."))
    return redirect("talks:talk", conference=conference)


@require_POST
@hat_required(Hat.STAFF)
def inform(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    """Before the record is sealed and after it: some homes are told only then."""
    viewer, row = conference_of(request, conference)
    if not (rule.may(viewer, WRITE, row) or rule.may(viewer, ADD, row)):
        raise Http404
    key, form = key_of(request.POST.get("tie", "")), InformForm(request.POST)
    tie = invited(viewer.at).filter(child=row.child_id, public_id=key).first() if key else None
    if tie is not None and form.is_valid():
        with refused_is_not_found():
            writing.inform(conference=row, tie=tie, informed=form.cleaned_data["informed"], by=viewer)
        messages.success(request, _("Saved."))
    return redirect("talks:after" if row.sealed_at else "talks:talk", conference=conference)


def _home(key: str, conference: Conference) -> Home | None:
    """A home of the child by its address; none where none is named."""
    if not key:
        return None
    found = next((home for home in conference.child.homes.order_by("pk") if str(home.public_id) == key), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def seal(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    """Says what it means, and asks first."""
    # A second tap finds it sealed, and is told the same; who could not have sealed it is refused below.
    viewer, row = conference_of(request, conference, READ if request.method == "POST" else SEAL)
    if request.method == "POST":
        with refused_is_not_found():
            sealing.seal(conference=row, by=viewer)
        messages.success(request, _("Sealed. The home can read and keep it."))
        return redirect("talks:after", conference=conference)
    found = sections_of(row, viewer)
    context: dict[str, Any] = {"rows": asks.agreed(found), "talks": around.has_talked(row, viewer)}
    return answer(request, "seal.html", conference=row, **context)
