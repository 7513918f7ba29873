"""A guardian's pages: the choice, what goes, leaving out, what is picked for the first page, what became of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.recordings.services import NotPossible
from access.signing.stepping import step_up
from access.terms import gate
from people.models import Child, Guardianship
from transfers import choosing, fresh, preview, story
from transfers.models.items import MOST_HIGHLIGHTS
from transfers.services import choosing as services
from transfers.services import handovers, highlights, leaving_out
from transfers.views import first_page
from transfers.views.at import answer, child_of, handover_of, tie_of
from visibility.doors import hat_required, read
from visibility.matrix import COPY, LEAVE_OUT, OBJECT, PICK, PUT_BACK
from visibility.viewer import Hat, Strength, Viewer

PAGE = require_http_methods(["GET", "HEAD", "POST"])
# In the session: a choice that waits for a surer sign-in.
TICKED = "transfer_choice"


@PAGE
@hat_required(Hat.GUARDIAN)
def choice(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Log and conferences, for a school and for a next preschool. A no is taken at any sign-in; a yes at a sure one."""
    viewer, row, tie = tie_of(request, child, OBJECT)
    if request.method == "POST":
        return _chosen(request, viewer, row, tie)
    handovers.follow_child(row, viewer.at)
    read(viewer, "transfer choice", about=row.public_id, child_ids=[row.pk])
    groups = choosing.groups(tie, viewer)
    looks = {}
    if not gate.waits(viewer):
        looks = {m.handover.public_id: preview.of(m.handover, tie, viewer) for group in groups for m in group.moves}
    context: dict[str, Any] = {"child": row, "groups": groups, "looks": looks, "waits_for_terms": gate.waits(viewer)}
    context |= {"ticked": _ticked(request, viewer, row), "history": choosing.history(tie)}
    return answer(request, "family/choice.html", **context)


def _ticked(request: HttpRequest, viewer: Viewer, row: Child) -> dict[str, str]:
    """What was ticked about this child before a surer sign-in, by question; shown once, and saved by nobody else."""
    kept = request.session.get(TICKED)
    if viewer.strength < Strength.SUBSTANTIAL or not kept or kept["child"] != str(row.public_id):
        return {}
    del request.session[TICKED]
    return {question: said for question, said in kept["said"].items() if said in {"yes", "no"}}


def _chosen(request: HttpRequest, viewer: Viewer, row: Child, tie: Guardianship) -> HttpResponse:
    kind = request.POST.get("for", "")
    if kind not in services.ASKED:
        raise Http404
    asked = services.ASKED[kind]
    wanted = {str(question): request.POST.get(question) == "yes" for question in asked}
    wordings = {str(question): request.POST.get(f"wording_{question}", "") for question in asked}
    back = services.taken_back(tie, wanted)
    if viewer.strength < Strength.SUBSTANTIAL and services.says_a_new_yes(tie, wanted):
        services.choose(guardianship=tie, wanted=back, wordings=wordings, by=viewer)
        request.session[TICKED] = {
            "child": str(row.public_id), "said": {str(question): request.POST.get(question) for question in asked},
        }  # fmt: skip
        return step_up(request, Strength.SUBSTANTIAL)
    request.session.pop(TICKED, None)
    before = choosing.said_yes(row, kind, viewer.at)
    try:
        services.choose(guardianship=tie, wanted=wanted, wordings=wordings, by=viewer)
    except PermissionDenied:
        raise Http404 from None
    except NotPossible:
        services.choose(guardianship=tie, wanted=back, wordings=wordings, by=viewer)
        messages.warning(request, _("The words of the question are new. Please read them and choose again."))
        return redirect("family_transfers:choice", child=row.public_id)
    group = next(one for one in choosing.groups(tie, viewer) if one.kind == kind)
    for sentence in choosing.changed(group, before, choosing.said_yes(row, kind, viewer.at), row.given_name):
        messages.success(request, sentence)
    return redirect(f"{reverse('family_transfers:choice', kwargs={'child': row.public_id})}#{kind}")


@require_safe
@hat_required(Hat.GUARDIAN)
def goes(request: HttpRequest, child: uuid.UUID, handover: uuid.UUID) -> HttpResponse:
    """Exactly what would go as of now; each thing can be left out or put back with one tap."""
    viewer, row, tie = tie_of(request, child, LEAVE_OUT)
    found = handover_of(viewer, handover, child=row)
    read(viewer, "transfer preview", about=found.public_id, child_ids=[row.pk])
    told: dict[str, Any] = {"child": row, "move": choosing.move(found, viewer), "due": fresh.is_due(found, viewer.at)}
    return answer(request, "family/preview.html", look=preview.of(found, tie, viewer), **told)


@require_POST
@hat_required(Hat.GUARDIAN)
def leave_out(
    request: HttpRequest, child: uuid.UUID, handover: uuid.UUID, kind: str, thing: uuid.UUID
) -> HttpResponse:  # fmt: skip
    """One thing is left out of every transfer, or put back by whoever left it out."""
    back = "back" in request.POST
    viewer, row, _tie = tie_of(request, child, PUT_BACK if back else LEAVE_OUT)
    found, held = handover_of(viewer, handover, child=row), preview.thing(kind, thing, viewer)
    if held is None:
        raise Http404
    try:
        if back:
            if not leaving_out.put_back(child=row, thing=held, by=viewer):
                messages.warning(request, _("It stays left out: another guardian has left it out too."))
        else:
            leaving_out.leave_out(child=row, thing=held, by=viewer)
    except PermissionDenied:
        raise Http404 from None
    services.look_again(row, viewer)
    where = {"child": row.public_id, "handover": found.public_id}
    return redirect(f"{reverse('family_transfers:preview', kwargs=where)}#{kind}-{thing}")


@require_POST
@hat_required(Hat.GUARDIAN)
def along(request: HttpRequest, child: uuid.UUID, handover: uuid.UUID, thing: uuid.UUID) -> HttpResponse:
    """Whoever wrote words from home lets them go along, or not."""
    viewer, row = child_of(request, child, COPY)
    found, held = handover_of(viewer, handover, child=row), preview.own_words(thing, row, viewer)
    if held is None:
        raise Http404
    leaving_out.let_go_along(words=held, on="on" in request.POST, by=viewer)
    where = {"child": row.public_id, "handover": found.public_id}
    return redirect(f"{reverse('family_transfers:preview', kwargs=where)}#words-{thing}")


@PAGE
@hat_required(Hat.GUARDIAN)
def pick(request: HttpRequest, child: uuid.UUID, handover: uuid.UUID) -> HttpResponse:
    """Up to ten entries for the receiver's first page."""
    viewer, row, tie = tie_of(request, child, LEAVE_OUT)
    found = handover_of(viewer, handover, PICK, row)
    wanted = first_page.asked(request) if request.method == "POST" else []
    if request.method == "POST" and first_page.picked(request, found, wanted, viewer):
        messages.success(request, _("Kept. These stand on the first page."))
        return redirect("family_transfers:preview", child=row.public_id, handover=found.public_id)
    read(viewer, "transfer preview", about=found.public_id, child_ids=[row.pk])
    told: dict[str, Any] = {"child": row, "move": choosing.move(found, viewer), "most": MOST_HIGHLIGHTS}
    picked, status = (wanted, 422) if request.method == "POST" else (highlights.of_handover(found), 200)
    look = preview.of(found, tie, viewer)
    told["seen"] = highlights.of_handover(found)
    return answer(request, "family/pick.html", look=look, picked=picked, status=status, **told)


@require_safe
@hat_required(Hat.GUARDIAN)
def transfer(request: HttpRequest, child: uuid.UUID, handover: uuid.UUID) -> HttpResponse:
    """What became of one transfer: what was chosen, what went, to whom, when it was opened."""
    viewer, row = child_of(request, child, COPY)
    found = handover_of(viewer, handover, child=row)
    read(viewer, "transfer", about=found.public_id, child_ids=[row.pk])
    told: dict[str, Any] = {"child": row, "move": choosing.move(found, viewer), "story": story.of(found, viewer)}
    return answer(request, "family/transfer.html", **told)
