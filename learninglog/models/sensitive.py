"""Words that are pointed out while somebody writes about people. The office keeps the lists; no child is in them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.text import casefolded


def languages() -> list[tuple[str, str]]:
    """Asked at run time: a language that an organisation adds is no change of the database."""
    return list(settings.LANGUAGES)


class SensitiveWordQuerySet(models.QuerySet[Any]):
    def in_use(self) -> "SensitiveWordQuerySet":
        """Words that are pointed out now, of every language: people write in several."""
        return self.filter(in_use=True).order_by("language", "word")


class SensitiveWord(models.Model):
    class Kind(models.TextChoices):
        HEALTH = "health", _("Health")
        RELIGION = "religion", _("Religion or belief")
        ORIGIN = "origin", _("Ethnic origin")
        OTHER = "other", _("Something else that is sensitive")

    language = models.CharField(_("language"), max_length=10, choices=languages)
    kind = models.CharField(_("what it touches"), max_length=10, choices=Kind, default=Kind.OTHER)
    word = models.CharField(
        _("word"),
        max_length=80,
        help_text=_("A star at the end finds every word that begins so: “diabet*” finds “diabetes” and “diabetic”."),
    )
    in_use = models.BooleanField(
        _("pointed out"), default=True, help_text=_("Switch a word off here; a deleted one comes back with an update.")
    )

    objects = SensitiveWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("sensitive word")
        verbose_name_plural = _("sensitive words")
        ordering = ["language", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "word"],
                name="learninglog_sensitiveword_once",
                violation_error_message=_("The word is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        self.word = casefolded(self.word)
        stem = self.word.removesuffix("*")
        if len(stem) < 2 or "*" in stem:
            raise ValidationError({"word": _("Two letters at least; a star only at the end.")})
