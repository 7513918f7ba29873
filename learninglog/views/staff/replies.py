"""Who waits for a reply, and the conversation with one home."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learninglog import sensitive, staff_feeds, staff_talk
from learninglog.forms import ReplyForm
from learninglog.services import threads
from learninglog.views.staff.at import answer, group_of, refused_is_not_found, thread_of
from visibility.doors import hat_required, read
from visibility.matrix import READ, REPLY
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.STAFF)
def inbox(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    viewer, row = group_of(request, group, works=False)
    waiting = staff_talk.rows(staff_feeds.replies(viewer=viewer, group=row), viewer)
    answered = staff_talk.rows(staff_feeds.answered(viewer=viewer, group=row), viewer)
    read(viewer, "replies", about=row.public_id, child_ids={item.thread.child_id for item in [*waiting, *answered]})
    return answer(request, "replies.html", group=row, waiting=waiting, answered=answered)


@require_http_methods(["GET", "HEAD", "POST"])
@hat_required(Hat.STAFF)
def thread(request: HttpRequest, thread: uuid.UUID) -> HttpResponse:
    """The conversation; opening it tells the home that the staff have read."""
    viewer, row = thread_of(request, thread, REPLY if request.method == "POST" else READ)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_is_not_found():
            threads.reply(thread=row, by=viewer, **form.cleaned_data)
        messages.success(request, _("Your reply is sent."))
        return redirect("staff:thread", thread=thread)
    threads.mark_read(thread=row, by=viewer)
    read(viewer, "thread", about=row.public_id, child_ids=[row.child_id])
    return answer(request, "thread.html", talk=staff_talk.talk(row, viewer), form=form, listed=sensitive.words())


@require_POST
@hat_required(Hat.STAFF)
def take(request: HttpRequest, thread: uuid.UUID) -> HttpResponse:
    """Say that one sees to the answer, or give it back."""
    viewer, row = thread_of(request, thread, REPLY)
    with refused_is_not_found():
        if request.POST.get("do") == "let_go":
            threads.let_go(thread=row, by=viewer)
        else:
            threads.take(thread=row, by=viewer, over=request.POST.get("do") == "over")
    return redirect("staff:thread", thread=thread)
