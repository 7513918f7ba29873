"""Mail to the staff about their own work."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Letter(models.Model):
    """A mail to somebody of the staff about their own work, once a day and kind; its words are made when it is sent."""

    class Kind(models.TextChoices):
        PASS_GIVEN = "pass_given", _("A pass was given")
        REVIEW_OPEN = "review_open", _("The monthly review is open")
        REVIEW_WAITS = "review_waits", _("The monthly review waits")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind)
    day = models.DateField()
    written_at = models.DateTimeField()
    # Committed before the mail server is called, so that a killed worker cannot send twice.
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "day"],
                name="access_letter_once_a_day",
                violation_error_message=_("This person has got today’s mail about it."),
            ),
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}"
