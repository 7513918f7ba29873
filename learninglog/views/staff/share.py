"""Before sharing: who gets it and what is unusual. What was confirmed is what is shared."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from learninglog import clip_cards, reach
from learninglog.models import Entry
from learninglog.services.sharing import AudienceChanged, NotReady, Preview, preview_sharing, share_entry
from learninglog.views.staff.at import answer, entry_of, onward, refused_is_not_found
from visibility import rule
from visibility.doors import hat_required, read
from visibility.matrix import SHARE
from visibility.viewer import Hat, Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def share(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    viewer, row = entry_of(request, entry)
    if request.method != "POST":
        return _page(request, preview_sharing(entry=row, by=viewer), viewer)
    try:
        with refused_is_not_found():
            share_entry(entry=row, by=viewer, confirmed=request.POST.get("confirmed", ""))
    except NotReady as not_ready:
        return _page(request, not_ready.preview, viewer)
    except AudienceChanged as changed:
        return _page(request, changed.preview, viewer, asked_again=True)
    messages.success(request, _shared_with(preview_sharing(entry=row, by=viewer)))
    return onward(row, viewer)


def _page(request: HttpRequest, preview: Preview, viewer: Viewer, *, asked_again: bool = False) -> HttpResponse:
    entry: Entry = preview.entry
    shown = reach.described(preview, viewer)
    read(viewer, "sharing", about=entry.public_id, child_ids=shown.child_ids)
    sent = request.POST
    difference = reach.difference(
        before=sent.getlist("reached"), now=shown, revision=sent.get("revision", ""), entry=entry
    )
    return answer(
        request, "share.html", entry=entry, preview=preview, reached=shown,
        films=clip_cards.going(preview, viewer), difference=difference if asked_again else None,
        may_share=rule.may(viewer, SHARE, entry),
        standing=entry.current is not None and entry.current.revision == entry.revision,
    )  # fmt: skip


def _shared_with(preview: Preview) -> str:
    said = ngettext("Shared with %(num)s family.", "Shared with %(num)s families.", preview.families)
    return said % {"num": preview.families} if preview.families else _("Shared. No family reads it yet.")
