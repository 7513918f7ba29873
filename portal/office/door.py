"""The door of /cms/: a middleware, so that no view of Wagtail's, present or future, can be reached around it."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.office import rights
from portal.views.errors import not_found

PREFIX = "/cms/"
# Our own views: the way in, and the way out for a session whose right has ended.
OPEN = ("/cms/login/", "/cms/logout/")
# Of Wagtail's own screens these would list or change people, or open data by another way than its pages.
CLOSED = (
    "/cms/api/",
    "/cms/bulk/people/",
    "/cms/failwhale/",
    "/cms/groups/",
    "/cms/password_reset/",
    "/cms/test404/",
    "/cms/users/delete/",
    "/cms/users/history",
    "/cms/users/new/",
    "/cms/users/usage/",
    "/cms/reports/site-history/",
    "/cms/workflows/",
    "/cms/reports/workflow/",
    "/cms/reports/workflow_tasks/",
)


class OfficeDoorMiddleware:
    """Lets the office in and tells everybody else what it tells about any unknown address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(PREFIX) or path in OPEN:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('portal:office_sign_in')}?next={quote(path)}")
        viewer = getattr(request, "viewer", None)
        if not rights.may_enter(viewer) or path.startswith(CLOSED):
            return not_found(request, Http404())
        return self.get_response(request)
