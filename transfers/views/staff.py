"""The head's pages: coming moves and who has not answered, one child's moves, one transfer and its packages."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.families import pages as families
from access.questions.forms import PaperAnswerForm
from access.questions.pages import legals
from access.recordings import forms as recording
from access.recordings.services import NotPossible
from access.signing.stepping import requires
from people.models import Child
from transfers import choice, first_page, moves, story
from transfers.forms import FirstDayForm, LinkForm, PackageForm, SchoolForm
from transfers.models import Handover, Package
from transfers.services import choosing, handovers, hiding, links, packages
from transfers.views.at import answer, at_work, handover_of
from visibility import rule
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import HAND_OVER, PICK, REVOKE
from visibility.viewer import Hat, Strength, Viewer

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def listing(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if not families.children(viewer, HAND_OVER).exists():
        raise Http404
    coming, others = moves.coming(viewer), moves.others(viewer)
    read(viewer, "moves", child_ids={*(one.handover.child_id for one in coming), *(row.pk for row in others)})
    beginners = moves.beginners(viewer)
    return answer(request, "staff/listing.html", coming=coming, others=others, beginners=beginners)


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def child(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """One child: the moves, what each guardian has answered, answers on paper, requests of parents without access."""
    viewer, row = at_work(request, child, HAND_OVER)
    handovers.follow_child(row, viewer.at)
    sent = request.POST.get("form", "") if request.method == "POST" else ""
    school = SchoolForm(request.POST if sent == "school" else None, auto_id="id_school_%s")
    keeps_records = handovers.keeps_records_of(row, viewer)
    if not keeps_records:
        del school.fields["requested_by"]
    known = legals(row, viewer)
    given = (request.POST, request.FILES) if sent == "paper" else ()
    paper = PaperAnswerForm(
        *given, legals=known, questions=choice.Question.choices, day=viewer.day, auto_id="id_paper_%s"
    )
    if sent == "school" and (named := _named(school, row, viewer)):
        messages.success(request, _("Named. The guardians are told, and choose what goes along."))
        return redirect("transfers:transfer", handover=named.public_id)
    if sent == "paper" and _recorded(paper, row, viewer):
        messages.success(request, _("Written down. It counts from now on."))
        return redirect("transfers:child", child=child)
    read(viewer, "transfer choice", about=row.public_id, child_ids=[row.pk])
    context: dict[str, Any] = {
        "child": row,
        "moves": moves.of_child(row, viewer),
        "questions": moves.answers(row, viewer),
        "keeps_records": keeps_records,
    }
    context |= {"school": school, "paper_form": paper, "legals": known, "cases": moves.cases(row, viewer)}
    return answer(request, "staff/child.html", status=422 if sent else 200, **context)


def _named(form: SchoolForm, row: Child, viewer: Viewer) -> Handover | None:
    if not form.is_valid():
        return None
    said = form.cleaned_data
    try:
        return handovers.name_school(child=row, **said, by=viewer)
    except NotPossible:
        form.add_error("first_day", _("The child has been at no preschool before that day, or it is too far away."))
        return None


def _recorded(form: PaperAnswerForm, row: Child, viewer: Viewer) -> bool:
    told = recording.told(form, row, viewer)
    if told is None:
        return False
    said = form.cleaned_data
    try:
        choosing.record(
            guardianship=form.chosen, question=said["question"], yes=said["given"] == "yes", told=told, by=viewer
        )
    except NotPossible:
        form.add_error("said_on", _("They have answered since that day. The newer answer counts."))
        return False
    return True


@require_safe
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def transfer(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """One transfer: where it stands, its packages, from whom the receiver is hidden, and what became of it."""
    viewer = viewer_of(request)
    return _page(request, viewer, handover_of(viewer, handover, REVOKE))


def _page(
    request: HttpRequest, viewer: Viewer, row: Handover, *, status: int = 200, **context: Any
) -> HttpResponse:  # fmt: skip
    read(viewer, "transfer", about=row.public_id, child_ids=[row.child_id])
    told: dict[str, Any] = {"handover": row, "child": row.child, "parts": moves.parts(row, viewer)}
    told |= {"told": moves.told(row, viewer), "sent": moves.packages(row), "story": story.of(row, viewer)}
    told |= {"receiver": hiding.receiver(row, viewer), "link": None, "has_ended": row.ended_at is not None}
    told |= {
        "day_form": FirstDayForm(initial={"first_day": row.first_day}, auto_id="id_day_%s"),
        "package_form": PackageForm(initial={"made_for": row.receiver_name}, auto_id="id_package_%s"),
        "link_form": LinkForm(auto_id="id_link_%s"),
    }
    told["first_page"] = first_page.is_open(row, viewer) and rule.may(viewer, PICK, row)
    response = answer(request, "staff/transfer.html", status=status, **told | context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def first_day(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """The head corrects the first day of a package."""
    viewer = viewer_of(request)
    row = _elsewhere(viewer, handover)
    if row.ended_at is not None:
        return redirect("transfers:transfer", handover=handover)
    form = FirstDayForm(request.POST, auto_id="id_day_%s")
    if not form.is_valid() or not _moved(form, row, viewer):
        return _page(request, viewer, row, day_form=form, status=422)
    packages.stop_for(child_id=row.child_id, at=viewer.at)
    messages.success(request, _("Saved. The guardians see the new day."))
    return redirect("transfers:transfer", handover=handover)


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def cancel(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """The head ends a transfer to another school, with whatever packages there are; a second tap finds it ended."""
    viewer = viewer_of(request)
    row = _elsewhere(viewer, handover)
    if row.ended_at is not None:
        return redirect("transfers:transfer", handover=handover)
    _done(handovers.cancel, handover=row, by=viewer)
    packages.stop_for(child_id=row.child_id, at=viewer.at)
    messages.success(request, _("Ended. What was fetched before cannot be called back."))
    return redirect("transfers:transfer", handover=handover)


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def make(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """Have the package made, beside the site."""
    viewer = viewer_of(request)
    row = handover_of(viewer, handover, REVOKE)
    if row.ended_at is not None:
        return redirect("transfers:transfer", handover=handover)
    form = PackageForm(request.POST, auto_id="id_package_%s")
    if not form.is_valid():
        return _page(request, viewer, row, package_form=form, status=422)
    language = row.child.organisation.language
    try:
        packages.for_handover(
            handover=row, made_for=form.cleaned_data["made_for"], language=language, by=viewer, at=viewer.at
        )
    except PermissionDenied:
        raise Http404 from None
    except NotPossible:
        messages.warning(request, _("Nothing may go as the answers stand now, so there is nothing to pack."))
    return redirect("transfers:transfer", handover=handover)


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def send(request: HttpRequest, handover: uuid.UUID, package: uuid.UUID) -> HttpResponse:
    """A link and a code for a package that is ready; the code is shown this once."""
    viewer = viewer_of(request)
    row = handover_of(viewer, handover, REVOKE)
    if row.ended_at is not None:
        return redirect("transfers:transfer", handover=handover)
    form = LinkForm(request.POST, auto_id="id_link_%s")
    if not form.is_valid():
        return _page(request, viewer, row, link_form=form, status=422)
    said = form.cleaned_data
    try:
        link = links.hand_over(
            package=_package(row, package), by=viewer, at=viewer.at, lasts=timedelta(days=said["days"]),
            most_downloads=said["downloads"],
        )  # fmt: skip
    except PermissionDenied:
        raise Http404 from None
    except NotPossible:
        messages.warning(request, _("This package cannot be handed over any more. Make a new one."))
        return redirect("transfers:transfer", handover=handover)
    return _page(request, viewer, row, link=link, address=links.address(link.package))


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def revoke(request: HttpRequest, handover: uuid.UUID, package: uuid.UUID) -> HttpResponse:
    """Take a package back."""
    viewer = viewer_of(request)
    row = handover_of(viewer, handover, REVOKE)
    _done(packages.revoke, package=_package(row, package), by=viewer, at=viewer.at)
    messages.success(request, _("Taken back. The link opens nothing any more; what was fetched cannot be called back."))
    return redirect("transfers:transfer", handover=handover)


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def hide(request: HttpRequest, handover: uuid.UUID, adult: uuid.UUID) -> HttpResponse:
    """Keep the receiver's name from one guardian, or tell it again."""
    viewer = viewer_of(request)
    row = handover_of(viewer, handover, REVOKE)
    tie = moves.adult(row, adult)
    if tie is None:
        raise Http404
    _done(hiding.show if "show" in request.POST else hiding.hide, handover=row, guardianship=tie, by=viewer)
    return redirect("transfers:transfer", handover=handover)


def _elsewhere(viewer: Viewer, public_id: uuid.UUID) -> Handover:
    """A transfer to a school elsewhere, also one that has ended: whoever ended it in another tab is told so there."""
    row = handover_of(viewer, public_id, REVOKE)
    if row.is_in_system:
        raise Http404
    return row


def _moved(form: FirstDayForm, row: Handover, viewer: Viewer) -> bool:
    try:
        handovers.move_first_day(handover=row, first_day=form.cleaned_data["first_day"], by=viewer)
    except PermissionDenied:
        raise Http404 from None
    except NotPossible:
        form.add_error("first_day", _("The child has been at no preschool before that day, or it is too far away."))
        return False
    return True


def _package(handover: Handover, public_id: uuid.UUID) -> Package:
    row = moves.package(handover, public_id)
    if row is None:
        raise Http404
    return row


def _done(act: Any, **said: Any) -> None:
    """What the rule refuses is not there."""
    try:
        act(**said)
    except (PermissionDenied, NotPossible):
        raise Http404 from None
