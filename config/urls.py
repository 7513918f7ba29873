"""Every address of the installation."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("learninglog.urls")),
    path("media/", include("media_policy.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("portal.urls.demo")))
urlpatterns.append(path("", include(wagtail_urls)))
