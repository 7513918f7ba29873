"""Shared devices: a paired tablet, and the PIN by which the staff say who they are on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.querysets import DeviceQuerySet
from ground.models import PublicIdModel


class Device(PublicIdModel):
    """A tablet: waiting with a code on its screen, paired with a unit, or revoked.

    `person` stands for the tablet where a picture has to bear a name; nobody can sign in as it, and it is tied to
    nothing. The browser holds the key of which this row keeps the digest.
    """

    key_digest = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=12, blank=True, default="")
    asked_at = models.DateTimeField()
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="devices", null=True, blank=True)
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="devices", null=True, blank=True)
    name = models.CharField(max_length=60, blank=True, default="")
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="device", null=True, blank=True
    )
    paired_at = models.DateTimeField(null=True, blank=True)
    paired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="devices_paired", null=True, blank=True
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="access_device_code",
                violation_error_message=_("Another tablet shows this code."),
            ),
            models.CheckConstraint(
                name="access_device_paired",
                condition=Q(paired_at__isnull=True)
                | Q(code="", unit__isnull=False, person__isnull=False, paired_by__isnull=False),
                violation_error_message=_("A paired tablet belongs to a unit."),
            ),
            models.CheckConstraint(
                name="access_device_revoked",
                condition=Q(revoked_at__isnull=True) | Q(paired_at__isnull=False),
                violation_error_message=_("Only a paired tablet can be revoked."),
            ),
        ]

    def __str__(self) -> str:
        return f"Device {self.pk}"


class Pin(models.Model):
    """What a person types on a shared device; only Django's hash of it is kept."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pin")
    hashed = models.CharField(max_length=255)
    set_at = models.DateTimeField()
    wrong = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Pin {self.pk}"
