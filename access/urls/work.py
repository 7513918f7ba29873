"""Who works where: the head's team, passes, shared devices, one's own PIN."""

from django.urls import path

from access.views import devices, passes, team, ways_in

app_name = "work"
urlpatterns = [
    path("access/team/", team.everybody, name="team"),
    path("access/team/<uuid:unit>/new/", team.new, name="new_duty"),
    path("access/duties/<uuid:duty>/", team.duty, name="duty"),
    path("access/devices/", devices.paired, name="devices"),
    path("access/devices/<uuid:unit>/pair/", devices.pair, name="pair"),
    path("access/devices/<uuid:device>/revoke/", devices.revoke, name="revoke"),
    path("passes/", passes.running, name="passes"),
    path("passes/<uuid:unit>/new/", passes.give, name="give_pass"),
    path("passes/<uuid:given>/end/", passes.end, name="end_pass"),
    path("pin/", devices.own_pin, name="pin"),
    path("access/without-e-id/", ways_in.without_e_id, name="without_e_id"),
]
