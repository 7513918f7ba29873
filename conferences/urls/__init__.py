"""The doors of the conferences."""

from django.urls import include, path

urlpatterns = [
    path("staff/", include("conferences.urls.staff")),
    path("family/", include("conferences.urls.family")),
]
