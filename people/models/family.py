"""Guardians, their dated tie to a child, and the homes in which they read together."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.constraints import NoOverlap
from ground.models import PublicIdModel
from people.querysets import GuardianshipQuerySet, HomeMembershipQuerySet, OwnChildLiftQuerySet


class Guardianship(PublicIdModel):
    """One adult's tie to one child.

    It opens something only while it runs, `[begins_at, ends_at)`, and is active, `[activated_at, inactivated_at)`.
    """

    class Kind(models.TextChoices):
        LEGAL = "legal", _("Legal guardian")
        PARENT = "parent", _("Other parent")
        CARER = "carer", _("Close carer")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="guardianships")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="guardianships")
    kind = models.CharField(max_length=8, choices=Kind)
    label = models.CharField(
        max_length=60, blank=True, help_text=_("What the child calls this adult: mother, grandfather …")
    )
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    inactivated_at = models.DateTimeField(null=True, blank=True)
    # What the consents name; a legal guardian reads both.
    reads_log = models.BooleanField(default=True)
    reads_conferences = models.BooleanField(default=True)

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "child"], name="people_guardianship_person")]
        constraints = [
            models.CheckConstraint(
                name="people_guardianship_order",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("begins_at")),
                violation_error_message=_("A guardianship ends after it begins."),
            ),
            models.CheckConstraint(
                name="people_guardianship_activation_order",
                condition=Q(inactivated_at__isnull=True)
                | Q(activated_at__isnull=False, inactivated_at__gte=F("activated_at")),
                violation_error_message=_("Only an active guardianship can be made inactive."),
            ),
            models.CheckConstraint(
                name="people_guardianship_legal_reads",
                condition=~Q(kind="legal") | Q(reads_log=True, reads_conferences=True),
                violation_error_message=_("A legal guardian reads both the log and the conferences."),
            ),
            NoOverlap(
                name="people_guardianship_once",
                fields=("person", "child"),
                lower="begins_at",
                upper="ends_at",
                violation_error_message=_("This adult is already tied to the child in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"Guardianship {self.pk}"


class Home(PublicIdModel):
    """The guardians of one child who read together.

    Joining and separating make new homes, so that no old thread changes hands.
    """

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="homes")
    # Another home of the child may read what this one writes from home; the writer is not named there.
    shows_words_to_other_homes = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Home {self.pk}"


class HomeMembership(models.Model):
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="memberships")
    guardianship = models.ForeignKey(Guardianship, on_delete=models.PROTECT, related_name="home_memberships")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = HomeMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_homemembership_order",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("begins_at")),
                violation_error_message=_("A home is left after it was joined."),
            ),
            NoOverlap(
                name="people_homemembership_one",
                fields=("guardianship",),
                lower="begins_at",
                upper="ends_at",
                violation_error_message=_("A guardian is in one home of a child at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"HomeMembership {self.pk}"


class OwnChildLift(models.Model):
    """For some hours a guardian at work is tied to their own child as any colleague is; why stands in the event."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="own_child_lifts")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="own_child_lifts")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lifts_made")

    objects = OwnChildLiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_ownchildlift_order",
                condition=Q(ends_at__gt=F("begins_at")),
                violation_error_message=_("The lifted tie ends after it begins."),
            ),
            NoOverlap(
                name="people_ownchildlift_once",
                fields=("person", "child"),
                lower="begins_at",
                upper="ends_at",
                violation_error_message=_("The tie is lifted already in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"OwnChildLift {self.pk}"
