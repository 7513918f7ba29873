"""What is written down of a talk that was held: with all homes together, or with one of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from visibility.querysets import VisibleQuerySet


class Talk(PublicIdModel):
    """Another home never reads when a home had its own talk, nor who was there."""

    conference = models.ForeignKey("conferences.Conference", on_delete=models.CASCADE, related_name="talks")
    home = models.ForeignKey(
        "people.Home", on_delete=models.PROTECT, related_name="conference_talks", null=True, blank=True
    )
    held_on = models.DateField(_("held on"))
    took_part = models.CharField(_("who took part"), max_length=300, blank=True, default="")
    interpreter = models.CharField(_("interpreter into"), max_length=60, blank=True, default="")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference"], condition=Q(home__isnull=True), name="conferences_talk_together"
            ),
            models.UniqueConstraint(
                fields=["conference", "home"], condition=Q(home__isnull=False), name="conferences_talk_of_home"
            ),
        ]

    def __str__(self) -> str:
        return f"Talk {self.pk}"
