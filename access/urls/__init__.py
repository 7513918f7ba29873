"""The addresses of access, by whom they are for."""

from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("access.urls.signing")),
    path("account/", include("access.urls.account")),
    path("staff/access/codes/", include("access.urls.codes")),
    path("staff/access/reviews/", include("access.urls.reviews")),
    path("staff/", include("access.urls.work")),
    path("staff/", include("access.urls.children")),
    path("family/", include("access.urls.families")),
    path("tablet/", include("access.urls.tablet")),
    path("", include("access.urls.terms")),
    path("", include("access.urls.readings")),
    path("", include("access.urls.questions")),
    path("", include("access.urls.openings")),
]
