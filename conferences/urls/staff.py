"""The staff's pages: a group's conferences, one conference through its steps, what the head sees to."""

from django.urls import URLPattern, URLResolver, include, path

from conferences.urls import booking_staff
from conferences.views.staff import after, group, head, prepare, talk

app_name = "talks"

of_conference: list[URLPattern | URLResolver] = [
    path("", prepare.conference, name="conference"),
    path("prepare/", prepare.prepare, name="prepare"),
    path("prepare/<uuid:question>/", prepare.save, name="save"),
    path("prepare/<uuid:question>/pick/", prepare.pick, name="pick"),
    path("picked/<uuid:material>/take-out/", prepare.unpick, name="unpick"),
    path("show/", prepare.show, name="show"),
    path("talk/", talk.talk, name="talk"),
    path("talk/noted/", talk.note, name="note"),
    path("talk/informed/", talk.inform, name="inform"),
    path("screen/", talk.turned, name="present"),
    path("agreements/new/<uuid:question>/", after.agree, name="agree"),
    path("agreements/<uuid:agreement>/", after.agreement, name="agreement"),
    path("agreements/<uuid:agreement>/follow-up/", after.follow_up, name="follow_up"),
    path("seal/", talk.seal, name="seal"),
    path("after/", after.after, name="after"),
    path("add/", after.add, name="add"),
    path("close/", after.close, name="close"),
    path("people/", after.people, name="people"),
    path("record.pdf", after.pdf, name="pdf"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("groups/<uuid:group>/conferences/", group.group, name="group"),
    path("groups/<uuid:group>/conferences/begin/", group.issue, name="issue"),
    path("children/<uuid:child>/conferences/", group.child, name="child"),
    path("units/<uuid:unit>/conferences/", head.unit, name="unit"),
    path("conferences/<uuid:conference>/", include(of_conference)),
    *booking_staff.urlpatterns,
]
