"""The key of what lies unsent on a device."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from learninglog.forms import key_of
from learninglog.services import composing
from learninglog.views.staff.at import refused_is_not_found
from visibility.doors import hat_required, viewer_of
from visibility.viewer import Hat


@require_POST
@hat_required(Hat.STAFF)
def key(request: HttpRequest) -> HttpResponse:
    """Given only to the person it was made for, while they work somewhere."""
    device = key_of(request.POST.get("device", ""))
    if device is None:
        raise Http404
    with refused_is_not_found():
        return JsonResponse({"key": composing.device_key(device=device, by=viewer_of(request))})
