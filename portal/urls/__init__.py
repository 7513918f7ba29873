"""The addresses of the doors, and of what everybody may open."""

from django.urls import path

from portal.office import screens
from portal.views import doors, office, public

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("language/", public.language, name="language"),
    path("robots.txt", public.robots, name="robots"),
    path("public-media/<path:name>", public.editorial, name="editorial"),
    path("sign-in/", public.sign_in, name="sign_in"),
    path("sign-out/", doors.sign_out, name="sign_out"),
    path("hat/", doors.hat, name="hat"),
    path("family/", doors.family, name="family"),
    path("family/notices/", doors.notices, name="notices"),
    path("staff/", doors.staff, name="staff"),
    path("school/", doors.school, name="school"),
    path("cms/account/", screens.account, name="office_account"),
    # Wagtail's own way out would leave the session's endings and the browser's storage behind.
    path("cms/logout/", doors.sign_out, name="office_sign_out"),
    path("cms/login/", office.sign_in, name="office_sign_in"),
]
