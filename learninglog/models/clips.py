"""Films and recordings of an entry: in the working copy, and in a version as it was confirmed."""

from django.db import models

from learninglog.models.version import SharedVersion
from learninglog.querysets import EntryClipQuerySet, VersionClipQuerySet
from media_policy.models import Clip


class EntryClip(models.Model):
    """`words` is what is said in it: a line a sentence, with or without its time; they hold mentions as tokens."""

    entry = models.ForeignKey("learninglog.Entry", on_delete=models.CASCADE, related_name="entry_clips")
    clip = models.ForeignKey("media_policy.Clip", on_delete=models.PROTECT, related_name="entry_clips")
    position = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(max_length=300, blank=True, default="")
    words = models.TextField(blank=True, default="")

    objects = EntryClipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "clip"], name="learninglog_entryclip_once")]

    def __str__(self) -> str:
        return f"EntryClip {self.pk}"


class VersionClip(models.Model):
    """One film or recording of a version, and what was said of who is in it when the version was confirmed."""

    version = models.ForeignKey(SharedVersion, on_delete=models.PROTECT, related_name="clips")
    clip = models.ForeignKey("media_policy.Clip", on_delete=models.PROTECT, related_name="version_clips", null=True)
    position = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(max_length=300, blank=True, default="")
    words = models.TextField(blank=True, default="")
    marking = models.CharField(max_length=10, choices=Clip.Marking, default=Clip.Marking.UNMARKED)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = VersionClipQuerySet.as_manager()

    def __str__(self) -> str:
        return f"VersionClip {self.pk}"


class VersionClipSubject(models.Model):
    """A child who could be recognised in it, as it was confirmed; an erased child leaves a row without a name."""

    version_clip = models.ForeignKey(VersionClip, on_delete=models.PROTECT, related_name="subjects")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="version_clips", null=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version_clip", "child"], name="learninglog_versionclipsubject_once")
        ]

    def __str__(self) -> str:
        return f"VersionClipSubject {self.pk}"
