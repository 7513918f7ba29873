"""What the office's admin is told about the curriculum."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from curriculum.case import views
from curriculum.models import Area, Framework, GoalLink
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
        if isinstance(row, GoalLink) and row.shipped:
            messages.error(request, _("“%(title)s” came with the product. Switch it off instead.") % {"title": row})
            return redirect(row.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
        if isinstance(row, OfficeText) and (row.live or row.first_published_at or _has_rows_below(row)):
            said = _("“%(title)s” is kept, because entries may refer to it. Unpublish or retire it instead.")
            messages.error(request, said % {"title": row})
            return redirect(row.snippet_viewset.get_url_name("list"))
    return None


@hooks.register("register_admin_urls")
def exchange_addresses() -> list[URLPattern]:
    return [
        path("curriculum/case/", views.bring, name="curriculum_case_bring"),
        path("curriculum/case/<uuid:package>/", views.look, name="curriculum_case_look"),
        path("curriculum/case/out/<uuid:framework>/", views.export, name="curriculum_case_export"),
    ]


class ExchangeItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(views.RIGHT))


@hooks.register("register_admin_menu_item")
def exchange_item() -> ExchangeItem:
    href = reverse("curriculum_case_bring")
    return ExchangeItem(gettext_lazy("Curricula in and out"), href, icon_name="upload", order=301)
