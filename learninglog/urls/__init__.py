"""The doors of the learning log."""

from django.urls import include, path

urlpatterns = [
    path("family/", include("learninglog.urls.family")),
    path("staff/", include("learninglog.urls.staff")),
    path("goals/", include("learninglog.urls.goals")),
]
