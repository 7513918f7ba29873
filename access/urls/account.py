"""What everybody who is signed in has of their own, whatever the hat."""

from django.urls import path

from access.views import account

app_name = "account"
urlpatterns = [
    path("sessions/", account.sessions, name="sessions"),
    path("sessions/<uuid:browser>/end/", account.end_session, name="end_session"),
    path("step-up/", account.step_up, name="step_up"),
    path("step-up/with/<slug:way>/", account.begin_step_up, name="begin_step_up"),
]
