"""What the office's admin is told about the learning log: the lists of sensitive words, and nothing of any child."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from learninglog.models import SensitiveWord


class SensitiveWordViewSet(SnippetViewSet):
    model = SensitiveWord
    icon = "warning"
    menu_label = _("Sensitive words")
    menu_order = 350
    add_to_admin_menu = True
    list_display = ["word", "language", "kind", "in_use"]
    list_filter = ["language", "kind", "in_use"]
    search_fields = ["word"]
    search_backend_name = None
    panels = [
        FieldRowPanel([FieldPanel("word"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("in_use")]),
    ]


register_snippet(SensitiveWordViewSet)
