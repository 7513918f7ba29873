"""The owner's settings: in which days a receiver reads, for how long guardians do, how the questions are decided."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.leaving import services as leaving
from access.questions import services as questions
from access.questions import words as question_words
from access.recordings.services import NotPossible
from access.signing.stepping import requires
from access.team import reach
from media_policy.questions import way
from people.models import Organisation
from transfers import choice, windows
from transfers.forms import DaysForm, MoveWayForm, ReadingForm
from transfers.services.days import set_days
from transfers.views.at import answer
from visibility.doors import hat_required, viewer_of
from visibility.matrix import APPOINT
from visibility.viewer import Hat, Strength, Viewer


def _overseen(viewer: Viewer) -> Organisation:
    for unit in reach.units(viewer, APPOINT):
        return unit.organisation
    raise Http404


def _form(question: choice.Question, owner: Organisation, data: Any) -> MoveWayForm:
    now = way(question, owner)
    form = MoveWayForm(data, initial=vars(now), auto_id=f"id_{question}_%s")
    return form if question in choice.MAY_BE_OBJECTED else form.without_basis()


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
@requires(Strength.SUBSTANTIAL)
def settings(request: HttpRequest) -> HttpResponse:
    """A school always needs a yes; between its own preschools the owner can let a no stop it instead."""
    viewer = viewer_of(request)
    owner = _overseen(viewer)
    sent = request.POST.get("question", "") if request.method == "POST" else None
    days = windows.reading(owner)
    form = DaysForm(request.POST if sent == "days" else None, initial={"before": days.before, "after": days.after})
    plan = ReadingForm(request.POST if sent == "reading" else None, initial={"reading_days": owner.reading_days})
    ways = {q: _form(q, owner, request.POST if sent == q else None) for q in choice.Question}
    try:
        if form.is_valid():
            set_days(organisation=owner, by=viewer, **form.cleaned_data)
            return _saved(request)
        if plan.is_valid():
            leaving.set_plan(organisation=owner, days=plan.cleaned_data["reading_days"], by=viewer)
            return _saved(request)
        for question, one in ways.items():
            if one.is_valid():
                questions.decide(organisation=owner, question=question, wanted=one.wanted(), by=viewer)
                return _saved(request)
    except NotPossible:
        raise Http404 from None
    told = [(q, question_words.decided(way(q, owner), q), ways[q]) for q in choice.Question]
    return answer(request, "staff/settings.html", days=form, plan=plan, ways=told, status=422 if sent else 200)


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. It counts from now on."))
    return redirect("transfers:settings")
