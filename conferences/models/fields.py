"""The working copy: what is being written in a conference's fields, and what was picked from the log for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from visibility.querysets import VisibleQuerySet


class Seen(models.TextChoices):
    """Who reads a field, and from when; a template says it for each question, and a value carries it."""

    STAFF = "staff", _("Only the staff, always")
    SHOWN = "shown", _("Every home, when it is shown to them")
    SEALED = "sealed", _("Every home, after the talk")
    HOME = "home", _("Only the home that wrote it, and the staff once it was handed in")


class FieldValue(PublicIdModel):
    """What somebody saved in a field. Rows are only added: the one with the highest number stands.

    Two who save at once from the same number collide in the database, so nobody's words are written over.
    """

    conference = models.ForeignKey("conferences.Conference", on_delete=models.CASCADE, related_name="values")
    # The question's key in the frozen template.
    question = models.UUIDField()
    home = models.ForeignKey(
        "people.Home", on_delete=models.PROTECT, related_name="conference_values", null=True, blank=True
    )
    number = models.PositiveIntegerField()
    # Shaped by the question's type: text, a list of option keys, a date as ISO 8601.
    value = models.JSONField()
    seen = models.CharField(max_length=8, choices=Seen)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "question", "number"],
                condition=Q(home__isnull=True),
                name="conferences_value_number",
                violation_error_message=_("Somebody else saved this field just before you."),
            ),
            models.UniqueConstraint(
                fields=["conference", "question", "home", "number"],
                condition=Q(home__isnull=False),
                name="conferences_value_number_of_home",
                violation_error_message=_("Somebody else saved this field just before you."),
            ),
            models.CheckConstraint(
                name="conferences_value_of_home",
                condition=Q(home__isnull=False, seen="home") | Q(home__isnull=True) & ~Q(seen="home"),
            ),
        ]

    def __str__(self) -> str:
        return f"FieldValue {self.pk}"


class Material(PublicIdModel):
    """An entry, or one picture of it, that was picked from the log for a question; each reader gets their rendition."""

    conference = models.ForeignKey("conferences.Conference", on_delete=models.CASCADE, related_name="materials")
    question = models.UUIDField()
    home = models.ForeignKey(
        "people.Home", on_delete=models.PROTECT, related_name="conference_materials", null=True, blank=True
    )
    entry = models.ForeignKey("learninglog.Entry", on_delete=models.CASCADE, related_name="conference_materials")
    picture = models.ForeignKey(
        "media_policy.Picture", on_delete=models.CASCADE, related_name="conference_materials", null=True, blank=True
    )
    seen = models.CharField(max_length=8, choices=Seen)
    position = models.PositiveSmallIntegerField(default=0)
    picked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    picked_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "question", "entry"],
                condition=Q(home__isnull=True, picture__isnull=True),
                name="conferences_material_entry",
            ),
            models.UniqueConstraint(
                fields=["conference", "question", "home", "entry"],
                condition=Q(home__isnull=False, picture__isnull=True),
                name="conferences_material_entry_of_home",
            ),
        ]

    def __str__(self) -> str:
        return f"Material {self.pk}"
