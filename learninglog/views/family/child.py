"""Around a child: whom to turn to, and the settings."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learninglog import contacts, slots
from learninglog.services.homes import writing_home
from learninglog.services.words import show_to_other_homes
from learninglog.views.family.at import answer, child_of
from learninglog.views.family.forms import ShowWordsForm
from visibility.doors import hat_required
from visibility.matrix import READ
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.GUARDIAN)
def staff(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer, row = child_of(request, child, READ)
    places = contacts.places_of(row, viewer, get_language() or "en")
    return answer(request, "contacts.html", child=row, places=places)


@require_safe
@hat_required(Hat.GUARDIAN)
def settings(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer, row = child_of(request, child, READ)
    return answer(request, "settings.html", child=row, panels=slots.panels(viewer, row))


@require_POST
@hat_required(Hat.GUARDIAN)
def show_words(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    viewer, row = child_of(request, child)
    form = ShowWordsForm(request.POST)
    on = form.is_valid() and form.cleaned_data["on"]
    try:
        show_to_other_homes(home=writing_home(viewer, row), on=on, by=viewer)
    except PermissionDenied:
        raise Http404 from None
    messages.success(request, _("Saved."))
    return redirect("family:settings", child=child)
