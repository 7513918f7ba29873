"""The guardians' pages of transfers."""

from django.urls import URLPattern, URLResolver, include, path

from transfers.views import copy, family

app_name = "family_transfers"

of_handover: list[URLPattern] = [
    path("", family.transfer, name="transfer"),
    path("preview/", family.goes, name="preview"),
    path("preview/<slug:kind>/<uuid:thing>/", family.leave_out, name="leave_out"),
    path("words/<uuid:thing>/", family.along, name="along"),
    path("first-page/", family.pick, name="pick"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("children/<uuid:child>/transfer/", family.choice, name="choice"),
    path("children/<uuid:child>/transfer/<uuid:handover>/", include(of_handover)),
    path("children/<uuid:child>/copy/", copy.copy, name="copy"),
    path("children/<uuid:child>/copy/file/", copy.download, name="download"),
]
