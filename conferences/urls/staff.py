"""The staff's pages: a group's conferences, one conference through its steps, what the head sees to."""

from django.urls import URLPattern, URLResolver

from conferences.urls import booking_staff

app_name = "talks"

urlpatterns: list[URLPattern | URLResolver] = [
    *booking_staff.urlpatterns,
]
