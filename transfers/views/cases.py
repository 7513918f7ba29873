"""What a parent without access asks for: written down, looked at, decided, handed out. It never becomes a sign-in."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.recordings.services import NotPossible
from access.signing.stepping import requires
from conferences.models import Conference
from ground.typesetting import CannotBeSet, as_file
from learninglog.models import Entry
from transfers import letter as letters
from transfers import moves
from transfers.forms import DecisionForm, LinkForm, RequestForm
from transfers.models import Disclosure
from transfers.services import cases, links, packages
from transfers.views.at import answer, at_work
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import DISCLOSE
from visibility.viewer import Hat, Strength, Viewer

PAGE = require_http_methods(["GET", "HEAD", "POST"])
# More boxes than this a form cannot send.
MOST = 900


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def begin(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Write down that somebody asks."""
    viewer, row = at_work(request, child, DISCLOSE)
    form = RequestForm(request.POST if request.method == "POST" else None, initial={"asked_on": viewer.day})
    if form.is_valid():
        try:
            made = cases.ask(child=row, by=viewer, **form.cleaned_data)
        except NotPossible:
            form.add_error("asked_on", _("This day is still to come."))
        else:
            return redirect("transfers:case", case=made.public_id)
    read(viewer, "disclosure", about=row.public_id, child_ids=[row.pk])
    return answer(request, "staff/request.html", child=row, form=form, status=422 if form.is_bound else 200)


def _case(viewer: Viewer, public_id: uuid.UUID) -> Disclosure:
    row = moves.case(viewer, public_id)
    if row is None:
        raise Http404
    return row


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def case(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """The case: the request, the decision, what was handed out."""
    viewer = viewer_of(request)
    row = _case(viewer, case)
    form = DecisionForm(request.POST if request.method == "POST" else None, auto_id="id_decision_%s")
    if request.method == "POST" and form.is_valid():
        _decided(request, viewer, row, form.cleaned_data)
        return redirect("transfers:case", case=case)
    return _page(request, viewer, row, form=form, status=422 if form.is_bound else 200)


def _decided(request: HttpRequest, viewer: Viewer, row: Disclosure, said: dict[str, Any]) -> None:
    """A second tap finds its own decision; who decides otherwise in another tab is told that it stands."""
    try:
        cases.decide(disclosure=row, by=viewer, **said)
    except PermissionDenied:
        raise Http404 from None
    except NotPossible:
        row.refresh_from_db()
        if any(getattr(row, field) != value for field, value in said.items()):
            messages.warning(request, _("This case was decided already, and the decision stands."))
            return
    messages.success(request, _("Decided. The letter is here to print."))


def _page(request: HttpRequest, viewer: Viewer, row: Disclosure, *, status: int = 200, **context: Any) -> HttpResponse:
    read(viewer, "disclosure", about=row.public_id, child_ids=[row.child_id])
    told: dict[str, Any] = {"case": row, "child": row.child, "link": None, "form": None}
    told["sent"] = moves.Sent(row.package, packages.percent(row.package)) if row.package is not None else None
    told["link_form"] = LinkForm(auto_id="id_link_%s")
    response = answer(request, "staff/case.html", status=status, **told | context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def letter(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """The letter of a decided case, as a PDF."""
    viewer = viewer_of(request)
    row = _case(viewer, case)
    if not row.decision:
        raise Http404
    read(viewer, "disclosure", about=row.public_id, child_ids=[row.child_id])
    try:
        pdf = letters.pdf(row)
    except CannotBeSet:
        messages.error(request, _("This letter has signs that a PDF of ours cannot show. Print the page instead."))
        return redirect("transfers:case", case=case)
    return as_file(pdf, _("decision-%(day)s") % {"day": row.asked_on.isoformat()})


@PAGE
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def hand_out(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Choose the items that were granted, of what the head reads; they become a package."""
    viewer = viewer_of(request)
    row = _case(viewer, case)
    if row.decision not in (Disclosure.Decision.GRANTED, Disclosure.Decision.PARTLY):
        raise Http404
    entries = Entry.objects.visible_to(viewer).filter(publications__child=row.child).distinct()
    talks = Conference.objects.visible_to(viewer).filter(child=row.child, sealed_at__isnull=False)
    if request.method == "POST":
        chosen = _keys(request)
        try:
            packages.for_disclosure(
                disclosure=row, entries=entries.filter(public_id__in=chosen),
                conferences=talks.filter(public_id__in=chosen), language=row.child.organisation.language, by=viewer,
            )  # fmt: skip
        except PermissionDenied:
            raise Http404 from None
        except NotPossible:
            messages.warning(request, _("Choose at least one thing."))
            return redirect("transfers:hand_out", case=case)
        return redirect("transfers:case", case=case)
    read(viewer, "disclosure", about=row.public_id, child_ids=[row.child_id])
    told: dict[str, Any] = {
        "entries": entries.select_related("current").order_by("-happened_on", "-pk")[:MOST],
        "talks": talks.order_by("-sealed_at", "-pk")[:MOST],
        "only_newest": MOST if entries.count() > MOST else 0,
    }
    return answer(request, "staff/hand_out.html", case=row, child=row.child, **told)


def _keys(request: HttpRequest) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(key) for key in request.POST.getlist("item")]
    except ValueError:
        raise Http404 from None


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def send(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """A link and a code for what was granted; the code is shown this once."""
    viewer = viewer_of(request)
    row = _case(viewer, case)
    form = LinkForm(request.POST, auto_id="id_link_%s")
    if row.package is None:
        raise Http404
    if not form.is_valid():
        return _page(request, viewer, row, link_form=form, status=422)
    said = form.cleaned_data
    try:
        link = links.hand_over(
            package=row.package, by=viewer, at=viewer.at, lasts=timedelta(days=said["days"]),
            most_downloads=said["downloads"],
        )  # fmt: skip
    except PermissionDenied:
        raise Http404 from None
    except NotPossible:
        messages.warning(request, _("This package cannot be handed over any more. Make a new one."))
        return redirect("transfers:case", case=case)
    return _page(request, viewer, row, link=link, address=links.address(link.package))


@require_POST
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def revoke(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Take back what was handed out."""
    viewer = viewer_of(request)
    row = _case(viewer, case)
    if row.package is None:
        raise Http404
    try:
        packages.revoke(package=row.package, by=viewer, at=viewer.at)
    except PermissionDenied:
        raise Http404 from None
    messages.success(request, _("Taken back. The link opens nothing any more; what was fetched cannot be called back."))
    return redirect("transfers:case", case=case)
