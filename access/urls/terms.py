"""The terms of use and the privacy notice."""

from django.urls import path

from access.views import terms

app_name = "terms"
urlpatterns = [
    path("family/terms/", terms.ask, name="ask"),
    path("privacy-notice/", terms.privacy, name="privacy"),
]
