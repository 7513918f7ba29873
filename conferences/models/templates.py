"""What a conversation is built from: the office's template, and the frozen copy that conferences use."""

import logging
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, Revision, RevisionMixin, WorkflowMixin

from conferences.languages import CODE, pick
from conferences.office.blocks import Asked, SectionBlock
from curriculum.languages import LANGUAGES
from ground.models import PublicIdModel

logger = logging.getLogger("conferences")


class ConferenceTemplate(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, PublicIdModel):
    """Drafted, reviewed and published by the office; once a conference uses it, it is copied and never edited."""

    class Country(models.TextChoices):
        SWEDEN = "SE", _("Sweden")
        NORWAY = "NO", _("Norway")

    code = models.CharField(_("code"), max_length=40, unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    language = models.CharField(
        _("language it was written in"),
        max_length=12,
        default="sv",
        validators=[RegexValidator(CODE, _("A language code such as sv, so or ar."))],
        help_text=_("Whoever has no text in their own language reads this one."),
    )
    name_sv = models.CharField(_("name in Swedish"), max_length=120, blank=True)
    name_nb = models.CharField(_("name in Norwegian Bokmål"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    names = StreamField([("name", Asked())], verbose_name=_("name in other languages"), blank=True)
    body = StreamField([("section", SectionBlock())], verbose_name=_("sections and questions"))
    valid_from = models.DateField(_("used from"), null=True, blank=True)
    valid_until = models.DateField(
        _("no longer used from"), null=True, blank=True, help_text=_("Conferences that have begun with it go on.")
    )
    # The digest of the text as it came with the product: what differs from it was written by the office.
    shipped = models.CharField(max_length=64, blank=True, default="", editable=False)

    # Otherwise Wagtail would list what uses a template on its usage page.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("conference template")
        verbose_name_plural = _("conference templates")
        ordering = ["country", "code"]
        constraints = [
            models.CheckConstraint(
                name="conferences_template_named",
                condition=~Q(name_sv="") | ~Q(name_nb="") | ~Q(name_en=""),
                violation_error_message=_("Give the template a name in at least one language."),
            ),
            models.CheckConstraint(
                name="conferences_template_order",
                condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gt=F("valid_from")),
                violation_error_message=_("The template ends after the day it was used from."),
            ),
        ]

    def __str__(self) -> str:
        return self.name(get_language())

    def name(self, language: str | None) -> str:
        """The name in this language, or in the nearest there is."""
        return pick(self.all_names(), language, self.language).text

    def all_names(self) -> dict[str, str]:
        """Every name there is, by language; those of the site's own languages have fields of their own."""
        more = {child.value["language"]: child.value["text"] for child in self.names}
        own = {code: getattr(self, f"name_{code}") for code in LANGUAGES}
        return {code: name for code, name in {**more, **own}.items() if name}

    @property
    def is_used(self) -> bool:
        """Whether a conference was ever begun with it."""
        from conferences.office import freezing

        return freezing.is_used(self)

    def publish(self, revision: Revision, user: Any = None, **more: Any) -> None:
        """Refuses other words for a template in use, whichever way they come: a form, a review, a timetable."""
        from conferences.office.freezing import says_the_same

        if self.is_used and not says_the_same(type(self).objects.get(pk=self.pk), revision.as_object()):
            if user is not None:
                raise PublishPermissionError("Conferences use this template; copy it to change its words.")
            # Raised in the timetable's run it would keep everything after it from being published.
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            logger.warning("ConferenceTemplate %s is in use; its draft stays a draft", self.pk)
            return
        super().publish(revision, user=user, **more)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("staff", _("As the staff see it")), ("home", _("As a home sees it"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "conferences/office/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from conferences.office.previews import preview_of

        return preview_of(self, mode_name)


class FrozenTemplate(PublicIdModel):
    """The template as it stood when a conference was begun with it; nobody changes it, the office neither.

    `content` is {"name": {language: text}, "sections": [{"key", "title", "intro", "questions": [{"key", "type",
    "filled_by", "seen", "label", "help", "options": [{"key", "label"}]}]}]}; every title, intro, label and help is
    {language: text}, every key a UUID that stays the same when a template is copied.
    """

    template = models.ForeignKey(
        ConferenceTemplate, on_delete=models.SET_NULL, related_name="frozen", null=True, blank=True
    )
    language = models.CharField(max_length=12)
    content = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)
    frozen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"FrozenTemplate {self.pk}"
