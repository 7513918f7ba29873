"""Agreements, and what comes after the talk: how it goes, additions, paper, and the end of one that is not finished."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conferences import around, asks, printed, steps
from conferences.forms import AddendumForm, AgreementForm, CloseForm, FollowUpForm, PeopleForm
from conferences.models import Agreement
from conferences.services import issuing, responsible, sealing, writing
from conferences.views.staff.at import answer, conference_of, page_of, refused_is_not_found
from conferences.views.staff.talk import sides_of, talk_page
from visibility import rule
from visibility.doors import hat_required, read
from visibility.matrix import ADD, CLOSE, FOLLOW_UP, HOLD, READ, WRITE
from visibility.viewer import Hat, Viewer


def agreement_of(request: HttpRequest, conference: uuid.UUID, key: uuid.UUID, action: str) -> tuple[Viewer, Agreement]:
    """One agreement of a conference, for this action."""
    viewer, row = conference_of(request, conference, READ)
    rows = Agreement.objects.visible_to(viewer, action).filter(conference=row, public_id=key)
    found = rows.select_related("conference__child", "conference__unit").first()
    if found is None:
        raise Http404
    return viewer, found


@require_POST
@hat_required(Hat.STAFF)
def agree(request: HttpRequest, conference: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    viewer, row = conference_of(request, conference, WRITE)
    form = AgreementForm(request.POST, auto_id=f"id_%s_{question}")
    if not form.is_valid():
        return talk_page(request, viewer, row, agreement=(question, form), status=422)
    given: dict[str, Any] = {key: value for key, value in form.cleaned_data.items() if key != "revision"}
    with refused_is_not_found():
        writing.agree(conference=row, question=question, by=viewer, **given)
    return redirect(f"{reverse('talks:talk', kwargs={'conference': conference})}#q-{question}")


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def agreement(request: HttpRequest, conference: uuid.UUID, agreement: uuid.UUID) -> HttpResponse:
    """Change it, or take it out; when somebody else changed it meanwhile, both stand on the page."""
    viewer, row = agreement_of(request, conference, agreement, WRITE)
    back = redirect("talks:talk", conference=conference)
    if request.method == "POST" and request.POST.get("do") == "drop":
        with refused_is_not_found():
            writing.drop_agreement(agreement=row, by=viewer)
        return back
    before = {"what": row.what, "who": row.who, "by_when": row.by_when, "revision": row.revision}
    form, theirs = AgreementForm(request.POST or None, initial=before), None
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("what", "who", "by_when")}
        try:
            with refused_is_not_found():
                writing.change_agreement(agreement=row, revision=form.cleaned_data["revision"] or 0, by=viewer, **given)
        except writing.AgreementClash as clash:
            theirs, form = clash.theirs, AgreementForm(initial={**given, "revision": clash.theirs.revision})
        else:
            return back
    read(viewer, "conference", about=conference, child_ids=[row.conference.child_id])
    status = 409 if theirs else 422 if form.is_bound else 200
    return answer(request, "agreement.html", status=status, conference=row.conference, form=form, theirs=theirs)


@require_POST
@hat_required(Hat.STAFF)
def follow_up(request: HttpRequest, conference: uuid.UUID, agreement: uuid.UUID) -> HttpResponse:
    viewer, row = agreement_of(request, conference, agreement, FOLLOW_UP)
    form = FollowUpForm(request.POST)
    if form.is_valid():
        with refused_is_not_found():
            writing.follow_up(agreement=row, by=viewer, **form.cleaned_data)
        messages.success(request, _("Saved."))
    return redirect(f"{reverse('talks:after', kwargs={'conference': conference})}#agreement-{agreement}")


@require_safe
@hat_required(Hat.STAFF)
def after(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    return _after(request, conference, AddendumForm())


def _after(request: HttpRequest, conference: uuid.UUID, form: AddendumForm, status: int = 200) -> HttpResponse:
    viewer, row = conference_of(request, conference)
    page = page_of(row, viewer)
    found = asks.of_staff(page, viewer)
    about = around.of(row, viewer, steps.Step.AFTER)
    rows = asks.agreed(found)
    for one in rows:
        one.form = FollowUpForm(auto_id=f"id_%s_{one.public_id}")
    context = {
        "sections": asks.recorded(found),
        "rows": rows,
        "addenda": page.addenda,
        "form": form,
        "sides": sides_of(row, viewer),
    }
    return answer(request, "after.html", status=status, conference=row, about=about, **context)


@require_POST
@hat_required(Hat.STAFF)
def add(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    viewer, row = conference_of(request, conference, ADD)
    form = AddendumForm(request.POST)
    if not form.is_valid():
        return _after(request, conference, form, 422)
    with refused_is_not_found():
        sealing.add(conference=row, by=viewer, **form.cleaned_data)
    messages.success(request, _("Added. The home reads it."))
    return redirect(f"{reverse('talks:after', kwargs={'conference': conference})}#added")


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def close(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    """Asks first, and why."""
    viewer, row = conference_of(request, conference, CLOSE)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_is_not_found():
            issuing.close(conference=row, because=form.cleaned_data["because"], by=viewer)
        messages.success(request, _("Closed unfinished."))
        return redirect(around.back_href(row, viewer))
    read(viewer, "conference", about=conference, child_ids=[row.child_id])
    return answer(request, "close.html", status=422 if form.is_bound else 200, conference=row, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def people(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    """Who holds it: the child's responsible teacher from today on, and a stand-in for this one."""
    viewer, row = conference_of(request, conference, HOLD)
    duties = list(responsible.may_hold(row.child, row.unit_id, viewer))
    named = {str(duty.public_id): duty.person.get_full_name() for duty in duties}
    persons = {str(duty.person.public_id): duty.person.get_full_name() for duty in duties}
    held = responsible.holder(row.child, row.unit_id, viewer)
    holder = held.duty if held else None
    initial = {
        "responsible": str(holder.public_id) if holder else "",
        "stand_in": str(row.stand_in.public_id) if row.stand_in else "",
    }
    form = PeopleForm(request.POST or None, duties=named, people=persons, initial=initial)
    # A stand-in from another group holds this conference, and not the child's others.
    if not rule.may(viewer, HOLD, row.child):
        del form.fields["responsible"]
    if request.method == "POST" and form.is_valid():
        wanted = next((duty for duty in duties if str(duty.public_id) == form.cleaned_data.get("responsible")), None)
        stand_in = next((d.person for d in duties if str(d.person.public_id) == form.cleaned_data["stand_in"]), None)
        with refused_is_not_found():
            if "responsible" in form.fields and wanted != holder:
                responsible.set_responsible(child=row.child, duty=wanted, by=viewer)
            if stand_in != row.stand_in:
                issuing.set_stand_in(conference=row, person=stand_in, by=viewer)
        messages.success(request, _("Saved."))
        return redirect("talks:conference", conference=conference)
    read(viewer, "conference", about=conference, child_ids=[row.child_id])
    return answer(request, "people.html", status=422 if form.is_bound else 200, conference=row, form=form)


@require_safe
@hat_required(Hat.STAFF)
def pdf(request: HttpRequest, conference: uuid.UUID) -> HttpResponse:
    viewer, row = conference_of(request, conference)
    read(viewer, "conference pdf", about=conference, child_ids=[row.child_id])
    return printed.response(row, viewer)
