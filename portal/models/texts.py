"""A page's words in as many of the site's languages as somebody has written them in.

One page, one address, one button to publish: the reader gets their own language where it is written, else the
organisation's, else what there is, and the page says which. Editors never look for "the other page".
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from people.models import Organisation
from portal import languages

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "image"]


class SitePageQuerySet(PageQuerySet):
    def for_list(self) -> Any:
        """With the words of each page and the language they fall back to, so that a row asks for nothing more."""
        own = Organisation.objects.order_by("pk").values("language")[:1]
        return self.prefetch_related("texts").annotate(
            organisations_language=Coalesce(own, Value(settings.LANGUAGE_CODE))
        )


class SitePage(Page):
    """What every page of the public site has: words in several languages, and a picture on top."""

    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Picture"),
        help_text=_("Never a child who can be recognised: this page is for the whole world."),
    )

    objects = PageManager.from_queryset(SitePageQuerySet)()

    # A public page is public: a shared password or a group of readers would be a second, weaker door.
    private_page_options: list[str] = []
    is_creatable = False

    content_panels = [
        *Page.content_panels,
        FieldPanel("picture"),
        InlinePanel("texts", heading=_("Words"), label=_("Language"), min_num=1, max_num=len(settings.LANGUAGES)),
    ]

    class Meta:
        verbose_name = _("Public page")
        verbose_name_plural = _("Public pages")

    @cached_property
    def organisations_language(self) -> str:
        return languages.of_organisation()

    @cached_property
    def written(self) -> "PageText | None":
        """The words for this reader."""
        found = {text.language: text for text in self.texts.all()}
        text = found.get(get_language() or "") or found.get(self.organisations_language)
        return text or next(iter(found.values()), None)

    @property
    def title_in_language(self) -> str:
        return self.written.title if self.written and self.written.title else self.title

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.navigation import door_of, navigation

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        around = navigation(request)
        return {**context, "nav": around.public, "door": door_of(request), "written": self.written}


class PageText(Orderable):
    """One page's words in one language."""

    page = ParentalKey(SitePage, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("Language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("Title"), max_length=200)
    lead = models.CharField(_("In one sentence"), max_length=300, blank=True)
    body = RichTextField(_("Text"), features=FEATURES, blank=True)

    panels = [FieldPanel("language"), FieldPanel("title"), FieldPanel("lead"), FieldPanel("body")]

    class Meta(Orderable.Meta):
        verbose_name = _("text in one language")
        verbose_name_plural = _("texts in several languages")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"],
                name="portal_pagetext_language",
                violation_error_message=_("The page has words in this language already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
