"""What the office's admin is told about the curriculum."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from curriculum.models import Area, Framework
from curriculum.models.base import OfficeText
from curriculum.viewsets import CurriculumViewSetGroup

register_snippet(CurriculumViewSetGroup)


def _has_rows_below(row: OfficeText) -> bool:
    if isinstance(row, Framework):
        return row.areas.exists()
    return isinstance(row, Area) and (row.goals.exists() or row.parts.exists())


@hooks.register("before_delete_snippet")
def keep_what_was_published(request: HttpRequest, rows: Sequence[Model]) -> HttpResponse | None:
    """What was ever published may stand on an entry, so only a draft that nothing hangs on is deleted."""
    for row in rows:
        if isinstance(row, OfficeText) and (row.live or row.first_published_at or _has_rows_below(row)):
            said = _("“%(title)s” is kept, because entries may refer to it. Unpublish or retire it instead.")
            messages.error(request, said % {"title": row})
            return redirect(row.snippet_viewset.get_url_name("list"))
    return None
