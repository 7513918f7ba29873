"""The monthly review: walked through and signed by the head, read by the owner."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from access.models import Review
from access.reviews import page, printed, services
from access.reviews.forms import RoutineForm, SeeForm, SignForm
from access.team import reach
from ground.typesetting import CannotBeSet, as_file
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import REVIEW, SIGN
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.STAFF)
def everything(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if not page.keeps(viewer):
        raise Http404
    return render(request, "access/reviews/all.html", {"viewer": viewer, "found": page.overview(viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def review(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = reach.one(REVIEW, viewer, review, SIGN)
    if request.method == "POST":
        return _walk(request, row)
    if row.signed_at is not None:
        return redirect("reviews:protocol", review=review)
    shown = page.page(row, viewer)
    if shown.child_ids:
        read(viewer, "review", about=row.public_id, child_ids=shown.child_ids)
    return render(request, "access/reviews/one.html", {"viewer": viewer, "page": shown, "form": SignForm()})


def _walk(request: HttpRequest, row: Review) -> HttpResponse:
    """One thing looked at, or the whole signed."""
    viewer = viewer_of(request)
    if request.POST.get("do") == "sign":
        form = SignForm(request.POST)
        try:
            services.sign(review=row, remark=form.data.get("remark", "")[:2000], by=viewer)
        except services.StillOdd:
            messages.error(request, _("Look at what is odd first; it stands on top."))
            return redirect("reviews:one", review=row.public_id)
        messages.success(request, _("Signed. The owner sees it."))
        return redirect("reviews:protocol", review=row.public_id)
    seen = SeeForm(request.POST)
    if seen.is_valid():
        services.see(review=row, key=seen.cleaned_data["key"], note=seen.cleaned_data["note"], by=viewer)
    return redirect("reviews:one", review=row.public_id)


@require_safe
@hat_required(Hat.STAFF)
def protocol(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = reach.one(REVIEW, viewer, review)
    shown = page.protocol(row, viewer)
    if shown.child_ids:
        read(viewer, "review", about=row.public_id, child_ids=shown.child_ids)
    return render(request, "access/reviews/protocol.html", {"viewer": viewer, "page": shown})


@require_safe
@hat_required(Hat.STAFF)
def protocol_file(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """The same, by the same rule, as a PDF."""
    viewer = viewer_of(request)
    shown = page.protocol(reach.one(REVIEW, viewer, review), viewer)
    try:
        pdf = printed.protocol(shown, at=viewer.at)
    except CannotBeSet:
        messages.error(request, _("This protocol has signs that a PDF of ours cannot show. Print the page instead."))
        return redirect("reviews:protocol", review=review)
    if shown.child_ids:
        read(viewer, "review", about=shown.review.public_id, child_ids=shown.child_ids)
    return as_file(pdf, _("review-%(month)s") % {"month": f"{shown.review.month:%Y-%m}"})


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def routine(request: HttpRequest, routine: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = page.routine_of(viewer, routine)
    if row is None:
        raise Http404
    form = RoutineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.sign_routine(routine=row, by=viewer, **form.cleaned_data)
        messages.success(request, _("Signed."))
        return redirect("reviews:all")
    return render(request, "access/reviews/routine.html", {"viewer": viewer, "routine": row, "form": form})
