"""The doors of the transfers, and what lies open."""

from django.urls import include, path

urlpatterns = [
    path("", include("transfers.urls.published")),
    path("", include("transfers.urls.links")),
    path("family/", include("transfers.urls.family")),
    path("staff/", include("transfers.urls.staff")),
    path("school/", include("transfers.urls.school")),
]
