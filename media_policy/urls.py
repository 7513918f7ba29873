from django.urls import path

from media_policy import views

app_name = "media_policy"
urlpatterns = [
    path("<uuid:public_id>/<slug:purpose>", views.picture, name="picture"),
]
