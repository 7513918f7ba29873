"""The monthly review of who has access at a unit, and the owner's review of the routine itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from visibility.querysets import VisibleQuerySet


class Review(PublicIdModel):
    """One unit's month: open until the head has signed it; what was seen then stands in its lines."""

    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="reviews")
    month = models.DateField(help_text=_("The first day of the month."))
    opened_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews_signed", null=True, blank=True
    )
    remark = models.TextField(blank=True, default="")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"],
                name="access_review_month",
                violation_error_message=_("The unit has a review for this month."),
            ),
            models.CheckConstraint(
                name="access_review_signed",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                violation_error_message=_("A review is signed by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"


class ReviewLine(models.Model):
    """One thing that the head has looked at; keys and days only, the names are those of the rows it points to."""

    class Kind(models.TextChoices):
        NO_SIGN_IN = "no_sign_in", _("Has not signed in for sixty days")
        WITHOUT_GROUP = "without_group", _("Duty without a group")
        RULES_NOT_SHOWN = "rules_not_shown", _("Has not been shown the rules")
        ENDED_PLACEMENT = "ended_placement", _("In a group without a place at the unit")
        PASS_GIVEN = "pass_given", _("Was here on a pass")
        TERMS_DECLINED = "terms_declined", _("Has declined the terms: is reached another way")
        OPEN_GROUP = "open_group", _("The group is open: its families know of each other")
        LIFTED_TIE = "lifted_tie", _("The tie to an own child was lifted")
        DUTY = "duty", _("Works here")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=20, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_lines", null=True, blank=True
    )
    child = models.ForeignKey(
        "people.Child", on_delete=models.PROTECT, related_name="review_lines", null=True, blank=True
    )
    group = models.ForeignKey(
        "people.Group", on_delete=models.PROTECT, related_name="review_lines", null=True, blank=True
    )
    day = models.DateField(null=True, blank=True)
    detail = models.CharField(max_length=40, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    seen_at = models.DateTimeField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_lines_seen")

    class Meta:
        indexes = [models.Index(fields=["review", "kind"], name="access_reviewline_kind")]

    def __str__(self) -> str:
        return f"ReviewLine {self.pk}"


class RoutineReview(PublicIdModel):
    """Twice a year the owner looks at the routine itself: what holds, what is changed."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="routine_reviews")
    half = models.DateField(help_text=_("The first day of the half-year."))
    opened_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="routine_reviews_signed", null=True, blank=True
    )
    holds = models.TextField(blank=True, default="")
    changes = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "half"],
                name="access_routine_half",
                violation_error_message=_("The routine has a review for this half-year."),
            ),
        ]

    def __str__(self) -> str:
        return f"RoutineReview {self.pk}"
