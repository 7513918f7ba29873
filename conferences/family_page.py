"""A home's list of conferences, and one of them as the home reads it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conferences import around, asks, steps
from conferences.homes import running_home
from conferences.models import Conference, Offer, Side
from conferences.reading import Page
from conferences.services import booking
from people.models import Child
from visibility import rule
from visibility.matrix import CONTRIBUTE
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Line:
    """One conference in a home's list; `words` say where it is, `action` what there is to do."""

    public_id: uuid.UUID
    name: str
    words: str
    places: list[steps.Place]
    shown: bool
    action: str
    booking_href: str


def listing(child: Child, viewer: Viewer) -> tuple[list[Line], list[Line]]:
    """Those under way, and those that are over unless they ended before anything was shown; newest first."""
    rows = Conference.objects.visible_to(viewer).filter(child=child, erased_at__isnull=True)
    rows = rows.select_related("frozen", "unit__organisation")
    under_way, over = [], []
    for row in rows.newest_first():
        line = _line(row, child, viewer)
        if row.is_open:
            under_way.append(line)
        elif row.sealed_at is not None or row.shown_at is not None:
            over.append(line)
    return under_way, over


def _line(row: Conference, child: Child, viewer: Viewer) -> Line:
    side = side_of(row, viewer)
    handed_in = side is not None and side.handed_in_at is not None
    return Line(
        public_id=row.public_id,
        name=around.name_of(row),
        words=words_of(row, viewer, handed_in=handed_in),
        places=steps.places(around.step_of(row, viewer), closed=row.closed_at is not None),
        shown=row.shown_at is not None,
        action=_("Read it") if handed_in else _("Read it, and fill in your part"),
        booking_href=booking_href(row, child, viewer),
    )


def words_of(row: Conference, viewer: Viewer, *, handed_in: bool) -> str:
    """Where it is, as a home is told: of the staff's preparing only that it is under way."""
    if row.sealed_at is not None:
        return _("Sealed on %(day)s") % {"day": _day(around.day_at(row, row.sealed_at))}
    if row.closed_at is not None:
        return _("Ended on %(day)s without being finished") % {"day": _day(around.day_at(row, row.closed_at))}
    if row.shown_at is None:
        return _("The preschool is preparing it. You are told when there is something to read.")
    if around.has_talked(row, viewer):
        return _("You have talked. What you agreed on stands here when the preschool has sealed it.")
    if handed_in:
        return _("Your part is handed in. Next is the talk.")
    return _("It is here to read, and your part is yours to fill in before the talk.")


def _day(day: date) -> str:
    return date_format(day, "j. F Y" if get_language() == "nb" else "j F Y")


def side_of(row: Conference, viewer: Viewer) -> Side | None:
    """What the home that the viewer is in now has done in it."""
    home = running_home(viewer, row)
    found: Side | None = Side.objects.visible_to(viewer).filter(conference=row, home=home).first() if home else None
    return found


def _offers(row: Conference, viewer: Viewer) -> Any:
    return Offer.objects.visible_to(viewer).filter(conference=row, ended_at__isnull=True)


def booked_at(row: Conference, viewer: Viewer) -> datetime | None:
    """When the home's talk is, where it has booked one."""
    booked = _offers(row, viewer).filter(booked_at__isnull=False).order_by("time__starts_at", "pk")
    found: datetime | None = booked.values_list("time__starts_at", flat=True).first()
    return found


def booking_href(row: Conference, child: Child, viewer: Viewer) -> str:
    """Where times are chosen, when the home has any and the conference is under way."""
    if not row.is_open or not (_offers(row, viewer).exists() or booking.taken_back(row, viewer).exists()):
        return ""
    try:
        return reverse("family_talks:booking", kwargs={"child": child.public_id, "conference": row.public_id})
    except NoReverseMatch:
        return ""


def of(page: Page, viewer: Viewer) -> dict[str, Any]:
    """Everything on the page of one conference, beside its child."""
    row, sections = page.conference, asks.of_home(page, viewer)
    side = side_of(row, viewer)
    handed_in_at = side.handed_in_at if side else None
    return {
        "name": around.name_of(row),
        "words": words_of(row, viewer, handed_in=handed_in_at is not None),
        "places": steps.places(around.step_of(row, viewer), closed=row.closed_at is not None),
        "sections": asks.for_reading(sections),
        "rows": asks.agreed(sections),
        "talks": page.talks,
        "informed": Side.Informed(side.informed).to_the_home if side else "",
        "addenda": page.addenda,
        "fills_in": rule.may(viewer, CONTRIBUTE, row) and any(ask.editable for ask in asks.each(sections)),
        "handed_in_at": handed_in_at,
        "booked_at": booked_at(row, viewer),
        "booking_href": booking_href(row, row.child, viewer),
    }
