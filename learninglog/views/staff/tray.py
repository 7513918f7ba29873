"""The group's tray: shoot now, write later."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learninglog import tray_page
from learninglog.forms import TrayForm, key_of
from learninglog.models import TrayItem
from learninglog.services import tray as trays
from learninglog.views.staff.at import answer, group_of, item_of, refused_is_not_found
from learninglog.views.staff.saving import digest
from media_policy.refusal import Refused
from visibility.doors import hat_required, read
from visibility.matrix import WRITE
from visibility.viewer import Hat


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def tray(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group)
    if request.method != "POST":
        page = tray_page.of(row, viewer)
        read(viewer, "tray", about=row.public_id, child_ids=page.child_ids)
        return answer(request, "tray.html", group=row, page=page)
    form = TrayForm(request.POST)
    form.is_valid()
    with refused_is_not_found():
        refusals = tray_page.put(form, request.FILES.getlist("pictures"), row, viewer, digest)
    for sentence in refusals:
        messages.warning(request, sentence)
    return redirect("staff:tray", group=group)


@require_POST
@hat_required(Hat.STAFF)
def upload(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """One picture of an item, as the page sends them one after the other."""
    viewer, row = group_of(request, group)
    form = TrayForm(request.POST)
    sent = request.FILES.get("picture")
    if sent is None or not form.is_valid():
        return JsonResponse({"sentence": _("No picture came with it. Please choose it again.")}, status=422)
    key = key_of(request.POST.get("picture_key", "")) or uuid.uuid4()
    try:
        with refused_is_not_found():
            card = tray_page.put_one(form, sent, row, viewer, key)
    except Refused as refused:
        return JsonResponse({"sentence": refused.sentence}, status=422)
    return answer(request, "_tray_picture.html", status=201, picture=card)


@require_POST
@hat_required(Hat.STAFF)
def use(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """The chosen items become a draft."""
    viewer, row = group_of(request, group)
    keys = [key for key in map(key_of, request.POST.getlist("items")) if key]
    items = list(TrayItem.objects.visible_to(viewer, WRITE).filter(group=row, public_id__in=keys).order_by("pk"))
    if not items:
        messages.warning(request, _("Choose what the entry shall be made of first."))
        return redirect("staff:tray", group=group)
    form_key = key_of(request.POST.get("client_key", "")) or uuid.uuid4()
    with refused_is_not_found():
        entry = trays.make_entry(items=items, group=row, by=viewer, client_key=form_key)
    return redirect("staff:compose", entry=entry.public_id)


@require_POST
@hat_required(Hat.STAFF)
def remove(request: HttpRequest, item: uuid.UUID) -> HttpResponse:
    viewer, row = item_of(request, item)
    with refused_is_not_found():
        trays.remove_item(item=row, by=viewer)
    messages.success(request, _("Taken out of the tray."))
    return redirect("staff:tray", group=row.group.public_id)
