"""One goal that binds the preschool, with a label short enough for a chip."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curriculum.models.base import SearchedText
from curriculum.querysets import GoalQuerySet


class Goal(SearchedText):
    SHIPPED = (
        "area_id",
        "order",
        "label_sv",
        "label_nb",
        "label_en",
        "text_sv",
        "text_nb",
        "text_en",
        "retired_on",
    )
    COPIES = SearchedText.COPIES | {"framework"}
    COPIED_FROM = frozenset(
        {"area", "code", "label_sv", "label_nb", "label_en", "text_sv", "text_nb", "text_en"},
    )

    area = models.ForeignKey("curriculum.Area", on_delete=models.PROTECT, related_name="goals", verbose_name=_("area"))
    # A copy of the area's, so that codes are unique in an edition and lists need no join; copy_over() keeps it.
    framework = models.ForeignKey(
        "curriculum.Framework",
        on_delete=models.PROTECT,
        related_name="goals",
        editable=False,
        verbose_name=_("framework"),
    )
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    label_sv = models.CharField(_("short label in Swedish"), max_length=60, blank=True)
    label_nb = models.CharField(_("short label in Norwegian Bokmål"), max_length=60, blank=True)
    label_en = models.CharField(_("short label in English"), max_length=60, blank=True)
    text_sv = models.TextField(_("longer text in Swedish"), max_length=2000, blank=True)
    text_nb = models.TextField(_("longer text in Norwegian Bokmål"), max_length=2000, blank=True)
    text_en = models.TextField(_("longer text in English"), max_length=2000, blank=True)
    retired_on = models.DateField(
        _("retired on"),
        null=True,
        blank=True,
        help_text=_("From this day it can no longer be chosen. Entries that have it keep it."),
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["framework_id", "area_id", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="curriculum_goal_code",
                violation_error_message=_("There is already a goal with this code in the framework."),
            ),
            models.CheckConstraint(
                name="curriculum_goal_labelled",
                condition=~Q(label_sv="") | ~Q(label_nb="") | ~Q(label_en=""),
                violation_error_message=_("Give the goal a short label in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return self.label(get_language())

    def label(self, language: str | None) -> str:
        """The short label in this language, or in the nearest there is."""
        return self._said("label", language, self._origin)

    def text(self, language: str | None) -> str:
        """The longer text in this language, or in the nearest there is; it may be empty."""
        return self._said("text", language, self._origin)

    def search_words(self, language: str) -> str:
        return f"{self.code} {self.label(language)} {self.text(language)}"

    def copy_over(self) -> None:
        if self.framework_id != self.area.framework_id:
            self.framework = self.area.framework
        super().copy_over()

    def clean_fields(self, exclude: Any = None) -> None:
        # The copy must be right before the codes of the framework are compared.
        if self.area_id is not None:
            self.copy_over()
        super().clean_fields(exclude=exclude)
