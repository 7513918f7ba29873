"""A message from a home to the staff, under an entry."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from learninglog import feeds
from learninglog.models import Entry
from learninglog.services import threads
from learninglog.views.family.at import log_reader, second_look
from learninglog.views.family.forms import MessageForm
from learninglog.views.family.log import entry_page
from visibility.doors import hat_required
from visibility.viewer import Hat


@require_POST
@hat_required(Hat.GUARDIAN)
def message(request: HttpRequest, child: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    reader, form = log_reader(request, child), MessageForm(request.POST)
    found = feeds.one_entry(reader.viewer, reader.child, entry)
    if found is None:
        raise Http404
    if not form.is_valid():
        return entry_page(request, reader, entry, form)
    try:
        row = Entry.objects.visible_to(reader.viewer).get(public_id=entry)
        threads.write(entry=row, child=reader.child, by=reader.viewer, **form.cleaned_data)
    except threads.Empty:
        form.add_error("text", form.fields["text"].error_messages["required"])
        return entry_page(request, reader, entry, form)
    except PermissionDenied:
        raise Http404 from None
    second_look(request, form.cleaned_data["text"])
    response = redirect("family:entry", child=child, entry=entry)
    response["Location"] += "#talk"
    return response
