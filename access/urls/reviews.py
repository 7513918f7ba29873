"""The monthly review and its protocol."""

from django.urls import path

from access.views import reviews

app_name = "reviews"
urlpatterns = [
    path("", reviews.everything, name="all"),
    path("<uuid:review>/", reviews.review, name="one"),
    path("<uuid:review>/protocol/", reviews.protocol, name="protocol"),
    path("<uuid:review>/protocol.pdf", reviews.protocol_file, name="protocol_file"),
    path("routine/<uuid:routine>/", reviews.routine, name="routine"),
]
