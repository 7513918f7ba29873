"""Times that a pedagogue keeps free for talks, and which family each of them is offered to.

A time is offered to one home at a time, so that no family sees a gap that another left.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.constraints import NoOverlap
from ground.models import PublicIdModel
from visibility.querysets import VisibleQuerySet


class FreeTime(PublicIdModel):
    """A time of one member of the staff, kept for talks. It says nothing about any child."""

    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="free_times")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="free_times")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    place = models.CharField(_("place"), max_length=120, blank=True, default="")
    link = models.URLField(_("link to a video talk"), max_length=500, blank=True, default="")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "starts_at"], name="conferences_freetime_unit")]
        constraints = [
            models.CheckConstraint(
                name="conferences_freetime_order",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A talk ends after it begins."),
            ),
            NoOverlap(
                name="conferences_freetime_once",
                fields=("staff",),
                lower="starts_at",
                upper="ends_at",
                condition=Q(removed_at__isnull=True),
                violation_error_message=_("This time overlaps another that is kept for talks."),
            ),
        ]

    def __str__(self) -> str:
        return f"FreeTime {self.pk}"


class Offer(PublicIdModel):
    """A time that one home may book for the conference about its child, and the booking itself."""

    time = models.ForeignKey(FreeTime, on_delete=models.PROTECT, related_name="offers")
    conference = models.ForeignKey("conferences.Conference", on_delete=models.CASCADE, related_name="offers")
    home = models.ForeignKey("people.Home", on_delete=models.PROTECT, related_name="conference_offers")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    booked_at = models.DateTimeField(null=True, blank=True)
    # The legal guardian who said so, where the staff booked for the home.
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    interpreter = models.CharField(_("interpreter into"), max_length=60, blank=True, default="")
    # Taken back by the staff, or given to another family when this one had booked another time.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["time"], condition=Q(ended_at__isnull=True), name="conferences_offer_one_home",
                violation_error_message=_("This time is offered to another family already."),
            ),
            models.UniqueConstraint(
                fields=["conference", "home"],
                condition=Q(ended_at__isnull=True, booked_at__isnull=False),
                name="conferences_offer_booked_once",
                violation_error_message=_("You have booked a time already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Offer {self.pk}"
