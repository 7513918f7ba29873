"""What the office's admin is told about conferences: their templates, and nothing of any child."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from conferences.models.templates import ConferenceTemplate
from conferences.office.viewsets import TemplateViewSet

register_snippet(TemplateViewSet)


@hooks.register("before_delete_snippet")
def keep_what_was_published(request: HttpRequest, rows: Sequence[Model]) -> HttpResponse | None:
    """Only a draft goes: what was published may be what a conference was begun with."""
    for row in rows:
        if isinstance(row, ConferenceTemplate) and (row.live or row.first_published_at or row.is_used):
            said = _("“%(title)s” is kept, because conferences may use it. Unpublish it, or give it a last day.")
            messages.error(request, said % {"title": row})
            return redirect(row.snippet_viewset.get_url_name("list"))
    return None
