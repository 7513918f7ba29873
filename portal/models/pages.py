"""The kinds of public pages, and where each may stand."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from people.models import Unit
from portal.models.forms import UnitPageForm
from portal.models.texts import SitePage


class OrganisationPage(SitePage):
    """The front page: who we are, our preschools and schools, the latest news."""

    template = "portal/pages/organisation.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["portal.UnitPage", "portal.NewsIndexPage", "portal.GuidancePage"]

    class Meta:
        verbose_name = _("Front page")
        verbose_name_plural = _("Front pages")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        units = UnitPage.objects.live().child_of(self).select_related("unit").for_list()
        return {
            **super().get_context(request, *args, **kwargs),
            "preschools": [page for page in units if page.unit.kind == Unit.Kind.PRESCHOOL],
            "schools": [page for page in units if page.unit.kind == Unit.Kind.SCHOOL],
            "news": NewsPage.newest().descendant_of(self)[:3],
        }


class UnitPage(SitePage):
    """A preschool or school as the public may know it: where it is, when it is open, whom to ring."""

    unit = models.OneToOneField(
        Unit, on_delete=models.PROTECT, related_name="page", verbose_name=_("Preschool or school")
    )
    opening_hours = models.CharField(_("Open"), max_length=100, blank=True, help_text=_("As in “6.30–17.30”."))
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    email = models.EmailField(_("Email"), blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)

    template = "portal/pages/unit.html"
    parent_page_types = ["portal.OrganisationPage"]
    subpage_types = ["portal.NewsIndexPage", "portal.GuidancePage"]
    base_form_class = UnitPageForm

    content_panels = [
        *SitePage.content_panels[:1],
        FieldPanel("unit"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opening_hours"), FieldPanel("phone")]),
                FieldRowPanel([FieldPanel("address"), FieldPanel("email")]),
            ],
            heading=_("Facts for everybody"),
        ),
        *SitePage.content_panels[1:],
    ]

    class Meta:
        verbose_name = _("Preschool or school")
        verbose_name_plural = _("Preschools and schools")

    @property
    def public_phone(self) -> str:
        """The page's own number, else the unit's."""
        return self.phone or self.unit.phone

    @property
    def public_address(self) -> str:
        return self.address or self.unit.address

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "news": NewsPage.newest().descendant_of(self)[:3],
            "guidance": GuidancePage.objects.live().child_of(self).order_by("path").for_list(),
        }


class NewsIndexPage(SitePage):
    template = "portal/pages/news_index.html"
    parent_page_types = ["portal.OrganisationPage", "portal.UnitPage"]
    subpage_types = ["portal.NewsPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("News, all of it")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "news": NewsPage.newest().child_of(self)[:50]}


class NewsPage(SitePage):
    day = models.DateField(_("Day"))

    template = "portal/pages/news.html"
    parent_page_types = ["portal.NewsIndexPage"]
    subpage_types: list[str] = []

    content_panels = [*SitePage.content_panels[:1], FieldPanel("day"), *SitePage.content_panels[1:]]

    class Meta:
        verbose_name = verbose_name_plural = _("News")

    @classmethod
    def newest(cls) -> Any:
        """Published news, newest first."""
        return cls.objects.live().order_by("-day", "-pk").for_list()


class GuidancePage(SitePage):
    """How we work: for those who come to us, and for our own people."""

    template = "portal/pages/guidance.html"
    parent_page_types = ["portal.OrganisationPage", "portal.UnitPage", "portal.GuidancePage"]
    subpage_types = ["portal.GuidancePage"]

    class Meta:
        verbose_name = verbose_name_plural = _("Guidance")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = GuidancePage.objects.live().child_of(self).order_by("path").for_list()
        return {**super().get_context(request, *args, **kwargs), "guidance": below}
