"""Every address of the installation."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.utils.urlpatterns import decorate_urlpatterns

from portal.views import errors, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.urls")),
    path("", include("access.urls")),
    path("", include("learninglog.urls")),
    path("", include("conferences.urls")),
    path("", include("transfers.urls")),
    path("media/", include("media_policy.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(decorate_urlpatterns(wagtaildocs_urls.urlpatterns, login_not_required))),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("portal.urls.demo")))
# The site's pages come last; Wagtail's own sign-in and password pages for private ones are not mounted.
urlpatterns.append(re_path(serve_pattern, public.page, name="wagtail_serve"))

handler400 = errors.bad_request
handler403 = errors.not_found
handler404 = errors.not_found
handler500 = errors.broken
