"""The addresses of booking that belong to this door; the door's own list takes them in."""

from django.urls import URLPattern, path

from conferences.views.family import booking

TALK = "children/<uuid:child>/conferences/<uuid:conference>/talk/"
urlpatterns: list[URLPattern] = [
    path(TALK, booking.page, name="booking"),
    path(f"{TALK}<uuid:offer>/cancel/", booking.cancel, name="cancel_talk"),
    path(f"{TALK}<uuid:offer>/talk.ics", booking.appointment, name="appointment"),
]
