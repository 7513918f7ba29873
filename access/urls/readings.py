"""The reading log's pages."""

from django.urls import path

from access.views import readings

app_name = "readings"
urlpatterns = [
    path("family/children/<uuid:child>/reading-log/", readings.family, name="family"),
    path("family/children/<uuid:child>/reading-log/<uuid:line>/", readings.family_line, name="family_line"),
    path("staff/access/children/<uuid:child>/reading-log/", readings.head, name="head"),
    path("staff/access/children/<uuid:child>/reading-log/<uuid:line>/", readings.head_line, name="head_line"),
    path("staff/access/questions/", readings.questions, name="questions"),
]
