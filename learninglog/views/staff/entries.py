"""One entry as the staff read it, and what is done with it as a whole."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learninglog import entry_page, groups, plan_pages, sensitive
from learninglog.forms import key_of
from learninglog.plan_forms import ReflectionForm
from learninglog.services import composing, discard_entry, withdraw_entry
from learninglog.services import leave_out as leave_child_out
from learninglog.views.staff.at import answer, entry_of, onward, refused_is_not_found
from media_policy import downloads
from visibility.doors import hat_required, read
from visibility.matrix import LEAVE_OUT, READ, WITHDRAW, WRITE
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.STAFF)
def entry(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    return shown(request, entry, ReflectionForm())


def shown(request: HttpRequest, public_id: uuid.UUID, form: ReflectionForm, status: int = 200) -> HttpResponse:
    """The page of an entry, with what somebody is writing for the team."""
    viewer, row = entry_of(request, public_id, READ)
    page = entry_page.of(row, viewer)
    read(viewer, "entry", about=row.public_id, child_ids=page.child_ids)
    thoughts = plan_pages.of_entry(row, viewer)
    may_download = downloads.allowed(viewer, row.unit.organisation_id)
    return answer(
        request, "entry.html", page=page, may_download=may_download, thoughts=thoughts, form=form,
        listed=sensitive.words(), status=status,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def withdraw(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """Asks first; then the families no longer have it."""
    viewer, row = entry_of(request, entry, WITHDRAW)
    if request.method != "POST":
        page = entry_page.of(row, viewer)
        read(viewer, "entry", about=row.public_id, child_ids=page.child_ids)
        return answer(request, "withdraw.html", page=page)
    with refused_is_not_found():
        withdraw_entry(entry=row, by=viewer)
    messages.success(request, _("Withdrawn. No family sees it any more."))
    return onward(row, viewer)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def discard(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """Asks first; then the draft and its pictures are gone. What stands shared is withdrawn first."""
    viewer, row = entry_of(request, entry, WRITE)
    if row.is_shared:
        messages.error(request, _("Withdraw the entry before you throw it away."))
        return redirect("staff:entry", entry=entry)
    if request.method != "POST":
        page = entry_page.of(row, viewer)
        read(viewer, "entry", about=row.public_id, child_ids=page.child_ids)
        return answer(request, "discard.html", page=page)
    with refused_is_not_found():
        discard_entry(entry=row, by=viewer)
    messages.success(request, _("Thrown away."))
    return onward(row, viewer)


@require_POST
@hat_required(Hat.STAFF)
def leave_out(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """One child, or without a name all whom one does not work with any more."""
    viewer, row = entry_of(request, entry, LEAVE_OUT)
    key = key_of(request.POST.get("child", ""))
    child = groups.child(viewer, key) if key else None
    with refused_is_not_found():
        if child is not None:
            leave_child_out(entry=row, child=child, by=viewer)
        elif key is None:
            composing.leave_out_untied(entry=row, by=viewer)
    messages.success(request, _("Left out. The others can be shared now."))
    return onward(row, viewer)
