"""What homes read: the conference as it was shown, as it was sealed, and what was added. Nobody changes it afterwards.

What only the staff see cannot stand in any of it; the database refuses.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.fields import Seen
from ground.models import PublicIdModel
from visibility.querysets import VisibleQuerySet


class Version(PublicIdModel):
    class Kind(models.TextChoices):
        SHOWN = "shown", _("Shown to the home")
        SEALED = "sealed", _("Sealed")
        ADDENDUM = "addendum", _("Added later")

    conference = models.ForeignKey("conferences.Conference", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Of an addendum: its words.
    text = models.TextField(max_length=4000, blank=True, default="")
    # Of a sealed one: what was agreed, as [{"id", "question", "what", "who", "by_when"}].
    agreements = models.JSONField(default=list)
    # SHA-256 over everything in the version, so that a printed copy can be compared.
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="conferences_version_number"),
            models.UniqueConstraint(
                fields=["conference"], condition=Q(kind="sealed"), name="conferences_sealed_once",
                violation_error_message=_("This conference is sealed already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Version {self.pk}"


class RecordedField(models.Model):
    """A field's value in a version. Of a home's own fields, only that home and the staff read it."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="fields")
    question = models.UUIDField()
    home = models.ForeignKey(
        "people.Home", on_delete=models.PROTECT, related_name="recorded_fields", null=True, blank=True
    )
    seen = models.CharField(max_length=8, choices=Seen)
    value = models.JSONField(null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    written_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conferences_recorded_seen",
                condition=Q(home__isnull=False, seen="home")
                | Q(home__isnull=True, seen__in=["shown", "sealed"])
                | Q(erased_at__isnull=False),
                violation_error_message=_("What only the staff see never leaves the preschool."),
            ),
        ]

    def __str__(self) -> str:
        return f"RecordedField {self.pk}"


class RecordedMaterial(models.Model):
    """A reference to an entry as it was shared then: rendered by the rule at each reading, or a removed line."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="materials")
    question = models.UUIDField()
    home = models.ForeignKey(
        "people.Home", on_delete=models.PROTECT, related_name="recorded_materials", null=True, blank=True
    )
    seen = models.CharField(max_length=8, choices=Seen)
    entry = models.ForeignKey("learninglog.Entry", on_delete=models.PROTECT, related_name="+", null=True)
    shared = models.ForeignKey("learninglog.SharedVersion", on_delete=models.PROTECT, related_name="+", null=True)
    picture = models.ForeignKey(
        "media_policy.Picture", on_delete=models.PROTECT, related_name="recorded_materials", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(default=0)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conferences_recordedmaterial_seen",
                condition=Q(home__isnull=False, seen="home")
                | Q(home__isnull=True, seen__in=["shown", "sealed"])
                | Q(erased_at__isnull=False),
                violation_error_message=_("What only the staff see never leaves the preschool."),
            ),
        ]

    def __str__(self) -> str:
        return f"RecordedMaterial {self.pk}"
