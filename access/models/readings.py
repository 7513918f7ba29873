"""Beside the reading log: lines held back for a while, and what guardians ask about a line."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel


class HeldLine(models.Model):
    """A line that a child's guardians do not see until a day, on a ground that is written down; then it shows again."""

    line = models.ForeignKey("visibility.ReadingLine", on_delete=models.PROTECT, related_name="held")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="held_lines")
    ground = models.CharField(max_length=300)
    until = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lines_held")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "child"],
                name="access_heldline_once",
                violation_error_message=_("The line is held back already."),
            ),
        ]

    def __str__(self) -> str:
        return f"HeldLine {self.pk}"


class LineQuestion(PublicIdModel):
    """A guardian asks the head about a line; only the one who asked sees the answer."""

    line = models.ForeignKey("visibility.ReadingLine", on_delete=models.PROTECT, related_name="questions")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="line_questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="line_questions")
    asked_at = models.DateTimeField()
    text = models.TextField(blank=True, default="")
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="line_answers", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "child", "asked_by"],
                condition=Q(answered_at__isnull=True),
                name="access_linequestion_open",
                violation_error_message=_("You have asked about this line; the answer is on its way."),
            ),
        ]

    def __str__(self) -> str:
        return f"LineQuestion {self.pk}"
