"""Groups with hidden members, and open ones."""

from django.urls import path

from access.views import openings

app_name = "openings"
urlpatterns = [
    path("staff/access/groups/", openings.listing, name="listing"),
    path("staff/access/groups/<uuid:group>/", openings.group, name="group"),
]
