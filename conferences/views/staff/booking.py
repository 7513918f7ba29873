"""Times for talks: keeping them, offering each home a few of its own, and who has booked."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conferences import booking_pages
from conferences.booking_forms import KeepForm, SpreadForm
from conferences.models import FreeTime, Offer
from conferences.services import booking
from conferences.views.staff.at import answer, conference_of, refused_is_not_found
from learninglog.forms import key_of
from learninglog.views.staff.at import group_of
from people.models import Group
from visibility.doors import hat_required, read
from visibility.matrix import OFFER_IT, WITHDRAW, WRITE
from visibility.viewer import Hat, Viewer


def _group(request: HttpRequest, public_id: uuid.UUID) -> tuple[Viewer, Group]:
    """A group that the viewer works in or heads, at a unit where they may keep times."""
    viewer, row = group_of(request, public_id, works=False)
    if not booking.may_keep(row.unit, viewer):
        raise Http404
    return viewer, row


@require_safe
@hat_required(Hat.STAFF)
def times(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = _group(request, group)
    page = booking_pages.of_group(row, viewer)
    read(viewer, "conferences", about=row.public_id, child_ids=page.child_ids)
    return answer(request, "times.html", group=row, page=page, spread=SpreadForm())


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def keep(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = _group(request, group)
    initial = {"first_day": viewer.day, "last_day": viewer.day, "weekdays": list(range(5))}
    form = KeepForm(
        request.POST or None, initial=initial, staff=booking_pages.colleagues(row.unit, viewer), viewer=viewer,
        time_zone=row.unit.organisation.time_zone,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refused_is_not_found():
            kept = booking.keep_times(
                unit=row.unit, staff=form.people[given["staff"]], times=form.times, place=given["place"],
                link=given["link"], by=viewer,
            )  # fmt: skip
        messages.success(request, _told(kept))
        return redirect("talks:times", group=group)
    return answer(request, "keep_times.html", group=row, form=form, status=422 if form.is_bound else 200)


def _told(kept: booking.Kept) -> str:
    said = ngettext("%(num)s time is kept.", "%(num)s times are kept.", kept.made) % {"num": kept.made}
    if not kept.met:
        return said
    met = ngettext("%(num)s met another and was left.", "%(num)s met others and were left.", kept.met)
    return f"{said} {met % {'num': kept.met}}"


@require_POST
@hat_required(Hat.STAFF)
def remove(request: HttpRequest, group: uuid.UUID, time: uuid.UUID) -> HttpResponse:
    viewer, row = _group(request, group)
    found = FreeTime.objects.visible_to(viewer, WRITE).filter(unit=row.unit, public_id=time).first()
    if found is None:
        raise Http404
    if found.removed_at is not None:
        return redirect("talks:times", group=group)
    try:
        with refused_is_not_found():
            booking.remove_time(time=found, by=viewer)
    except booking.Taken:
        messages.error(request, _("A home has booked this time. Take the booking back first, and call the home."))
    return redirect("talks:times", group=group)


@require_POST
@hat_required(Hat.STAFF)
def spread(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Every home without a talk gets a few times of its own."""
    viewer, row = _group(request, group)
    form = SpreadForm(request.POST)
    if not form.is_valid():
        raise Http404
    page = booking_pages.of_group(row, viewer)
    with refused_is_not_found():
        asked = booking_pages.asked(page, row.unit, viewer)
        team = booking_pages.team(row, viewer)
        offered = booking.spread(asked=asked, unit=row.unit, team=team, each=form.cleaned_data["each"], by=viewer)
    if offered:
        said = ngettext("%(num)s time was offered.", "%(num)s times were offered.", offered)
        messages.success(request, said % {"num": offered})
    else:
        messages.error(request, _("Nothing was offered: each home has its times, or no free time is left. Keep more."))
    return redirect("talks:times", group=group)


def _offer(request: HttpRequest, conference: uuid.UUID, offer: uuid.UUID) -> tuple[Viewer, Offer]:
    viewer, row = conference_of(request, conference)
    found = booking_pages.offer_of(row, viewer, offer, WITHDRAW)
    if found is None:
        raise Http404
    return viewer, found


def _back(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    """To the group's times where it was sent from there, else to the conference."""
    group = key_of(request.POST.get("group", ""))
    return redirect("talks:times", group=group) if group else redirect("talks:conference", conference=conference)


@require_POST
@hat_required(Hat.STAFF)
def take_back(request: HttpRequest, conference: uuid.UUID, offer: uuid.UUID) -> HttpResponse:
    viewer, row = _offer(request, conference, offer)
    if row.ended_at is None:
        with refused_is_not_found():
            booking.take_back(offer=row, by=viewer)
    messages.success(request, _("Taken back."))
    return _back(request, conference)


@require_POST
@hat_required(Hat.STAFF)
def book_for(request: HttpRequest, conference: uuid.UUID, offer: uuid.UUID) -> HttpResponse:
    """For a home that said so on the telephone, or at the door."""
    viewer, row = _offer(request, conference, offer)
    key = key_of(request.POST.get("said_by", ""))
    said_by = next((tie for tie in booking.legal_in(row.home_id, viewer.at) if tie.public_id == key), None)
    if said_by is None:
        messages.error(request, _("Say which legal guardian chose the time."))
        return _back(request, conference)
    try:
        with refused_is_not_found():
            booking.book_for(offer=row, interpreter=row.interpreter, said_by=said_by, by=viewer)
        messages.success(request, _("Booked."))
    except booking.Taken:
        messages.error(request, _("This time is over, or kept no longer."))
    return _back(request, conference)


@require_POST
@hat_required(Hat.STAFF)
def offer(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    """One free time to one home."""
    viewer, row = conference_of(request, conference, OFFER_IT)
    time_key, tie_key = key_of(request.POST.get("time", "")), key_of(request.POST.get("tie", ""))
    if time_key is None or tie_key is None:
        messages.error(request, _("Choose a time."))
        return _back(request, conference)
    time = FreeTime.objects.visible_to(viewer).filter(unit=row.unit, public_id=time_key).first()
    tie = row.child.guardianships.filter(public_id=tie_key).first()
    if time is None or tie is None:
        raise Http404
    with refused_is_not_found():
        made = booking.offer(conference=row, tie=tie, times=[time], by=viewer)
    if made or booking.has(row, tie, time, viewer.at):
        messages.success(request, _("Offered."))
    else:
        messages.error(request, _("Another family has this time by now."))
    return _back(request, conference)


@require_safe
@hat_required(Hat.STAFF)
def wall(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """For the wall: every kept time, booked or not, so that it tells nobody how many families there are."""
    viewer, row = _group(request, group)
    return answer(request, "wall.html", group=row, days=booking_pages.on_the_wall(row.unit, viewer))
