"""The head's pages about who has access to each child."""

from django.urls import path

from access.views import children

app_name = "access"
urlpatterns = [
    path("access/", children.everybody, name="children"),
    path("access/envelopes/", children.closed, name="closed"),
    path("access/children/<uuid:child>/", children.child, name="child"),
    path("access/children/<uuid:child>/new/", children.new_adult, name="new_adult"),
    path("access/adults/<uuid:adult>/", children.adult, name="adult"),
    path("access/people/<uuid:person>/", children.person, name="person"),
]
