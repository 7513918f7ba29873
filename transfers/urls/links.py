"""Where a package is fetched with a link and a code."""

from django.urls import path

from transfers.views import links

app_name = "packages"
urlpatterns = [
    path("packages/<uuid:package>/", links.package, name="package"),
    path("packages/<uuid:package>/file/", links.download, name="download"),
]
