"""What a legal guardian answered about a child: events, the latest one counts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.Model):
    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="answers")
    guardianship = models.ForeignKey("people.Guardianship", on_delete=models.PROTECT, related_name="answers")
    question = models.SlugField(max_length=60)
    value = models.CharField(max_length=10, choices=Value)
    wording = models.CharField(
        max_length=64, blank=True, help_text=_("Digest of the frozen wording that was answered.")
    )
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answers_given")

    class Meta:
        indexes = [models.Index(fields=["child", "question", "-given_at"], name="people_answer_latest")]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
