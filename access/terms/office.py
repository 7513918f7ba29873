"""The wordings in the office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList, PublishingPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from access.models import Wording


class WordingViewSet(SnippetViewSet):
    model = Wording
    icon = "doc-full"
    menu_label = _("Terms and notices")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["__str__", "kind", "language", "edition", LiveStatusTagColumn()]
    list_filter = ["kind"]
    search_fields = ["title"]
    search_backend_name = None
    ordering = ["kind", "language"]
    edit_handler = ObjectList(
        [
            HelpPanel(_("What is published is frozen: whoever answers has answered exactly these words.")),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("language"), FieldPanel("edition")]),
            FieldPanel("title"),
            FieldPanel("body"),
            PublishingPanel(),
        ]
    )
