"""One dated edition of a curriculum."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curriculum.models.base import OfficeText
from curriculum.querysets import FrameworkQuerySet
from ground.constraints import NoOverlap


class Framework(OfficeText):
    class Country(models.TextChoices):
        SWEDEN = "SE", _("Sweden")
        NORWAY = "NO", _("Norway")

    class Language(models.TextChoices):
        SWEDISH = "sv", _("Swedish")
        BOKMAL = "nb", _("Norwegian Bokmål")
        ENGLISH = "en", _("English")

    SHIPPED = (
        "family",
        "country",
        "language",
        "title_sv",
        "title_nb",
        "title_en",
        "valid_from",
        "valid_until",
        "source_url",
    )

    code = models.CharField(_("code"), max_length=40, unique=True)
    family = models.CharField(
        _("family"), max_length=40, help_text=_("The same for all editions of one curriculum, such as LPFO18.")
    )
    country = models.CharField(_("country"), max_length=2, choices=Country)
    language = models.CharField(_("language of the official text"), max_length=5, choices=Language)
    title_sv = models.CharField(_("title in Swedish"), max_length=120, blank=True)
    title_nb = models.CharField(_("title in Norwegian Bokmål"), max_length=120, blank=True)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(
        _("no longer in force on"), null=True, blank=True, help_text=_("The first day on which it is not in force.")
    )
    source_url = models.CharField(
        _("the official text"), max_length=500, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        on_delete=models.PROTECT,
        related_name="frameworks",
        null=True,
        blank=True,
        verbose_name=_("only for this organisation"),
        help_text=_(
            "For goals of your own, beside the curriculum. Leave it empty for what holds in the whole country."
        ),
    )
    unit = models.ForeignKey(
        "people.Unit",
        on_delete=models.PROTECT,
        related_name="frameworks",
        null=True,
        blank=True,
        verbose_name=_("only for this preschool"),
    )
    confirmed = models.BooleanField(
        _("confirmed"), default=False, help_text=_("The organisation has read the wording and stands behind it.")
    )

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["country", "family", "-valid_from", "code"]
        constraints = [
            models.CheckConstraint(
                name="curriculum_framework_titled",
                condition=~Q(title_sv="") | ~Q(title_nb="") | ~Q(title_en=""),
                violation_error_message=_("Give the framework a title in at least one language."),
            ),
            models.CheckConstraint(
                name="curriculum_framework_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                violation_error_message=_("A framework ends after the day it came into force."),
            ),
            models.CheckConstraint(
                name="curriculum_framework_one_place",
                condition=Q(organisation__isnull=True) | Q(unit__isnull=True),
                violation_error_message=_(
                    "Goals of your own belong to the organisation or to one preschool, not both."
                ),
            ),
            NoOverlap(
                name="curriculum_framework_one_edition",
                fields=("country", "family"),
                lower="valid_from",
                upper="valid_until",
                violation_error_message=_(
                    "Another edition of this curriculum is in force in that time. End that one first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title(get_language())

    def title(self, language: str | None) -> str:
        """The title in this language, or in the nearest there is."""
        return self._said("title", language, self.language)
