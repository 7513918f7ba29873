"""What goals stand under: a heading of the official text, or a friendlier part of one."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curriculum.models.base import SearchedText
from curriculum.querysets import AreaQuerySet


class Area(SearchedText):
    SHIPPED = ("parent_id", "order", "label_sv", "label_nb", "label_en")
    COPIED_FROM = frozenset({"framework", "code", "label_sv", "label_nb", "label_en"})

    framework = models.ForeignKey(
        "curriculum.Framework", on_delete=models.PROTECT, related_name="areas", verbose_name=_("framework")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="parts",
        null=True,
        blank=True,
        verbose_name=_("part of"),
        help_text=_("The heading that this area is a part of, if any."),
    )
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    label_sv = models.CharField(_("label in Swedish"), max_length=60, blank=True)
    label_nb = models.CharField(_("label in Norwegian Bokmål"), max_length=60, blank=True)
    label_en = models.CharField(_("label in English"), max_length=60, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["framework_id", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="curriculum_area_code",
                violation_error_message=_("There is already an area with this code in the framework."),
            ),
            models.CheckConstraint(
                name="curriculum_area_labelled",
                condition=~Q(label_sv="") | ~Q(label_nb="") | ~Q(label_en=""),
                violation_error_message=_("Give the area a label in at least one language."),
            ),
            models.CheckConstraint(
                name="curriculum_area_not_own_part",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("An area cannot be a part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.label(get_language())

    def label(self, language: str | None) -> str:
        """The label in this language, or in the nearest there is."""
        return self._said("label", language, self._origin)

    def search_words(self, language: str) -> str:
        return f"{self.code} {self.label(language)}"

    def clean(self) -> None:
        if self.pk and Area.objects.filter(pk=self.pk).exclude(framework=self.framework_id).exists():
            raise ValidationError({"framework": _("An area stays in its framework. Make a new one in the other.")})
        if self.parent is None or self.parent_id == self.pk:  # the latter is the constraint's to say
            return
        if self.parent.framework_id != self.framework_id:
            raise ValidationError({"parent": _("The heading must stand in the same framework.")})
        # One step only: the composer, coverage and the exchange file all show a heading and its parts.
        if self.parent.parent_id is not None or (self.pk and self.parts.exists()):
            raise ValidationError({"parent": _("A part of a heading has no parts of its own.")})
