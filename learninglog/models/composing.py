"""What the composer keeps so that no word is lost: second words, who else writes, the keys of unsent words."""

from django.conf import settings
from django.db import models

from ground.fields import EncryptedTextField
from ground.models import PublicIdModel


class SecondWords(PublicIdModel):
    """What somebody wrote on an older revision of a draft: kept beside it until it is taken in or let go."""

    entry = models.ForeignKey("learninglog.Entry", on_delete=models.CASCADE, related_name="second_words")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    written_at = models.DateTimeField()
    # The revision they started from: who types on there replaces only these words, never words kept earlier.
    revision = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"SecondWords {self.pk}"


class SecondLine(models.Model):
    """What of the second words was about one child."""

    second_words = models.ForeignKey(SecondWords, on_delete=models.CASCADE, related_name="lines")
    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["second_words", "child"], name="learninglog_secondline_once"),
        ]

    def __str__(self) -> str:
        return f"SecondLine {self.pk}"


class Presence(models.Model):
    """Who has a draft open; told to the others who have."""

    entry = models.ForeignKey("learninglog.Entry", on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="learninglog_presence_once")]

    def __str__(self) -> str:
        return f"Presence {self.pk}"


class DeviceKey(models.Model):
    """The key that closes a person's unsent words on one device; it dies when the person signs out or access ends."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="device_keys")
    device = models.UUIDField()
    key = EncryptedTextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "device"], name="learninglog_devicekey_once")]

    def __str__(self) -> str:
        return f"DeviceKey {self.pk}"
