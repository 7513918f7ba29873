"""The staff's pages: composing, sharing, logs, the tray, replies."""

from django.urls import include, path

from learninglog.views.staff import (
    clips,
    compose,
    correcting,
    coverage,
    covering,
    device,
    entries,
    logs,
    pictures,
    plans,
    replies,
    share,
    tray,
)

app_name = "staff"

of_group = [
    path("log/", logs.group_log, name="group_log"),
    path("new/", compose.new, name="new"),
    path("plans/", plans.listing, name="plans"),
    path("plans/new/", plans.new, name="new_plan"),
    path("coverage/", coverage.group, name="coverage"),
    path("coverage/<uuid:goal>/", coverage.group_evidence, name="covered"),
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
    path("reflections/", plans.reflect_on_entry, name="reflect"),
    path("leave-out/", entries.leave_out, name="leave_out"),
    path("pictures/", pictures.upload, name="upload"),
    path("pictures/<uuid:picture>/mark/", pictures.mark, name="mark"),
    path("clips/<uuid:clip>/", clips.part, name="clip"),
    path("clips/<uuid:clip>/words.vtt", clips.words, name="captions"),
    path("pictures/<uuid:picture>/take-out/", pictures.take_out, name="take_out"),
    path("pictures/<uuid:picture>/cover/", covering.cover_picture, name="cover"),
    path("pictures/<uuid:picture>/let-go/", covering.let_go, name="let_go"),
]
of_request = [
    path("", correcting.asked, name="asked"),
    path("<uuid:asked>/close/", correcting.close, name="asked_close"),
    path("<uuid:asked>/<uuid:entry>/", correcting.correct, name="correct"),
    path("<uuid:asked>/<uuid:entry>/take-back/", correcting.take_back, name="asked_take_back"),
]
of_plan = [
    path("", plans.plan, name="plan"),
    path("edit/", plans.edit, name="edit_plan"),
    path("copy/", plans.copy, name="copy_plan"),
    path("evaluation/", plans.conclusions, name="conclusions"),
    path("reflections/", plans.reflect_on_plan, name="reflect_on_plan"),
]
urlpatterns = [
    path("plans/<uuid:plan>/", include(of_plan)),
    path("reflections/<uuid:reflection>/take-back/", plans.take_back, name="take_back"),
    path("units/<uuid:unit>/plans/new/", plans.new_of_unit, name="new_plan_of_unit"),
    path("groups/<uuid:group>/", include(of_group)),
    path("entries/<uuid:entry>/", include(of_entry)),
    path("children/<uuid:child>/", logs.child, name="child"),
    path("children/<uuid:child>/goals/", coverage.landmarks_of, name="landmarks"),
    path("units/<uuid:unit>/coverage/", coverage.unit, name="unit"),
    path("units/<uuid:unit>/coverage.csv", coverage.unit_file, name="unit_file"),
    path("units/<uuid:unit>/coverage/<uuid:goal>/", coverage.unit_evidence, name="unit_covered"),
    path("totals/", coverage.owner, name="totals"),
    path("children/<uuid:child>/asked/", include(of_request)),
    path("children/<uuid:child>/new/", compose.new_about, name="new_about"),
    path("threads/<uuid:thread>/", replies.thread, name="thread"),
    path("threads/<uuid:thread>/take/", replies.take, name="take"),
    path("tray/<uuid:item>/remove/", tray.remove, name="tray_remove"),
    path("device-key/", device.key, name="device_key"),
]
