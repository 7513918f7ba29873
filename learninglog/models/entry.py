"""The working copy of an entry: what the staff write on. Families never read these tables, only shared versions."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from learninglog.querysets import EntryPictureQuerySet, EntryQuerySet


class Entry(PublicIdModel):
    """Title and text hold mentions as tokens (see `mentions.py`), never a child's written name."""

    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="entries")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="entries")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="entries")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    happened_on = models.DateField()
    language = models.CharField(max_length=10, default="sv")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    whole_group = models.BooleanField(default=False)
    # First names that the staff said are not the child: they may stand in the text as plain words.
    not_names = models.JSONField(default=list, blank=True)
    # Counts saves; a save that starts from an older number does not overwrite (see `SecondWords`).
    revision = models.PositiveIntegerField(default=0)
    # A repeated "new entry" from the same form is the same entry.
    client_key = models.UUIDField(default=uuid.uuid4, editable=False)
    search = models.TextField(blank=True, default="", editable=False)
    first_shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    current = models.ForeignKey(
        "learninglog.SharedVersion", on_delete=models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    discarded_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["group", "-happened_on", "-id"], name="learninglog_entry_group"),
            models.Index(
                fields=["group", "-updated_at"],
                name="learninglog_entry_draft",
                condition=models.Q(current__isnull=True, discarded_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["created_by", "client_key"], name="learninglog_entry_client_key"),
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"

    @property
    def is_shared(self) -> bool:
        return self.current_id is not None


class EntryChild(models.Model):
    """One child of an entry, and what goes to that child's home alone.

    `left_out` keeps the row of a child who was taken off the working copy while a publication of theirs still stands.
    """

    class Asked(models.TextChoices):
        UNSAID = "", _("Not said")
        YES = "yes", _("Yes")
        NO = "no", _("No, keep the pictures")
        NOT_NOW = "not_now", _("Not this time")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="entry_children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="entry_children")
    position = models.PositiveSmallIntegerField(default=0)
    left_out = models.BooleanField(default=False)
    line = models.TextField(blank=True, default="")
    asked = models.CharField(max_length=8, choices=Asked, blank=True, default=Asked.UNSAID)

    class Meta:
        indexes = [models.Index(fields=["child", "entry"], name="learninglog_entrychild_child")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "child"],
                name="learninglog_entrychild_once",
                violation_error_message=_("The child is in the entry already."),
            )
        ]

    def __str__(self) -> str:
        return f"EntryChild {self.pk}"


class Quote(models.Model):
    entry_child = models.ForeignKey(EntryChild, on_delete=models.CASCADE, related_name="quotes")
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"Quote {self.pk}"


class Remark(models.Model):
    """A word on one goal, about one child, for that home alone."""

    entry_child = models.ForeignKey(EntryChild, on_delete=models.CASCADE, related_name="remarks")
    goal = models.ForeignKey("curriculum.Goal", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry_child", "goal"], name="learninglog_remark_once"),
        ]

    def __str__(self) -> str:
        return f"Remark {self.pk}"


class EntryGoal(models.Model):
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="entry_goals")
    goal = models.ForeignKey("curriculum.Goal", on_delete=models.PROTECT, related_name="entry_goals")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "goal"], name="learninglog_entrygoal_once")]

    def __str__(self) -> str:
        return f"EntryGoal {self.pk}"


class EntryPicture(models.Model):
    """`stands_for` is the row of the whole picture that this cropped or covered one is shown instead of, at its place
    and under its caption, to families who may not see the whole one."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="entry_pictures")
    picture = models.ForeignKey("media_policy.Picture", on_delete=models.PROTECT, related_name="entry_pictures")
    position = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(max_length=300, blank=True, default="")
    alt = models.CharField(max_length=300, blank=True, default="")
    stands_for = models.ForeignKey("self", on_delete=models.CASCADE, related_name="stand_ins", null=True, blank=True)

    objects = EntryPictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "picture"], name="learninglog_entrypicture_once"),
        ]

    def __str__(self) -> str:
        return f"EntryPicture {self.pk}"
