"""One picture at a time, as the composer sends them while somebody writes; and who can be recognised."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learninglog import composer
from learninglog.forms import NOBODY, key_of
from learninglog.services import composing
from learninglog.views.staff import saving
from learninglog.views.staff.at import answer, entry_of, refused_is_not_found
from media_policy.models import Picture
from media_policy.refusal import Refused
from visibility.doors import hat_required
from visibility.viewer import Hat


@require_POST
@hat_required(Hat.STAFF)
def upload(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """Answers with the picture's part of the form, or with why it was not taken."""
    viewer, row = entry_of(request, entry)
    sent = request.FILES.get("picture")
    if sent is None:
        return JsonResponse({"sentence": _("No picture came with it. Please choose it again.")}, status=422)
    try:
        with refused_is_not_found():
            key = key_of(request.POST.get("client_key", "")) or uuid.uuid4()
            picture = saving.keep_picture(sent, row, viewer, key)
    except Refused as refused:
        return JsonResponse({"sentence": refused.sentence}, status=422)
    shown = composer.compose(row, viewer)
    cards = [card for card in shown.pictures if card.public_id == picture.public_id]
    return answer(request, "_picture.html", status=201, composer=shown, cards=cards)


@require_POST
@hat_required(Hat.STAFF)
def mark(request: HttpRequest, entry: uuid.UUID, picture: uuid.UUID) -> HttpResponse:
    """Say who can be recognised in one picture, outside of the form: from the page before sharing."""
    viewer, row = entry_of(request, entry)
    said = request.POST.getlist("who")
    children = [child for child in composer.choices(row, viewer) if str(child.public_id) in said]
    if not Picture.objects.visible_to(viewer).filter(public_id=picture, entry_pictures__entry=row).exists():
        raise Http404
    marked = composing.Marked(frozenset(child.pk for child in children), NOBODY in said)
    with refused_is_not_found():
        composing.mark_picture(entry=row, by=viewer, picture=picture, marked=marked)
    return redirect("staff:compose" if request.POST.get("back") == "compose" else "staff:share", entry=entry)


@require_POST
@hat_required(Hat.STAFF)
def take_out(request: HttpRequest, entry: uuid.UUID, picture: uuid.UUID) -> HttpResponse:
    """Take a picture out, from the page before sharing."""
    viewer, row = entry_of(request, entry)
    with refused_is_not_found():
        composing.take_out(entry=row, by=viewer, picture=picture)
    return redirect("staff:share", entry=entry)
