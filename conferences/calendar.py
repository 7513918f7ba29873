"""A talk as an appointment for a calendar (RFC 5545), which is often shared or shown: it names nobody."""

import uuid
from datetime import datetime
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from conferences.models import Offer

# The appointment of a home stays the same one when the talk moves.
NAMES: Final = uuid.UUID("0f0c1f4e-5f0b-4d39-9a0e-3f1f5d9f8c52")


def appointment(offer: Offer, *, at: datetime) -> bytes:
    """An iCalendar file of a home's talk: when and where; no child, no adult, no preschool by its name.

    Of an offer that is not booked it is the talk as cancelled, which takes it out of the calendar again.
    """
    time, stands = offer.time, offer.booked_at is not None and offer.ended_at is None
    event = Event()
    event.add("uid", str(uuid.uuid5(NAMES, f"{offer.conference.public_id} {offer.home.public_id}")))
    event.add("dtstamp", at)
    # In minutes: whatever is done later to the same talk has a higher number.
    event.add("sequence", int(((stands and offer.booked_at) or at).timestamp()) // 60)
    event.add("status", "CONFIRMED" if stands else "CANCELLED")
    event.add("dtstart", time.starts_at)
    event.add("dtend", time.ends_at)
    event.add("summary", _("Conference"))
    event.add("class", "PRIVATE")
    if time.place:
        event.add("location", time.place)
    if time.link:
        event.add("url", time.link)
    made = Calendar()
    made.add("prodid", "-//Learning Log//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH" if stands else "CANCEL")
    made.add_component(event)
    return bytes(made.to_ical())


def as_file(octets: bytes) -> HttpResponse:
    response = HttpResponse(octets, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="talk.ics"'
    response.headers["Cache-Control"] = "no-store, private"
    return response
