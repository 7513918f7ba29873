"""The guardians' pages: the conferences about one child."""

from django.urls import URLPattern, URLResolver, include, path

from conferences.urls import booking_family
from conferences.views.family import pages

app_name = "family_talks"

of_conference: list[URLPattern | URLResolver] = [
    path("", pages.conference, name="conference"),
    path("answers/<uuid:question>/", pages.save, name="save"),
    path("answers/<uuid:question>/pick/", pages.pick, name="pick"),
    path("picked/<uuid:material>/take-out/", pages.unpick, name="unpick"),
    path("hand-in/", pages.hand_in, name="hand_in"),
    path("record.pdf", pages.pdf, name="pdf"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("children/<uuid:child>/conferences/", pages.listing, name="listing"),
    path("children/<uuid:child>/conferences/<uuid:conference>/", include(of_conference)),
    *booking_family.urlpatterns,
]
