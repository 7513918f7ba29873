"""The shared tablet's own pages."""

from django.urls import path

from access.views import tablet

app_name = "tablet"
urlpatterns = [
    path("", tablet.home, name="home"),
    path("code/", tablet.show_code, name="show_code"),
    path("pin/", tablet.pin, name="pin"),
    path("pictures/", tablet.pictures, name="pictures"),
    path("lock/", tablet.lock, name="lock"),
]
