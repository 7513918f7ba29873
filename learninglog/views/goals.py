"""The page of one goal: what it means, ideas, where it stands."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from curriculum import guidance
from visibility.doors import hat_required, viewer_of
from visibility.viewer import Hat

BASES = {Hat.GUARDIAN: "base/family.html", Hat.STAFF: "base/staff.html"}


@require_safe
@hat_required(Hat.GUARDIAN, Hat.STAFF)
def goal(request: HttpRequest, goal: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    page = guidance.page(goal, get_language() or "en")
    if page is None:
        raise Http404
    return render(request, "learninglog/goal.html", {"viewer": viewer, "page": page, "base": BASES[viewer.hat]})
