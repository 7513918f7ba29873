"""Plans of a group or a unit, and what the team thinks of them and of entries."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learninglog import groups, plan_pages, sensitive, units
from learninglog.forms import key_of
from learninglog.models import Entry, Plan, Reflection
from learninglog.picking import GoalArea, goals_of_unit
from learninglog.plan_forms import ConclusionsForm, PlanForm, ReflectionForm
from learninglog.services import plans
from learninglog.views.staff.at import answer, entry_of, group_of, refused_is_not_found
from learninglog.views.staff.entries import shown as shown_entry
from people.models import Group, Unit
from visibility import rule
from visibility.doors import hat_required, read, viewer_of
from visibility.matrix import COVER, NOTE, READ, WRITE
from visibility.viewer import Hat, Viewer


def plan_of(request: HttpRequest, public_id: uuid.UUID, action: str = READ) -> tuple[Viewer, Plan]:
    viewer = viewer_of(request)
    rows: QuerySet[Plan] = Plan.objects.visible_to(viewer, action).filter(public_id=public_id)
    row = rows.select_related("group", "unit__organisation").first()
    if row is None:
        raise Http404
    return viewer, row


@require_safe
@hat_required(Hat.STAFF)
def listing(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group, works=False)
    found = plan_pages.of_group(row, viewer)
    running = [plan for plan in found if plan.ends_on >= viewer.day]
    earlier = [plan for plan in found if plan.ends_on < viewer.day]
    heads = rule.may(viewer, COVER, row.unit)
    works = groups.works_in(row, viewer)
    return answer(request, "plans.html", group=row, running=running, earlier=earlier, works=works, heads=heads)


@require_safe
@hat_required(Hat.STAFF)
def plan(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    return _shown(request, plan, ReflectionForm())


def _shown(request: HttpRequest, public_id: uuid.UUID, form: ReflectionForm, status: int = 200) -> HttpResponse:
    viewer, row = plan_of(request, public_id)
    page = plan_pages.page(row, viewer)
    read(viewer, "plan", about=row.public_id, child_ids=page.child_ids)
    return answer(
        request, "plan.html", page=page, plan=row, form=form, listed=sensitive.words(), copy_key=uuid.uuid4(),
        status=status,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def new(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group)
    return _begun(request, viewer, row.unit, row)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def new_of_unit(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    viewer, row = units.unit_of(request, unit, COVER)
    return _begun(request, viewer, row, None)


def _begun(request: HttpRequest, viewer: Viewer, unit: Unit, group: Group | None) -> HttpResponse:
    form = PlanForm(request.POST or None, initial={"starts_on": viewer.day})
    areas = goals_of_unit(unit, viewer, form.asked(), [])
    if request.method == "POST" and form.is_valid():
        data, key = form.input(_keys(areas)), form.cleaned_data["form_key"]
        with refused_is_not_found():
            made = plans.make(unit=unit, group=group, data=data, by=viewer, client_key=key)
        return redirect("staff:plan", plan=made.public_id)
    context = {"form": form, "areas": areas, "plan": None, "group": group, "unit": unit, "seen": "", "otherwise": []}
    return answer(request, "plan_form.html", status=_status(form), **context)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def edit(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    viewer, row = plan_of(request, plan, WRITE)
    stands = plans.input_of(row)
    held = list(stands.goals)
    # Whoever began from an older copy is shown what stands now, before it is written over.
    form, seen = PlanForm(request.POST or None, instance=row), plans.mark_of(stands)
    otherwise: list[plan_pages.Otherwise] = []
    areas = goals_of_unit(row.unit, viewer, form.asked() if form.is_bound else held, held)
    if request.method == "POST" and form.is_valid():
        data = form.input(_keys(areas))
        try:
            with refused_is_not_found():
                plans.change(plan=row, data=data, by=viewer, seen=request.POST.get("seen"))
            return redirect("staff:plan", plan=plan)
        except plans.Met as met:
            stands = plans.input_of(met.plan)
            seen, otherwise = plans.mark_of(stands), plan_pages.otherwise(stands, data)
    elif form.is_bound:
        seen = request.POST.get("seen", "")
    context = {"form": form, "areas": areas, "plan": row, "group": row.group, "unit": row.unit}
    status = 409 if otherwise else _status(form)
    return answer(request, "plan_form.html", status=status, seen=seen, otherwise=otherwise, **context)


def _keys(areas: list[GoalArea]) -> list[int]:
    return [goal.id for area in areas for goal in area.goals]


def _status(form: PlanForm) -> int:
    return 422 if form.is_bound else 200


@require_POST
@hat_required(Hat.STAFF)
def copy(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    viewer, row = plan_of(request, plan)
    key = key_of(request.POST.get("group", ""))
    group = groups.one(groups.working(viewer), key) if key else None
    if group is None:
        raise Http404
    with refused_is_not_found():
        made = plans.copy(plan=row, group=group, by=viewer, client_key=key_of(request.POST.get("form_key", "")))
    messages.success(request, _("Copied. Nothing about any child came along."))
    return redirect("staff:edit_plan", plan=made.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def conclusions(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """The term's evaluation: a draft with its evidence beside it, and the team's own words."""
    viewer, row = plan_of(request, plan, WRITE)
    form, status = ConclusionsForm(request.POST or None), 422
    seen = request.POST.get("seen", plans.mark_of(row.conclusions))
    stands: str | None = None
    if request.method == "POST" and form.is_valid():
        try:
            with refused_is_not_found():
                plans.conclude(plan=row, text=form.cleaned_data["text"], by=viewer, seen=request.POST.get("seen"))
            messages.success(request, _("Saved."))
            return redirect("staff:plan", plan=plan)
        except plans.Met as met:
            stands, status = met.plan.conclusions, 409
            seen = plans.mark_of(met.plan.conclusions)
    page = plan_pages.page(row, viewer)
    if request.method != "POST":
        form, status = ConclusionsForm(initial={"text": row.conclusions or plan_pages.draft_of_conclusions(page)}), 200
    read(viewer, "plan", about=row.public_id, child_ids=page.child_ids)
    context = {"page": page, "plan": row, "form": form, "seen": seen, "stands": stands}
    return answer(request, "conclusions.html", status=status, **context)


@require_POST
@hat_required(Hat.STAFF)
def reflect_on_plan(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    viewer, row = plan_of(request, plan, NOTE)
    form = ReflectionForm(request.POST)
    if not form.is_valid():
        return _shown(request, plan, form, 422)
    _reflect(row, form, viewer)
    return redirect("staff:plan", plan=plan)


@require_POST
@hat_required(Hat.STAFF)
def reflect_on_entry(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    viewer, row = entry_of(request, entry, NOTE)
    form = ReflectionForm(request.POST)
    if not form.is_valid():
        return shown_entry(request, entry, form, 422)
    _reflect(row, form, viewer)
    return redirect("staff:entry", entry=entry)


def _reflect(on: Entry | Plan, form: ReflectionForm, viewer: Viewer) -> None:
    given = form.cleaned_data
    with refused_is_not_found():
        plans.reflect(on=on, text=given["text"], by=viewer, client_key=given["client_key"])


@require_POST
@hat_required(Hat.STAFF)
def take_back(request: HttpRequest, reflection: uuid.UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row: Reflection | None = plan_pages.reflection(viewer, reflection)
    if row is None:
        raise Http404
    with refused_is_not_found():
        plans.take_back(reflection=row, by=viewer)
    if row.entry is not None:
        return redirect("staff:entry", entry=row.entry.public_id)
    assert row.plan is not None  # noqa: S101
    return redirect("staff:plan", plan=row.plan.public_id)
