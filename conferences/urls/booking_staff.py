"""The addresses of booking that belong to this door; the door's own list takes them in."""

from django.urls import URLPattern, path

from conferences.views.staff import booking

urlpatterns: list[URLPattern] = [
    path("groups/<uuid:group>/talks/", booking.times, name="times"),
    path("groups/<uuid:group>/talks/keep/", booking.keep, name="keep_times"),
    path("groups/<uuid:group>/talks/offer/", booking.spread, name="spread"),
    path("groups/<uuid:group>/talks/wall/", booking.wall, name="wall"),
    path("groups/<uuid:group>/talks/<uuid:time>/remove/", booking.remove, name="remove_time"),
    path("conferences/<uuid:conference>/offers/new/", booking.offer, name="offer"),
    path("conferences/<uuid:conference>/offers/<uuid:offer>/take-back/", booking.take_back, name="take_back_time"),
    path("conferences/<uuid:conference>/offers/<uuid:offer>/book/", booking.book_for, name="book_for"),
]
