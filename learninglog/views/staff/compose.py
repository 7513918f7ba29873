"""The composer: a new entry in one tap, one form that is saved by itself or by its button."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learninglog import clip_cards, composer, groups, sensitive
from learninglog.forms import key_of
from learninglog.models import Entry
from learninglog.services import composing
from learninglog.services.beginning import groups_about
from learninglog.views.staff import saving
from learninglog.views.staff.at import answer, child_of, entry_of, group_of, refused_is_not_found, wants_json
from visibility.doors import hat_required, read
from visibility.viewer import Hat, Viewer


@require_POST
@hat_required(Hat.STAFF)
def new(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group)
    with refused_is_not_found():
        entry = composing.open_new(group=row, by=viewer, client_key=key_of(request.POST.get("client_key", "")))
    return redirect("staff:compose", entry=entry.public_id)


@require_POST
@hat_required(Hat.STAFF)
def new_about(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Begun from a child's page, also by who works in no group."""
    viewer, row = child_of(request, child)
    groups_of_child = groups_about([row.pk], viewer).get(row.pk)
    if not groups_of_child:
        raise Http404
    key = key_of(request.POST.get("client_key", ""))
    with refused_is_not_found():
        entry = composing.open_new(group=groups_of_child[0], by=viewer, client_key=key, about=row)
    return redirect("staff:compose", entry=entry.public_id)


@require_safe
@hat_required(Hat.STAFF)
def compose(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    viewer, row = entry_of(request, entry)
    shown = composer.compose(row, viewer)
    read(viewer, "compose", about=row.public_id, child_ids=[child.pk for child in shown.chosen])
    context: dict[str, Any] = {"composer": shown, "form_key": uuid.uuid4(), "listed": sensitive.words(), "notes": []}
    context |= {
        "films": clip_cards.of(row, viewer),
        "works": groups.works_in(row.group, viewer),
        "saved": saved_at(row, viewer),
    }
    return answer(request, "compose.html", **context, **saving.beside(row, viewer))


@require_POST
@hat_required(Hat.STAFF)
def save(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    viewer, row = entry_of(request, entry)
    with refused_is_not_found():
        outcome = saving.save_form(request, row, viewer)
    if wants_json(request):
        return JsonResponse(_told(request, outcome, viewer))
    for note in outcome.notes:
        messages.warning(request, note)
    if not outcome.taken:
        messages.warning(request, _("Somebody else saved meanwhile. Your words are kept beside theirs."))
    elif outcome.do == "save":
        messages.success(request, _("Saved as a draft."))
    if outcome.do == "cover" and outcome.about is not None and outcome.taken:
        return redirect("staff:cover", entry=entry, picture=outcome.about)
    goes_on = outcome.do == "next" and outcome.taken and not outcome.notes
    return redirect("staff:share" if goes_on else "staff:compose", entry=entry)


@require_POST
@hat_required(Hat.STAFF)
def here(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """Who else has the draft open, and whether somebody saved; asked now and then by the composer."""
    viewer, row = entry_of(request, entry)
    return JsonResponse(_told(request, saving.Outcome(row, True, ""), viewer))


@require_POST
@hat_required(Hat.STAFF)
def name(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """On the page before sharing: a plain first name becomes a mention, or is said not to be the child."""
    viewer, row = entry_of(request, entry)
    key = key_of(request.POST.get("child", ""))
    child = next((one for one in composer.choices(row, viewer) if one.public_id == key), None)
    if child is None:
        raise Http404
    with refused_is_not_found():
        mention = request.POST.get("do") == "mention"
        composing.settle_name(entry=row, by=viewer, child=child, word=child.given_name, mention=mention)
    return redirect("staff:share", entry=entry)


def saved_at(entry: Entry, viewer: Viewer) -> str:
    """When it was saved last, in words; nothing for a draft that was never saved."""
    if entry.revision == 0:
        return ""
    at = localtime(entry.updated_at)
    if at.date() != localtime(viewer.at).date():
        return _("Saved before today")
    return _("Saved at %(time)s") % {"time": time_format(at, "H.i")}


def _told(request: HttpRequest, outcome: saving.Outcome, viewer: Viewer) -> dict[str, object]:
    parts = saving.beside(outcome.entry, viewer) | {"notes": outcome.notes}
    return {
        "revision": outcome.entry.revision,
        "taken": outcome.taken,
        "said": saved_at(outcome.entry, viewer),
        "beside": render_to_string("learninglog/staff/_beside.html", parts, request),
    }
