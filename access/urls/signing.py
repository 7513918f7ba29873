"""Ways in and out. All of them are open to everybody."""

from django.urls import path, register_converter

from access.views import openid, own, passkeys, signing


class HatConverter:
    """The hats that have a door of their own."""

    regex = "guardian|staff|school"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(HatConverter, "hat")

app_name = "signing"
urlpatterns = [
    path("as/<hat:hat>/", signing.ways, name="ways"),
    path("as/<hat:hat>/with/<slug:way>/", openid.begin, name="begin"),
    path("as/<hat:hat>/password/", own.password, name="password"),
    path("as/<hat:hat>/passkey/", passkeys.sign_in, name="passkey"),
    path("as/<hat:hat>/passkey/options/", passkeys.options, name="passkey_options"),
    path("back/<slug:way>/", openid.callback, name="callback"),
    path("ended/<slug:way>/", openid.ended_there, name="ended_there"),
    path("left/<slug:way>/", openid.left, name="left"),
    path("second/", own.second, name="second"),
    path("code/", own.code, name="code"),
    path("set-up/", own.set_up, name="set_up"),
    path("set-up/passkey/", passkeys.new, name="new_passkey"),
    path("set-up/passkey/options/", passkeys.options_for_new, name="new_passkey_options"),
]
