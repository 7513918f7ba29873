"""Codes on paper, given by the head: to guardians through the child, to staff through their duty."""

from django.urls import path

from access.views import codes

app_name = "codes"
urlpatterns = [
    path("children/<uuid:child>/<uuid:guardianship>/", codes.for_guardian, name="guardian"),
    path("duties/<uuid:duty>/", codes.for_staff, name="staff"),
]
