"""The guardians' side of who has access to their child."""

from django.urls import path

from access.views import families

app_name = "families"
urlpatterns = [
    path("wanted/", families.wanted, name="wanted"),
    path("children/<uuid:child>/access/", families.access, name="access"),
]
