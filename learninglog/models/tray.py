"""A group's pictures and jottings that are not yet an entry: shoot now, write later."""

import uuid

from django.conf import settings
from django.db import models

from ground.models import PublicIdModel
from learninglog.querysets import TrayQuerySet


class TrayItem(PublicIdModel):
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="tray_items")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="tray_items")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tray_items")
    created_at = models.DateTimeField()
    text = models.TextField(blank=True, default="")
    client_key = models.UUIDField(default=uuid.uuid4)
    used_in = models.ForeignKey(
        "learninglog.Entry", on_delete=models.SET_NULL, related_name="tray_items", null=True, blank=True
    )

    objects = TrayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["created_by", "client_key"], name="learninglog_tray_client_key")]
        indexes = [models.Index(fields=["group", "-created_at"], name="learninglog_tray_group")]

    def __str__(self) -> str:
        return f"TrayItem {self.pk}"


class TrayPicture(models.Model):
    item = models.ForeignKey(TrayItem, on_delete=models.CASCADE, related_name="tray_pictures")
    picture = models.ForeignKey("media_policy.Picture", on_delete=models.PROTECT, related_name="tray_pictures")
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"TrayPicture {self.pk}"
