from django.urls import path

from media_policy import views
from media_policy.clips import views as clips

app_name = "media_policy"
urlpatterns = [
    path("uploads/", clips.begin, name="clip_begin"),
    path("uploads/<uuid:public_id>/", clips.piece, name="clip_piece"),
    path("uploads/<uuid:public_id>/drop/", clips.drop, name="clip_drop"),
    path("clips/<uuid:public_id>/", clips.clip_state, name="clip_state"),
    path("clips/<uuid:public_id>/download", clips.download, name="clip_download"),
    path("clips/<uuid:public_id>/<slug:purpose>", clips.clip, name="clip"),
    path("<uuid:public_id>/download", views.download, name="picture_download"),
    path("<uuid:public_id>/<slug:purpose>", views.picture, name="picture"),
]
