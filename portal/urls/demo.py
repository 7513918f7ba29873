"""The demo's way in; mounted only where settings.DEMO is on."""

from django.urls import path

from portal.views import demo

app_name = "demo"
urlpatterns = [
    path("", demo.personas, name="personas"),
    path("sign-in/", demo.sign_in, name="sign_in"),
    path("tablet/", demo.tablet, name="tablet"),
]
