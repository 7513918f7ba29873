"""What lets the records keeper put something right in the log of a child who has left: that somebody has asked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models import Recording
from ground.models import PublicIdModel


class CorrectionRequest(PublicIdModel):
    """Somebody asked for something that happened between two days, both counted, to be put right.

    Who asked, when, and how it was known that it was they stands in the recording; its note says what it is about.
    """

    recording = models.OneToOneField(Recording, on_delete=models.CASCADE, related_name="correction_request")
    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="correction_requests")
    first_day = models.DateField()
    last_day = models.DateField()
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learninglog_correction_days",
                condition=Q(first_day__lte=F("last_day")),
                violation_error_message=_("The first day comes before the last one."),
            ),
        ]

    def __str__(self) -> str:
        return f"CorrectionRequest {self.pk}"


class Correction(models.Model):
    """What was done on a request: an entry taken back from the child's family, or a version with other words."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.CASCADE, related_name="corrections")
    entry = models.ForeignKey("learninglog.Entry", on_delete=models.PROTECT, related_name="corrections")
    # None where it was taken back.
    version = models.OneToOneField(
        "learninglog.SharedVersion", on_delete=models.PROTECT, related_name="correction", null=True
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Correction {self.pk}"
