"""Frameworks, areas and goals in the office: drafts, revisions, locks, previews, and a search that folds."""

from typing import Any

from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, PublishingPanel
from wagtail.admin.ui.tables import BooleanColumn, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from curriculum.forms import AreaForm, GoalForm, GoalLinkForm, GuidanceForm
from curriculum.models import Area, Framework, Goal, GoalLink, Guidance


def _in_each_language(stem: str, heading: Any) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(f"{stem}_{code}") for code in ("sv", "nb", "en")], heading=heading)


class FoldedSearchView(IndexView):
    """A list whose search finds "språk" for "sprak", as the composer does."""

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.matching(self.search_query) if self.is_searching else queryset


class FrameworkViewSet(SnippetViewSet):
    model = Framework
    icon = "doc-full"
    menu_label = _("Frameworks")
    list_display = [
        "__str__",
        "code",
        "country",
        "valid_from",
        BooleanColumn("confirmed", label=_("Confirmed"), sort_key="confirmed"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["country", "confirmed"]
    search_fields = ["code", "title_sv", "title_nb", "title_en"]
    search_backend_name = None
    ordering = ["country", "family", "-valid_from"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("family")]),
            FieldRowPanel([FieldPanel("country"), FieldPanel("language")]),
            _in_each_language("title", _("Title")),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")], heading=_("In force")),
            FieldPanel("source_url"),
            MultiFieldPanel(
                [FieldPanel("organisation", widget=Select), FieldPanel("unit", widget=Select)],
                heading=_("Goals of your own"),
            ),
            FieldPanel("confirmed"),
            PublishingPanel(),
        ]
    )


class AreaViewSet(SnippetViewSet):
    model = Area
    icon = "folder-open-inverse"
    menu_label = _("Areas")
    index_view_class = FoldedSearchView
    list_display = ["__str__", "code", "framework", "parent", UpdatedAtColumn(), LiveStatusTagColumn()]
    list_filter = ["framework"]
    # Switches the search field on; the view above does the searching.
    search_fields = ["search_sv"]
    search_backend_name = None
    ordering = ["framework_id", "order", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("framework", widget=Select),
            FieldPanel("parent", widget=Select),
            FieldRowPanel([FieldPanel("code"), FieldPanel("order")]),
            _in_each_language("label", _("Label")),
            PublishingPanel(),
        ],
        base_form_class=AreaForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return Area.objects.for_list()


class GoalViewSet(SnippetViewSet):
    model = Goal
    icon = "tag"
    menu_label = _("Goals")
    index_view_class = FoldedSearchView
    list_display = ["__str__", "code", "area", UpdatedAtColumn(), LiveStatusTagColumn()]
    list_filter = ["framework", "area"]
    search_fields = ["search_sv"]
    search_backend_name = None
    ordering = ["framework_id", "area__order", "order", "code"]
    edit_handler = ObjectList(
        [
            HelpPanel(_("A goal binds the preschool, not the child: nothing here grades or ranks anybody.")),
            FieldPanel("area", widget=Select),
            FieldRowPanel([FieldPanel("code"), FieldPanel("order")]),
            _in_each_language("label", _("Short label, as on a chip")),
            _in_each_language("text", _("Longer text")),
            FieldPanel("retired_on"),
            PublishingPanel(),
        ],
        base_form_class=GoalForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return Goal.objects.for_list()


class GoalLinkViewSet(SnippetViewSet):
    model = GoalLink
    icon = "link"
    menu_label = _("Links between goals")
    list_display = ["__str__", "kind", BooleanColumn("in_use", label=_("In use"), sort_key="in_use")]
    list_filter = ["kind", "in_use", "origin__framework"]
    search_fields = ["origin__code", "destination__code"]
    search_backend_name = None
    ordering = ["origin__framework_id", "origin__code"]
    edit_handler = ObjectList(
        [
            FieldPanel("origin", widget=Select),
            FieldPanel("kind"),
            FieldPanel("destination", widget=Select),
            FieldPanel("in_use"),
        ],
        base_form_class=GoalLinkForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return GoalLink.objects.for_list()


class GuidanceViewSet(SnippetViewSet):
    model = Guidance
    icon = "help"
    menu_label = _("Guidance")
    list_display = ["__str__", "goal", "area", UpdatedAtColumn(), LiveStatusTagColumn()]
    search_fields = ["goal__code", "area__code", "meaning_sv", "meaning_nb", "meaning_en"]
    search_backend_name = None
    ordering = ["pk"]
    edit_handler = ObjectList(
        [
            HelpPanel(_("Beside the goal for the staff, and behind it for guardians.")),
            FieldPanel("goal", widget=Select),
            FieldPanel("area", widget=Select),
            _in_each_language("meaning", _("What it means")),
            _in_each_language("ideas", _("Ideas")),
            _in_each_language("environments", _("Places and materials")),
            PublishingPanel(),
        ],
        base_form_class=GuidanceForm,
    )


class CurriculumViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Curriculum")
    menu_icon = "list-ul"
    menu_order = 300
    items = (FrameworkViewSet, AreaViewSet, GoalViewSet, GoalLinkViewSet, GuidanceViewSet)
