"""What a goal, or all goals under a heading, can mean in a preschool's day: the office's own page about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curriculum.languages import LANGUAGES
from curriculum.models.base import OfficeText

STEMS = ("meaning", "ideas", "environments")


class Guidance(OfficeText):
    SHIPPED = tuple(f"{stem}_{code}" for stem in STEMS for code in LANGUAGES)

    goal = models.OneToOneField(
        "curriculum.Goal", on_delete=models.PROTECT, related_name="guidance", null=True, blank=True,
        verbose_name=_("about the goal"),
    )  # fmt: skip
    area = models.OneToOneField(
        "curriculum.Area", on_delete=models.PROTECT, related_name="guidance", null=True, blank=True,
        verbose_name=_("about all goals under"),
    )  # fmt: skip
    meaning_sv = models.TextField(_("what it means, in Swedish"), max_length=2000, blank=True)
    meaning_nb = models.TextField(_("what it means, in Norwegian Bokmål"), max_length=2000, blank=True)
    meaning_en = models.TextField(_("what it means, in English"), max_length=2000, blank=True)
    ideas_sv = models.TextField(_("ideas in Swedish, one a line"), max_length=2000, blank=True)
    ideas_nb = models.TextField(_("ideas in Norwegian Bokmål, one a line"), max_length=2000, blank=True)
    ideas_en = models.TextField(_("ideas in English, one a line"), max_length=2000, blank=True)
    environments_sv = models.TextField(_("places and materials in Swedish, one a line"), max_length=2000, blank=True)
    environments_nb = models.TextField(_("places and materials in Norwegian, one a line"), max_length=2000, blank=True)
    environments_en = models.TextField(_("places and materials in English, one a line"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("guidance")
        verbose_name_plural = _("guidance")
        constraints = [
            models.CheckConstraint(
                name="curriculum_guidance_one_subject",
                condition=Q(goal__isnull=False, area__isnull=True) | Q(goal__isnull=True, area__isnull=False),
                violation_error_message=_("Guidance is about one goal, or about one area."),
            ),
            models.CheckConstraint(
                name="curriculum_guidance_says_something",
                condition=~Q(meaning_sv="") | ~Q(meaning_nb="") | ~Q(meaning_en=""),
                violation_error_message=_("Say what it means, in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        subject = self.goal or self.area
        return subject.label(get_language()) if subject else ""

    @property
    def _origin(self) -> str:
        subject = self.goal or self.area
        return subject.framework.language if subject else ""

    def words(self, stem: str, language: str | None) -> str:
        """One of its texts in this language, or in the nearest there is."""
        return self._said(stem, language, self._origin)
