"""What a goal means: public text, for whoever is signed in."""

from django.urls import path

from learninglog.views import goals

app_name = "goals"

urlpatterns = [path("<uuid:goal>/", goals.goal, name="goal")]
