"""The guardians' pages: the conferences about one child."""

from django.urls import URLPattern, URLResolver

from conferences.urls import booking_family

app_name = "family_talks"

urlpatterns: list[URLPattern | URLResolver] = [
    *booking_family.urlpatterns,
]
