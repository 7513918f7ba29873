"""Questions about pictures, film and sound."""

from django.urls import path

from access.views import questions

app_name = "answers"
urlpatterns = [
    path("family/children/<uuid:child>/answers/", questions.family, name="family"),
    path("staff/access/answers/", questions.listing, name="listing"),
    path("staff/access/answers/settings/", questions.settings, name="settings"),
    path("staff/access/answers/downloads/", questions.downloads, name="downloads"),
    path("staff/access/answers/children/<uuid:child>/", questions.child, name="child"),
]
