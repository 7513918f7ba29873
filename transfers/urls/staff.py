"""The head's pages of transfers, and the owner's settings."""

from django.urls import URLPattern, URLResolver, include, path

from transfers.views import cases, first_page, owner, staff

app_name = "transfers"

of_handover: list[URLPattern] = [
    path("", staff.transfer, name="transfer"),
    path("first-day/", staff.first_day, name="first_day"),
    path("cancel/", staff.cancel, name="cancel"),
    path("package/", staff.make, name="make"),
    path("package/<uuid:package>/send/", staff.send, name="send"),
    path("package/<uuid:package>/revoke/", staff.revoke, name="revoke"),
    path("first-page/", first_page.pick, name="pick"),
    path("hide/<uuid:adult>/", staff.hide, name="hide"),
]
of_case: list[URLPattern] = [
    path("", cases.case, name="case"),
    path("letter.pdf", cases.letter, name="letter"),
    path("hand-out/", cases.hand_out, name="hand_out"),
    path("send/", cases.send, name="send_case"),
    path("revoke/", cases.revoke, name="revoke_case"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("transfers/", staff.listing, name="listing"),
    path("transfers/settings/", owner.settings, name="settings"),
    path("transfers/children/<uuid:child>/", staff.child, name="child"),
    path("transfers/children/<uuid:child>/first-page/", first_page.look, name="first_page"),
    path("transfers/children/<uuid:child>/request/", cases.begin, name="request"),
    path("transfers/cases/<uuid:case>/", include(of_case)),
    path("transfers/<uuid:handover>/", include(of_handover)),
]
