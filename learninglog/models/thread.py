"""Under an entry each home talks with the staff by itself."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from learninglog.querysets import ThreadQuerySet


class Thread(PublicIdModel):
    entry = models.ForeignKey("learninglog.Entry", on_delete=models.PROTECT, related_name="threads")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="threads")
    home = models.ForeignKey("people.Home", on_delete=models.PROTECT, related_name="threads")
    waiting_since = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="threads_taken", null=True, blank=True
    )
    staff_read_at = models.DateTimeField(null=True, blank=True)
    home_read_at = models.DateTimeField(null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "home"], name="learninglog_thread_once")]
        indexes = [
            models.Index(
                fields=["waiting_since"],
                name="learninglog_thread_waiting",
                condition=models.Q(waiting_since__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Thread {self.pk}"


class Message(PublicIdModel):
    class Side(models.TextChoices):
        HOME = "home", _("Home")
        STAFF = "staff", _("Staff")

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=5, choices=Side)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    sent_at = models.DateTimeField()
    client_key = models.UUIDField(default=uuid.uuid4)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["written_by", "client_key"], name="learninglog_message_client_key")
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"
