"""Words from home: what a guardian writes into the own child's log."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from learninglog.querysets import WordsPictureQuerySet, WordsQuerySet


class HomeWords(PublicIdModel):
    class Readers(models.TextChoices):
        HOME = "home", _("The preschool and our home")
        PRESCHOOL = "preschool", _("Only the preschool")

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="home_words")
    home = models.ForeignKey("people.Home", on_delete=models.PROTECT, related_name="words")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="home_words")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="home_words")
    written_at = models.DateTimeField()
    happened_on = models.DateField()
    text = models.TextField()
    # Casefolded copy for searching.
    search = models.TextField(blank=True, default="", editable=False)
    readers = models.CharField(max_length=10, choices=Readers, default=Readers.HOME)
    # The home had switched on showing to other homes when this was written; it must still be on to count.
    for_other_homes = models.BooleanField(default=False)
    client_key = models.UUIDField(default=uuid.uuid4)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = WordsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "words from home"
        constraints = [
            models.UniqueConstraint(fields=["written_by", "client_key"], name="learninglog_words_client_key")
        ]
        indexes = [models.Index(fields=["child", "-happened_on", "-id"], name="learninglog_words_child")]

    def __str__(self) -> str:
        return f"HomeWords {self.pk}"


class HomeWordsPicture(models.Model):
    words = models.ForeignKey(HomeWords, on_delete=models.CASCADE, related_name="words_pictures")
    picture = models.ForeignKey("media_policy.Picture", on_delete=models.PROTECT, related_name="words_pictures")
    position = models.PositiveSmallIntegerField(default=0)

    objects = WordsPictureQuerySet.as_manager()

    def __str__(self) -> str:
        return f"HomeWordsPicture {self.pk}"
