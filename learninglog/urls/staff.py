"""The staff's pages: composing, sharing, logs, the tray, replies."""

from django.urls import include, path

from learninglog.views.staff import clips, compose, covering, device, entries, logs, pictures, replies, share, tray

app_name = "staff"

of_group = [
    path("log/", logs.group_log, name="group_log"),
    path("new/", compose.new, name="new"),
    path("drafts/", logs.drafts, name="drafts"),
    path("unreached/", logs.unreached, name="unreached"),
    path("replies/", replies.inbox, name="replies"),
    path("tray/", tray.tray, name="tray"),
    path("tray/pictures/", tray.upload, name="tray_upload"),
    path("tray/entry/", tray.use, name="tray_use"),
]
of_entry = [
    path("", entries.entry, name="entry"),
    path("edit/", compose.compose, name="compose"),
    path("save/", compose.save, name="save"),
    path("here/", compose.here, name="here"),
    path("names/", compose.name, name="name"),
    path("share/", share.share, name="share"),
    path("withdraw/", entries.withdraw, name="withdraw"),
    path("discard/", entries.discard, name="discard"),
    path("leave-out/", entries.leave_out, name="leave_out"),
    path("pictures/", pictures.upload, name="upload"),
    path("pictures/<uuid:picture>/mark/", pictures.mark, name="mark"),
    path("clips/<uuid:clip>/", clips.part, name="clip"),
    path("clips/<uuid:clip>/words.vtt", clips.words, name="captions"),
    path("pictures/<uuid:picture>/take-out/", pictures.take_out, name="take_out"),
    path("pictures/<uuid:picture>/cover/", covering.cover_picture, name="cover"),
    path("pictures/<uuid:picture>/let-go/", covering.let_go, name="let_go"),
]
urlpatterns = [
    path("groups/<uuid:group>/", include(of_group)),
    path("entries/<uuid:entry>/", include(of_entry)),
    path("children/<uuid:child>/", logs.child, name="child"),
    path("children/<uuid:child>/new/", compose.new_about, name="new_about"),
    path("threads/<uuid:thread>/", replies.thread, name="thread"),
    path("threads/<uuid:thread>/take/", replies.take, name="take"),
    path("tray/<uuid:item>/remove/", tray.remove, name="tray_remove"),
    path("device-key/", device.key, name="device_key"),
]
