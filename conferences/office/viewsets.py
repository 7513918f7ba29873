"""The templates of conferences in the office: drafted, reviewed, previewed as both sides see them, copied."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, PublishingPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import CopyView, EditView, SnippetViewSet

from conferences.models.templates import ConferenceTemplate
from conferences.office.forms import TemplateForm
from conferences.office.freezing import is_used


class TemplateEditView(EditView):
    """Says before anybody begins to write that the words of a used template stay."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_used(self.object):
            copy = messages.button(reverse(self.copy_url_name, args=[self.object.pk]), gettext("Copy"))
            said = gettext("Conferences have been begun with this template: copy it to change its words.")
            messages.warning(request, said, buttons=[copy])
        return super().get(request, *args, **kwargs)


class TemplateCopyView(CopyView):
    """A copy has the newest words and the questions’ keys of the first, a draft’s too, and nothing else of it."""

    def get_object(self, queryset: Any = None) -> ConferenceTemplate:
        copied: ConferenceTemplate = super().get_object(queryset).get_latest_revision_as_object()
        copied.pk, copied.public_id, copied._state.adding = None, uuid.uuid4(), True
        copied.code, copied.shipped, copied.valid_from, copied.valid_until = "", "", None, None
        copied.live, copied.locked, copied.has_unpublished_changes = False, False, False
        copied.latest_revision = copied.live_revision = None
        copied.first_published_at = copied.last_published_at = copied.go_live_at = copied.expire_at = None
        return copied


class TemplateViewSet(SnippetViewSet):
    model = ConferenceTemplate
    icon = "clipboard-list"
    menu_label = _("Conference templates")
    menu_order = 305
    add_to_admin_menu = True
    edit_view_class = TemplateEditView
    copy_view_class = TemplateCopyView
    list_display = [
        "__str__",
        "code",
        "country",
        "valid_from",
        "valid_until",
        Column("is_used", label=_("In use"), accessor=lambda row: _("Yes") if row.is_used else ""),
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    ]
    list_filter = ["country", "live"]
    search_fields = ["code", "name_sv", "name_nb", "name_en"]
    search_backend_name = None
    ordering = ["country", "code"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "What home and preschool talk about once a year. The preschool tells of what it offers and how the "
                    "child takes part; nothing here grades, measures or ranks a child. Once a conference has been "
                    "begun with a template its words stay: copy it, change the copy, and end the old one on a day."
                )
            ),
            FieldRowPanel([FieldPanel("code"), FieldPanel("country"), FieldPanel("language")]),
            MultiFieldPanel(
                [FieldPanel("name_sv"), FieldPanel("name_nb"), FieldPanel("name_en"), FieldPanel("names")],
                heading=_("Name"),
            ),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")], heading=_("When it is used")),
            FieldPanel("body"),
            PublishingPanel(),
        ],
        base_form_class=TemplateForm,
    )
